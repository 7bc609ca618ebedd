import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Instant } from '../../domain/time.ts';
import { keep, type Shelves } from '../recordings/keep.ts';
import { wavHead, type Bytes } from '../recordings/wav.ts';
import type { StoredRecordings } from '../store/coaching/recordings.ts';

/** A call of the round under way that is spoken in `calls/`. */
export interface SpokenCall {
  file: string;
  entry: string;
  answeredAt: Instant;
}

/** Beside this file where it is run as it was written; a built server finds them where it was started. */
const folderOfCalls = (): string | undefined =>
  [join(import.meta.dirname, 'calls'), join(process.cwd(), 'src/lib/server/demonstration/calls')].find((folder) =>
    existsSync(folder)
  );

/** Locks the spoken calls away as if an exchange had recorded them. Without the files they are calls without sound. */
export async function shelve(
  recordings: Pick<StoredRecordings, 'add' | 'hasHad'>,
  shelves: Shelves,
  calls: readonly SpokenCall[]
): Promise<void> {
  const folder = folderOfCalls();
  if (folder === undefined) return;
  for (const { file, entry, answeredAt } of calls) {
    if (await recordings.hasHad(entry)) continue;
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
}
