import type { ImportOutcome, WhyDeleted } from '$lib/domain/coaching/kept-recording';
import { m } from '$lib/i18n/paraglide/messages';
import type { PageData } from './$types';

export type RecordingQueue = PageData['recordings']['queues'][number];

const FILES: Record<ImportOutcome, () => string> = {
  imported: m.recordings_file_imported,
  known: m.recordings_file_known,
  'no-call': m.recordings_file_no_call,
  'not-answered': m.recordings_file_not_answered,
  'queue-not-allowed': m.recordings_file_queue_not_allowed,
  'not-taking-part': m.recordings_file_not_taking_part,
  'no-window': m.recordings_file_no_window,
  'too-short': m.recordings_file_too_short,
  'caller-said-no': m.recordings_file_caller_said_no,
  'name-unknown': m.recordings_file_name_unknown,
  'not-a-file': m.recordings_file_not_a_file,
  'clock-unclear': m.recordings_file_clock_unclear,
  'not-sound': m.recordings_file_not_sound,
  'needs-ffmpeg': m.recordings_file_needs_ffmpeg,
  'too-long': m.recordings_file_too_long,
  rf64: m.recordings_file_rf64,
  damaged: m.recordings_file_damaged
};
const GONE: Record<WhyDeleted, () => string> = {
  'not-drawn': m.recordings_gone_not_drawn,
  withdrawn: m.recordings_gone_withdrawn,
  void: m.recordings_gone_void,
  'after-talk': m.recordings_gone_after_talk,
  'round-closed': m.recordings_gone_round_closed,
  'caller-said-no': m.recordings_gone_caller_said_no,
  lost: m.recordings_gone_lost
};

/** A code that this version does not know is shown as it is: another version may have counted it. */
export const outcomeWords = (outcome: string): string => FILES[outcome as ImportOutcome]?.() ?? outcome;
export const goneWords = (why: string): string => m.recordings_gone_named({ why: GONE[why as WhyDeleted]?.() ?? why });
