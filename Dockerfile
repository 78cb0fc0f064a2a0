# The base images have plain names here. A release adds their digests, so that the build can be repeated.
ARG NODE_IMAGE=node:26-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs26-debian13:nonroot

# The packages are the same on every platform, so the builder's own platform installs them.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

# The image has Node and the service, but no shell. Node runs the TypeScript files directly.
FROM ${RUNTIME_IMAGE}
COPY --from=dependencies /app/node_modules /app/node_modules
COPY package.json /app/
COPY controllers /app/controllers
COPY webhooks /app/webhooks
# The offline commands read the runtimes of MCPServers from it.
COPY chart/values.yaml /app/chart/values.yaml
# Below the files: a folder that WORKDIR makes belongs to the user of the base image, who could then add files to it.
WORKDIR /app
ENV NODE_ENV=production
USER 65532:65532
EXPOSE 8080 9090
# The entry point of the base image is node.
CMD ["webhooks/main.ts"]
