import type { Viewer } from '../../domain/access.ts';
import { heardPart, type HeardPart } from '../../domain/coaching/recording.ts';
import type { Recording } from '../../domain/coaching/kept-recording.ts';
import type { FileKeys, Hearing, RecordingShelf, SoundAuthority } from './ports.ts';
import { openSealed, type SealedFile } from './sealed-file.ts';

/** A call that somebody may hear: which part of which recording, and the file, open. */
export interface Heard {
  hearing: Hearing;
  recording: Recording;
  part: HeardPart;
  file: SealedFile;
}

export interface HearingParts {
  folder: string;
  keys: FileKeys;
  shelf: RecordingShelf;
  authority: SoundAuthority;
}

/**
 * Opens the sound or the peaks of a slot for a person. Null for every reason alike: not theirs, no recording, no key, not
 * readable. Whoever asks cannot tell which, and so cannot find out what there is.
 */
export async function openHearing(
  { folder, keys, shelf, authority }: HearingParts,
  viewer: Viewer | null,
  slot: string,
  what: 'sound' | 'peaks'
): Promise<Heard | null> {
  if (viewer?.kind !== 'person') return null;
  const hearing = await authority.mayHear(viewer, slot);
  if (hearing === null) return null;
  const recording = await shelf.ofEntry(hearing.entry);
  if (recording === null) return null;
  const part = heardPart(recording, { from: hearing.spanFrom, to: hearing.spanTo });
  if (part === null) return null;
  const fileId = what === 'sound' ? recording.fileId : recording.peaksFileId;
  try {
    const key = keys.key('recording', fileId);
    if (key === null) return null;
    const file = await openSealed(folder, { recordingId: recording.id, fileId }, key);
    return { hearing, recording, part, file };
  } catch {
    return null;
  }
}
