import type { Instant } from '$lib/domain/time';

/** A field of a draft, as `DraftField` needs it. `draft.field(path)` is one. */
export interface DraftFieldPort {
  readonly value: string;
  readonly mayWrite: boolean;
  readonly conflict: { other: string; ownAt: Instant | null; otherAt: Instant | null } | null;
  readonly wasCovered: boolean;
  readonly mayHoldNumber: boolean;
  type(text: string): void;
  notANumber(): void;
  keepOwn(): void;
  takeOther(): void;
  join(): void;
}

/**
 * Puts a text into a field that somebody may be typing in, and changes only what differs: the caret and what is marked
 * stay where they were, moved along with the words around them.
 */
export function follow(element: HTMLTextAreaElement, text: string): void {
  const shown = element.value;
  if (shown === text) return;
  let before = 0;
  while (before < shown.length && before < text.length && shown[before] === text[before]) before += 1;
  let after = 0;
  const most = Math.min(shown.length, text.length) - before;
  while (after < most && shown[shown.length - 1 - after] === text[text.length - 1 - after]) after += 1;
  element.setRangeText(text.slice(before, text.length - after), before, shown.length - after, 'preserve');
}
