import type { Kysely } from 'kysely';
import type { Instant, Zone } from '../../domain/time.ts';
import type { Audit } from '../identity/audit.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { StoredDrafts } from '../store/coaching/drafts.ts';
import type { StoredListening } from '../store/coaching/listening.ts';
import type { StoredParticipations } from '../store/coaching/participations.ts';
import type { StoredRecordings } from '../store/coaching/recordings.ts';
import type { StoredRounds } from '../store/coaching/rounds.ts';
import type { StoredRubricVersions } from '../store/coaching/rubric-versions.ts';
import type { Tables } from '../store/tables.ts';

/** What coaching is made with: every service here is handed the same. */
export interface CoachingHouse {
  db: Kysely<Tables>;
  keys: KeyStore;
  participations: StoredParticipations;
  rounds: StoredRounds;
  drafts: StoredDrafts;
  listening: StoredListening;
  recordings: StoredRecordings;
  rubrics: Pick<StoredRubricVersions, 'find' | 'all'>;
  /** Deletes the recordings that the round's calls were drawn among; null where nothing is recorded. */
  dropPool: ((round: string) => Promise<void>) | null;
  keyOrigin: 'given-key' | 'own-key';
  audit: Pick<Audit, 'write'>;
  /** Somebody's rights were changed here: their sockets ask again at once. */
  rightsChanged(): Promise<void>;
  zone: Zone;
  now(): Instant;
  /** Ids come from outside the domain; the tests count theirs. */
  newId(): string;
}
