/** A token that somebody typed. */
export interface Typed {
  field: string;
  token: string;
  at: number;
}

/** How old a token must be to be safe, ms. */
const SAFE_AFTER_MS = 1_000;

/** What is wrong with what came back after a kill: nothing, when this is empty. */
export function broken(
  typed: readonly Typed[],
  before: Record<string, string>,
  after: Record<string, string>,
  killedAt: number
): string[] {
  const wrong: string[] = [];
  for (const field of new Set([...typed.map((each) => each.field), ...Object.keys(before)])) {
    const known = tokens(before[field]);
    const fresh = typed.filter((each) => each.field === field);
    const expected = [...known, ...fresh.map(({ token }) => token)];
    const found = tokens(after[field]);
    const safe = known.length + fresh.filter(({ at }) => at <= killedAt - SAFE_AFTER_MS).length;
    const isPrefix = found.every((token, index) => token === expected[index]);
    if (!isPrefix) wrong.push(`${field} is no beginning of what was typed: ${seen(found)} for ${seen(expected)}`);
    else if (found.length < safe)
      wrong.push(
        `${field} lost ${safe - found.length} that were older than a second: ${seen(found)} for ${seen(expected)}`
      );
  }
  return wrong;
}

const tokens = (text: string | undefined): string[] => (text ?? '').split(' ').filter((token) => token !== '');
/** The end of a long row: that is where something is missing. */
const seen = (row: readonly string[]): string => `[… ${row.slice(-8).join(' ')}] (${row.length})`;
