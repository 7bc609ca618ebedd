/** What the rules of every command are written with: who asks, where the participation stands, and a refusal. */
import { HOUR_MS } from '../time.ts';
import type { Actor, Circumstances, Decision, PlainRefusal, Refusal } from './commands.ts';
import { step, type Participation, type Step } from './participation.ts';

export const DAY_MS = 24 * HOUR_MS;

/** A rule reads the state, what is asked and what is known, and answers with facts or with why not. */
export type Rule<C> = (state: Participation, command: C, circumstances: Circumstances) => Decision;

export const refused = (refusal: PlainRefusal | Refusal): Decision => ({
  refusal: typeof refusal === 'string' ? { code: refusal } : refusal
});

export const nothingNew: Decision = { facts: [] };

export function isAgent({ agent }: Participation, actor: Actor): boolean {
  return actor.kind === 'person' && actor.person === agent;
}

/** The coach they have now: a former one is nobody. */
export function isCoach({ coach }: Participation, actor: Actor): boolean {
  return actor.kind === 'person' && actor.person === coach;
}

export function isPair(state: Participation, actor: Actor): boolean {
  return isAgent(state, actor) || isCoach(state, actor);
}

export function isMethodLead(actor: Actor): boolean {
  return actor.kind === 'person' && actor.roles.includes('method-lead');
}

export function isAdministrator(actor: Actor): boolean {
  return actor.kind === 'person' && actor.roles.includes('administrator');
}

/** Which steps refuse a command, and with what: one row of the table. A step that is not named lets it through. */
export type Gate = Readonly<Partial<Record<Step, PlainRefusal>>>;

export function gateRefusal(state: Participation, gate: Gate): PlainRefusal | null {
  return gate[step(state)] ?? null;
}

/** What an acknowledged or ended participation answers to nearly everything. */
export const OVER = { acknowledged: 'acknowledged', withdrawn: 'ended' } as const satisfies Gate;
/** What is settled when both have seen each other's reading. */
export const FROZEN = { 'ready-to-talk': 'revealed', talked: 'revealed', ...OVER } as const satisfies Gate;
/** What belongs to the talk, and waits for both readings. */
export const AFTER_REVEAL = {
  planned: 'not-both-in',
  reflecting: 'not-both-in',
  reviewing: 'not-both-in',
  ...OVER
} as const satisfies Gate;
