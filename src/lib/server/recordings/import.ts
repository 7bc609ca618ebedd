/**
 * Takes recordings in from a folder. Most files must not come in: what no announced window, participant and allowed queue
 * admits is counted by its reason and never opened. What happened to a file is told as a code; its name is kept nowhere.
 */
import { unlink } from 'node:fs/promises';
import type { ImportOutcome } from '../../domain/coaching/kept-recording.ts';
import { CLOCK_TOLERANCE_MS, ownPart, refusalOf, type OwnPart } from '../../domain/coaching/recording.ts';
import type { Entry } from '../../domain/telephony/call.ts';
import type { Instant } from '../../domain/time.ts';
import { decode, decodedSize, FfmpegFailed, formOf } from './ffmpeg.ts';
import type { NameTold } from './file-name.ts';
import { destroyFiles, keep, type Shelves } from './keep.ts';
import type { RecordingPool, RecordingShelf } from './ports.ts';
import { framesOf } from './samples.ts';
import { openSource, type Found, type SourceFile } from './source-file.ts';
import { frameCount, wavHead, type Bytes, type WavHead, type WavRefused } from './wav.ts';

export interface ImporterParts extends Shelves {
  /** Where the files are. */
  from: string;
  shelf: RecordingShelf;
  pool: RecordingPool;
  readName(name: string): NameTold | null;
  begins: 'answer' | 'queue';
  afterImport: 'delete' | 'keep';
  ffmpeg: string;
  now(): Instant;
}
/** `waiting`: it is not whole yet, or its call is not over. */
export type Dealt = ImportOutcome | 'waiting';

export interface Importer {
  /** Deals with one file. Throws when the disk or the database refuses: then it is still there, and may be tried again. */
  take(found: Found): Promise<Dealt>;
}

/** A file that nothing was written to for so long is over; and one that is not closed by then never will be. */
export const STABLE_MS = 10_000;
const ABANDONED_MS = 10 * 60_000;
/** The log may be behind the folder for this long; and a call that has not ended by then was missed. */
const LOG_BEHIND_MS = 120_000;
const CALL_AT_MOST_MS = 12 * 3_600_000;
/** What only needs something of the operator is left where it is, also where everything else is deleted. */
const LEFT: readonly ImportOutcome[] = ['needs-ffmpeg', 'rf64'];

