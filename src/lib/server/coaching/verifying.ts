import type { Kysely } from 'kysely';
import type { Fact } from '../../domain/coaching/facts.ts';
import {
  commitment,
  drawsInOrder,
  pool,
  verifiedDraw,
  type DrawRecord,
  type PoolCall,
  type Verdict
} from '../../domain/coaching/sampling.ts';
import type { Instant } from '../../domain/time.ts';
import { pooledCalls } from '../store/coaching/pool.ts';
import type { StoredRound } from '../store/coaching/rounds.ts';
import type { Tables } from '../store/tables.ts';
import { hmacOf, roundSecret, sha256 } from './drawing.ts';

export interface RoundVerdict {
  round: string;
  /** Whether the secret is the one whose hash was said when the round opened. */
  committed: boolean;
  /** Whether every place was drawn once for each number, counting on from 0. */
  inOrder: boolean;
  draws: { participation: string; n: number; drawNo: number; verdict: Verdict }[];
}

/**
 * Draws every call of a round once more, among the calls there were at that instant, and compares. What the log no longer
 * tells (a token is explained for some weeks) cannot be drawn again, and is `other-pool`.
 */
export async function verifyRound(
  db: Kysely<Tables>,
  round: Pick<StoredRound, 'id' | 'name' | 'commitment'>
): Promise<RoundVerdict> {
  const secret = await roundSecret(db, round.id);
  const rows = await db
    .selectFrom('draw')
    .innerJoin('participation', 'participation.id', 'draw.participation')
    .selectAll('draw')
    .where('participation.round', '=', round.id)
    .orderBy('draw.participation')
    .orderBy('n')
    .orderBy('draw_no')
    .execute();
  const records = rows.map((row): DrawRecord => ({
    name: { round: round.id, participation: row.participation, n: row.n, drawNo: row.draw_no },
    held: JSON.parse(row.held) as string[],
    gone: JSON.parse(row.gone) as string[],
    poolSize: row.pool_size,
    poolHash: row.pool_hash,
    entry: row.entry
  }));
  const by = { hmacOf, sha256 };
  const committed = round.commitment ?? '';
  const draws: RoundVerdict['draws'] = [];
  for (const record of records) {
    const { participation, n, drawNo } = record.name;
    const at = await drawnAt(db, record);
    const from = at === null ? [] : await poolAt(db, participation, at);
    draws.push({ participation, n, drawNo, verdict: verifiedDraw(record, from, { secret, committed }, by) });
  }
  return {
    round: round.name,
    committed: commitment(secret, sha256) === committed,
    inOrder: drawsInOrder(records),
    draws
  };
}

async function poolAt(db: Kysely<Tables>, participation: string, at: Instant): Promise<PoolCall[]> {
  const calls = (await pooledCalls(db, participation, at)).map((call): PoolCall => ({ ...call, talkMs: call.spanMs }));
  return pool(calls, [...new Set(calls.map(({ queue }) => queue))]);
}

/** The instant of the fact that the draw belongs to; null when there is none, and then it was no draw of ours. */
async function drawnAt(db: Kysely<Tables>, { name }: DrawRecord): Promise<Instant | null> {
  const slots = await db
    .selectFrom('slot')
    .select('id')
    .where('participation', '=', name.participation)
    .where('n', '=', name.n)
    .execute();
  const ofPlace = new Set(slots.map(({ id }) => id));
  const events = await db
    .selectFrom('participation_event')
    .select(['kind', 'at', 'data'])
    .where('participation', '=', name.participation)
    .where('kind', 'in', ['SampleDrawn', 'SampleFoundEmpty', 'CallWithdrawn', 'CallVoided'])
    .orderBy('seq', 'desc')
    .execute();
  for (const { kind, at, data } of events) {
    const fact = { ...(JSON.parse(data) as object), kind, at } as Fact;
    const first = fact.kind === 'SampleDrawn' || fact.kind === 'SampleFoundEmpty';
    if (first && name.drawNo === 0) return at;
    const next = fact.kind === 'CallWithdrawn' || fact.kind === 'CallVoided' ? fact.next : null;
    if (next && ofPlace.has(next.slot) && next.drawNo === name.drawNo) return at;
  }
  return null;
}
