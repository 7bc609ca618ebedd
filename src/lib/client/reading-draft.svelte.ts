import { LEVELS, LEVEL_WITHOUT_MOMENT, type LevelMark } from '../domain/coaching/level.ts';
import type { CriterionId } from '../domain/coaching/rubric.ts';
import type { Draft } from './draft.svelte.ts';

/** A strength as it is being written: it may still lack what handing in asks for. */
export interface DraftedStrength {
  id: string;
  criterion: CriterionId | null;
  momentMs: number | null;
  words: string;
}
export interface DraftedLevel {
  mark: LevelMark;
  momentMs: number | null;
}
/** A line to oneself, at a moment: handed in to nobody. */
export interface DraftedNote {
  id: string;
  momentMs: number;
  words: string;
}

/** One reading of one call as it is written: what stands at which path of its draft. */
export class ReadingDraft {
  readonly draft: Draft;
  /** By their moments, so that they stand as the call goes; ids break a tie, so that none of them jumps. */
  readonly strengths: readonly DraftedStrength[] = $derived.by(() =>
    this.draft
      .items('strength')
      .map((id) => ({
        id,
        criterion: this.draft.text(`strength/${id}/criterion`) || null,
        momentMs: number(this.draft.text(`strength/${id}/momentMs`)),
        words: this.draft.text(`strength/${id}/text`) ?? ''
      }))
      .sort((one, other) => (one.momentMs ?? 0) - (other.momentMs ?? 0))
  );
  readonly levels: Readonly<Record<CriterionId, DraftedLevel>> = $derived.by(() => {
    const found: Record<CriterionId, DraftedLevel> = {};
    for (const criterion of this.draft.items('level')) {
      const mark = markOf(this.draft.text(`level/${criterion}`));
      if (mark !== null) found[criterion] = { mark, momentMs: number(this.draft.text(`level/${criterion}/momentMs`)) };
    }
    return found;
  });
  readonly notes: readonly DraftedNote[] = $derived.by(() =>
    this.draft
      .items('note')
      .map((id) => ({
        id,
        momentMs: number(this.draft.text(`note/${id}/momentMs`)) ?? 0,
        words: this.draft.text(`note/${id}/text`) ?? ''
      }))
      .sort((one, other) => one.momentMs - other.momentMs)
  );

  constructor(draft: Draft) {
    this.draft = draft;
  }

  get mayWrite(): boolean {
    return this.draft.phase === 'open' && !this.draft.isMirror;
  }

  /** A new strength at a moment; gives its id. */
  mark(momentMs: number): string {
    const id = this.draft.newId();
    this.draft.type(`strength/${id}/momentMs`, whole(momentMs));
    return id;
  }
  place(strength: string, momentMs: number): void {
    this.draft.type(`strength/${strength}/momentMs`, whole(momentMs));
  }
  choose(strength: string, criterion: CriterionId): void {
    this.draft.type(`strength/${strength}/criterion`, criterion);
  }
  note(momentMs: number): string {
    const id = this.draft.newId();
    this.draft.type(`note/${id}/momentMs`, whole(momentMs));
    this.draft.type(`note/${id}/text`, '');
    return id;
  }
  remove(kind: 'strength' | 'note', id: string): void {
    this.draft.remove(`${kind}/${id}`);
  }

  setLevel(criterion: CriterionId, mark: LevelMark): void {
    this.draft.type(`level/${criterion}`, String(mark));
    // A moment belongs to the level that needed it.
    if (!needsMoment(mark)) this.draft.remove(`level/${criterion}/momentMs`);
  }
  placeLevel(criterion: CriterionId, momentMs: number): void {
    this.draft.type(`level/${criterion}/momentMs`, whole(momentMs));
  }
}

/** The lowest level is never said without a moment that both can listen to. */
export const needsMoment = (mark: LevelMark): boolean => mark !== 'not-applicable' && mark < LEVEL_WITHOUT_MOMENT;

const whole = (momentMs: number): string => String(Math.max(0, Math.round(momentMs)));
const number = (text: string | null): number | null => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null);

function markOf(text: string | null): LevelMark | null {
  if (text === 'not-applicable') return text;
  return LEVELS.find((level) => String(level) === text) ?? null;
}
