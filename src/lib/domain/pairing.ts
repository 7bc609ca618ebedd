/**
 * How a television on a wall and an administrator elsewhere find each other: the television shows a code, the
 * administrator types it into their own browser, and then the two digits that the television answers with.
 */
import type { Instant } from './time.ts';

/** No vowels, so that no code is a word, and none of the letters that are read as one another or as digits. */
export const PAIRING_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** How long a code stands on the screen. */
export const CODE_LIVES_MS = 10 * 60_000;
/** How long the two digits may be typed. */
export const MATCH_LIVES_MS = 60_000;
/** A paired screen that is not heard of for this long must be paired again. */
export const SCREEN_LIVES_MS = 30 * 86_400_000;
export const ROOM_LENGTH = 60;

/** A code as it is shown and read aloud: `KRTV-WXBN`. */
export function shownCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** A code as somebody typed it, with small letters, spaces or another dash; null when it cannot be one. */
export function typedCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s\-‐-―]/g, '');
  return code.length === LENGTH && [...code].every((letter) => PAIRING_LETTERS.includes(letter)) ? code : null;
}

/** What a television that wants to be paired is told each time it asks. */
export type PairingStep =
  | { step: 'code'; code: string; until: Instant }
  | { step: 'digits'; digits: string; until: Instant }
  | { step: 'paired' }
  /** Too many televisions wait already, here or in all. */
  | { step: 'full' };

/** Why a code or its digits were not taken. */
export type PairingRefusal =
  /** Say the password again first: a session left open is no hand that approves. */
  | 'prove'
  /** No television shows this code (any more). */
  | 'unknown-code'
  /** Too many wrong codes: wait. */
  | 'too-many'
  /** The television is in another network, and nobody has said that it should be. */
  | 'other-network'
  | 'unknown-board'
  | 'room'
  /** The digits were others: the television has a new code. */
  | 'wrong-digits'
  /** The minute is over: the television has a new code. */
  | 'late';
