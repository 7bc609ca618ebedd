import { randomUUID } from 'node:crypto';
import type { Instant, Zone } from '../../domain/time.ts';
import type { DraftAuthority } from '../graphql/coaching/draft-port.ts';
import type { Services } from '../graphql/context.ts';
import type { Identity } from '../identity/identity.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { SoundAuthority } from '../recordings/ports.ts';
import { openDrafts, type StoredDrafts } from '../store/coaching/drafts.ts';
import { openListening, type StoredListening } from '../store/coaching/listening.ts';
import { openParticipations } from '../store/coaching/participations.ts';
import { openRecordings } from '../store/coaching/recordings.ts';
import { openRounds } from '../store/coaching/rounds.ts';
import { openRubricVersions } from '../store/coaching/rubric-versions.ts';
import type { Database } from '../store/database.ts';
import { tick } from './clock.ts';
import { coachingDesk } from './desk.ts';
import { draftAuthority } from './draft-authority.ts';
import type { CoachingHouse } from './house.ts';
import { insight } from './insight.ts';
import { participations } from './participations.ts';
import { coachPlans } from './plans.ts';
import { rounds } from './rounds.ts';
import { soundAuthority } from './sound-authority.ts';

export interface CoachingParts {
  database: Database;
  keys: KeyStore;
  identity: Pick<Identity, 'audit' | 'rightsChanged'>;
  zone: Zone;
  now(): Instant;
  keyOrigin: CoachingHouse['keyOrigin'];
  dropPool?: CoachingHouse['dropPool'];
  newId?: () => string;
}
export interface Coaching {
  house: CoachingHouse;
  services: Pick<Services, 'participations' | 'coachingDesk' | 'coachPlans' | 'rounds' | 'insight'>;
  drafts: StoredDrafts;
  draftAuthority: DraftAuthority;
  soundAuthority: SoundAuthority;
  listening: StoredListening;
  /** Does what the clock has come to. Called now and then; two at once do what one does. */
  tick(): Promise<void>;
}

/** The coaching half, whole. */
export async function createCoaching(parts: CoachingParts): Promise<Coaching> {
  const { database, keys, identity, zone, now, keyOrigin, dropPool = null, newId = randomUUID } = parts;
  const db = database.kysely;
  const drafts = openDrafts(database, keys);
  const listening = openListening(database, async (inside, { personId, slot }) => {
    const heard = await inside
      .selectFrom('slot')
      .innerJoin('participation', 'participation.id', 'slot.participation')
      .select('agent')
      .where('slot.id', '=', slot)
      .executeTakeFirst();
    await identity.audit.write(
      'call-heard',
      { actor: `person ${personId}`, subject: heard?.agent ?? null, about: slot },
      inside
    );
  });
  const house: CoachingHouse = {
    db,
    keys,
    participations: await openParticipations(database, keys),
    rounds: openRounds(database, keys),
    drafts,
    listening,
    recordings: openRecordings(database),
    rubrics: openRubricVersions(db),
    audit: identity.audit,
    rightsChanged: identity.rightsChanged,
    dropPool,
    keyOrigin,
    zone,
    now,
    newId
  };
  return {
    house,
    services: {
      participations: participations(house),
      coachingDesk: coachingDesk(house),
      coachPlans: coachPlans(house),
      rounds: rounds(house),
      insight: insight(house)
    },
    drafts,
    draftAuthority: draftAuthority(house),
    soundAuthority: soundAuthority(house),
    listening,
    tick: () => tick(house)
  };
}
