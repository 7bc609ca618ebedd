import type { Viewer } from '../domain/access.ts';
import type { Zone } from '../domain/time.ts';
import type { BoardKeeping } from './graphql/board-definition.ts';
import type { QueueKeeping } from './graphql/queue-settings.ts';
import type { Audit } from './identity/audit.ts';
import type { Engine } from './live/engine.ts';
import type { StoredBoards } from './store/boards.ts';
import type { Database } from './store/database.ts';
import { keptQueues, orderUnits } from './store/kept-queues.ts';
import { setQueue, setServiceLevel, setUnit, SettingRefused } from './store/queues.ts';
import type { StoredRegister } from './store/register.ts';

/** What whoever decides about boards, queues and hours works with. */
export interface Office {
  database: Database;
  boards: StoredBoards;
  register: StoredRegister;
  engine: Engine;
  audit: Audit;
  /** Whoever has other rights now feels it at once. */
  rightsChanged(): Promise<void>;
  zone: Zone;
  now(): number;
}

/** Whose boards somebody may change, for the row rule: a leader's are those of their own units. */
function mayEdit(viewer: Viewer): readonly string[] | 'all' {
  if (viewer.kind !== 'person') return [];
  return viewer.roles.includes('administrator') ? 'all' : (viewer.ties?.boards ?? []);
}

export function boardKeeping({ boards, engine, audit, rightsChanged, now }: Office): BoardKeeping {
  async function told(actor: Viewer, board: string, done: boolean): Promise<boolean> {
    if (!done) return false;
    await audit.write('board-changed', { actor, about: board });
    engine.changed();
    await rightsChanged();
    return true;
  }
  return {
    definition: engine.definition,
    preview: engine.preview,
    units: boards.units,
    save: async (by, definition, isNew) =>
      told(by, definition.id, await boards.save(definition, isNew, mayEdit(by), now())),
    remove: async (by, board) => told(by, board, await boards.remove(board, mayEdit(by)))
  };
}

/** Each decision is read into memory and shown before it is answered. */
export function queueKeeping({
  database,
  boards,
  register,
  engine,
  audit,
  rightsChanged,
  zone,
  now
}: Office): QueueKeeping {
  const { kysely } = database;
  async function renewed(): Promise<void> {
    await register.refresh();
    await boards.refresh();
    engine.changed();
    await rightsChanged();
  }
  return {
    queues: () => keptQueues(kysely),
    hours: boards.hours,
    async setQueue(by, { id, serviceLevel, sensitivity, ...settings }) {
      try {
        // The definition first: it may be refused, and then nothing at all is changed.
        if (serviceLevel) await setServiceLevel(kysely, id, serviceLevel, zone);
      } catch (error) {
        if (error instanceof SettingRefused) return 'counted-already';
        throw error;
      }
      await setQueue(kysely, id, settings);
      await boards.setSensitivity(id, sensitivity);
      await audit.write('queue-changed', { actor: by, about: id });
      await renewed();
      return 'kept';
    },
    async setUnit(by, { id, name }) {
      const units = boards.units();
      const present = units.findIndex((unit) => unit.id === id);
      await setUnit(kysely, { id, name, position: present < 0 ? units.length : present });
      await audit.write('unit-changed', { actor: by, about: id });
      await renewed();
    },
    async orderUnits(by, ids) {
      await orderUnits(kysely, ids);
      await audit.write('unit-changed', { actor: by, about: 'order' });
      await renewed();
    },
    async setHours(by, unit, hours) {
      await boards.setHours(unit, hours, now());
      await audit.write('unit-changed', { actor: by, about: `hours ${unit ?? 'all'}` });
      engine.changed();
    }
  };
}
