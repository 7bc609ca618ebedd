import { randomUUID } from 'node:crypto';
import { pool, type PoolCall } from '../../domain/coaching/sampling.ts';
import { MINUTE_MS, periodOf, type Instant, type Zone } from '../../domain/time.ts';
import { newToken } from '../store/agent-tokens.ts';
import type { Opened } from './play.ts';
import { later, personOf, type Stage } from './stage.ts';

/** The exchange of the demonstration; its city is furnished elsewhere. */
const SOURCE = 'demo';

/**
 * The calls that somebody answered in their window and that were recorded: what is drawn among. They are as long as the
 * one that was reviewed, because which of them that is, only the draw knows.
 */
export function callsOfWindow(
  startsAt: Instant,
  { queue, talkMs, n, count }: { queue: string; talkMs: number; n: number; count: number }
): PoolCall[] {
  const calls = Array.from({ length: count }, (_, at): PoolCall => ({
    entry: randomUUID(),
    queue,
    answeredAt: later(startsAt, ((n + at * 2) % 5) + ((n + at) % 2) * 7, 9 + ((n + at) % 6), (n * 13 + at * 17) % 60),
    talkMs,
    spanMs: talkMs
  }));
  return pool(calls, [queue]);
}

/**
 * Writes the calls of the round under way into the log, so that its draws can be made once more. Of the rounds that are
 * over the log tells no longer whose calls they were, here as anywhere.
 */
export async function answered(stage: Stage, { agent, calls }: Opened, zone: Zone): Promise<void> {
  const { db } = stage.house;
  // A telephone that nobody has any more: those of today ring in the city.
  const key = `PJSIP/${agent}`;
  const tokens = new Map<Instant, string>();
  for (const { entry, queue, answeredAt, talkMs } of calls) {
    const month = periodOf(answeredAt, 'MONTH', zone);
    const token = tokens.get(month.startsAt) ?? newToken();
    if (!tokens.has(month.startsAt))
      await db
        .insertInto('agent_token')
        .values({ token, source: SOURCE, key, from_at: month.startsAt, until_at: month.endsAt })
        .execute();
    tokens.set(month.startsAt, token);
    const endedAt = answeredAt + talkMs;
    await db
      .insertInto('entry')
      .values({
        id: entry,
        call: entry,
        source: SOURCE,
        queue,
        channel: entry,
        from_queue: null,
        adopted: 0,
        caller: null,
        offered_at: answeredAt - MINUTE_MS,
        offered_quality: 'exact',
        outcome: 'answered',
        answered_at: answeredAt,
        answered_quality: 'exact',
        agent: token,
        left_at: null,
        why: null,
        pressed: null,
        held_since: null,
        held_ms: 0,
        passed_on: null,
        passed_on_to: null,
        talk_ended_at: endedAt,
        ended_by: null,
        wrap_up_until: endedAt,
        revised_at: null,
        last_at: endedAt
      })
      .execute();
  }
  const instants = calls.map(({ answeredAt }) => answeredAt);
  await db
    .insertInto('person_agent')
    .values({
      person_id: personOf(stage, agent).personId,
      source: SOURCE,
      agent_key: key,
      from_at: Math.min(...instants) - MINUTE_MS,
      until_at: Math.max(...instants) + MINUTE_MS
    })
    .execute();
}
