import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { ParticipationId, PersonId, RoundId } from '../../../domain/coaching/level.ts';
import { evolve } from '../../../domain/coaching/evolve.ts';
import { step, type Participation, type Step } from '../../../domain/coaching/participation.ts';
import { byName } from '../../../domain/person.ts';
import type { Instant } from '../../../domain/time.ts';
import type { KeyStore } from '../../keys/key-store.ts';
import type { Recorded } from '../announcements.ts';
import type { Database } from '../database.ts';
import type { Tables } from '../tables.ts';
import { actorName, newWords, type Act } from './act.ts';
import { everyText, forgetExpired, writeRows } from './act-rows.ts';
import { eraseRows } from './erasing.ts';
import { eventRows, folded } from './folded.ts';
import { destroyDueKeys, destroyTexts, lockedTexts } from './texts.ts';

export type Appended =
  | { outcome: 'written'; state: Participation }
  /** The same command was answered before: nothing was written. */
  | { outcome: 'replayed'; answer: string }
  /** Somebody else acted since `state` was read: read again and decide once more. */
  | { outcome: 'stale' };
/** One of a coach's own, for their plan. */
export interface Coached {
  state: Participation;
  agent: { id: PersonId; name: string };
}

export interface StoredParticipations {
  /** Whatever its state; whoever asks has been let through already, or is the machine itself. */
  load(id: ParticipationId): Promise<Participation | null>;
  /** Of one of the two whose it is: the agent always, the coach of today until it has ended. Null for everybody else. */
  loadFor(person: PersonId, id: ParticipationId): Promise<Participation | null>;
  /** Which participation a slot is of, for sound and drafts, which know the slot. */
  ofSlot(slot: string): Promise<ParticipationId | null>;
  /** A person's own, the latest round first. */
  ofAgent(agent: PersonId): Promise<Participation[]>;
  /** Those that a coach has today, by name and by nothing else. */
  ofCoach(coach: PersonId): Promise<Coached[]>;
  /** Ids and steps and nothing else, in the order of the ids, which tells nothing. */
  steps(round: RoundId): Promise<{ id: ParticipationId; unit: string | null; step: Step }[]>;
  /** Those in which the clock may have something to do: of rounds that are not closed, or ended ones with words left. */
  underWay(): Promise<ParticipationId[]>;
  /** What this actor's command was answered with; null when it is new. */
  answered(id: ParticipationId, commandId: string, actor: Act['actor']): Promise<string | null>;
  /** Facts, rows, words and what `recorded` writes: all of it, or nothing. */
  append(act: Act, recorded: Recorded): Promise<Appended>;
  /** Every word becomes unreadable, in every backup too, and every row goes. False when there is no such thing. */
  erase(id: ParticipationId, recorded: Recorded): Promise<boolean>;
  /** Takes away what the private list still holds past its time, and destroys keys that a crash left. */
  tidy(now: Instant): Promise<{ expired: number; keys: number }>;
}

/** Somebody else acted since the state was read: the transaction is undone. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Whether the participation is this person's to open: their own, or one they coach today and do not lead. */
const isOneOf = (person: PersonId) => (query: ExpressionBuilder<Tables, 'participation'>) =>
  query.or([query('agent', '=', person), query.and([query('coach', '=', person), ...coachToday(query)])]);

/** A coach who has come to lead the agent since, or whose participation has ended, is nobody here. */
export function coachToday(query: ExpressionBuilder<Tables, 'participation'>): Expression<SqlBool>[] {
  const leads = query
    .selectFrom('person_role')
    .innerJoin('person_unit as led', 'led.person_id', 'person_role.person_id')
    .innerJoin('person_unit as own', 'own.unit_id', 'led.unit_id')
    .select('person_role.role')
    .where('person_role.role', '=', 'leader')
    .whereRef('person_role.person_id', '=', 'participation.coach')
    .whereRef('own.person_id', '=', 'participation.agent');
  return [query('participation.ended_at', 'is', null), query.not(query.exists(leads))];
}

