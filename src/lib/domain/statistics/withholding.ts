import { FEW } from './figures.ts';
import type { Tally } from './tally.ts';

/** One part of a longer period, or one queue of a total. */
export interface Part {
  /** How many distinct people answered in it. */
  answerers: number;
  /** Whether its counts describe anybody who works: see `describesAgents`. */
  describes: boolean;
}

/**
 * Whether the counts describe somebody who works: somebody answered, or a talk or its wrap-up ended. The latter also
 * where nobody answered: the talk of a call that was answered just before belongs to one person all the same.
 */
export function describesAgents({ answered, passedOn, solvedDirectly, handled }: Tally): boolean {
  return answered > 0 || passedOn > 0 || solvedDirectly > 0 || handled > 0;
}

/** A part that is withheld: it describes people, and few. */
export function isOfFew({ answerers, describes }: Part): boolean {
  return describes && answerers < FEW;
}

/**
 * Which parts of a longer period must be withheld beyond those where few answered. The longer period is published too,
 * so if exactly one part were withheld, it could be had by subtracting the others: then the part with the next fewest
 * people goes with it. Parts that describe nobody need not be kept from anyone.
 *
 * @param parts all parts of the whole, in order
 * @returns for each part, whether it is withheld although enough people answered
 */
export function withheldBeside(parts: readonly Part[]): boolean[] {
  const beside = parts.map(() => false);
  if (parts.filter(isOfFew).length !== 1) return beside;
  let smallest = -1;
  for (const [part, { answerers }] of parts.entries()) {
    if (answerers >= FEW && (smallest < 0 || answerers < (parts[smallest]?.answerers ?? Infinity))) smallest = part;
  }
  if (smallest >= 0) beside[smallest] = true;
  return beside;
}
