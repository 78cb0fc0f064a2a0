# The base images have plain names here. A release adds their digests, so that the build can be repeated.
ARG NODE_IMAGE=node:26-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs26-debian13:nonroot

# The bundles are the same on every platform, so the builder's own platform makes them.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS bundles
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY .ci/build .ci/build
COPY chart/values.schema.json chart/values.schema.json
COPY controllers controllers
COPY webhooks webhooks
RUN npm run build

# The image has Node, a file for each program, and the licences of the packages in them, but no shell.
FROM ${RUNTIME_IMAGE}
COPY --from=bundles /app/build /app/build
# Node reads from it that the files are modules.
COPY package.json /app/
# The offline commands read the runtimes of MCPServers from it.
COPY chart/values.yaml /app/chart/values.yaml
# Below the files: a folder that WORKDIR makes belongs to the user of the base image, who could then add files to it.
WORKDIR /app
ENV NODE_ENV=production
USER 65532:65532
EXPOSE 8080 9090
# The entry point of the base image is node.
CMD ["build/main.js"]
