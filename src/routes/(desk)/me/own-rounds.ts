import {
  markOf,
  type WireParticipation,
  type WireReading,
  type WireRubric,
  type WireSlot,
  type WireStrength
} from '$lib/client/coaching-wire';
import type { LevelMark, Side } from '$lib/domain/coaching/level';
import type { CriterionId, RubricLanguage } from '$lib/domain/coaching/rubric';

/** What a criterion is called in the version that a round was read by. */
export function criterionNames(versions: readonly WireRubric[], language: RubricLanguage) {
  const names = new Map(
    versions.flatMap(({ id, text }) => text.criteria.map((criterion) => [`${id} ${criterion.id}`, criterion.name]))
  );
  return (version: string, criterion: CriterionId): string =>
    names.get(`${version} ${criterion}`)?.[language] ?? criterion;
}

export interface Heard extends WireStrength {
  by: Side;
  slot: string;
}

/** What was heard in one round. Before both are in there is nothing here but one's own. */
export function heardIn({ slots }: WireParticipation): Heard[] {
  const of = (by: Side, slot: string, reading: WireReading | null): Heard[] =>
    (reading?.strengths ?? []).map((strength) => ({ ...strength, by, slot }));
  return [
    ...slots.flatMap(({ id, coachReading }) => of('coach', id, coachReading)),
    ...slots.flatMap(({ id, agentReading }) => of('agent', id, agentReading))
  ];
}

/** A strength that leads the page, and in how many rounds its criterion was heard as one. */
export interface LeadStrength extends Heard {
  version: string;
  rounds: number;
}

const LEAD_MOST = 4;
/** The strengths of the newest round that both have read, one for each criterion: what the coach heard comes first. */
export function leadStrengths(participations: readonly WireParticipation[]): LeadStrength[] {
  const read = participations.filter((each) => each.revealed && heardIn(each).length > 0);
  const [newest] = read;
  if (!newest) return [];
  const rounds = (criterion: CriterionId) =>
    read.filter((each) => heardIn(each).some((strength) => strength.criterion === criterion)).length;
  const firsts = heardIn(newest).filter(
    ({ criterion }, at, all) => all.findIndex((other) => other.criterion === criterion) === at
  );
  return firsts
    .slice(0, LEAD_MOST)
    .map((strength) => ({ ...strength, version: newest.round.rubricVersion, rounds: rounds(strength.criterion) }));
}

export interface Note {
  by: Side;
  mark: LevelMark;
}
/** One round on a stave: the notes of all its calls, each call with one's own and the coach's. */
export interface StaveRound {
  id: string;
  name: string;
  /** The rubric is another than in the round before: a bar line stands between them. */
  barBefore: boolean;
  calls: Note[][];
}
export interface Stave {
  criterion: CriterionId;
  name: string;
  rounds: StaveRound[];
}

/**
 * A stave for each criterion, as the newest rubric orders them and then those that are no more; the rounds from the left.
 * A criterion that a round did not have leaves its place empty.
 */
export function staves(
  participations: readonly WireParticipation[],
  versions: readonly WireRubric[],
  language: RubricLanguage
): Stave[] {
  const read = participations.filter(({ revealed, slots }) => revealed && slots.some(hasLevels)).reverse();
  const criteria = new Map<CriterionId, string>();
  for (const { round, slots } of [...read].reverse()) {
    const heard = new Set(slots.flatMap(levelsOf).map(({ criterion }) => criterion));
    const ordered = versions.find(({ id }) => id === round.rubricVersion)?.text.criteria ?? [];
    for (const { id, name } of ordered) if (heard.has(id) && !criteria.has(id)) criteria.set(id, name[language]);
  }
  return [...criteria].map(([criterion, name]) => ({
    criterion,
    name,
    rounds: read.map(({ id, round, slots }, at) => ({
      id,
      name: round.name,
      barBefore: at > 0 && read[at - 1]?.round.rubricVersion !== round.rubricVersion,
      calls: slots.map((slot) => notesOf(slot, criterion)).filter((notes) => notes.length > 0)
    }))
  }));
}

const levelsOf = ({ agentReading, coachReading }: WireSlot) => [
  ...(coachReading?.levels ?? []),
  ...(agentReading?.levels ?? [])
];
const hasLevels = (slot: WireSlot): boolean => levelsOf(slot).length > 0;
function notesOf({ agentReading, coachReading }: WireSlot, criterion: CriterionId): Note[] {
  const note = (by: Side, reading: WireReading | null): Note[] =>
    (reading?.levels ?? [])
      .filter((each) => each.criterion === criterion)
      .map(({ level }) => ({ by, mark: markOf(level) }));
  return [...note('coach', coachReading), ...note('agent', agentReading)];
}

/** A round's name where there is no room: `2026 höst` is `h26`. */
export function shortRound(name: string): string {
  const found = /^\d\d(\d\d) (\p{L})/u.exec(name);
  return found ? `${found[2]}${found[1]}` : name.slice(0, 6);
}
