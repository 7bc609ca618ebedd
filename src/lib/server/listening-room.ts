import { join } from 'node:path';
import type { Coaching } from './coaching/coaching.ts';
import type { Config } from './config.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { Logger } from './logger.ts';
import { destroyFiles, sweep } from './recordings/keep.ts';
import { createSound, type Sound } from './recordings/sound.ts';

export interface ListeningRoom {
  sound: Sound;
  close(): void;
}
export interface ListeningRoomParts {
  config: Config;
  keys: KeyStore;
  coaching: Pick<Coaching, 'house' | 'soundAuthority' | 'listening'>;
  logger: Logger;
}

/** Where locked recordings are. The demonstration has a folder of its own, as it has keys of its own. */
export const recordingsFolder = ({ dataDir, kind }: Pick<Config, 'dataDir' | 'kind'>): string =>
  join(dataDir, kind === 'demo' ? 'demo-recordings' : 'recordings');

/** Everything about the sound of calls: who may hear it, how it comes in, and when it goes. */
export async function openListeningRoom({
  config,
  keys,
  coaching,
  logger
}: ListeningRoomParts): Promise<ListeningRoom> {
  const folder = recordingsFolder(config);
  const { recordings, now } = coaching.house;
  const sound = createSound({
    folder,
    keys,
    shelf: recordings,
    listening: coaching.listening,
    authority: coaching.soundAuthority,
    now,
    log: logger
  });

  // What a death in the middle of a deletion or of an import left behind is finished first.
  for (const recording of await recordings.unfinishedDeletions()) {
    await destroyFiles({ folder, keys }, recording);
    await recordings.endDeletion(recording.id, now());
  }
  const removed = await sweep({ folder, keys }, await recordings.fileIds());
  if (removed > 0) logger.info({ removed }, 'Files of recordings that never came to be are gone');

  return {
    sound,
    close() {
      sound.close();
    }
  };
}
