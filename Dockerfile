# Base images by name here; a release adds their digests, so that what was built can be built again.
ARG NODE_IMAGE=node:24-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# The packages are the same on every platform, so they are installed on that of the builder.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

# Node and the service, no shell: Node runs the TypeScript as it is.
FROM ${RUNTIME_IMAGE}
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY controllers ./controllers
COPY webhooks ./webhooks
ENV NODE_ENV=production
USER 65532:65532
EXPOSE 8080 9090
# The base image's entry point is node itself.
CMD ["webhooks/main.ts"]
