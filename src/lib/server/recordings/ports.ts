/** What recordings need of others, declared here by who needs it; the composition fulfils it. */
import type { Viewer } from '../../domain/access.ts';
import type { ImportOutcome, NewRecording, Recording, WhyDeleted } from '../../domain/coaching/kept-recording.ts';
import type { Circumstances } from '../../domain/coaching/recording.ts';
import type { Entry } from '../../domain/telephony/call.ts';
import type { EntryId, SourceName } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';

/** What somebody may hear of a slot, and whether it is told to the one who is heard. */
export interface Hearing {
  entry: EntryId;
  spanFrom: Instant;
  spanTo: Instant;
  /** Everybody's listening but the agent's own. */
  logged: boolean;
}
/**
 * Who may hear the call of a slot, asked before the first byte and again while they listen. The agent any chosen one of
 * their own; the coach they have now from the draw until 30 days after the talk was held. Null for everybody else.
 */
export interface SoundAuthority {
  mayHear(viewer: Viewer, slotId: string): Promise<Hearing | null>;
}

/** The keys of files: the store apart from the database and its backups (`keys/key-store.ts`). */
export interface FileKeys {
  make(kind: 'recording', fileId: string): Buffer;
  key(kind: 'recording', fileId: string): Buffer | null;
  destroy(kind: 'recording', fileId: string): boolean;
}

/** Where it stands which recordings there are. */
export interface RecordingShelf {
  ofEntry(entry: EntryId): Promise<Recording | null>;
  /** Whether a recording of this entry is, or ever was here: what was deleted does not come back with the same file. */
  hasHad(entry: EntryId): Promise<boolean>;
  /** The calls that this very file was taken in for. */
  entriesOfSource(sourceHash: string): Promise<EntryId[]>;
  /** False when there is one for this entry already. */
  add(recording: NewRecording, now: Instant): Promise<boolean>;
  /** From now on nobody hears it; its files are still to be destroyed. */
  beginDeletion(entry: EntryId, why: WhyDeleted): Promise<Recording | null>;
  endDeletion(id: string, now: Instant): Promise<void>;
  /** Those whose deletion was begun and not ended: the process died between. */
  unfinishedDeletions(): Promise<Recording[]>;
  /** Every file that a recording has. */
  fileIds(): Promise<ReadonlySet<string>>;
}

/** Where it is told who listened. */
export interface ListeningLog {
  /** That this person listens to this slot, on the disk when it returns. Throws when it cannot be told. */
  heard(personId: string, slot: string, now: Instant): Promise<void>;
}

/** The pool as the importer asks it. */
export interface RecordingPool {
  /** The calls of a channel, by any of these Uniqueids, the first answered first; of one exchange when its name is known. */
  entries(channels: readonly string[], source: SourceName | null): Promise<Entry[]>;
  circumstances(entry: Entry): Promise<Circumstances>;
  /** Adds one to what was counted on this day; no name goes with it. */
  count(outcome: ImportOutcome, now: Instant): Promise<void>;
  /** Whether a file left in the folder was counted before, by what it looks like from outside. */
  seen(fingerprint: string): Promise<boolean>;
  remember(fingerprint: string, now: Instant): Promise<void>;
}
