import type { Kysely } from 'kysely';
import type { ParticipationId, PersonId, RoundId, SlotId, SlotKind } from '../../../domain/coaching/level.ts';
import type { ParticipationFrame } from '../../../domain/coaching/participation.ts';
import type { Instant } from '../../../domain/time.ts';
import type { KeyStore } from '../../keys/key-store.ts';
import type { Recorded } from '../announcements.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { OPENED } from './folded.ts';
import { emptySlot } from './slot-rows.ts';
import type { RoundTable } from './tables.ts';
import { lockedTexts } from './texts.ts';

export interface RoundPlan {
  id: RoundId;
  name: string;
  rubricVersion: string;
  startsAt: Instant;
  endsAt: Instant;
  callsPerAgent: number;
}
export interface RoundWindow {
  /** Counts from 1. */
  n: number;
  startsAt: Instant;
  endsAt: Instant;
}
export interface StoredRound extends RoundPlan {
  state: RoundTable['state'];
  openedAt: Instant | null;
  closedAt: Instant | null;
  commitment: string | null;
  units: string[];
  windows: RoundWindow[];
  coaches: PersonId[];
  criteria: string[];
}
/** Somebody who takes part, as the round opens or when they are added to it. */
export interface Participant {
  id: ParticipationId;
  agent: PersonId;
  coach: PersonId;
  unit: string | null;
  window: number;
  sound: 'recorded' | 'beside';
  places: readonly { slot: SlotId; n: number; kind: SlotKind }[];
}
export interface Opening {
  openedAt: Instant;
  commitment: string;
  units: readonly string[];
  windows: readonly RoundWindow[];
  coaches: readonly PersonId[];
  /** Of the rubric version: what every reading answers. */
  criteria: readonly string[];
  participants: readonly Participant[];
}

export interface StoredRounds {
  draft(plan: RoundPlan, recorded: Recorded): Promise<void>;
  /** False when it is no draft any more. Throws when the database refuses what the domain should have refused. */
  open(id: RoundId, opening: Opening, recorded: Recorded): Promise<boolean>;
  /** False when it is not open, or the person is in it already. */
  addParticipant(id: RoundId, participant: Participant, now: Instant, recorded: Recorded): Promise<boolean>;
  /** False when the round is not in the state before it. */
  move(id: RoundId, to: 'closing' | 'closed', now: Instant, recorded: Recorded): Promise<boolean>;
  /** False once anything is handed in: by then a level has been read by the old words. */
  switchRubric(id: RoundId, version: string, criteria: readonly string[], recorded: Recorded): Promise<boolean>;
  find(id: RoundId): Promise<StoredRound | null>;
  /** The latest first. */
  all(): Promise<StoredRound[]>;
  /** When the rounds of each of these people begin, drafts left out: for who may be in another one. */
  startsOf(people: readonly PersonId[]): Promise<Map<PersonId, Instant[]>>;
}

