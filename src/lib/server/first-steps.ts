import { firstSteps } from '../domain/first-steps.ts';
import type { FirstSteps } from './graphql/first-steps.ts';
import type { Engine } from './live/engine.ts';
import { storedFirstSteps } from './store/first-steps.ts';
import type { Database } from './store/database.ts';

/** What leads administrators from an empty centre to a board: in a demonstration there is nothing to lead them to. */
export function leadingOn(
  { database, engine, now }: { database: Database; engine: Pick<Engine, 'health'>; now: () => number },
  isDemo: boolean
): FirstSteps {
  const stored = storedFirstSteps(database);
  // Asked with every page of an administrator, until there is nothing left to ask.
  let ended = isDemo;

  async function steps() {
    const { sources } = engine.health();
    const connected = sources.filter(({ status }) => status.state === 'CONNECTED').length;
    return firstSteps({ ...(await stored.begun()), exchanges: sources.length, connected });
  }
  async function end(): Promise<void> {
    await stored.end(now());
    ended = true;
  }
  return {
    steps,
    end,
    async left() {
      ended ||= await stored.ended();
      if (ended) return false;
      // Once all are taken nobody is led again, though an exchange should be lost one day.
      if ((await steps()).every(({ done }) => done)) await end();
      return !ended;
    }
  };
}
