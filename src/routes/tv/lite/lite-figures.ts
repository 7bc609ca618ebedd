import { levelText } from '$lib/components/level';
import type { KeyFigure } from '$lib/domain/board';
import type { Instant } from '$lib/domain/time';
import type { BoardFrame } from '$lib/domain/wallboard';
import { durationText, type Formats } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';

export interface LiteFigure {
  label: string;
  value: string;
  /** There is no number yet, and the value is a word. */
  word?: boolean;
}

/** The board's own key figures, in its order. The clock stands in the heading, on every board. */
export function liteFigures({ layout, total }: BoardFrame, now: Instant, format: Formats): LiteFigure[] {
  const count = (value: number | null) => (value === null ? m.board_unknown() : format.number(value));
  const time = (ms: number | null) => (ms === null ? '–' : durationText(ms));
  const { agents, today, waiting, longestWaitSince } = total;
  const level = levelText(today, format);
  const figures: Record<KeyFigure, LiteFigure | null> = {
    waiting: { label: m.board_waiting(), value: count(waiting) },
    longest: { label: m.board_longest(), value: time(longestWaitSince === null ? null : now - longestWaitSince) },
    available: { label: m.board_available(), value: count(agents.available) },
    talking: { label: m.board_talking(), value: count(agents.talking) },
    'service-level': { label: level.label, value: level.value + (level.unit ?? ''), word: level.word },
    'answer-time': { label: m.board_answer_p50(), value: time(today.answerTimeMsP50) },
    offered: { label: m.board_column_offered(), value: count(today.offered) },
    answered: { label: m.board_column_answered(), value: count(today.answered) },
    abandoned: { label: m.board_column_abandoned(), value: count(today.abandoned) },
    clock: null
  };
  return layout.figures.flatMap((figure) => figures[figure] ?? []);
}
