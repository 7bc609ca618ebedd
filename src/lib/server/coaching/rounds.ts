import type { CommandOf } from '../../domain/coaching/commands.ts';
import type { Round, RoundCommand, RoundRefusal } from '../../domain/coaching/round.ts';
import { decideRound } from '../../domain/coaching/round.ts';
import { commitment } from '../../domain/coaching/sampling.ts';
import { byName } from '../../domain/person.ts';
import type { SlotKind } from '../../domain/coaching/level.ts';
import { criterionIds } from '../../domain/coaching/rubric.ts';
import type { Outcome } from '../graphql/coaching/commands.ts';
import type { PersonViewer } from '../graphql/coaching/participation.ts';
import type { Rounds, RoundWish } from '../graphql/coaching/rounds.ts';
import type { Participant as StoredParticipant } from '../store/coaching/rounds.ts';
import { act, type Doer } from './acting.ts';
import { closeRound, endAll } from './closing.ts';
import { roundSecret, sha256 } from './drawing.ts';
import type { CoachingHouse } from './house.ts';
import { namesOf } from './people.ts';
import { asDomain, circumstancesOf, leastBusy, wishOf } from './round-circumstances.ts';
import { roundMaterial, roundProgress, roundViews } from './round-views.ts';

const done: Outcome = { refusal: null };
const refused = ({ code }: RoundRefusal | { code: 'not-found' | 'stale' }): Outcome => ({ refusal: { code } });
/** A refusal with whom or what it is about, by name: a method lead sees all of these names anyway. */
async function named(db: CoachingHouse['db'], refusal: RoundRefusal): Promise<Outcome> {
  const { code } = refusal;
  if (code === 'overlap') {
    const units = db
      .selectFrom('unit')
      .select('name')
      .where('id', 'in', [...refusal.units, '']);
    const rows = await units.orderBy('position').orderBy('id').execute();
    return { refusal: { code, names: rows.map(({ name }) => name) } };
  }
  const people =
    code === 'no-coach' || code === 'too-soon' ? refusal.people : 'person' in refusal ? [refusal.person] : [];
  const names = await namesOf(db, people);
  const found = people.map((person) => names(person)).sort(byName);
  return { refusal: { code, names: found.map(({ name }) => name) } };
}

