import type { Kysely } from 'kysely';
import type { ParticipationId } from '../../../domain/coaching/level.ts';
import { LEAST_TALK_MS } from '../../../domain/coaching/recording.ts';
import type { EntryId, QueueId } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Tables } from '../tables.ts';

/** A call that may be drawn or chosen. */
export interface PooledCall {
  entry: EntryId;
  queue: QueueId;
  answeredAt: Instant;
  /** From the answer to the agent's own hang-up. */
  spanMs: number;
}

const DAY_MS = 86_400_000;

/**
 * The calls that a participation may be about, the first answered first: of its own agent, answered inside its announced
 * window, from a queue that somebody allowed, with a talk of a minute or more. With recordings only those whose sound is
 * here. Calls that are in the participation already, or were, are among them: the domain knows those.
 *
 * With `asOf` the recordings count that were here at that instant, whatever became of them since: so that a draw can be
 * made once more.
 *
 * It is asked while the tokens can be explained, which is 45 days after their month: a slot keeps what it needs.
 */
export async function pooledCalls(
  db: Kysely<Tables>,
  id: ParticipationId,
  asOf: Instant | null = null
): Promise<PooledCall[]> {
  const window = await db
    .selectFrom('participation')
    .innerJoin('round_window', (join) =>
      join
        .onRef('round_window.round', '=', 'participation.round')
        .onRef('round_window.n', '=', 'participation.window_n')
    )
    .select(['participation.agent', 'participation.sound', 'starts_at', 'ends_at'])
    .where('participation.id', '=', id)
    .executeTakeFirst();
  if (!window) return [];
  let calls = db
    .selectFrom('entry')
    .innerJoin('agent_token', 'agent_token.token', 'entry.agent')
    .innerJoin('person_agent', (join) =>
      join
        .onRef('person_agent.source', '=', 'agent_token.source')
        .onRef('person_agent.agent_key', '=', 'agent_token.key')
    )
    .select(['entry.id as entry', 'queue', 'answered_at', 'talk_ended_at'])
    .where('person_agent.person_id', '=', window.agent)
    // The index knows when a call was offered; nobody waits a day.
    .where('offered_at', '>=', window.starts_at - DAY_MS)
    .where('offered_at', '<', window.ends_at)
    .where('answered_at', '>=', window.starts_at)
    .where('answered_at', '<', window.ends_at)
    .where('outcome', '=', 'answered')
    .where((query) => query(query('talk_ended_at', '-', query.ref('answered_at')), '>=', LEAST_TALK_MS))
    // Whose telephone it was at the answer, not whose it is today.
    .whereRef('person_agent.from_at', '<=', 'answered_at')
    .where((query) =>
      query.or([
        query('person_agent.until_at', 'is', null),
        query('person_agent.until_at', '>', query.ref('answered_at'))
      ])
    );
  if (window.sound === 'recorded')
    calls = calls
      .where('queue', 'in', (query) => query.selectFrom('recording_queue').select('queue_id'))
      .where('entry.id', 'in', (query) =>
        asOf === null
          ? query.selectFrom('recording').select('recording.entry').where('state', 'in', ['ready', 'held'])
          : query
              .selectFrom('recording')
              .select('recording.entry')
              .where('received_at', '<=', asOf)
              .where((there) => there.or([there('deleted_at', 'is', null), there('deleted_at', '>', asOf)]))
      );
  const rows = await calls.orderBy('answered_at').orderBy('entry.id').execute();
  return rows.map(({ entry, queue, answered_at, talk_ended_at }) => ({
    entry,
    queue,
    answeredAt: answered_at!,
    spanMs: talk_ended_at! - answered_at!
  }));
}
