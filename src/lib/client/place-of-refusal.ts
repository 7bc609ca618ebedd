import { COACH_LETTERS_MOST, letters, STRENGTH_LETTERS_LEAST } from '../domain/coaching/reading.ts';
import type { WireOutcome } from '../operations/coaching-persisted.ts';
import type { DraftedLevel, DraftedStrength } from './reading-draft.svelte.ts';

/** What the form holds, as far as a refusal can point at it. */
export interface Form {
  strengths: readonly DraftedStrength[];
  levels: Readonly<Record<string, DraftedLevel>>;
  criteria: readonly { id: string }[];
  lengthMs: number;
}
/** The id of the element that says what is wrong about itself; the notice above the form when it is about no field. */
export const NOTICE = 'review-refusal';

/** Where the focus goes when a hand-in was refused: to what can be done about it. */
export function placeOfRefusal(
  refused: Pick<WireOutcome, 'refusal' | 'criterion' | 'path' | 'at'>,
  form: Form
): string {
  switch (refused.refusal) {
    case 'TWO_STRENGTHS':
      return 'mark-strength';
    case 'STRENGTH_MOMENT':
      return lacking(begun(form.strengths)[refused.at ?? 0]) ?? NOTICE;
    case 'LEVEL_MISSING':
      return `level-${refused.criterion}-1`;
    case 'MOMENT_MISSING':
      return `level-${refused.criterion}-moment`;
    case 'MOMENT_OUTSIDE':
      return outside(form) ?? NOTICE;
    case 'TOO_LONG': {
      const long = form.strengths.find(({ words }) => letters(words) > COACH_LETTERS_MOST);
      return long ? `strength-${long.id}-text` : NOTICE;
    }
    case 'IDENTITY_NUMBER':
      return placeOfPath(refused.path ?? '');
    default:
      return NOTICE;
  }
}

/** A draft's path as the id of its field. The server names a strength within its reading: `strength/<reading>.<item>/text`. */
export function placeOfPath(path: string): string {
  const [kind, id = '', part] = path.split('/');
  if (kind === 'goal') return `goal-${id}`;
  if (kind === 'note') return `note-${id}`;
  if (kind === 'strength' && part === 'text') return `strength-${id.slice(id.lastIndexOf('.') + 1)}-text`;
  return NOTICE;
}

/** Those that handing in counts: what has neither words nor a moment is nothing yet. */
const begun = (strengths: readonly DraftedStrength[]) =>
  strengths.filter(({ words, momentMs }) => words.trim() !== '' || momentMs !== null);

function lacking(strength: DraftedStrength | undefined): string | null {
  if (!strength) return null;
  const id = `strength-${strength.id}`;
  if (strength.momentMs === null) return `${id}-moment`;
  if (strength.criterion === null) return `${id}-criterion`;
  // With nothing lacking it stands at the very moment of another under the same criterion.
  return letters(strength.words) < STRENGTH_LETTERS_LEAST ? `${id}-text` : `${id}-moment`;
}

function outside({ strengths, levels, criteria, lengthMs }: Form): string | null {
  const strength = strengths.find(({ momentMs }) => momentMs !== null && momentMs > lengthMs);
  if (strength) return `strength-${strength.id}-moment`;
  const level = criteria.find(({ id }) => (levels[id]?.momentMs ?? 0) > lengthMs);
  return level ? `level-${level.id}-moment` : null;
}