/** Rounds, for those who look after them. */
export function rounds(house: CoachingHouse): Rounds {
  const { db, rounds: stored, now, newId, audit } = house;

  const recorded =
    (by: PersonViewer, what: string) => (inside: Parameters<Parameters<typeof stored.draft>[1]>[0], id: string) =>
      audit.write('round-changed', { actor: by, about: `${what} ${id}` }, inside);

  /** Asks the domain about a round as it is planned or stands; the facts tell what is to be written. */
  async function decided(me: Doer, id: string, command: RoundCommand) {
    const round = await asDomain(house, id);
    if (!round) return { refusal: { code: 'not-found' as const } };
    const around = await circumstancesOf(house, me, round, command);
    const decision = decideRound(round, command, around);
    return 'refusal' in decision ? decision : { ...decision, round };
  }

  async function saveWish(id: string, wish: RoundWish): Promise<void> {
    const text = JSON.stringify(wish);
    await db
      .insertInto('round_wish')
      .values({ round: id, wish: text })
      .onConflict((conflict) => conflict.column('round').doUpdateSet({ wish: text }))
      .execute();
  }

  const ofParticipation = async (
    me: PersonViewer,
    participation: string,
    command: CommandOf<'endParticipation' | 'resume' | 'changeCoach'>
  ): Promise<Outcome> => {
    const { refusal } = await act(house, { id: participation, commandId: newId(), doer: me }, () =>
      Promise.resolve({ command })
    );
    return { refusal };
  };

  return {
    list: async () =>
      (await stored.all()).map(({ id, name, startsAt, endsAt, state, rubricVersion }) => ({
        id,
        name,
        startsAt,
        endsAt,
        state,
        rubricVersion
      })),
    find: (id) => roundViews(house, id),
    material: () => roundMaterial(house),
    progress: (me) => roundProgress(house, me),

    async save(me, id, wish) {
      const plan = {
        name: wish.name.trim(),
        rubricVersion: wish.rubricVersion,
        startsAt: wish.startsAt,
        endsAt: wish.endsAt,
        callsPerAgent: wish.callsPerAgent
      };
      if (wish.callsPerAgent < 1 || wish.callsPerAgent > 6) return { id: null, refusal: { code: 'calls-per-agent' } };
      if (wish.endsAt <= wish.startsAt) return { id: null, refusal: { code: 'period' } };
      if (id === null) {
        const made = newId();
        await stored.draft({ id: made, ...plan }, recorded(me, 'draft'));
        await saveWish(made, wish);
        return { id: made, ...done };
      }
      const changed = await db
        .updateTable('round')
        .set({
          name: plan.name,
          rubric_version: plan.rubricVersion,
          starts_at: plan.startsAt,
          ends_at: plan.endsAt,
          calls_per_agent: plan.callsPerAgent
        })
        .where('id', '=', id)
        .where('state', '=', 'draft')
        .executeTakeFirst();
      if (changed.numUpdatedRows === 0n) return { id: null, refusal: { code: 'not-draft' } };
      await saveWish(id, wish);
      return { id, ...done };
    },

    async remove(_, id) {
      const gone = await db.deleteFrom('round').where('id', '=', id).where('state', '=', 'draft').executeTakeFirst();
      return gone.numDeletedRows > 0n ? done : refused({ code: 'not-found' });
    },

    async open(me, id) {
      const answer = await decided(me, id, { kind: 'open' });
      if ('refusal' in answer) return named(db, answer.refusal);
      const fact = answer.facts.find((each) => each.kind === 'RoundOpened');
      const [wish, version] = [await wishOf(db, id), await house.rubrics.find(answer.round.rubric)];
      if (fact?.kind !== 'RoundOpened' || !wish || !version) return refused({ code: 'not-found' });
      const windows = windowsOf(answer.round);
      const participants = fact.participants.map(({ agent, coach, unit, window }): StoredParticipant => ({
        id: newId(),
        agent,
        coach,
        unit,
        window: windows.findIndex((each) => each.startsAt === window.startsAt && each.endsAt === window.endsAt) + 1,
        sound: wish.recording ? 'recorded' : 'beside',
        places: placesOf(wish, newId)
      }));
      const opened = await stored.open(
        id,
        {
          openedAt: fact.at,
          commitment: commitment(await roundSecret(db, id), sha256),
          units: answer.round.units.map(({ unit }) => unit),
          windows: windows.map((window, at) => ({ n: at + 1, ...window })),
          coaches: answer.round.coaches,
          criteria: criterionIds(version.text),
          participants
        },
        recorded(me, 'open')
      );
      return opened ? done : refused({ code: 'not-draft' });
    },

    async close(me, id) {
      const round = await asDomain(house, id);
      const answer = await decided(me, id, { kind: round?.state === 'closing' ? 'close' : 'startClosing' });
      if ('refusal' in answer) return refused(answer.refusal);
      if (round?.state === 'closing') return (await closeRound(house, me, id)) ? done : refused({ code: 'stale' });
      return (await stored.move(id, 'closing', now(), recorded(me, 'closing'))) ? done : refused({ code: 'stale' });
    },

    async cancel(me, id) {
      const answer = await decided(me, id, { kind: 'cancel' });
      if ('refusal' in answer) return refused(answer.refusal);
      if (answer.round.state === 'draft') return this.remove(me, id);
      await stored.move(id, 'closing', now(), recorded(me, 'cancelled'));
      await endAll(house, id);
      return (await closeRound(house, me, id)) ? done : refused({ code: 'stale' });
    },

    async addParticipant(me, id, agent) {
      const coach = await leastBusy(house, id, agent);
      if (coach === null) return refused({ code: 'not-found' });
      const answer = await decided(me, id, { kind: 'addParticipant', agent, coach });
      if ('refusal' in answer) return named(db, answer.refusal);
      const fact = answer.facts.find((each) => each.kind === 'ParticipantAdded');
      const wish = await wishOf(db, id);
      if (fact?.kind !== 'ParticipantAdded' || !wish) return refused({ code: 'not-found' });
      const { unit, window } = fact.participant;
      const participant: StoredParticipant = {
        id: newId(),
        agent,
        coach,
        unit,
        window:
          windowsOf(answer.round).findIndex(
            (each) => each.startsAt === window.startsAt && each.endsAt === window.endsAt
          ) + 1,
        sound: wish.recording ? 'recorded' : 'beside',
        places: placesOf(wish, newId)
      };
      const added = await stored.addParticipant(id, participant, fact.at, recorded(me, 'added'));
      return added ? done : refused({ code: 'already-in' });
    },

    async switchRubric(me, id, version) {
      const answer = await decided(me, id, { kind: 'switchRubric', rubric: version });
      if ('refusal' in answer) return refused(answer.refusal);
      const found = await house.rubrics.find(version);
      if (!found) return refused({ code: 'rubric-not-published' });
      const switched = await stored.switchRubric(id, version, criterionIds(found.text), recorded(me, 'rubric'));
      return switched ? done : refused({ code: 'readings-begun' });
    },

    async changeCoach(me, participation, coach) {
      const holds = await db
        .selectFrom('person_role')
        .innerJoin('person', 'person.id', 'person_role.person_id')
        .select('person.id')
        .where('person.id', '=', coach)
        .where('role', '=', 'coach')
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      if (!holds) return refused({ code: 'not-found' });
      const outcome = await ofParticipation(me, participation, { kind: 'changeCoach', coach });
      if (outcome.refusal === null)
        await db
          .deleteFrom('participation_wish')
          .where('participation', '=', participation)
          .where('kind', '=', 'another-coach')
          .execute();
      return outcome;
    },
    end: (me, participation) => ofParticipation(me, participation, { kind: 'endParticipation' }),
    resume: (me, participation) => ofParticipation(me, participation, { kind: 'resume' })
  };
}

/** Each window once, the first one first: units that are announced alike share one. */
export function windowsOf({ units }: Pick<Round, 'units'>): { startsAt: number; endsAt: number }[] {
  const each = new Map(units.map(({ window }) => [`${window.startsAt} ${window.endsAt}`, window]));
  return [...each.values()].sort((one, other) => one.startsAt - other.startsAt || one.endsAt - other.endsAt);
}

/** Drawn ones first, then one that the agent is proud of and one on their topic; side by side all are alike. */
export function placesOf(
  { callsPerAgent, recording }: Pick<RoundWish, 'callsPerAgent' | 'recording'>,
  newId: () => string
) {
  const own: SlotKind[] = callsPerAgent >= 3 ? ['proud', 'topic'] : callsPerAgent === 2 ? ['proud'] : [];
  return Array.from({ length: callsPerAgent }, (_, at) => {
    const kind: SlotKind = recording ? (own[at - (callsPerAgent - own.length)] ?? 'random') : 'beside';
    return { slot: newId(), n: at + 1, kind };
  });
}
