import { join } from 'node:path';
import type { Coaching } from './coaching/coaching.ts';
import type { WhyDeleted } from '../domain/coaching/kept-recording.ts';
import type { Config } from './config.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { Logger } from './logger.ts';
import { nameReader } from './recordings/file-name.ts';
import { createImporter, type Importer } from './recordings/import.ts';
import { destroyFiles, sweep } from './recordings/keep.ts';
import { createSound, type Sound } from './recordings/sound.ts';
import { watchFolder } from './recordings/watch.ts';
import { openRecordingPool } from './store/coaching/recording-pool.ts';
import { openRecordings, type StoredRecordings } from './store/coaching/recordings.ts';
import type { Database } from './store/database.ts';

export interface ListeningRoom {
  sound: Sound;
  /** Destroys what nothing keeps any longer. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}
export interface ListeningRoomParts {
  config: Config;
  database: Database;
  keys: KeyStore;
  coaching: Pick<Coaching, 'house' | 'soundAuthority' | 'listening'>;
  logger: Logger;
}

/** Where locked recordings are. The demonstration has a folder of its own, as it has keys of its own. */
export const recordingsFolder = ({ dataDir, kind }: Pick<Config, 'dataDir' | 'kind'>): string =>
  join(dataDir, kind === 'demo' ? 'demo-recordings' : 'recordings');

/** What takes recordings in from a folder: for the one that is watched, and for the command line. */
export function importerOf(
  { config, database, keys, now }: Pick<ListeningRoomParts, 'config' | 'database' | 'keys'> & { now(): number },
  from: string
): Importer {
  const { name, begins, afterImport, ffmpeg } = config.recordings;
  return createImporter({
    folder: recordingsFolder(config),
    keys,
    from,
    shelf: openRecordings(database),
    pool: openRecordingPool(database, config.timeZone),
    readName: nameReader(name, config.timeZone),
    begins,
    afterImport,
    ffmpeg,
    now
  });
}

/** Everything about the sound of calls: who may hear it, how it comes in, and when it goes. */
export async function openListeningRoom(parts: ListeningRoomParts): Promise<ListeningRoom> {
  const { config, keys, coaching, logger } = parts;
  const shelves = { folder: recordingsFolder(config), keys };
  const { recordings, now } = coaching.house;
  const sound = createSound({
    ...shelves,
    shelf: recordings,
    listening: coaching.listening,
    authority: coaching.soundAuthority,
    now,
    log: logger
  });

  // What a death in the middle of a deletion or of an import left behind is finished first.
  for (const recording of await recordings.unfinishedDeletions()) {
    await destroyFiles(shelves, recording);
    await recordings.endDeletion(recording.id, now());
  }
  const removed = await sweep(shelves, await recordings.fileIds());
  if (removed > 0) logger.info({ removed }, 'Files of recordings that never came to be are gone');

  const from = config.recordings.folder;
  if (from !== null && config.recordings.afterImport === 'keep')
    logger.warn(
      { code: 'recordings-kept' },
      'RECORDINGS_AFTER_IMPORT=keep: recordings stay readable in their folder, so that ours are locked in vain. See that they are deleted there.'
    );
  const watching =
    from === null ? null : watchFolder({ folder: from, importer: importerOf({ ...parts, now }, from), log: logger });

  let hour = -1;
  return {
    sound,
    async tidy() {
      const thisHour = Math.floor(now() / 3_600_000);
      const outdated = await recordings.outdated(now());
      const chosen = outdated.filter(({ why }) => AT_ONCE.includes(why));
      // What only time has taken goes slowly: a clock that jumped is seen before it has emptied the shelves.
      if (thisHour !== hour)
        chosen.push(...outdated.filter(({ why }) => !AT_ONCE.includes(why)).slice(0, await slowly(recordings)));
      hour = thisHour;
      for (const { entry, why } of chosen) {
        const recording = await recordings.beginDeletion(entry, why);
        if (recording === null) continue;
        await destroyFiles(shelves, recording);
        await recordings.endDeletion(recording.id, now());
      }
      if (chosen.length > 0)
        logger.info({ recordings: chosen.length }, 'Recordings that nothing keeps any longer are gone');
    },
    async close() {
      sound.close();
      await watching?.stop();
    }
  };
}

/** What people have decided is done at once, however much it is. */
const AT_ONCE: readonly WhyDeleted[] = ['withdrawn', 'void', 'caller-said-no'];
/** A twentieth of all in an hour, and twenty where there are few. */
const slowly = async (recordings: StoredRecordings): Promise<number> =>
  Math.max(20, Math.ceil((await recordings.fileIds()).size / 2 / 20));
