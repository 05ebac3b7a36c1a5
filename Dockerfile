# Serves a team (see compose.yaml), or one host over stdin and stdout: docker run -i --rm --no-healthcheck iconik-mcp --sandbox
# What is built runs on any platform: only this stage is of the machine that builds.
FROM --platform=$BUILDPLATFORM node:22-alpine AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:22-alpine
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /src/dist ./dist
COPY --from=build /src/LICENSE ./
# Nothing is written: run it with a read-only file system.
USER node
EXPOSE 8765
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "-e", "fetch('http://127.0.0.1:8765/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/iconik-mcp.cjs"]
