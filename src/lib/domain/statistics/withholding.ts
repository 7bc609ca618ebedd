import { FEW } from './figures.ts';

/**
 * Which parts of a longer period must be withheld beyond those where few answered. The longer period is published too,
 * so if exactly one part were withheld, it could be had by subtracting the others: then the part with the next fewest
 * people goes with it. Parts in which nobody answered describe nobody.
 *
 * @param answerers how many distinct people answered in each part, in order
 * @returns for each part, whether it is withheld although enough people answered
 */
export function withheldBeside(answerers: readonly number[]): boolean[] {
  const beside = answerers.map(() => false);
  const few = answerers.filter((people) => people > 0 && people < FEW);
  if (few.length !== 1) return beside;
  let smallest = -1;
  for (const [part, people] of answerers.entries()) {
    if (people >= FEW && (smallest < 0 || people < (answerers[smallest] ?? Infinity))) smallest = part;
  }
  if (smallest >= 0) beside[smallest] = true;
  return beside;
}
