import type { ImportOutcome } from '../../../domain/coaching/kept-recording.ts';
import type { Circumstances } from '../../../domain/coaching/recording.ts';
import type { Entry } from '../../../domain/telephony/call.ts';
import type { QueueId, SourceName } from '../../../domain/telephony/event.ts';
import { calendarDay, type Instant, type Zone } from '../../../domain/time.ts';
import type { Database } from '../database.ts';
import { entryOfRow } from '../entry-rows.ts';

/** What the importer asks of what is stored, and what it leaves behind: counts, and no names. */
export interface StoredRecordingPool {
  entries(channels: readonly string[], source: SourceName | null): Promise<Entry[]>;
  circumstances(entry: Entry): Promise<Circumstances>;
  count(outcome: ImportOutcome, now: Instant): Promise<void>;
  /** How many files came to which end since a day, for administrators. */
  counts(sinceDay: string): Promise<{ day: string; outcome: string; files: number }[]>;
  /** How many are here, and how many of those that were are gone, by their reason. */
  shelved(): Promise<{ kept: number; gone: { why: string; recordings: number }[] }>;
  seen(fingerprint: string): Promise<boolean>;
  remember(fingerprint: string, now: Instant): Promise<void>;
  /** From now on calls to this queue may be taken in: by this decision, and with these words to callers. */
  allow(queue: QueueId, by: { decision: string; callerNotice: string; now: Instant }): Promise<boolean>;
  /** False when it was not allowed. */
  disallow(queue: QueueId): Promise<boolean>;
  allowed(): Promise<{ queue: QueueId; decision: string; callerNotice: string; allowedAt: Instant }[]>;
}

const FORGOTTEN_MS = 90 * 86_400_000;

export function openRecordingPool({ kysely }: Database, zone: Zone): StoredRecordingPool {
  return {
    async entries(channels, source) {
      if (channels.length === 0) return [];
      let rows = kysely.selectFrom('entry').selectAll().where('channel', 'in', channels);
      if (source !== null) rows = rows.where('source', '=', source);
      return (await rows.orderBy('answered_at').orderBy('id').limit(50).execute()).map(entryOfRow);
    },

    async circumstances({ id, agent, queue, answeredAt }) {
      const allowed = await kysely
        .selectFrom('recording_queue')
        .select('queue_id')
        .where('queue_id', '=', queue)
        .executeTakeFirst();
      const refused = await kysely
        .selectFrom('recording_refused')
        .select('entry')
        .where('entry', '=', id)
        .executeTakeFirst();
      // Whose telephone it was at the answer, and the rounds in which that person takes part now.
      const windows = await kysely
        .selectFrom('agent_token')
        .innerJoin('person_agent', (join) =>
          join
            .onRef('person_agent.source', '=', 'agent_token.source')
            .onRef('person_agent.agent_key', '=', 'agent_token.key')
        )
        .innerJoin('participation', 'participation.agent', 'person_agent.person_id')
        .innerJoin('round', 'round.id', 'participation.round')
        .innerJoin('round_window', (join) =>
          join
            .onRef('round_window.round', '=', 'participation.round')
            .onRef('round_window.n', '=', 'participation.window_n')
        )
        .select(['round_window.starts_at as startsAt', 'round_window.ends_at as endsAt'])
        .where('agent_token.token', '=', agent ?? '')
        .where('person_agent.from_at', '<=', answeredAt ?? 0)
        .where((query) =>
          query.or([query('person_agent.until_at', 'is', null), query('person_agent.until_at', '>', answeredAt ?? 0)])
        )
        .where('participation.sound', '=', 'recorded')
        .where('participation.ended_at', 'is', null)
        .where('round.state', '=', 'open')
        .execute();
      return {
        queueAllowed: allowed !== undefined,
        takesPart: windows.length > 0,
        windows,
        callerSaidNo: refused !== undefined
      };
    },

    async count(outcome, now) {
      const { year, month, day } = calendarDay(now, zone);
      const two = (value: number) => String(value).padStart(2, '0');
      await kysely
        .insertInto('recording_import')
        .values({ day: `${year}-${two(month)}-${two(day)}`, outcome, files: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['day', 'outcome'])
            .doUpdateSet((column) => ({ files: column('recording_import.files', '+', 1) }))
        )
        .execute();
    },

    counts: (sinceDay) =>
      kysely
        .selectFrom('recording_import')
        .selectAll()
        .where('day', '>=', sinceDay)
        .orderBy('day', 'desc')
        .orderBy('outcome')
        .execute(),

    async shelved() {
      const rows = await kysely
        .selectFrom('recording')
        .select(({ fn }) => ['deleted_why', fn.countAll().as('recordings')])
        .groupBy('deleted_why')
        .orderBy('deleted_why')
        .execute();
      const counted = rows.map((row) => ({ why: row.deleted_why, recordings: Number(row.recordings) }));
      return {
        kept: counted.find(({ why }) => why === null)?.recordings ?? 0,
        gone: counted.flatMap(({ why, recordings }) => (why === null ? [] : [{ why, recordings }]))
      };
    },

    async seen(fingerprint) {
      const row = kysely.selectFrom('recording_left').select('fingerprint').where('fingerprint', '=', fingerprint);
      return (await row.executeTakeFirst()) !== undefined;
    },

    async remember(fingerprint, now) {
      await kysely
        .insertInto('recording_left')
        .values({ fingerprint, seen_at: now })
        .onConflict((conflict) => conflict.column('fingerprint').doUpdateSet({ seen_at: now }))
        .execute();
      await kysely
        .deleteFrom('recording_left')
        .where('seen_at', '<', now - FORGOTTEN_MS)
        .execute();
    },

    async allow(queue, { decision, callerNotice, now }) {
      const there = await kysely.selectFrom('queue').select('id').where('id', '=', queue).executeTakeFirst();
      if (!there) return false;
      const told = { decision, caller_notice: callerNotice, allowed_at: now };
      await kysely
        .insertInto('recording_queue')
        .values({ queue_id: queue, ...told })
        .onConflict((conflict) => conflict.column('queue_id').doUpdateSet(told))
        .execute();
      return true;
    },

    async disallow(queue) {
      const { numDeletedRows } = await kysely
        .deleteFrom('recording_queue')
        .where('queue_id', '=', queue)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async allowed() {
      const rows = await kysely.selectFrom('recording_queue').selectAll().orderBy('queue_id').execute();
      return rows.map(({ queue_id, decision, caller_notice, allowed_at }) => ({
        queue: queue_id,
        decision,
        callerNotice: caller_notice,
        allowedAt: allowed_at
      }));
    }
  };
}
