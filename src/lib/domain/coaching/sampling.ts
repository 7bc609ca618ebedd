/**
 * The draw of the calls that are listened to. What it gives follows from a secret of the round, whose hash was shown at
 * the opening: nobody can draw until they like what they get, and afterwards everybody can check that nobody did.
 */
import type { EntryId, QueueId } from '../telephony/event.ts';
import { HOUR_MS, type Instant } from '../time.ts';
import type { SlotCall } from './facts.ts';
import type { ParticipationId, RoundId } from './level.ts';

/** HMAC-SHA-256 under the round's secret. The domain has no secrets and no arithmetic for them. */
export type Hmac = (message: string) => Uint8Array;
/** SHA-256 of a text, in hexadecimal. */
export type Sha256 = (text: string) => string;

/** A call that may be drawn: answered by the agent in their window. */
export interface PoolCall {
  entry: EntryId;
  queue: QueueId;
  answeredAt: Instant;
  talkMs: number;
  /** The agent's own part of the recording, or of the call. */
  spanMs: number;
}

/** Shorter talks have nothing to listen for. */
export const TALK_LEAST_MS = 60_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Which draw it is: the same words give the same call for ever. `n` is the place in the sample, `drawNo` from 0. */
export interface DrawName {
  round: RoundId;
  participation: ParticipationId;
  n: number;
  drawNo: number;
}

/** The calls that any draw may take: allowed queues only, talks of a minute or more, in an order of their own. */
export function pool(calls: readonly PoolCall[], allowedQueues: readonly QueueId[]): PoolCall[] {
  return calls
    .filter(({ queue, talkMs }) => talkMs >= TALK_LEAST_MS && allowedQueues.includes(queue))
    .sort((a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0));
}

/**
 * One call out of the pool, or `null` when none is left. `held` are the calls the participation has, which the new one
 * is to differ from in queue and week; `gone` are those that were withdrawn and never come back.
 */
export function drawCall(
  name: DrawName,
  from: readonly PoolCall[],
  { held, gone }: { held: readonly EntryId[]; gone: readonly EntryId[] },
  hmac: Hmac
): PoolCall | null {
  const already = from.filter(({ entry }) => held.includes(entry));
  const left = from.filter(({ entry }) => !held.includes(entry) && !gone.includes(entry));
  // Alike by both is worst, so that counts twice; of what is least alike every call has the same chance.
  const alike = ({ queue, answeredAt }: PoolCall): number =>
    already.filter((one) => one.queue === queue).length +
    already.filter((one) => weekOf(one.answeredAt) === weekOf(answeredAt)).length;
  const least = Math.min(...left.map(alike));
  const candidates = left.filter((call) => alike(call) === least);
  return candidates.length === 0 ? null : (candidates[below(candidates.length, name, hmac)] ?? null);
}

/** The draw at the end of the window: place by place in order, each knowing what the ones before it got. */
export function drawPlaces(
  { round, participation }: Pick<DrawName, 'round' | 'participation'>,
  places: readonly { n: number; drawNo: number }[],
  from: readonly PoolCall[],
  { held, gone }: { held: readonly EntryId[]; gone: readonly EntryId[] },
  hmac: Hmac
): { n: number; call: PoolCall | null }[] {
  const taken = [...held];
  return [...places]
    .sort((a, b) => a.n - b.n)
    .map(({ n, drawNo }) => {
      const call = drawCall({ round, participation, n, drawNo }, from, { held: taken, gone }, hmac);
      if (call !== null) taken.push(call.entry);
      return { n, call };
    });
}

export function slotCall({ entry, spanMs }: PoolCall): SlotCall {
  return { entry, spanMs };
}

/** Weeks of seven days since 1970: which one does not matter, only whether two calls share it. */
function weekOf(at: Instant): number {
  return Math.floor(at / WEEK_MS);
}

/**
 * A whole number below `count`, every one as likely: numbers of 32 bits, and one beyond the last whole multiple of
 * `count` is thrown away rather than folded back onto the first calls.
 */
function below(count: number, { round, participation, n, drawNo }: DrawName, hmac: Hmac): number {
  const fair = Math.floor(2 ** 32 / count) * count;
  for (let block = 0; ; block += 1) {
    // As JSON, so that no two draws can be written with the same letters.
    const bytes = hmac(JSON.stringify([round, participation, n, drawNo, block]));
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      const number = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
      if (number < fair) return number % count;
    }
  }
}

/** What is shown at the opening: it binds the secret, and tells nothing of it. */
export function commitment(secret: string, sha256: Sha256): string {
  return sha256(`stamgaffel round ${secret}`);
}

/** What is kept of a draw, for the check: of the pool a hash, since most calls in it are nobody's business. */
export interface DrawRecord {
  name: DrawName;
  held: readonly EntryId[];
  gone: readonly EntryId[];
  poolSize: number;
  poolHash: string;
  entry: EntryId | null;
}

export function poolHash(from: readonly PoolCall[], sha256: Sha256): string {
  return sha256(JSON.stringify(from.map(({ entry, queue, answeredAt }) => [entry, queue, answeredAt])));
}

export type Verdict = 'as-drawn' | 'other-secret' | 'other-pool' | 'other-call';

/** What `stamgaffel round verify` says of one draw, given the secret and the pool as it is told now. */
export function verifiedDraw(
  record: DrawRecord,
  from: readonly PoolCall[],
  { secret, committed }: { secret: string; committed: string },
  { hmacOf, sha256 }: { hmacOf: (secret: string) => Hmac; sha256: Sha256 }
): Verdict {
  if (commitment(secret, sha256) !== committed) return 'other-secret';
  if (from.length !== record.poolSize || poolHash(from, sha256) !== record.poolHash) return 'other-pool';
  const drawn = drawCall(record.name, from, record, hmacOf(secret));
  return (drawn?.entry ?? null) === record.entry ? 'as-drawn' : 'other-call';
}

/** Whether a round drew twice for one name, or skipped a number: the numbers of a place count on from 0. */
export function drawsInOrder(records: readonly DrawRecord[]): boolean {
  const last = new Map<string, number>();
  return [...records]
    .sort((a, b) => a.name.drawNo - b.name.drawNo)
    .every(({ name }) => {
      const place = JSON.stringify([name.round, name.participation, name.n]);
      const inOrder = name.drawNo === (last.get(place) ?? -1) + 1;
      last.set(place, name.drawNo);
      return inOrder;
    });
}
