import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PoolCall } from '../../domain/coaching/sampling.ts';
import type { Instant } from '../../domain/time.ts';
import { keep, type Shelves } from '../recordings/keep.ts';
import { wavHead, type Bytes } from '../recordings/wav.ts';
import type { StoredRecordings } from '../store/coaching/recordings.ts';

/** A call of the round under way. */
export interface CallUnderWay extends PoolCall {
  participation: string;
  /** The place it was drawn into. */
  slot: string;
  /** Where it is spoken in `calls/`: the file's name without its endings. */
  file: string | null;
}

/** Beside this file where it is run as it was written; a built server finds them where it was started. */
const folderOfCalls = (): string | undefined =>
  [join(import.meta.dirname, 'calls'), join(process.cwd(), 'src/lib/server/demonstration/calls')].find((folder) =>
    existsSync(folder)
  );

type Shelf = Pick<StoredRecordings, 'add' | 'beginDeletion' | 'endDeletion'>;

/**
 * Locks the spoken calls away as if an exchange had recorded them. The other recordings came in too, and are lost: nobody
 * has spoken them. It answers with the calls of which that is so, all of them where there are no files.
 */
export async function shelve(
  recordings: Shelf,
  shelves: Shelves,
  calls: readonly CallUnderWay[],
  now: Instant
): Promise<CallUnderWay[]> {
  const folder = folderOfCalls();
  const lost: CallUnderWay[] = [];
  for (const call of calls) {
    const { file, entry, answeredAt } = call;
    if (folder === undefined || file === null) {
      await lose(recordings, call, now);
      lost.push(call);
      continue;
    }
    const wav = gunzipSync(readFileSync(join(folder, `${file}.wav.gz`)));
    const bytes: Bytes = {
      size: wav.length,
      read: (position, length) => Promise.resolve(wav.subarray(position, position + length))
    };
    const head = await wavHead(bytes);
    if (typeof head === 'string') throw new Error(`The call ${file} of the demonstration is no sound: ${head}.`);
    const recording = await keep(shelves, {
      bytes,
      head,
      frames: { from: 0, until: head.dataBytes / head.frameBytes },
      entry,
      startsAt: answeredAt,
      clock: 'running',
      sourceHash: createHash('sha256').update(wav).digest('hex')
    });
    await recordings.add(recording, answeredAt);
  }
  return lost;
}

async function lose(recordings: Shelf, { entry, answeredAt, spanMs }: CallUnderWay, now: Instant): Promise<void> {
  const recording = {
    id: randomUUID(),
    entry,
    fileId: randomUUID(),
    peaksFileId: randomUUID(),
    startsAt: answeredAt,
    lengthMs: spanMs,
    clock: 'running',
    rate: 8_000,
    channels: 2,
    sourceHash: createHash('sha256').update(entry).digest('hex'),
    size: 0
  } as const;
  await recordings.add(recording, answeredAt);
  await recordings.beginDeletion(entry, 'lost');
  await recordings.endDeletion(recording.id, now);
}
