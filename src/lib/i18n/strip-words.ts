import type { CalmSentence } from '../domain/calm-sentence';
import type { OwnStateKind } from '../domain/strip';
import { m } from './paraglide/messages';

const SENTENCES: Record<CalmSentence, () => string> = {
  'no-contact': m.strip_say_no_contact,
  'on-a-break': m.strip_say_on_a_break,
  'day-is-done': m.strip_say_day_is_done,
  'nobody-waits': m.strip_say_nobody_waits,
  'going-down': m.strip_say_going_down,
  many: m.strip_say_many,
  'in-hand': m.strip_say_in_hand
};
const STATES: Record<OwnStateKind, () => string> = {
  available: m.strip_state_available,
  ringing: m.strip_state_ringing,
  talking: m.strip_state_talking,
  busy: m.strip_state_busy,
  wrappingUp: m.strip_state_wrapping_up,
  paused: m.strip_state_paused,
  unreachable: m.strip_state_unreachable,
  'signed-out': m.strip_state_signed_out,
  'not-tied': m.strip_state_not_tied,
  unknown: m.strip_state_unknown
};

export const calmSentenceText = (sentence: CalmSentence): string => SENTENCES[sentence]();
export const ownStateName = (kind: OwnStateKind): string => STATES[kind]();
