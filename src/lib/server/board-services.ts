import { unfinished } from '../domain/statistics/unfinished.ts';
import type { Config } from './config.ts';
import type { Services } from './graphql/context.ts';
import type { Engine } from './live/engine.ts';
import { answerers } from './store/answerers.ts';
import type { Database } from './store/database.ts';
import type { EventLog } from './live/ports.ts';
import type { StoredRegister } from './store/register.ts';

interface Parts {
  config: Pick<Config, 'kind' | 'timeZone'>;
  database: Database;
  engine: Engine;
  log: EventLog;
  register: StoredRegister;
}

/** What boards and the history are made of: what happens now, and what has been counted. */
export function boardServices({
  config,
  database,
  engine,
  log,
  register
}: Parts): Pick<Services, 'feed' | 'tallies' | 'queues'> {
  return {
    feed: engine.feed,
    tallies: {
      tallies: log.tallies,
      answerers: (periods, queues) => answerers(database.kysely, periods, queues, config.timeZone),
      unfinished(period, at) {
        const { floor, offset } = engine.stored();
        return { offset, parts: unfinished(floor, period, at) };
      }
    },
    queues: {
      boardQueues: register.boardQueues,
      serviceLevels: register.definitions,
      refusedVisible: (queue) => {
        const shown = engine.feed.current('all')?.queues.find((each) => each.queue.id === queue);
        return shown?.today.refusedVisible ? 'always' : 'never';
      },
      watchedSince(queue) {
        if (config.kind === 'demo') return 0;
        const { queues, sources } = engine.floor();
        return sources.get(queues.get(queue)?.source ?? '')?.watchedSince ?? null;
      }
    }
  };
}
