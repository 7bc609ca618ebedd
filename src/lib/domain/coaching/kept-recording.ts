import type { EntryId } from '../telephony/event.ts';
import type { Instant } from '../time.ts';
import type { NotAdmitted, RecordingClock } from './recording.ts';

/** How samples are kept: signed 16 bits, little-endian, interleaved. With two channels the first is the caller's. */
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
export const WHY_DELETED = [
  'not-drawn',
  'withdrawn',
  'void',
  'after-talk',
  'round-closed',
  'caller-said-no',
  'lost'
] as const;
export type WhyDeleted = (typeof WHY_DELETED)[number];

/** What became of a file of the watched folder, as a code: these are counted, and nothing of its name is kept. */
export type ImportOutcome =
  | 'imported'
  | NotAdmitted
  /** The same file, or another of the same call, was taken in before. */
  | 'known'
  /** Its name does not tell which call it is of. */
  | 'name-unknown'
  /** A link, a pipe, a folder: anything but a plain file. */
  | 'not-a-file'
  /** Its length does not agree with what the log tells of the call. */
  | 'clock-unclear'
  | 'not-sound'
  /** In a form that only ffmpeg reads, and there is none. */
  | 'needs-ffmpeg'
  | 'too-long'
  | 'rf64'
  | 'damaged';
