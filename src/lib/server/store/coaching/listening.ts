import type { Kysely } from 'kysely';
import type { Instant } from '../../../domain/time.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';

/** That somebody listened to the call of a slot, and since when. How long is nobody's business, and not kept. */
export interface Listening {
  personId: string;
  /** Null when they were erased. */
  name: string | null;
  slot: string;
  at: Instant;
}
/** Writes beside the row, in its transaction: the audit's row. */
export type ListeningTold = (inside: Kysely<Tables>, listening: Omit<Listening, 'name'>) => Promise<void>;

export interface StoredListening {
  /**
   * That this person listens now, on the disk when it returns. One listening with pauses shorter than half an hour is
   * one row. Throws when it cannot be written, and then nothing may be heard.
   */
  heard(personId: string, slot: string, now: Instant): Promise<void>;
  /** Everybody's listening to these slots, the latest first. */
  ofSlots(slots: readonly string[]): Promise<Listening[]>;
  /** How many listenings there were: for everybody to know, and of nobody in particular. */
  count(from: Instant, until: Instant): Promise<number>;
}

/** A pause as long as this begins a new listening. */
const PAUSE_MS = 30 * 60_000;

export function openListening({ kysely }: Database, told: ListeningTold): StoredListening {
  /**
   * When each listening was last known to go on. Only in memory, because on the disk it would tell how long somebody
   * listened. After a restart a pause is counted from the row itself: at worst there is one row more.
   */
  const lately = new Map<string, Instant>();
  let writing: Promise<unknown> = Promise.resolve();

  async function write(personId: string, slot: string, now: Instant): Promise<void> {
    const key = `${personId} ${slot}`;
    const last = lately.get(key) ?? (await latest(kysely, personId, slot));
    if (last === null || now - last >= PAUSE_MS) {
      await kysely.transaction().execute(async (inside) => {
        await inside.insertInto('listening').values({ person_id: personId, slot, at: now }).execute();
        await told(inside, { personId, slot, at: now });
      });
    }
    lately.set(key, now);
    for (const [each, at] of lately) if (now - at >= PAUSE_MS) lately.delete(each);
  }

  return {
    heard(personId, slot, now) {
      // One after the other: a player asks for two ranges at once, and they are one listening.
      const written = writing.then(() => write(personId, slot, now));
      writing = written.catch(() => undefined);
      return written;
    },

    async ofSlots(slots) {
      if (slots.length === 0) return [];
      return kysely
        .selectFrom('listening')
        .leftJoin('person', 'person.id', 'listening.person_id')
        .select(['listening.person_id as personId', 'person.name', 'slot', 'at'])
        .where('slot', 'in', slots)
        .orderBy('at', 'desc')
        .orderBy('listening.person_id')
        .execute();
    },

    async count(from, until) {
      const { listenings } = await kysely
        .selectFrom('listening')
        .select(({ fn }) => fn.countAll<number>().as('listenings'))
        .where('at', '>=', from)
        .where('at', '<', until)
        .executeTakeFirstOrThrow();
      return listenings;
    }
  };
}

async function latest(db: Kysely<Tables>, personId: string, slot: string): Promise<Instant | null> {
  const row = await db
    .selectFrom('listening')
    .select('at')
    .where('person_id', '=', personId)
    .where('slot', '=', slot)
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return row?.at ?? null;
}
