import { createHash, createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { nextDraw, slotsToDraw } from '../../domain/coaching/places.ts';
import type { Participation } from '../../domain/coaching/participation.ts';
import {
  drawCall,
  drawPlaces,
  pool,
  poolHash,
  slotCall,
  type DrawRecord,
  type Hmac,
  type PoolCall
} from '../../domain/coaching/sampling.ts';
import type { SlotCall } from '../../domain/coaching/facts.ts';
import { installSecret } from '../store/secrets.ts';
import type { Tables } from '../store/tables.ts';
import { pooledCalls } from '../store/coaching/pool.ts';
import type { CoachingHouse } from './house.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Each round has a secret of its own, made when it opens: whoever learns it after the round can check every draw. */
export async function roundSecret(db: Kysely<Tables>, round: string): Promise<string> {
  return (await installSecret(db, `round ${round}`)).toString('hex');
}
export function hmacOf(secret: string): Hmac {
  return (message) => createHmac('sha256', Buffer.from(secret, 'hex')).update(message).digest();
}

/** What the draws of one command gave, and what is kept of them. */
export interface Drawn {
  calls: { slot: string; call: SlotCall | null }[];
  records: DrawRecord[];
}

/** The draw at the end of a window, in every place that waits for one. */
export async function drawSample(house: CoachingHouse, state: Participation): Promise<Drawn> {
  if (slotsToDraw(state).length === 0) return { calls: [], records: [] };
  return drawFrom(house, state, await poolOf(house.db, state.id));
}

/** The same draw among calls that are known already. */
export async function drawFrom(
  { db }: Pick<CoachingHouse, 'db'>,
  state: Participation,
  from: readonly PoolCall[]
): Promise<Drawn> {
  const waiting = slotsToDraw(state);
  const hmac = hmacOf(await roundSecret(db, state.round));
  const held = heldBy(state);
  const drawn = drawPlaces(
    { round: state.round, participation: state.id },
    waiting,
    from,
    { held, gone: state.goneCalls },
    hmac
  );
  const taken = [...held];
  const records = drawn.map(({ n, call }) => {
    const place = waiting.find((each) => each.n === n)!;
    const record = recordOf(state, n, place.drawNo, from, taken, call);
    if (call) taken.push(call.entry);
    return record;
  });
  return {
    calls: drawn.map(({ n, call }) => ({
      slot: waiting.find((each) => each.n === n)!.slot,
      call: call && slotCall(call)
    })),
    records
  };
}

/** One more, in the place of a call that was taken away; null when none follows. */
export async function redraw(
  house: CoachingHouse,
  state: Participation,
  slot: string,
  why: 'withdrawn' | 'void'
): Promise<{ call: SlotCall | null; records: DrawRecord[] }> {
  const next = nextDraw(state, slot, why);
  const place = state.places.find((each) => each.slot === slot);
  if (!next || !place) return { call: null, records: [] };
  const from = await poolOf(house.db, state.id);
  const hmac = hmacOf(await roundSecret(house.db, state.round));
  const held = heldBy(state).filter((entry) => entry !== place.call?.entry);
  const gone = [...state.goneCalls, ...(place.call ? [place.call.entry] : [])];
  const name = { round: state.round, participation: state.id, n: place.n, drawNo: next.drawNo };
  const call = drawCall(name, from, { held, gone }, hmac);
  return {
    call: call && slotCall(call),
    records: [{ name, held, gone, poolSize: from.length, poolHash: poolHash(from, sha256), entry: call?.entry ?? null }]
  };
}

/** What a draw chooses among, as it is today: the store knows whose, when, which queues and which recordings. */
export async function poolOf(db: Kysely<Tables>, participation: string): Promise<PoolCall[]> {
  const calls = await pooledCalls(db, participation);
  const from = calls.map((call): PoolCall => ({ ...call, talkMs: call.spanMs }));
  return pool(from, [...new Set(from.map(({ queue }) => queue))]);
}

const heldBy = ({ places }: Participation): string[] => places.flatMap(({ call }) => (call ? [call.entry] : []));

function recordOf(
  state: Participation,
  n: number,
  drawNo: number,
  from: readonly PoolCall[],
  held: readonly string[],
  call: PoolCall | null
): DrawRecord {
  return {
    name: { round: state.round, participation: state.id, n, drawNo },
    held: [...held],
    gone: state.goneCalls,
    poolSize: from.length,
    poolHash: poolHash(from, sha256),
    entry: call?.entry ?? null
  };
}

export async function noteDraws(inside: Kysely<Tables>, records: readonly DrawRecord[]): Promise<void> {
  for (const { name, held, gone, poolSize, poolHash: hash, entry } of records)
    await inside
      .insertInto('draw')
      .values({
        participation: name.participation,
        n: name.n,
        draw_no: name.drawNo,
        held: JSON.stringify(held),
        gone: JSON.stringify(gone),
        pool_size: poolSize,
        pool_hash: hash,
        entry
      })
      // A draw that found nothing is tried again until the window's recordings are all in: the last one stands.
      .onConflict((conflict) =>
        conflict.columns(['participation', 'n', 'draw_no']).doUpdateSet({
          held: JSON.stringify(held),
          gone: JSON.stringify(gone),
          pool_size: poolSize,
          pool_hash: hash,
          entry
        })
      )
      .execute();
}
