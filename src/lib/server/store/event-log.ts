import { sql } from 'kysely';
import { EVENT_VERSION, type Envelope } from '../../domain/telephony/event.ts';
import { upcast, type StoredEvent } from '../../domain/telephony/upcast.ts';
import { LogRefuses, type EventLog, type Incoming, type Projected } from '../live/ports.ts';
import type { Database } from './database.ts';
import { entryOfRow, rowOfEntry } from './entry-rows.ts';
import { logOnPostgres } from './log-on-postgres.ts';
import { logOnSqlite } from './log-on-sqlite.ts';
import { entryBatch, entryProgressBatch, eventBatch, projectionBatch, type LogTransaction } from './log-transaction.ts';
import { storable, type Storable } from './storable.ts';
import type { EntryTable } from './tables.ts';
import { addTallies, tallyOf } from './tallies.ts';

const DAY_MS = 86_400_000;
/** A statement has room for some thirty thousand values. */
const IDS_TOGETHER = 5_000;

/**
 * Opens the log. As `leader` it takes a new term: whoever led before is refused from now on, so that two servers on one
 * database can never both tell what the PBX told. A `guest` (an import beside a running server) appends in no term.
 */
export async function openEventLog(database: Database, as: 'leader' | 'guest' = 'leader'): Promise<EventLog> {
  const run = database.dialect === 'sqlite' ? logOnSqlite(database) : logOnPostgres(database);
  const { kysely } = database;
  const opened =
    as === 'leader'
      ? await kysely
          .updateTable('log')
          .set((log) => ({ term: log('term', '+', 1) }))
          .returningAll()
          .executeTakeFirstOrThrow()
      : await kysely.selectFrom('log').selectAll().executeTakeFirstOrThrow();
  const { epoch, term } = opened;
  let offset = opened.offset;

  return {
    position: () => ({ epoch, offset }),

    async append(incoming, project) {
      const told = incoming.map(storable);
      const { fresh, head } = await run(async (transaction) => {
        const head = await transaction.head();
        if (as === 'leader' && head.term !== term) {
          throw new LogRefuses(
            `Another server has taken over this log (term ${head.term}, ours was ${term}). ` +
              'Nothing is written from here any more. Stop one of the two.'
          );
        }
        // What was cut off has lost the keys by which a second delivery is known.
        const kept = told.filter(({ incoming }) => incoming.at >= head.cut_before);
        const fresh = await written(kept, head.offset, transaction);
        if (fresh.length > 0) {
          const stored = {
            entries: async (ids: string[]) =>
              new Map((await transaction.entries(ids)).map((row) => [row.id, entryOfRow(row)]))
          };
          await writeProjected(fresh, await project(fresh, stored), transaction);
          await transaction.moveHead(head.offset + fresh.length);
        }
        return { fresh, head };
      });
      offset = head.offset + fresh.length;
      return fresh;
    },

    async read(after, limit) {
      const rows = await kysely
        .selectFrom('event')
        .selectAll()
        .where('offset', '>', after)
        .orderBy('offset')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        offset: row.offset,
        at: row.at,
        seenAt: row.seen_at,
        source: row.source,
        key: row.source_key,
        lane: row.lane,
        quality: row.quality,
        version: EVENT_VERSION,
        event: upcast(row.version, JSON.parse(row.event) as StoredEvent)
      }));
    },

    async checkpoint(name) {
      const row = await kysely.selectFrom('projection').selectAll().where('name', '=', name).executeTakeFirst();
      if (!row || row.state === null) return null;
      return { name, offset: row.offset, version: row.version, state: JSON.parse(row.state) as unknown };
    },

    async entriesSince(since, open = []) {
      const entries = kysely.selectFrom('entry').selectAll();
      const parts = [
        entries.where('offered_at', '>=', since - DAY_MS).where('last_at', '>=', since),
        entries
          .where('offered_at', '<', since - DAY_MS)
          .where('last_at', '>=', since)
          // Word for word what the index says, or it would not be used.
          .where(sql<boolean>`last_at - offered_at > 86400000`)
      ];
      for (let next = 0; next < open.length; next += IDS_TOGETHER)
        parts.push(entries.where('id', 'in', open.slice(next, next + IDS_TOGETHER)));
      const found = new Map<string, EntryTable>();
      for (const part of parts) for (const row of await part.execute()) found.set(row.id, row);
      return [...found.values()].sort((a, b) => a.offered_at - b.offered_at || (a.id < b.id ? -1 : 1)).map(entryOfRow);
    },

    async entriesOffered(source, from, to) {
      const rows = await kysely
        .selectFrom('entry')
        .innerJoin('queue', 'queue.id', 'entry.queue')
        .selectAll('entry')
        .where('queue.source', '=', source)
        .where('entry.offered_at', '>=', from)
        .where('entry.offered_at', '<', to)
        .orderBy('entry.offered_at')
        .orderBy('entry.id')
        .execute();
      return rows.map(entryOfRow);
    },

    async refusalsSince(since) {
      // The kind stands in the text and the order is the index's, or SQLite would not use it and read the whole log.
      const rows = await kysely
        .selectFrom('event')
        .select(['at', 'version', 'event'])
        .where('kind', '=', sql.lit('CallRefused' as const))
        .where('at', '>=', since)
        .orderBy('at')
        .execute();
      return rows.flatMap((row) => {
        const event = upcast(row.version, JSON.parse(row.event) as StoredEvent);
        return event.kind === 'CallRefused' ? [{ queue: event.queue, at: row.at }] : [];
      });
    },

    async tallies(from, to, queues) {
      const rows = await kysely
        .selectFrom('tally')
        .selectAll()
        .where('quarter_start', '>=', from)
        .where('quarter_start', '<', to)
        .$if(queues !== undefined, (query) => query.where('queue', 'in', queues!.length > 0 ? queues! : ['']))
        .orderBy('quarter_start')
        .orderBy('queue')
        .execute();
      return rows.map((row) => ({
        queue: row.queue,
        quarterStart: row.quarter_start,
        tally: tallyOf(row.tally),
        revisedAt: row.revised_at
      }));
    }
  };
}

