import type { Dealt, Importer } from './import.ts';
import { NoRoom } from './keep.ts';
import { foundIn } from './source-file.ts';

/** What is said to whoever runs this: a cause, a consequence and a remedy, as codes with words. */
export interface WatchLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}
export interface WatchParts {
  folder: string;
  importer: Importer;
  everyMs?: number;
  log: WatchLog;
}

const EVERY_MS = 10_000;
const REMEDIES: Partial<Record<Dealt, string>> = {
  'needs-ffmpeg':
    'A recording is in a form that only ffmpeg reads, and there is none: it was not taken in. Install ffmpeg and copy the file anew, or let the exchange record WAV.',
  rf64: 'A recording is a WAV file of the kind for more than 4 GB: it was not taken in. Let the exchange record ordinary WAV.',
  'clock-unclear':
    'The length of a recording does not agree with the log of its call: it was not taken in. See RECORDINGS_BEGINS and RECORDINGS_NAME.'
};

/** Looks into the folder for as long as it runs, one file at a time. Returns how to stop. */
export function watchFolder({ folder, importer, everyMs = EVERY_MS, log }: WatchParts): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const told = new Set<string>();
  /** Once for each kind of trouble, until it is over: the same sentence every ten seconds is no warning. */
  const warn = (code: string, text: string, fields: object = {}): void => {
    if (told.has(code)) return;
    told.add(code);
    log.warn({ code, ...fields }, text);
  };

  async function look(): Promise<void> {
    const counts: Partial<Record<Dealt, number>> = {};
    try {
      for await (const found of foundIn(folder)) {
        if (stopped) return;
        // One file that cannot be read must not stand in the way of the others.
        const dealt = await importer.take(found).catch((error: unknown) => {
          if (error instanceof NoRoom) throw error;
          warn('file-refused', 'A recording cannot be dealt with, and it will be tried again.', { err: error });
          return 'waiting' as const;
        });
        if (dealt === 'waiting' || (dealt === 'known' && found.plain)) continue;
        counts[dealt] = (counts[dealt] ?? 0) + 1;
        const remedy = REMEDIES[dealt];
        if (remedy) warn(dealt, remedy);
      }
      told.delete('refused');
      told.delete('no-room');
    } catch (error) {
      if (error instanceof NoRoom)
        warn(
          'no-room',
          'There is no room for more recordings: none is taken in until there is. Free the disk of DATA_DIR.'
        );
      else
        warn('refused', 'Recordings cannot be taken in, and it will be tried again. See that the folder can be read.', {
          err: error
        });
    }
    if (Object.keys(counts).length > 0) log.info({ counts }, 'Files of the recordings folder were dealt with');
  }
  let looking = Promise.resolve();
  const round = (): void => {
    looking = look().finally(() => {
      if (!stopped) timer = setTimeout(round, everyMs).unref();
    });
  };
  round();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    }
  };
}
