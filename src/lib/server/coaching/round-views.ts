import { may } from '../../domain/access.ts';
import { byName } from '../../domain/person.ts';
import { step, type Participation } from '../../domain/coaching/participation.ts';
import { periodOf } from '../../domain/time.ts';
import type { PersonViewer } from '../graphql/coaching/participation.ts';
import type { RoundProgressView, UnitProgressView } from '../graphql/coaching/round-progress.ts';
import type { RoundMaterialView, RoundView } from '../graphql/coaching/rounds.ts';
import type { StoredRound } from '../store/coaching/rounds.ts';
import { foldedUntil } from '../store/coaching/folded.ts';
import type { CoachingHouse } from './house.ts';
import { holdersOf, namesOf } from './people.ts';
import { peopleOfUnits, wishOf } from './round-circumstances.ts';
import type { RoundFrameView } from '../graphql/coaching/views.ts';

const frame = ({ id, name, startsAt, endsAt, state, rubricVersion }: StoredRound): RoundFrameView => ({
  id,
  name,
  startsAt,
  endsAt,
  state,
  rubricVersion
});

/** A round for those who look after it: who takes part, and nothing of where anybody stands. */
export async function roundViews({ db, rounds, participations }: CoachingHouse, id: string): Promise<RoundView | null> {
  const [stored, wish] = [await rounds.find(id), await wishOf(db, id)];
  if (!stored) return null;
  const rows = await db.selectFrom('participation').selectAll().where('round', '=', id).execute();
  const coachIds = stored.state === 'draft' ? (wish?.coaches ?? []) : stored.coaches;
  const names = await namesOf(db, [
    ...coachIds,
    ...rows.flatMap(({ agent, coach, coach_to_be }) => [agent, coach ?? '', coach_to_be ?? ''])
  ]);
  const wishes = await db.selectFrom('participation_wish').selectAll().where('kind', '=', 'another-coach').execute();
  const unitIds = (wish?.units ?? []).map((unit) => unit.id);
  const units = (await orderedUnits(db)).filter((unit) => unitIds.includes(unit.id));
  const ended = new Set<string>();
  for (const { id: each } of rows) if ((await participations.load(each))?.end) ended.add(each);
  return {
    frame: frame(stored),
    callsPerAgent: stored.callsPerAgent,
    recording: wish?.recording ?? true,
    negotiated: wish?.negotiated ?? null,
    negotiatedOn: wish?.negotiatedOn ?? null,
    seal: stored.commitment,
    units: units.map(({ id: unit, name }) => {
      const window = wish?.units.find((each) => each.id === unit);
      return { id: unit, name, window: window?.from && window.to ? { from: window.from, to: window.to } : null };
    }),
    coaches: coachIds.map((coach) => names(coach)).sort(byName),
    participants: rows
      .map((row) => ({
        id: row.id,
        agent: names(row.agent),
        coach: names(row.coach),
        ended: ended.has(row.id),
        wishesAnotherCoach: wishes.some(({ participation }) => participation === row.id),
        coachToBe: row.coach_to_be === null ? null : names(row.coach_to_be)
      }))
      .sort((one, other) => byName(one.agent, other.agent)),
    mayJoin:
      stored.state === 'open'
        ? await mayJoin(
            db,
            unitIds,
            rows.map(({ agent }) => agent ?? '')
          )
        : []
  };
}

/** Who answers in a unit of the round and is not in it. */
async function mayJoin(db: CoachingHouse['db'], units: readonly string[], inIt: readonly string[]) {
  const people = new Set([...(await peopleOfUnits(db, units)).values()].flat());
  const outside = [...people].filter((person) => !inIt.includes(person));
  const names = await namesOf(db, outside);
  return outside.map((person) => names(person)).sort(byName);
}

export async function roundMaterial({ db, rubrics }: CoachingHouse): Promise<RoundMaterialView> {
  const units = await orderedUnits(db);
  const people = await peopleOfUnits(
    db,
    units.map(({ id }) => id)
  );
  return {
    units: units.map(({ id, name }) => ({ id, name, agents: people.get(id)?.length ?? 0 })),
    coaches: await holdersOf(db, 'coach'),
    rubricVersions: (await rubrics.all())
      .filter(({ state }) => state === 'published')
      .map(({ id, number }) => ({ id, number }))
  };
}

const PEOPLE_LEAST = 5;

/** Of this week's beginning, so that nobody's Tuesday is the difference of two looks. */
export async function roundProgress(
  { db, rounds, zone, now }: CoachingHouse,
  me: PersonViewer
): Promise<RoundProgressView[]> {
  const monday = periodOf(now(), 'WEEK', zone).startsAt;
  const units = await orderedUnits(db);
  const shown = (await rounds.all()).filter(({ state }) => state === 'open' || state === 'closing');
  const views: RoundProgressView[] = [];
  for (const round of shown) {
    const asOf = Math.max(monday, round.openedAt ?? monday);
    const rows = await db.selectFrom('participation').select(['id', 'unit_id']).where('round', '=', round.id).execute();
    const states = await foldedUntil(
      db,
      rows.map(({ id }) => id),
      asOf
    );
    const mine = units.filter(({ id }) => round.units.includes(id) && may(me, 'read-round-progress', { unit: id }));
    if (mine.length === 0) continue;
    views.push({
      round: frame(round),
      asOf,
      units: mine.map((unit): UnitProgressView => {
        const theirs = rows.flatMap(({ id, unit_id }) => (unit_id === unit.id ? (states.get(id) ?? []) : []));
        return { unit, counts: countsOf(theirs) };
      })
    });
  }
  return views;
}

/** Whoever has ended is not among them: neither as done, nor as not begun. */
function countsOf(states: readonly Participation[]): UnitProgressView['counts'] {
  const steps = states.filter(({ end }) => end === null).map(step);
  if (steps.length < PEOPLE_LEAST) return null;
  const notBegun = steps.filter((each) => each === 'planned').length;
  const done = steps.filter((each) => each === 'acknowledged').length;
  return { notBegun, done, underWay: steps.length - notBegun - done };
}

async function orderedUnits(db: CoachingHouse['db']): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('unit').select(['id', 'name']).orderBy('position').orderBy('id').execute();
}
