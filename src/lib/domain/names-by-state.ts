/**
 * Who of a unit is free, for the leader who is to help the room: names in three heaps. Why somebody is not free, and
 * since when, is nobody's business, so there is one word for it; and nobody is missed: who is not signed in is not told.
 */
import { agentState, type AgentOnFloor } from './telephony/agent.ts';
import type { Instant } from './time.ts';

export interface NamesByState {
  /** When it was so: at least half a minute passes before it is told anew, so that nobody is followed through a day. */
  asOf: Instant;
  /** False while an exchange concerned is out of sight: then nothing is said of anybody. */
  known: boolean;
  available: readonly string[];
  talking: readonly string[];
  /** Every other reason there is, in one. */
  notAvailable: readonly string[];
}
export const NAMES_STAND_MS = 30_000;

/** `here` are the telephones that are signed in now. Somebody with two is told of once, by what they do most. */
export function namesByState(
  people: readonly { name: string; here: readonly AgentOnFloor[] }[],
  asOf: Instant,
  byName: (one: string, other: string) => number
): NamesByState {
  const heaps = { available: [] as string[], talking: [] as string[], notAvailable: [] as string[] };
  for (const { name, here } of people) {
    if (here.length === 0) continue;
    const states = here.map((agent) => agentState(agent, asOf));
    const heap = states.includes('talking')
      ? 'talking'
      : states.every((state) => state === 'available')
        ? 'available'
        : 'notAvailable';
    heaps[heap].push(name);
  }
  for (const heap of Object.values(heaps)) heap.sort(byName);
  return { asOf, known: true, ...heaps };
}
