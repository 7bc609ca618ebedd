# Builds Stämgaffeln and runs it. The image holds no data and no secrets: a volume at /data, and NAME_FILE for secrets.
#   docker build -t stamgaffel .
#   docker run -p 3000:3000 -v stamgaffel:/data -e ORIGIN=https://svar.example.se -e ASTERISK_AMI_URL_FILE=/run/secrets/ami stamgaffel
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY --from=build /app/src ./src
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The process itself and not npm, which would not pass the signal on that ends it in order.
CMD ["node_modules/.bin/node", "src/entry.ts"]
