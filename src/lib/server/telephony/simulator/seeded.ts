/** Chance that can be had again: the same seed gives the same day, on every machine and after every restart. */
export interface Seeded {
  /** From 0 up to, never reaching, 1. */
  next(): number;
  chance(probability: number): boolean;
  between(from: number, to: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** How long until something that happens once every `mean` on average. */
  exponential(mean: number): number;
  /** A length with a long tail, such as a talk: half of them are shorter than `median`. */
  lognormal(median: number, sigma: number): number;
  pick<T>(of: readonly T[]): T;
  /** The index of one of these shares; they need not add up to 1. */
  weighted(shares: readonly number[]): number;
  shuffled<T>(of: readonly T[]): T[];
}

/** Each purpose has its own stream, so that one more draw for breaks does not change who calls. */
export function seeded(...of: (string | number)[]): Seeded {
  let state = fnv1a(of.join('\u0000'));
  const next = (): number => {
    // mulberry32: 32 bits of state are plenty for a day, and every engine computes it alike.
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + next() * (to - from),
    whole,
    exponential: (mean) => -mean * Math.log(1 - next()),
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
    pick: (of) => {
      const chosen = of[whole(0, of.length - 1)];
      if (chosen === undefined) throw new RangeError('Nothing to pick from.');
      return chosen;
    },
    weighted: (shares) => {
      let left = next() * shares.reduce((sum, share) => sum + share, 0);
      for (const [index, share] of shares.entries()) {
        left -= share;
        if (left < 0) return index;
      }
      return shares.length - 1;
    },
    shuffled: (of) => {
      const cards = [...of];
      for (let last = cards.length - 1; last > 0; last--) {
        const other = whole(0, last);
        [cards[last], cards[other]] = [cards[other]!, cards[last]!];
      }
      return cards;
    }
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
