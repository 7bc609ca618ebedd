import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import process from 'node:process';
import type { Plugin, ViteDevServer } from 'vite';

/** What of the running app this plugin needs. Declared here, because Vite reads its configuration before there is an app. */
interface UpgradingApp {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  announce(): void;
  close(): Promise<void>;
}
const RUNNING_APP = Symbol.for('stamgaffel.app');
const running = globalThis as unknown as Record<symbol, Promise<UpgradingApp> | undefined>;

async function closeApp(): Promise<void> {
  const app = running[RUNNING_APP];
  running[RUNNING_APP] = undefined;
  await (await app?.catch(() => undefined))?.close();
}

async function appOf(server: ViteDevServer): Promise<UpgradingApp> {
  const module = (await server.ssrLoadModule('/src/lib/server/app.ts')) as { getApp(): Promise<UpgradingApp> };
  return module.getApp();
}

/**
 * What `entry.ts` does in production, for `vite dev`: the app is built when the server listens, and upgrades of
 * `/graphql` go to it. Vite's own socket for hot reload (subprotocol `vite-…`) is left alone.
 */
export function sockets(): Plugin {
  return {
    name: 'stamgaffel-sockets',
    // Vitest serves with Vite too, and a test must not start the demonstration city.
    apply: (_config, { command }) => command === 'serve' && process.env.VITEST === undefined,
    config: (config) => ({
      server: {
        host: config.server?.host ?? process.env.HOST ?? '127.0.0.1',
        port: config.server?.port ?? Number(process.env.PORT ?? 3000)
      }
    }),
    configureServer(server) {
      const complain = (error: unknown) =>
        server.config.logger.error(error instanceof Error ? error.message : String(error));
      server.httpServer?.once('listening', () => {
        // The app checks the Origin of sockets against its own address, which only Vite knows: the port may have been taken.
        const address = server.httpServer?.address();
        if (address && typeof address === 'object') {
          const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
          process.env.HOST ??= address.address;
          process.env.PORT = String(address.port);
          process.env.ORIGIN ??= `http://${host}:${address.port}`;
        }
        appOf(server).then((app) => app.announce(), complain);
      });
      server.httpServer?.on('upgrade', (request, socket, head) => {
        if (request.headers['sec-websocket-protocol']?.startsWith('vite-')) return;
        if (request.url?.split('?')[0] !== '/graphql') return;
        appOf(server)
          .then((app) => app.handleUpgrade(request, socket, head))
          .catch((error: unknown) => {
            complain(error);
            socket.destroy();
          });
      });
      server.httpServer?.on('close', () => void closeApp());
    },
    // Server code changed: the instance is dropped, its clients reconnect, and the next request builds the new one.
    async hotUpdate({ file }) {
      if (this.environment.name === 'ssr' && file.includes('/src/lib/server/')) await closeApp();
    }
  };
}
