import type { Kysely } from 'kysely';
import type { FactOf } from '../../../domain/coaching/facts.ts';
import { isAcknowledged, type Participation } from '../../../domain/coaching/participation.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Tables } from '../tables.ts';
import { privateAnswerId, type Act } from './act.ts';
import { destroyReading, handIn, readingsIn } from './reading-rows.ts';
import { moveSlots } from './slot-rows.ts';
import { destroyTexts } from './texts.ts';

const DAY_MS = 86_400_000;
/** The private list of a talk that nobody acknowledges is gone this long after the round. */
const PRIVATE_LIST_MS = 30 * DAY_MS;

/**
 * Brings the rows from what a participation was to what the facts made of it. What the fold tells (calls, readings, goal)
 * is written as the difference of the two states, so that rows and fold cannot tell two stories.
 */
export async function writeRows(inside: Kysely<Tables>, act: Act, after: Participation): Promise<void> {
  const { state: before, facts } = act;
  const { id } = before;
  const [was, is] = [readingsIn(before), readingsIn(after)];
  for (const reading of was.keys()) if (!is.has(reading)) await destroyReading(inside, id, reading);
  const closed = await moveSlots(inside, act, after);
  for (const [reading, of] of is) if (!was.has(reading)) await handIn(inside, act, reading, of);
  for (const slot of closed) await forgetPrivateList(inside, id, slot);
  if (isAcknowledged(after)) await forgetPrivateList(inside, id);

  await writeReflection(inside, act, after);
  await writeGoal(inside, before, after);
  for (const fact of facts) {
    if (fact.kind === 'LastWordWritten')
      await inside
        .insertInto('last_word')
        .values({ participation: id, n: fact.n, text_id: fact.text, written_at: fact.at })
        .execute();
    else if (fact.kind === 'MustBeRightNoted') await writePrivateAnswer(inside, act, fact);
    else if (fact.kind === 'TextRedacted') await destroyTexts(inside, id, [fact.text]);
    else if (fact.kind === 'TextsDestroyed' && fact.whose !== 'agent') {
      await forgetPrivateList(inside, id);
      if (fact.whose === 'both') await destroyTexts(inside, id, await everyText(inside, id));
    } else await writeRecord(inside, fact, after);
  }
  if (before.talkAt !== after.talkAt || before.heldAt !== after.heldAt)
    await inside
      .insertInto('talk')
      .values({ participation: id, booked_at: after.talkAt, held_at: after.heldAt })
      .onConflict((conflict) =>
        conflict.column('participation').doUpdateSet({ booked_at: after.talkAt, held_at: after.heldAt })
      )
      .execute();
  await writeFrame(inside, act, after);
}

async function writeFrame(inside: Kysely<Tables>, { state: before, facts }: Act, after: Participation) {
  const revealed = facts.find(({ kind }) => kind === 'ReadingsRevealed');
  await inside
    .updateTable('participation')
    .set({
      ...(after.coach === before.coach ? {} : { coach: after.coach }),
      coach_to_be: after.coachToBe?.coach ?? null,
      coach_to_be_from: after.coachToBe?.from ?? null,
      ended_at: after.end?.at ?? null,
      ...(revealed ? { revealed_at: revealed.at } : {})
    })
    .where('id', '=', after.id)
    .execute();
}

async function writeReflection(inside: Kysely<Tables>, { state: before, command, facts }: Act, after: Participation) {
  const { id } = after;
  if (before.reflection !== after.reflection)
    await inside
      .insertInto('reflection')
      .values({ participation: id, state: after.reflection })
      .onConflict((conflict) => conflict.column('participation').doUpdateSet({ state: after.reflection }))
      .execute();
  const gone = facts.some(
    (fact) => fact.kind === 'ReflectionTakenBack' || (fact.kind === 'TextsDestroyed' && fact.whose !== 'coach')
  );
  if (gone) {
    const answers = inside.selectFrom('reflection_answer').select('text_id').where('participation', '=', id);
    const texts = (await answers.execute()).map(({ text_id }) => text_id);
    await inside.deleteFrom('reflection_answer').where('participation', '=', id).execute();
    await removeTexts(inside, id, texts);
  }
  if (command.kind !== 'handInReflection' || !facts.some(({ kind }) => kind === 'ReflectionHandedIn')) return;
  for (const [at, { path, text }] of command.answers.entries())
    await inside
      .insertInto('reflection_answer')
      .values({ participation: id, n: Number(/^q\/(\d+)$/.exec(path)?.[1] ?? at + 1), text_id: text })
      .execute();
}