export function openRounds({ kysely }: Database, keys: KeyStore): StoredRounds {
  const texts = lockedTexts(keys);
  const inOne = <T>(work: (inside: Kysely<Tables>) => Promise<T>) => kysely.transaction().execute(work);

  async function whole(rows: RoundTable[]): Promise<StoredRound[]> {
    const ids = rows.length > 0 ? rows.map(({ id }) => id) : [''];
    const [units, windows, coaches, criteria] = [
      await kysely.selectFrom('round_unit').selectAll().where('round', 'in', ids).orderBy('unit_id').execute(),
      await kysely.selectFrom('round_window').selectAll().where('round', 'in', ids).orderBy('n').execute(),
      await kysely.selectFrom('round_coach').selectAll().where('round', 'in', ids).orderBy('coach').execute(),
      await kysely.selectFrom('round_criterion').selectAll().where('round', 'in', ids).orderBy('n').execute()
    ];
    const of = <Row extends { round: string }>(found: Row[], id: string) => found.filter(({ round }) => round === id);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      rubricVersion: row.rubric_version,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      callsPerAgent: row.calls_per_agent,
      state: row.state,
      openedAt: row.opened_at,
      closedAt: row.closed_at,
      commitment: row.commitment,
      units: of(units, row.id).map(({ unit_id }) => unit_id),
      windows: of(windows, row.id).map(({ n, starts_at, ends_at }) => ({ n, startsAt: starts_at, endsAt: ends_at })),
      coaches: of(coaches, row.id).map(({ coach }) => coach),
      criteria: of(criteria, row.id).map(({ criterion }) => criterion)
    }));
  }

  async function writeCriteria(inside: Kysely<Tables>, round: RoundId, criteria: readonly string[]) {
    await inside.deleteFrom('round_criterion').where('round', '=', round).execute();
    for (const [n, criterion] of criteria.entries())
      await inside.insertInto('round_criterion').values({ round, criterion, n }).execute();
  }

  return {
    draft: (plan, recorded) =>
      inOne(async (inside) => {
        await inside
          .insertInto('round')
          .values({
            id: plan.id,
            name: plan.name,
            rubric_version: plan.rubricVersion,
            starts_at: plan.startsAt,
            ends_at: plan.endsAt,
            calls_per_agent: plan.callsPerAgent,
            state: 'draft',
            opened_at: null,
            closed_at: null,
            commitment: null
          })
          .execute();
        await recorded(inside, plan.id);
      }),

    async open(round, { openedAt, commitment, units, windows, coaches, criteria, participants }, recorded) {
      for (const { id } of participants) texts.begin(id);
      return inOne(async (inside) => {
        const draft = inside.selectFrom('round').select('id').where('id', '=', round).where('state', '=', 'draft');
        if (!(await draft.executeTakeFirst())) return false;
        for (const unit_id of units) await inside.insertInto('round_unit').values({ round, unit_id }).execute();
        for (const { n, startsAt, endsAt } of windows)
          await inside.insertInto('round_window').values({ round, n, starts_at: startsAt, ends_at: endsAt }).execute();
        for (const coach of coaches) await inside.insertInto('round_coach').values({ round, coach }).execute();
        await writeCriteria(inside, round, criteria);
        for (const participant of participants) await addTo(inside, round, participant, openedAt);
        // Last, because it is here that the database asks for ten people, seven days and not a third time in a year.
        const { numUpdatedRows } = await inside
          .updateTable('round')
          .set({ state: 'open', opened_at: openedAt, commitment })
          .where('id', '=', round)
          .where('state', '=', 'draft')
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw new Error(`Round ${round} was opened by somebody else meanwhile.`);
        await recorded(inside, round);
        return true;
      });
    },

    async addParticipant(round, participant, now, recorded) {
      texts.begin(participant.id);
      return inOne(async (inside) => {
        const open = inside.selectFrom('round').select('id').where('id', '=', round).where('state', '=', 'open');
        if (!(await open.executeTakeFirst())) return false;
        const there = inside.selectFrom('participation').select('id').where('round', '=', round);
        if (await there.where('agent', '=', participant.agent).executeTakeFirst()) return false;
        await addTo(inside, round, participant, now);
        await recorded(inside, participant.id);
        return true;
      });
    },

    move: (id, to, now, recorded) =>
      inOne(async (inside) => {
        const { numUpdatedRows } = await inside
          .updateTable('round')
          .set({ state: to, ...(to === 'closed' ? { closed_at: now } : {}) })
          .where('id', '=', id)
          .where('state', '=', to === 'closing' ? 'open' : 'closing')
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await recorded(inside, id);
        return true;
      }),

    switchRubric: (id, version, criteria, recorded) =>
      inOne(async (inside) => {
        const begun = inside
          .selectFrom('reading')
          .innerJoin('slot', 'slot.id', 'reading.slot')
          .innerJoin('participation', 'participation.id', 'slot.participation')
          .select('reading.id')
          .where('participation.round', '=', id)
          .where('reading.state', '<>', 'destroyed');
        if (await begun.executeTakeFirst()) return false;
        const changed = inside.updateTable('round').set({ rubric_version: version }).where('id', '=', id);
        const { numUpdatedRows } = await changed.where('state', 'in', ['draft', 'open']).executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await writeCriteria(inside, id, criteria);
        await recorded(inside, id);
        return true;
      }),

    async find(id) {
      return (await whole(await kysely.selectFrom('round').selectAll().where('id', '=', id).execute()))[0] ?? null;
    },
    all: async () => whole(await kysely.selectFrom('round').selectAll().orderBy('starts_at', 'desc').execute()),

    async startsOf(people) {
      if (people.length === 0) return new Map();
      const rows = await kysely
        .selectFrom('participation')
        .innerJoin('round', 'round.id', 'participation.round')
        .select(['agent', 'starts_at'])
        .where('agent', 'in', people)
        .where('round.state', '<>', 'draft')
        .execute();
      const starts = Map.groupBy(rows, ({ agent }) => agent);
      return new Map([...starts].map(([agent, found]) => [agent, found.map(({ starts_at }) => starts_at)]));
    }
  };
}

async function addTo(inside: Kysely<Tables>, round: RoundId, participant: Participant, now: Instant): Promise<void> {
  const { id, agent, coach, unit, window, sound, places } = participant;
  await inside
    .insertInto('participation')
    .values({
      id,
      round,
      agent,
      coach,
      coach_to_be: null,
      coach_to_be_from: null,
      unit_id: unit,
      window_n: window,
      sound,
      seq: 0,
      revealed_at: null,
      ended_at: null
    })
    .execute();
  const frame: ParticipationFrame = { id, round, agent, coach, sound, places };
  const opened = { participation: id, seq: 0, kind: OPENED, at: now, actor: 'system', data: JSON.stringify(frame) };
  await inside.insertInto('participation_event').values(opened).execute();
  for (const place of places) await inside.insertInto('slot').values(emptySlot(id, place)).execute();
}