export function createImporter(parts: ImporterParts): Importer {
  const { from, pool, shelf, readName, begins, afterImport, ffmpeg, now } = parts;

  async function dealtWith(found: Found): Promise<Dealt> {
    if (!found.plain) return 'not-a-file';
    const age = now() - found.modifiedAt;
    if (age < STABLE_MS) return 'waiting';
    const told = readName(found.name);
    if (told === null) return 'name-unknown';
    const calls = await pool.entries(told.channels, told.source);
    if (calls.length === 0) return age < LOG_BEHIND_MS ? 'waiting' : 'no-call';

    const admitted: Entry[] = [];
    let why: ImportOutcome = 'not-answered';
    for (const call of calls) {
      const refusal = refusalOf(call, await pool.circumstances(call));
      if (refusal === 'talking') return age < CALL_AT_MOST_MS ? 'waiting' : 'no-call';
      if (refusal === null) admitted.push(call);
      else if (refusal !== 'not-answered') why = refusal;
    }
    if (admitted.length === 0) return why;
    const fresh: Entry[] = [];
    for (const call of admitted) if (!(await shelf.hasHad(call.id))) fresh.push(call);
    if (fresh.length === 0) return 'known';
    const source = await openSource(from, found);
    if (source === null) return 'not-a-file';
    try {
      return await opened(source, { calls, fresh, told, age });
    } finally {
      await source.close();
    }
  }

  interface About {
    calls: readonly Entry[];
    fresh: readonly Entry[];
    told: NameTold;
    age: number;
  }
  async function opened(source: SourceFile, about: About): Promise<Dealt> {
    const form = formOf(await source.read(0, 12));
    const head = await wavHead(source);
    if (head === 'not-wav' || head === 'other-coding') {
      // A file that has not got its beginning yet looks like none.
      if (form === null) return about.age < ABANDONED_MS ? 'waiting' : 'not-sound';
      return throughFfmpeg(source, form, about);
    }
    if (typeof head === 'string') return head === 'damaged' && about.age < ABANDONED_MS ? 'waiting' : head;
    if (!head.closed && about.age < ABANDONED_MS) return 'waiting';
    return kept(source, head, () => source, about);
  }

  async function throughFfmpeg(source: SourceFile, form: NonNullable<ReturnType<typeof formOf>>, about: About) {
    try {
      const { size, head: beginning } = await decodedSize(ffmpeg, form, source);
      const read = (position: number, length: number) =>
        Promise.resolve(beginning.subarray(position, position + length));
      const head: WavHead | WavRefused = await wavHead({ size, read });
      if (typeof head === 'string') return head === 'too-long' ? head : 'damaged';
      return await kept(source, head, () => decode(ffmpeg, form, source, size), about);
    } catch (error) {
      if (error instanceof FfmpegFailed) return error.why === 'none' ? 'needs-ffmpeg' : 'damaged';
      throw error;
    }
  }

  /** Each call of its own in the file is kept by itself: what is deleted of one is not there of another. */
  async function kept(
    source: SourceFile,
    head: WavHead,
    samples: () => Bytes & { close?(): unknown },
    { calls, fresh, told }: About
  ): Promise<Dealt> {
    const lengthMs = Math.floor((frameCount(head) * 1_000) / head.rate);
    const sourceHash = await source.hash();
    // The same sound under the name of another call would be evidence that somebody made.
    const before = await shelf.entriesOfSource(sourceHash);
    if (before.some((entry) => !calls.some(({ id }) => id === entry))) return 'known';
    let outcome: Dealt = 'clock-unclear';
    for (const call of fresh) {
      const part = partOf(call, calls, told, lengthMs);
      const frames = part && framesOf(head, part);
      if (part === null || frames === null || frames.until <= frames.from) continue;
      const bytes = samples();
      try {
        const { startsAt, clock } = part;
        const made = await keep(parts, { bytes, head, frames, entry: call.id, startsAt, clock, sourceHash });
        if (await shelf.add(made, now()).catch((error) => destroyFiles(parts, made).then(() => Promise.reject(error))))
          outcome = 'imported';
        else {
          await destroyFiles(parts, made);
          if (outcome !== 'imported') outcome = 'known';
        }
      } finally {
        if (bytes !== source) bytes.close?.();
      }
    }
    return outcome;
  }

  function partOf(call: Entry, calls: readonly Entry[], told: NameTold, lengthMs: number): OwnPart | null {
    const answered = calls.filter(({ answeredAt }) => answeredAt !== null);
    const first = calls.reduce((one, other) => (other.offeredAt < one.offeredAt ? other : one));
    const beganAt = told.beganAt ?? (begins === 'queue' ? first.offeredAt : null);
    if (answered.length < 2) return ownPart(call, { lengthMs, beganAt });
    // Several agents in one recording: it must reach from the first answer, or earlier, to the last one's end.
    const began = beganAt ?? Math.min(...answered.map(({ answeredAt }) => answeredAt!));
    const last = Math.max(...answered.map(({ talkEndedAt }) => talkEndedAt ?? 0));
    return Math.abs(began + lengthMs - last) <= CLOCK_TOLERANCE_MS ? ownPart(call, { lengthMs, beganAt: began }) : null;
  }

  return {
    async take(found) {
      if (await pool.seen(found.fingerprint)) return 'known';
      const dealt = await dealtWith(found);
      if (dealt === 'waiting') return dealt;
      await pool.count(dealt, now());
      const stays = afterImport === 'keep' || LEFT.includes(dealt);
      if (stays) await pool.remember(found.fingerprint, now());
      else await unlink(found.path).catch(gone);
      return dealt;
    }
  };
}

function gone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
