import type { BoardFigures } from '$lib/domain/wallboard';
import { durationText } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';

/** What a queue was like when it was last seen, in the past tense: never a digit that could be taken for now. */
export function lastKnownText(
  last: Pick<NonNullable<BoardFigures['lastKnown']>, 'waiting' | 'longestWaitMs'> | null
): string {
  if (last === null) return m.board_status_unknown();
  if (last.waiting === 0) return m.board_nobody_waited();
  return m.board_was({ waiting: last.waiting, longest: durationText(last.longestWaitMs ?? 0) });
}
