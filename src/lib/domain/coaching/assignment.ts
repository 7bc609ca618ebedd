/**
 * Who coaches whom: in loads as equal as the one hard rule allows. Nobody is coached by somebody in their own line of
 * management, nor by themselves.
 */
import type { PersonId } from './level.ts';

/** Everybody above a person, up to the top. */
export type LineOf = (person: PersonId) => readonly PersonId[];
export type Assignment = { coachOf: ReadonlyMap<PersonId, PersonId> } | { withoutCoach: readonly PersonId[] };

export function mayCoach(coach: PersonId, agent: PersonId, lineOf: LineOf): boolean {
  return coach !== agent && !lineOf(agent).includes(coach);
}

/**
 * Everybody gets the least busy coach they may have; then agents are passed on along chains of coaches for as long as
 * that takes one from somebody who has at least two more than another. When no chain is left, no other assignment is
 * more equal (Harvey et al., 2003, on optimal semi-matchings). The same people give the same answer, in any order.
 */
export function assignCoaches(agents: readonly PersonId[], coaches: readonly PersonId[], lineOf: LineOf): Assignment {
  const people = [...new Set(agents)].sort();
  const offered = [...new Set(coaches)].sort();
  const choices = new Map(people.map((agent) => [agent, offered.filter((coach) => mayCoach(coach, agent, lineOf))]));
  const withoutCoach = people.filter((agent) => choices.get(agent)?.length === 0);
  if (withoutCoach.length > 0) return { withoutCoach };
  const agentsOf = new Map(offered.map((coach): [PersonId, Set<PersonId>] => [coach, new Set()]));
  const load = (coach: PersonId): number => agentsOf.get(coach)?.size ?? 0;
  for (const [agent, possible] of choices) {
    const least = [...possible].sort((a, b) => load(a) - load(b))[0];
    if (least !== undefined) agentsOf.get(least)?.add(agent);
  }
  while (offered.some((busy) => passOn(busy, agentsOf, choices)));
  const coachOf = new Map<PersonId, PersonId>();
  for (const [coach, theirs] of agentsOf) for (const agent of theirs) coachOf.set(agent, coach);
  return { coachOf };
}

/** Takes one agent from a busy coach, by a chain to the nearest coach with two fewer. False when there is no such. */
function passOn(
  busy: PersonId,
  agentsOf: ReadonlyMap<PersonId, Set<PersonId>>,
  choices: ReadonlyMap<PersonId, readonly PersonId[]>
): boolean {
  const size = (coach: PersonId): number => agentsOf.get(coach)?.size ?? 0;
  const cameBy = new Map<PersonId, { from: PersonId; agent: PersonId }>();
  const queue = [busy];
  for (const coach of queue) {
    if (size(coach) <= size(busy) - 2) {
      for (let to = coach; to !== busy;) {
        const step = cameBy.get(to);
        if (step === undefined) break;
        agentsOf.get(step.from)?.delete(step.agent);
        agentsOf.get(to)?.add(step.agent);
        to = step.from;
      }
      return true;
    }
    for (const agent of [...(agentsOf.get(coach) ?? [])].sort()) {
      for (const next of choices.get(agent) ?? []) {
        if (next === busy || cameBy.has(next)) continue;
        cameBy.set(next, { from: coach, agent });
        queue.push(next);
      }
    }
  }
  return false;
}