export async function openParticipations({ kysely }: Database, keys: KeyStore): Promise<StoredParticipations> {
  const texts = lockedTexts(keys);
  await destroyDueKeys(kysely, keys);

  const statesOf = async (rows: { id: string }[]): Promise<Participation[]> => {
    const states = await folded(
      kysely,
      rows.map(({ id }) => id)
    );
    return rows.flatMap(({ id }) => states.get(id) ?? []);
  };
  const answeredTo = (id: ParticipationId, commandId: string) =>
    kysely
      .selectFrom('participation_command')
      .selectAll()
      .where('participation', '=', id)
      .where('command', '=', commandId);

  const self: StoredParticipations = {
    load: async (id) => (await folded(kysely, [id])).get(id) ?? null,

    async loadFor(person, id) {
      const rows = kysely.selectFrom('participation').select('id').where('id', '=', id).where(isOneOf(person));
      return (await statesOf(await rows.execute()))[0] ?? null;
    },

    async ofSlot(slot) {
      const row = kysely.selectFrom('slot').select('participation').where('id', '=', slot);
      return (await row.executeTakeFirst())?.participation ?? null;
    },

    async ofAgent(agent) {
      const rows = kysely
        .selectFrom('participation')
        .innerJoin('round', 'round.id', 'participation.round')
        .select('participation.id')
        .where('agent', '=', agent)
        .where('round.state', '<>', 'draft')
        .orderBy('round.starts_at', 'desc');
      return statesOf(await rows.execute());
    },

    async ofCoach(coach) {
      const rows = await kysely
        .selectFrom('participation')
        .innerJoin('person', 'person.id', 'participation.agent')
        .innerJoin('round', 'round.id', 'participation.round')
        .select(['participation.id', 'person.id as agent', 'person.name'])
        .where('coach', '=', coach)
        .where('round.state', 'in', ['open', 'closing'])
        .where((query) => query.and(coachToday(query as unknown as ExpressionBuilder<Tables, 'participation'>)))
        .execute();
      const states = await folded(
        kysely,
        rows.map(({ id }) => id)
      );
      return rows.sort(byName).flatMap(({ id, agent, name }) => {
        const state = states.get(id);
        return state ? [{ state, agent: { id: agent, name } }] : [];
      });
    },

    async steps(round) {
      const rows = kysely.selectFrom('participation').select(['id', 'unit_id as unit']).where('round', '=', round);
      const found = await rows.orderBy('id').execute();
      const states = await folded(
        kysely,
        found.map(({ id }) => id)
      );
      return found.map(({ id, unit }) => ({ id, unit, step: step(states.get(id)!) }));
    },

    async underWay() {
      const rows = kysely
        .selectFrom('participation')
        .innerJoin('round', 'round.id', 'participation.round')
        .select('participation.id')
        .where((query) =>
          query.or([
            query('round.state', 'in', ['open', 'closing']),
            query.and([
              query('participation.ended_at', 'is not', null),
              query.exists(
                query
                  .selectFrom('text_body')
                  .select('text_body.id')
                  .whereRef('text_body.participation', '=', 'participation.id')
                  .where('ciphertext', 'is not', null)
              )
            ])
          ])
        );
      return (await rows.execute()).map(({ id }) => id);
    },

    async answered(id, commandId, actor) {
      const row = await answeredTo(id, commandId).where('actor', '=', actorName(actor)).executeTakeFirst();
      return row?.answer ?? null;
    },

    async append(act, recorded) {
      const { state, facts, commandId, actor, answer } = act;
      const { id } = state;
      const before = await self.answered(id, commandId, actor);
      if (before !== null) return { outcome: 'replayed', answer: before };
      const after = facts.reduce(evolve, state);
      // Before the transaction: a key without a text harms nobody, a text without a key is lost.
      const bodies = texts.lock(id, newWords(act));
      const written = await kysely
        .transaction()
        .execute(async (inside) => {
          // First: where this id is taken nothing else may have been written when the transaction ends.
          const { numInsertedOrUpdatedRows: isNew } = await inside
            .insertInto('participation_command')
            .values({ participation: id, command: commandId, actor: actorName(actor), answer })
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst();
          if (!isNew) return false;
          const { numUpdatedRows } = await inside
            .updateTable('participation')
            .set({ seq: after.seq })
            .where('id', '=', id)
            .where('seq', '=', state.seq)
            .executeTakeFirst();
          // Thrown, so that the id is not taken by what was never written.
          if (numUpdatedRows === 0n) throw new Overtaken(id);
          for (const row of eventRows(id, state.seq, facts, actorName(actor)))
            await inside.insertInto('participation_event').values(row).execute();
          for (const [text, ciphertext] of bodies)
            await inside.insertInto('text_body').values({ id: text, participation: id, ciphertext }).execute();
          await writeRows(inside, act, after);
          await recorded(inside, id);
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof Overtaken) return false;
          throw error;
        });
      if (!written) {
        const meanwhile = await self.answered(id, commandId, actor);
        return meanwhile === null ? { outcome: 'stale' } : { outcome: 'replayed', answer: meanwhile };
      }
      await destroyDueKeys(kysely, keys);
      return { outcome: 'written', state: after };
    },

    async erase(id, recorded) {
      const erased = await kysely.transaction().execute(async (inside) => {
        const marked = inside.updateTable('participation').set({ erased: 1 }).where('id', '=', id);
        if ((await marked.executeTakeFirst()).numUpdatedRows === 0n) return false;
        await destroyTexts(inside, id, await everyText(inside, id));
        await inside.insertInto('key_to_destroy').values({ kind: 'text', id }).execute();
        await eraseRows(inside, id);
        await recorded(inside, id);
        return true;
      });
      if (erased) await destroyDueKeys(kysely, keys);
      return erased;
    },

    async tidy(now) {
      const expired = await kysely.transaction().execute((inside) => forgetExpired(inside, now));
      return { expired, keys: await destroyDueKeys(kysely, keys) };
    }
  };
  return self;
}
