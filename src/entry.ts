/** The production process: SvelteKit's own server, the upgrades of its sockets, and a clean end. */
import type { Server } from 'node:http';
import process from 'node:process';
import type { App } from './lib/server/app.ts';
import { readConfig } from './lib/server/config.ts';

/** What the adapter's built file gives; it has no types of its own. */
interface Built {
  server: { server: Server };
}
/** Events that SvelteKit adds to the process. */
interface Shutdown {
  once(event: 'sveltekit:shutdown', listener: () => void): void;
}

try {
  // The adapter reads these while it loads, so they are set before, and it is imported after.
  const config = readConfig(process.env);
  process.env.HOST = config.host;
  process.env.PORT = String(config.port);
  process.env.ORIGIN = config.origin;
  const built = '../build/index.js';
  const { server } = (await import(built)) as Built;

  // Importing it has built the app, in the adapter's own bundle: it is taken from there, never made a second time.
  const app = await (globalThis as unknown as Record<symbol, Promise<App>>)[Symbol.for('stamgaffel.app')]!;
  server.server.on('upgrade', (request, socket, head) => app.handleUpgrade(request, socket, head));
  server.server.once('error', fail);

  // The adapter stops listening at these signals and waits for open connections; sockets are ours to send away.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.leave().catch(fail));
  (process as unknown as Shutdown).once('sveltekit:shutdown', () => void app.close().catch(fail));
  app.announce();
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  const told = error instanceof Error && ['ConfigRefused', 'DatabaseUnusable'].includes(error.name);
  // What an operator can mend is told in words; only a mistake of ours needs to show where it happened.
  process.stderr.write(`${told ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  // A wrong environment (EX_CONFIG) does not get better by trying again, and a service manager need not.
  process.exitCode = error instanceof Error && error.name === 'ConfigRefused' ? 78 : 1;
  setTimeout(() => process.exit(), 1_000).unref();
}
