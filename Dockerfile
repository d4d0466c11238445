# syntax=docker/dockerfile:1
# One service. The whole workspace goes in, because Node strips types from files outside node_modules only, and there
# packages are links into the workspace.
FROM node:24.21.0-bookworm-slim AS workspace
ARG FOLDER=services/ingest
RUN npm install --global pnpm@12.21.0
WORKDIR /app
COPY . .
RUN --mount=type=cache,id=pnpm,target=/pnpm-store \
    pnpm install --prod --frozen-lockfile --store-dir /pnpm-store --filter "{$FOLDER}..."
# The compiler of packages/boosting has done its work, and takes 100 MB.
RUN rm -rf node_modules/.pnpm/assemblyscript@* node_modules/.pnpm/binaryen@*

FROM node:24.21.0-bookworm-slim
ARG FOLDER=services/ingest
# For the lineage of models; left out, they name the release alone.
ARG COMMIT
ENV BELLWETHER_COMMIT=$COMMIT
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
RUN install --directory --owner=node --group=node /data
COPY --from=workspace /app /app
WORKDIR /app/$FOLDER
USER node
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
