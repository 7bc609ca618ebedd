import { randomUUID } from 'node:crypto';
import { mkdir, readdir, statfs, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NewRecording, Recording } from '../../domain/coaching/kept-recording.ts';
import type { RecordingClock } from '../../domain/coaching/recording.ts';
import type { EntryId } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import { fileLength } from './chunked-file.ts';
import { createPeakMeter, PEAKS_PER_SECOND } from './peaks.ts';
import type { FileKeys } from './ports.ts';
import { bytesOf, keptFrames, keptRate, keptSamples } from './samples.ts';
import { sealedPath, syncFolder, writeSealed } from './sealed-file.ts';
import type { Bytes, WavHead } from './wav.ts';

/** Where locked files are, and their keys. */
export interface Shelves {
  folder: string;
  keys: FileKeys;
}
/** The stretch of a file that is to be kept, and whose it is. */
export interface ToKeep {
  bytes: Bytes;
  head: WavHead;
  frames: { from: number; until: number };
  entry: EntryId;
  startsAt: Instant;
  clock: RecordingClock;
  sourceHash: string;
}

/** There is no room. Nothing was begun. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}
/** What is always left free: the log of what happens needs room more than a recording does. */
const LEFT_FREE_BYTES = 256 * 1_048_576;

/**
 * Locks a stretch of a file and its peaks, each under a key of its own, and returns what is to be written down of them:
 * until that is written nobody can hear them, and `sweep` removes them. Samples go from the one file into the other
 * without ever standing on the disk as they are.
 */
export async function keep({ folder, keys }: Shelves, wish: ToKeep): Promise<NewRecording> {
  const { bytes, head, frames } = wish;
  const { channels } = head;
  const rate = keptRate(head.rate);
  const kept = keptFrames(head, frames);
  const plainLength = kept * channels * 2;
  const windows = Math.ceil(kept / (rate / PEAKS_PER_SECOND));
  await makeFolder(folder);
  await requireRoom(folder, fileLength(plainLength) + fileLength(windows * channels));

  const recording = { id: randomUUID(), fileId: randomUUID(), peaksFileId: randomUUID() };
  const meter = createPeakMeter({ rate, channels });
  const metered = async function* (): AsyncGenerator<Buffer> {
    for await (const samples of keptSamples(bytes, head, frames)) {
      meter.push(samples);
      yield bytesOf(samples);
    }
  };
  const headOf = (fileId: string, length: number) => ({ recordingId: recording.id, fileId, plainLength: length });
  try {
    const soundKey = keys.make('recording', recording.fileId);
    const peaksKey = keys.make('recording', recording.peaksFileId);
    const size = await writeSealed(folder, headOf(recording.fileId, plainLength), soundKey, metered());
    const peaks = meter.peaks();
    const peaksSize = await writeSealed(folder, headOf(recording.peaksFileId, peaks.length), peaksKey, [peaks]);
    return {
      ...recording,
      entry: wish.entry,
      startsAt: wish.startsAt,
      clock: wish.clock,
      rate,
      channels,
      lengthMs: Math.floor((kept * 1_000) / rate),
      sourceHash: wish.sourceHash,
      size: size + peaksSize
    };
  } catch (error) {
    await destroyFiles({ folder, keys }, recording);
    throw error;
  }
}

/**
 * The key first: from then on no copy of the file, in whatever backup, can be read. The key store remembers that the key
 * is gone, also when what is restored later still has it.
 */
export async function destroyFiles(
  { folder, keys }: Shelves,
  { fileId, peaksFileId }: Pick<Recording, 'fileId' | 'peaksFileId'>
): Promise<void> {
  for (const id of [fileId, peaksFileId]) {
    keys.destroy('recording', id);
    await unlink(sealedPath(folder, id)).catch(ifThere);
  }
  await syncFolder(folder).catch(ifThere);
}

/** Removes what a death in the middle left behind: files that nothing is written down of, and parts of files. */
export async function sweep({ folder, keys }: Shelves, known: ReadonlySet<string>): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const id = basename(name).replace(/\.(sgr|part)$/, '');
    if (id === name || (name.endsWith('.sgr') && known.has(id))) continue;
    if (!known.has(id)) keys.destroy('recording', id);
    await unlink(`${folder}/${name}`).catch(ifThere);
    removed++;
  }
  return removed;
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + LEFT_FREE_BYTES) throw new NoRoom('There is no room for another recording.');
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
