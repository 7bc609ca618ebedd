import type { BoardProblem } from '$lib/domain/board';
import type { LegibilityRefusal } from '$lib/domain/legibility';
import type { Formats } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';

/** Why a board cannot be as somebody wants it, and what would mend it, in metres. */
export function refusalText(
  refusal: LegibilityRefusal | { code: BoardProblem },
  metres: number,
  format: Formats
): string {
  const here = format.short(metres);
  const nearer = 'metres' in refusal && refusal.metres !== null ? format.short(refusal.metres) : null;
  switch (refusal.code) {
    case 'too-many-figures': {
      const counts = { metres: here, fit: format.count(refusal.fit), over: format.count(refusal.over) };
      return nearer === null ? m.boards_refused_figures_never(counts) : m.boards_refused_figures({ ...counts, nearer });
    }
    case 'too-many-rows': {
      const counts = { metres: here, fit: refusal.fit, over: refusal.over };
      return nearer === null ? m.boards_refused_rows_never(counts) : m.boards_refused_rows({ ...counts, nearer });
    }
    case 'too-narrow':
      return nearer === null ? m.boards_refused_narrow_never() : m.boards_refused_narrow({ metres: here, nearer });
    case 'no-figures':
      return m.boards_refused_no_figures();
    case 'no-name':
      return m.boards_refused_no_name();
    case 'name-taken':
      return m.boards_refused_name_taken();
    case 'unknown-part':
      return m.boards_refused_unknown_part();
    case 'no-queues':
      return m.boards_refused_no_queues();
    case 'no-clock':
      return m.boards_refused_no_clock();
    case 'screen':
      return m.boards_refused_screen();
    case 'rotation':
      return m.boards_refused_rotation();
    case 'figures-twice':
      return m.boards_refused_figures_twice();
    case 'thresholds':
      return m.boards_refused_thresholds();
  }
}
