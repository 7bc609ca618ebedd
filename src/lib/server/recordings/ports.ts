/** What recordings need of others, declared here by who needs it; the composition fulfils it. */
import type { Viewer } from '../../domain/access.ts';
import type { Circumstances, NotAdmitted, RecordingClock } from '../../domain/coaching/recording.ts';
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

/** How samples are kept: signed 16 bits, little-endian, interleaved. */
export interface SampleFormat {
  rate: 8_000 | 16_000;
  channels: 1 | 2;
}
/** What is kept of one call's sound: whose seconds they are, and which files hold them. */
export interface Recording extends SampleFormat {
  id: string;
  entry: EntryId;
  fileId: string;
  peaksFileId: string;
  /** The instant of the first sample. */
  startsAt: Instant;
  lengthMs: number;
  clock: RecordingClock;
}
export interface NewRecording extends Recording {
  /** SHA-256 of the file it came from, so that the same file is taken in once. */
  sourceHash: string;
  /** Bytes on the disk, both files together. */
  size: number;
}

/** Why a recording is gone, as a code. */
export type WhyDeleted = 'not-drawn' | 'withdrawn' | 'void' | 'after-talk' | 'round-closed' | 'caller' | 'unreadable';

/** Where it stands which recordings there are. */
export interface RecordingShelf {
  ofEntry(entry: EntryId): Promise<Recording | null>;
  /** Whether a recording of this entry is, or ever was here: what was deleted does not come back with the same file. */
  hasHad(entry: EntryId): Promise<boolean>;
  /** False when there is one for this entry already. */
  add(recording: NewRecording, now: Instant): Promise<boolean>;
  /** From now on nobody hears it; its files are still to be destroyed. */
  beginDeletion(entry: EntryId, why: WhyDeleted): Promise<Recording | null>;
  endDeletion(id: string, now: Instant): Promise<void>;
  /** Those whose deletion was begun and not ended: the process died between. */
  unfinishedDeletions(): Promise<Recording[]>;
  /** Every file that a recording has. */
  fileIds(): Promise<Set<string>>;
  /** That this person listens to this slot, on the disk when it returns. What is merged with an earlier row is not written twice. */
  heard(person: string, slot: string, now: Instant): Promise<void>;
}

/** What happened to a file of the watched folder, as a code. */
export type ImportOutcome =
  | 'imported'
  | NotAdmitted
  | 'known'
  | 'name-unknown'
  | 'not-a-file'
  | 'clock-unclear'
  | 'not-sound'
  | 'needs-ffmpeg'
  | 'too-long'
  | 'rf64'
  | 'damaged';

/** The pool as the importer asks it. */
export interface RecordingPool {
  /** The calls of a channel, by the exchange's Uniqueid; from one exchange when its name is known. */
  entries(channel: string, source: SourceName | null): Promise<Entry[]>;
  circumstances(entry: Entry): Promise<Circumstances>;
  /** Adds one to what was counted on this day; no name goes with it. */
  count(outcome: ImportOutcome, now: Instant): Promise<void>;
  /** Whether a file left in the folder was counted before, by what it looks like from outside. */
  seen(fingerprint: string): Promise<boolean>;
  remember(fingerprint: string, now: Instant): Promise<void>;
}
