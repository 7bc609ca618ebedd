import type { Instant, Zone } from '../domain/time.ts';
import { createCoaching } from './coaching/coaching.ts';
import { drafting } from './coaching/drafting.ts';
import type { Config } from './config.ts';
import { liveThePast } from './demonstration/past.ts';
import type { Services } from './graphql/context.ts';
import type { Identity } from './identity/identity.ts';
import { openKeyStore } from './keys/key-store.ts';
import { openListeningRoom, recordingsFolder } from './listening-room.ts';
import type { Logger } from './logger.ts';
import type { Sound } from './recordings/sound.ts';
import { openRubrics } from './rubrics.ts';
import type { Database } from './store/database.ts';

export interface CoachingHalfParts {
  config: Config;
  database: Database;
  identity: Identity;
  logger: Logger;
  zone: Zone;
  now(): Instant;
  /** The demonstration begins with rounds that are over. */
  past: boolean;
}
export interface CoachingHalf {
  services: Pick<
    Services,
    'participations' | 'coachingDesk' | 'coachPlans' | 'rounds' | 'insight' | 'drafts' | 'rubrics'
  >;
  sound: Sound;
  /** What the clock has come to, and what is kept no longer. */
  upkeep(): Promise<void>;
  close(): Promise<void>;
}

/** The coaching half of the house: its keys, participations, drafts, rubrics and sound. */
export async function openCoachingHalf(parts: CoachingHalfParts): Promise<CoachingHalf> {
  const { config, database, identity, logger, zone, now, past } = parts;
  const keys = openKeyStore(config.keys);
  try {
    const keyOrigin = config.keys.masterKey === null ? 'own-key' : 'given-key';
    const coaching = await createCoaching({ database, keys, identity, zone, now, keyOrigin });
    const rubrics = await openRubrics(database, identity.audit, config, now);
    if (past) await liveThePast({ database, keys, identity, zone, now, keyOrigin }, recordingsFolder(config));
    const room = await openListeningRoom({ config, database, keys, coaching, logger });
    return {
      services: {
        ...coaching.services,
        drafts: drafting(coaching.drafts, coaching.draftAuthority, now),
        rubrics
      },
      sound: room.sound,
      async upkeep() {
        try {
          await coaching.tick();
        } finally {
          await room.tidy();
        }
      },
      async close() {
        await room.close();
        keys.close();
      }
    };
  } catch (error) {
    keys.close();
    throw error;
  }
}