function withoutRepeats(told: Storable[]): Storable[] {
  const seen = new Set<string>();
  return told.filter(({ incoming: { source, key } }) => {
    const name = `${source}\n${key}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/**
 * Writes the events that were not told before. Nearly always that is all of them, so they are written first, and only
 * when the database finds some of them there already, or twice among them, are they asked for by their keys.
 */
async function written(told: Storable[], offset: number, transaction: LogTransaction): Promise<Envelope[]> {
  const envelopes = (accepted: Storable[]) => accepted.map((one, i) => envelopeOf(one.incoming, offset + i + 1));
  const rows = (accepted: Storable[], fresh: Envelope[]) => fresh.map((one, i) => rowOfEvent(one, accepted[i]!.json));
  const all = envelopes(told);
  if ((await transaction.write(eventBatch, rows(told, all))) === told.length) return all;
  await transaction.unwrite(offset);
  const accepted = await notKnown(withoutRepeats(told), transaction);
  const fresh = envelopes(accepted);
  await transaction.write(eventBatch, rows(accepted, fresh));
  return fresh;
}

async function notKnown(told: Storable[], transaction: LogTransaction): Promise<Storable[]> {
  const bySource = Map.groupBy(told, ({ incoming }) => incoming.source);
  let fresh = told;
  for (const [source, ofSource] of bySource) {
    const known = new Set(
      await transaction.knownKeys(
        source,
        ofSource.map(({ incoming }) => incoming.key)
      )
    );
    if (known.size > 0) fresh = fresh.filter(({ incoming }) => incoming.source !== source || !known.has(incoming.key));
  }
  return fresh;
}

function envelopeOf({ at, seenAt, source, key, lane, quality, event }: Incoming, offset: number): Envelope {
  return { offset, at, seenAt, source, key, lane, quality, version: EVENT_VERSION, event };
}

function rowOfEvent(envelope: Envelope, json: string): (string | number)[] {
  const { offset, at, seenAt, source, key, lane, quality, version, event } = envelope;
  return [offset, at, seenAt, source, key, lane, quality, version, event.kind, json];
}

async function writeProjected(
  fresh: Envelope[],
  { entries, tallies, checkpoint }: Projected,
  transaction: LogTransaction
): Promise<void> {
  const latest = new Map(entries.map((entry) => [entry.id, entry]));
  const isCorrecting = fresh.some(({ event }) => event.kind === 'EntryCorrected');
  await transaction.write(isCorrecting ? entryBatch : entryProgressBatch, [...latest.values()].map(rowOfEntry));
  if (tallies.length > 0) await addTallies(tallies, transaction);
  if (checkpoint) {
    const { name, offset, version, state } = checkpoint;
    await transaction.write(projectionBatch, [[name, offset, version, JSON.stringify(state)]]);
  }
}
