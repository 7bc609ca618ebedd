/** The keys of the player and the review, in one place, so that every page means the same by them. */

export type PlayerAct =
  | { kind: 'toggle' }
  | { kind: 'step'; byMs: number }
  | { kind: 'speed'; by: 1 | -1 }
  | { kind: 'mark' }
  /** A level or a criterion: whoever has the focus knows which. */
  | { kind: 'digit'; digit: number }
  | { kind: 'not-applicable' }
  | { kind: 'hand-in' }
  | { kind: 'help' };

/** What of a keyboard event is looked at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'>;

const STEP_MS = 5_000;
const LONG_STEP_MS = 30_000;
/** Inputs in which no letter is written. */
const NOT_WRITTEN_IN = ['button', 'checkbox', 'radio', 'range', 'submit', 'reset', 'color', 'file'];

/**
 * What a key press means here; null for all that is not ours. Letters mean nothing while somebody writes; handing in
 * takes two keys at once, so it may be done from a text as well.
 */
export function playerAct({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyPress): PlayerAct | null {
  if (key === 'Enter' && (ctrlKey || metaKey) && !altKey) return { kind: 'hand-in' };
  if (ctrlKey || metaKey || altKey || isWriting(target)) return null;
  switch (key) {
    case ' ':
      // On a button the space bar presses the button.
      return isPressed(target) ? null : { kind: 'toggle' };
    case 'k':
    case 'K':
      return { kind: 'toggle' };
    case 'j':
    case 'J':
      return { kind: 'step', byMs: shiftKey ? -LONG_STEP_MS : -STEP_MS };
    case 'l':
    case 'L':
      return { kind: 'step', byMs: shiftKey ? LONG_STEP_MS : STEP_MS };
    case ',':
      return { kind: 'speed', by: -1 };
    case '.':
      return { kind: 'speed', by: 1 };
    case 'm':
    case 'M':
      return { kind: 'mark' };
    case '?':
      return { kind: 'help' };
    case '0':
      return { kind: 'not-applicable' };
    default:
      return /^[1-9]$/.test(key) ? { kind: 'digit', digit: Number(key) } : null;
  }
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NOT_WRITTEN_IN.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

const isPressed = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a[href], summary, input, [role="radio"]') !== null;

/**
 * Listens for the keys until the returned function is called. `act` says whether it did something with it: then the
 * browser does nothing more. `wanted` is asked at each press, so that the keys can be switched off meanwhile.
 */
export function listenForKeys(
  act: (act: PlayerAct) => boolean,
  { wanted = keysWanted, on = document as EventTarget }: { wanted?: () => boolean; on?: EventTarget } = {}
): () => void {
  const press = (event: Event): void => {
    const meant = playerAct(event as KeyboardEvent);
    if (meant === null || event.defaultPrevented) return;
    // A chord is nobody's accident, and help tells how the keys are switched on again.
    const always = meant.kind === 'hand-in' || meant.kind === 'help';
    if ((always || wanted()) && act(meant)) event.preventDefault();
  };
  on.addEventListener('keydown', press);
  return () => on.removeEventListener('keydown', press);
}

/** Whether this browser's person wants single keys to mean something (WCAG 2.1.4): kept as a cookie, as the theme is. */
export const keysWanted = (): boolean => !/(^|; )keys=off(;|$)/.test(document.cookie);
export function wantKeys(wanted: boolean): void {
  document.cookie = `keys=off; path=/; max-age=${wanted ? 0 : 31_536_000}; samesite=lax`;
}
