import type { Actor, Circumstances, Command, Refusal } from '../../domain/coaching/commands.ts';
import { decide } from '../../domain/coaching/decide.ts';
import { goalWish } from '../../domain/coaching/draft-content.ts';
import type { Fact } from '../../domain/coaching/facts.ts';
import type { Participation } from '../../domain/coaching/participation.ts';
import type { DrawRecord } from '../../domain/coaching/sampling.ts';
import type { Viewer } from '../../domain/access.ts';
import type { Kysely } from 'kysely';
import type { Outcome } from '../graphql/coaching/commands.ts';
import type { KnownCall } from '../store/coaching/act.ts';
import type { Tables } from '../store/tables.ts';
import { heldDraft, revsOf, type HeldDraft } from './draft-authority.ts';
import { draftsToDrop, dropNotes } from './drafts-after.ts';
import { noteDraws } from './drawing.ts';
import type { CoachingHouse } from './house.ts';
import { lineOf } from './people.ts';
import { domainFrame, ownFrame } from './round-frames.ts';

/** Who acts: a person who has been let in, or the machine itself. */
export type Doer = Extract<Viewer, { kind: 'person' }> | 'stamgaffel';
export const actorOf = (doer: Doer): Actor =>
  doer === 'stamgaffel' ? { kind: 'system' } : { kind: 'person', person: doer.personId, roles: doer.roles };

/** A command as far as it can be made ready for one state: what was looked up, and what is written beside it. */
export interface Prepared {
  command: Command;
  known?: Partial<Circumstances>;
  /** The drafts that the words were taken from: they must stand as they were when all is written. */
  drafts?: readonly HeldDraft[];
  draws?: readonly DrawRecord[];
  calls?: readonly KnownCall[];
}
/** Made anew for each try, because the state may be another. */
export type Prepare = (state: Participation) => Promise<Prepared | { refusal: Refusal }>;

const TRIES = 4;
/** The commands that ask who leads the agent. */
const LINE_COUNTS: readonly Command['kind'][] = ['changeCoach', 'completeCoachChange'];
/** What was read for the decision has changed while it was made. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Carries one command out: what is known is looked up, the domain decides, and the facts, the rows, the audit's row and
 * the end of drafts are one transaction. Whoever is overtaken reads and decides once more.
 */
export async function act(
  house: CoachingHouse,
  { id, commandId, doer }: { id: string; commandId: string; doer: Doer },
  prepare: Prepare
): Promise<Outcome & { facts: readonly Fact[] }> {
  const { participations, db, audit } = house;
  const actor = actorOf(doer);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answered = await participations.answered(id, commandId, actor);
    if (answered !== null) return { ...(JSON.parse(answered) as Outcome), facts: [] };
    const [state, frame] = [await participations.load(id), await ownFrame(db, id)];
    if (!state || !frame) return refused({ code: 'not-found' });
    const prepared = await prepare(state);
    if ('refusal' in prepared) return refused(prepared.refusal);
    const { command, known = {}, drafts = [], draws = [], calls = [] } = prepared;
    const goal = await coachGoal(house, state);
    const circumstances: Circumstances = {
      actor,
      now: house.now(),
      round: domainFrame(frame),
      drawn: [],
      redraw: null,
      choice: null,
      draftRevs: drafts.length > 0 ? revsOf(drafts) : null,
      goalDraft: goal.wish,
      lineOfAgent: LINE_COUNTS.includes(command.kind) ? await lineOf(db, state.agent) : null,
      ...known
    };
    const decision = decide(state, command, circumstances);
    if ('refusal' in decision) return refused(decision.refusal);
    const { facts } = decision;
    const done: Outcome = { refusal: null };
    // It is so already: there is nothing to write, and nothing to remember for the next time.
    if (facts.length === 0) return { ...done, facts };
    let drop: () => void = () => {};
    try {
      const written = await participations.append(
        { state, facts, command, commandId, actor, goalDraft: goal.wish, answer: JSON.stringify(done), calls },
        async (inside) => {
          const read = goal.held ? [...drafts, goal.held] : drafts;
          await assertUntouched(inside, house, state, read, doer);
          await noteDraws(inside, draws);
          await dropNotes(inside, facts, state);
          drop = await draftsToDrop(inside, house.drafts, facts, state);
          await raiseAccess(inside, whoseRights(facts, state));
          await audit.write('coaching-changed', { actor: doer, subject: state.agent, about: told(facts, id) }, inside);
        }
      );
      if (written.outcome === 'stale') continue;
      if (written.outcome === 'replayed') return { ...(JSON.parse(written.answer) as Outcome), facts: [] };
    } catch (error) {
      if (error instanceof Overtaken) continue;
      throw error;
    }
    drop();
    if (whoseRights(facts, state).length > 0) await house.rightsChanged();
    return { ...done, facts };
  }
  return refused({ code: 'stale' });
}

const refused = (refusal: NonNullable<Outcome['refusal']> | Refusal): Outcome & { facts: readonly Fact[] } => ({
  refusal: { ...refusal },
  facts: []
});
/** Codes and an id, never a word that anybody wrote. */
const told = (facts: readonly Fact[], id: string): string => `${facts.map(({ kind }) => kind).join(' ')} ${id}`;

/** The goal on the coach's form: whatever command reveals the readings turns it into a proposal. */
async function coachGoal(house: CoachingHouse, state: Participation) {
  if (state.revealed || !state.coach) return { held: null, wish: null };
  const owner = { personId: state.coach, participation: state.id };
  const held = await heldDraft(house, house.db, owner, { of: 'goal' });
  return { held, wish: goalWish(held.document, house.newId) };
}

/** Inside the transaction: nobody wrote on while the decision was made. */
async function assertUntouched(
  inside: Kysely<Tables>,
  { drafts }: CoachingHouse,
  state: Participation,
  read: readonly HeldDraft[],
  doer: Doer
): Promise<void> {
  for (const { subject, rev } of read) {
    const personId = subject.startsWith('goal/') ? state.coach : doer === 'stamgaffel' ? '' : doer.personId;
    const fields = await drafts.fields(inside, { personId, subject, textKey: state.id });
    let sum = 0;
    for (const field of fields.values()) sum += field.rev;
    if (sum !== rev) throw new Overtaken('Somebody wrote on meanwhile');
  }
}

/** Whatever was opened on an older version of somebody's rights is asked for anew, on every node. */
async function raiseAccess(inside: Kysely<Tables>, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  await inside
    .updateTable('person')
    .set((row) => ({ access_version: row('access_version', '+', 1) }))
    .where('id', 'in', [...people])
    .execute();
}

/** Whose open sockets and sounds must ask again whether they still may. */
function whoseRights(facts: readonly Fact[], { agent, coach }: Participation): string[] {
  return facts.flatMap((fact): string[] => {
    if (fact.kind === 'CoachChanged') return [fact.was, fact.coach];
    if (fact.kind === 'ParticipationEnded' || fact.kind === 'ParticipationLapsed') return [coach, agent];
    return [];
  });
}
