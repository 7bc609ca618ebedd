/**
 * Swedish personal identity numbers in what people write: found and covered before anything is kept, by the page at
 * once and by the server again. A number in a coaching text is always a caller's, and never needed.
 */
import type { Instant } from '../time.ts';

export interface IdentityNumber {
  /** Where it begins in the text, and how long it is there, in UTF-16 units. */
  at: number;
  length: number;
  /**
   * `number`: written as one (a separator, spaces, twelve digits), or ten digits that no telephone number begins with.
   * `perhaps`: may as well be a telephone number, of which one in a hundred passes every test; somebody is asked.
   */
  kind: 'number' | 'perhaps';
}

interface Group {
  at: number;
  end: number;
  digits: string;
  /** How the group hangs together with the one before it: by a dash or plus, by spaces, or not at all. */
  after: 'dash' | 'space' | null;
}

const DASH = /[-+\u2010-\u2015\u2212]/;
/** Every space that stays on the line, the thin and the invisible ones too. */
const SPACE = /[^\S\r\n]|[\u200b-\u200d\u2060\ufeff]/;
const SHAPE = /^(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])\d{4}$/;

/** Every identity number in a text, in its order and without overlaps. `now` because nobody is born tomorrow. */
export function identityNumbers(text: string, now: Instant): IdentityNumber[] {
  const groups = groupsOf(text);
  const found: IdentityNumber[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < 12; last += 1) {
      if (last > first && groups[last]!.after === null) break;
      digits += groups[last]!.digits;
      if (!isIdentityNumber(digits, now)) continue;
      const at = groups[first]!.at;
      const kind = isLikeTelephone(groups.slice(first, last + 1), digits) ? 'perhaps' : 'number';
      found.push({ at, length: groups[last]!.end - at, kind });
      first = last;
      break;
    }
  }
  return found;
}

/** The text with every number's last four digits covered. It keeps its length, so that a caret stays where it is. */
export function maskIdentityNumbers(text: string, now: Instant, excused: readonly string[] = []): string {
  let masked = text;
  for (const { at, length, kind } of identityNumbers(text, now)) {
    if (kind !== 'number') continue;
    const number = text.slice(at, at + length);
    if (excused.includes(digitsOf(number))) continue;
    masked = masked.slice(0, at) + covered(number) + masked.slice(at + length);
  }
  return masked;
}

/** The digits of a number as it was written: by these somebody says that it is none. */
export function digitsOf(number: string): string {
  return [...number.normalize('NFKC')].filter((character) => /\d/.test(character)).join('');
}

/** What stands in a file's name beside the spans that its configured pattern has explained: only that is guarded. */
export function identityNumbersOutside(
  name: string,
  explained: readonly { at: number; length: number }[],
  now: Instant
): IdentityNumber[] {
  const rest = explained.reduce(
    (left, { at, length }) => left.slice(0, at) + '\n'.repeat(length) + left.slice(at + length),
    name
  );
  return identityNumbers(rest, now);
}

function covered(number: string): string {
  let left = 4;
  return [...number]
    .reverse()
    .map((character) => {
      if (left === 0 || !/\d/.test(character.normalize('NFKC'))) return character;
      left -= 1;
      return '•'.repeat(character.length);
    })
    .reverse()
    .join('');
}

/** The runs of digits, and what stands between them where nothing but a separator does. Full-width digits count. */
function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  let open: Group | null = null;
  let between: Group['after'] = null;
  let near = false;
  let at = 0;
  for (const character of text) {
    const plain = character.normalize('NFKC');
    const end = at + character.length;
    if (/^\d$/.test(plain)) {
      if (open) {
        open.digits += plain;
        open.end = end;
      } else {
        open = { at, end, digits: plain, after: near ? between : null };
        groups.push(open);
      }
    } else {
      const separator = SPACE.test(character) || SPACE.test(plain) ? 'space' : DASH.test(plain) ? 'dash' : null;
      const goesOn: boolean = separator !== null && (open !== null || near);
      between = !goesOn ? null : separator === 'dash' || (!open && between === 'dash') ? 'dash' : 'space';
      near = goesOn;
      open = null;
    }
    if (open) near = true;
    at = end;
  }
  return groups;
}

function isIdentityNumber(digits: string, now: Instant): boolean {
  if (!SHAPE.test(digits) || !hasCheckDigit(digits.slice(-10))) return false;
  const month = Number(digits.slice(-8, -6));
  // A co-ordination number has sixty added to its day.
  const written = Number(digits.slice(-6, -4));
  const day = written > 60 ? written - 60 : written;
  const centuries = digits.length === 12 ? [Number(digits.slice(0, 4))] : [1900, 2000].map(yearIn(digits));
  return centuries.some((year) => {
    const born = Date.UTC(year, month - 1, day);
    return new Date(born).getUTCDate() === day && born <= now;
  });
}
const yearIn = (digits: string) => (century: number) => century + Number(digits.slice(0, 2));

/** Luhn's sum over the ten digits. */
function hasCheckDigit(ten: string): boolean {
  const sum = [...ten].reduce((total, character, index) => {
    const product = Number(character) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}

/**
 * Mobile numbers begin with 07, and one in ninety passes as somebody born in 2007. Ten bare digits may be either, and
 * so may what is divided as telephone numbers are, and not as identity numbers: a dash only before the last four.
 */
function isLikeTelephone(groups: readonly Group[], digits: string): boolean {
  if (digits.length !== 10 || !digits.startsWith('07')) return false;
  if (groups.length === 1) return true;
  const divided = groups.map((group) => group.digits.length).join(' ');
  const dashes = groups.slice(1).filter(({ after }) => after === 'dash').length;
  if (['6 4', '2 2 2 4'].includes(divided)) return dashes === 1 && groups.at(-1)?.after !== 'dash';
  return !(divided === '2 2 2 2 2' && dashes === 0);
}
