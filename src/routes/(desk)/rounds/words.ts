import type { Formats } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';
import type { WireRound } from '$lib/operations/coaching-persisted';

type Frame = WireRound['frame'];

const STATES: Record<Frame['state'], () => string> = {
  DRAFT: m.rounds_state_draft,
  OPEN: m.rounds_state_open,
  CLOSING: m.rounds_state_closing,
  CLOSED: m.rounds_state_closed
};
export const stateOf = (state: Frame['state']): string => STATES[state]();

/** The last day is the one before the first instant after the round. */
export function datesOf({ startsAt, endsAt }: Pick<Frame, 'startsAt' | 'endsAt'>, format: Formats): string {
  return m.rounds_dates({ from: format.date(Date.parse(startsAt)), until: format.date(Date.parse(endsAt) - 1) });
}