/** The words of a goal that another takes the place of go, unless a version of the record still says them. */
async function writeGoal(inside: Kysely<Tables>, before: Participation, after: Participation): Promise<void> {
  if (before.goal === after.goal) return;
  const participation = after.id;
  await inside.deleteFrom('goal').where('participation', '=', participation).execute();
  const { goal } = after;
  if (goal)
    await inside
      .insertInto('goal')
      .values({
        participation,
        version: goal.version,
        criterion: goal.criterion,
        when_id: goal.when,
        try_id: goal.try,
        how_id: goal.how,
        state: goal.agreed ? 'agreed' : 'proposed',
        proposed_by: goal.proposedBy
      })
      .execute();
  if (!before.goal || before.goal.when === goal?.when || before.acknowledged > 0) return;
  const { when, try: attempt, how } = before.goal;
  await removeTexts(inside, participation, how === null ? [when, attempt] : [when, attempt, how]);
}

type RecordFact = FactOf<'RecordAcknowledged' | 'CorrectionOpened' | 'CorrectionDropped' | 'RecordRedacted'>;

async function writeRecord(inside: Kysely<Tables>, fact: Act['facts'][number], after: Participation): Promise<void> {
  const isOfRecord = (one: Act['facts'][number]): one is RecordFact =>
    ['RecordAcknowledged', 'CorrectionOpened', 'CorrectionDropped', 'RecordRedacted'].includes(one.kind);
  if (!isOfRecord(fact)) return;
  const { version, at } = fact;
  const ofVersion = inside.deleteFrom('record').where('participation', '=', after.id).where('version', '=', version);
  await ofVersion.where('acknowledged_at', 'is', null).execute();
  if (fact.kind === 'CorrectionDropped') return;
  const open = fact.kind === 'CorrectionOpened';
  await inside
    .insertInto('record')
    .values({
      participation: after.id,
      version,
      acknowledged_at: open ? null : at,
      snapshot_hash: fact.kind === 'RecordAcknowledged' ? fact.snapshotHash : open ? null : 'redacted',
      criterion: after.goal?.criterion ?? null,
      when_id: after.goal?.when ?? null,
      try_id: after.goal?.try ?? null,
      how_id: after.goal?.how ?? null,
      last_words: after.lastWords
    })
    .execute();
}

async function writePrivateAnswer(inside: Kysely<Tables>, act: Act, { at, slot }: { at: Instant; slot: string }) {
  const { command, commandId, state } = act;
  if (command.kind !== 'answerMustBeRight') return;
  const { point } = command;
  await forgetPrivateList(inside, state.id, slot, point);
  const round = inside.selectFrom('round').select('ends_at').where('id', '=', state.round);
  const { ends_at } = await round.executeTakeFirstOrThrow();
  await inside
    .insertInto('must_be_right')
    .values({
      participation: state.id,
      slot,
      point,
      author: state.coach,
      text_id: privateAnswerId(commandId),
      expires_at: Math.max(ends_at, at) + PRIVATE_LIST_MS
    })
    .execute();
}

/** All of the list, of one call, or one point of it: rows, words and keys. */
async function forgetPrivateList(inside: Kysely<Tables>, participation: string, slot?: string, point?: string) {
  let rows = inside.selectFrom('must_be_right').select(['slot', 'point', 'text_id']);
  rows = rows.where('participation', '=', participation);
  if (slot !== undefined) rows = rows.where('slot', '=', slot);
  const found = (await rows.execute()).filter((row) => point === undefined || row.point === point);
  for (const row of found)
    await inside.deleteFrom('must_be_right').where('slot', '=', row.slot).where('point', '=', row.point).execute();
  await removeTexts(
    inside,
    participation,
    found.map(({ text_id }) => text_id)
  );
}

/** Of every participation: what nobody acknowledged in time. Returns how many points are gone. */
export async function forgetExpired(inside: Kysely<Tables>, now: Instant): Promise<number> {
  const expired = inside.selectFrom('must_be_right').selectAll().where('expires_at', '<=', now);
  const rows = await expired.execute();
  for (const { participation, slot, point } of rows) await forgetPrivateList(inside, participation, slot, point);
  return rows.length;
}

/** Words that nothing refers to any more: not even the empty row stays. */
export async function removeTexts(inside: Kysely<Tables>, participation: string, ids: readonly string[]) {
  if (ids.length === 0) return;
  await destroyTexts(inside, participation, ids);
  await inside.deleteFrom('text_body').where('id', 'in', ids).execute();
}

export async function everyText(inside: Kysely<Tables>, participation: string): Promise<string[]> {
  const rows = inside.selectFrom('text_body').select('id').where('participation', '=', participation);
  return (await rows.execute()).map(({ id }) => id);
}
