# Weir's image: the processes that run beside models and for them (docs/image.md). Neither base has a default: give both by digest, so that the same
# sources always give the same image.
#
#   docker buildx build --platform linux/amd64,linux/arm64 \
#     --build-arg BUILD_IMAGE=docker.io/library/node:24-bookworm-slim@sha256:… \
#     --build-arg NODE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot@sha256:… \
#     --build-arg SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) --build-arg REVISION=$(git rev-parse HEAD) \
#     --output type=image,name=$REPOSITORY:$(git rev-parse --short HEAD),push=true,rewrite-timestamp=true .

# Node 24 with npm; nothing of it comes into the image.
ARG BUILD_IMAGE
# Node 24 alone, without a shell: its command is /nodejs/bin/node.
ARG NODE_IMAGE

# The tree has no machine code (test/image/tree.test.ts), so it is made once, on the builder's own platform, for all.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS tree
ARG BUILD_IMAGE
ARG NODE_IMAGE
RUN for image in "$BUILD_IMAGE" "$NODE_IMAGE"; do \
      case "$image" in *@sha256:*) ;; *) echo "$image is no image by digest" >&2; exit 1 ;; esac; \
    done
ARG SOURCE_DATE_EPOCH=0
ENV SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH}
WORKDIR /src
COPY package.json package-lock.json LICENSE ./
COPY cli/image cli/image
COPY runtime runtime
RUN node cli/image/index.ts stage /app
WORKDIR /app
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
RUN node /src/cli/image/index.ts sbom /app && node /src/cli/image/index.ts settle /app

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="weir" \
      org.opencontainers.image.description="The processes that run beside models and for them" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
COPY --from=tree /app /app
WORKDIR /app
# Nobody: pods may name another user, as models' pods do. Nothing is written outside of volumes.
USER 65532:65532
EXPOSE 8080 8081
ENTRYPOINT ["/nodejs/bin/node", "/app/runtime/commands/weir.ts"]
CMD ["--help"]
