import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { holdsIdentityNumber, letters } from '../../domain/coaching/reading.ts';
import { step, type Participation } from '../../domain/coaching/participation.ts';
import type { Outcome, Wish } from '../graphql/coaching/commands.ts';
import type { HelpView, PracticeEntryView } from '../graphql/coaching/views.ts';
import { removeTexts } from '../store/coaching/act-rows.ts';
import { destroyDueKeys, lockedTexts, textKeyId } from '../store/coaching/texts.ts';
import type { Tables } from '../store/tables.ts';
import type { Admitted } from './admitting.ts';
import { startBeside, stopBeside } from './beside.ts';
import type { CoachingHouse } from './house.ts';
import type { MachineWish } from './preparing.ts';

export type BetweenWish = Exclude<Wish, MachineWish>;
const TEXT_LETTERS_MOST = 2_000;
const done: Outcome = { refusal: null };
const refused = (code: NonNullable<Outcome['refusal']>['code']): Outcome => ({ refusal: { code } });

/** What stands beside the machine: the practice log, wishes, help, and listening side by side. */
export async function carryBetween(
  house: CoachingHouse,
  { state, side }: Admitted,
  commandId: string,
  wish: BetweenWish
): Promise<Outcome> {
  const { db, now } = house;
  const agent = side === 'agent';
  switch (wish.kind) {
    case 'start-beside':
    case 'stop-beside': {
      if (!agent || state.sound !== 'beside') return refused('not-found');
      if (!state.places.some(({ slot }) => slot === wish.slot)) return refused('not-found');
      await (wish.kind === 'start-beside' ? startBeside : stopBeside)(db, wish.slot, now());
      return done;
    }
    case 'wish-another-coach':
      return agent ? wished(db, state, 'another-coach', wish.wishes) : refused('not-found');
    case 'share-earlier':
      if (!agent) return refused('not-found');
      return state.revealed ? wished(db, state, 'share', wish.shared) : refused('not-both-in');
    case 'ask-correction':
      if (!agent) return refused('not-found');
      return step(state) === 'acknowledged' ? wished(db, state, 'correction', true) : refused('not-acknowledged');
    case 'write-practice':
      return agent ? write(house, state, commandId, wish.text, practiceRow(now())) : refused('not-found');
    case 'ask-help':
      return write(house, state, commandId, wish.text, helpRow(wish.to));
    case 'share-practice': {
      if (!agent) return refused('not-found');
      const changed = await db
        .updateTable('practice_entry')
        .set({ shared: wish.shared ? 1 : 0 })
        .where('id', '=', wish.entry)
        .where('participation', '=', state.id)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n ? done : refused('not-found');
    }
    case 'delete-practice':
      return agent ? forget(house, state, wish.entry) : refused('not-found');
    case 'release-help':
      return agent ? release(house, state, wish.help) : refused('not-found');
  }
}

async function wished(
  db: Kysely<Tables>,
  { id }: Participation,
  kind: 'another-coach' | 'correction' | 'share',
  wishes: boolean
): Promise<Outcome> {
  if (wishes)
    await db
      .insertInto('participation_wish')
      .values({ participation: id, kind })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else await db.deleteFrom('participation_wish').where('participation', '=', id).where('kind', '=', kind).execute();
  return done;
}

type NewRow = (inside: Kysely<Tables>, at: { id: string; participation: string; text_id: string }) => Promise<unknown>;
const practiceRow =
  (written_at: number): NewRow =>
  (inside, at) =>
    inside
      .insertInto('practice_entry')
      .values({ ...at, written_at, shared: 0 })
      .execute();
const helpRow =
  (receiver: HelpView['to']): NewRow =>
  (inside, at) =>
    inside
      .insertInto('help_request')
      .values({ ...at, receiver, released: 0 })
      .execute();

/** The command's id is the row's: sent again, it is there already. */
async function write(
  { db, keys, now }: CoachingHouse,
  { id }: Participation,
  commandId: string,
  text: string,
  row: NewRow
): Promise<Outcome> {
  const words = text.trim();
  if (letters(words) === 0) return refused('no-text');
  if (letters(words) > TEXT_LETTERS_MOST) return { refusal: { code: 'too-long', most: TEXT_LETTERS_MOST } };
  if (holdsIdentityNumber(words, now())) return { refusal: { code: 'identity-number', path: 'text' } };
  const text_id = `own-${id}-${commandId}`;
  const there = await db.selectFrom('text_body').select('id').where('id', '=', text_id).executeTakeFirst();
  if (there || keys.has('text', textKeyId(id, text_id))) return done;
  const ciphertext = lockedTexts(keys)
    .lock(id, [{ id: text_id, words }])
    .get(text_id)!;
  await db.transaction().execute(async (inside) => {
    await inside.insertInto('text_body').values({ id: text_id, participation: id, ciphertext }).execute();
    await row(inside, { id: randomUUID(), participation: id, text_id });
  });
  return done;
}

async function forget({ db, keys }: CoachingHouse, { id }: Participation, entry: string): Promise<Outcome> {
  const gone = await db.transaction().execute(async (inside) => {
    const row = await inside
      .deleteFrom('practice_entry')
      .where('id', '=', entry)
      .where('participation', '=', id)
      .returning('text_id')
      .executeTakeFirst();
    if (row) await removeTexts(inside, id, [row.text_id]);
    return row !== undefined;
  });
  await destroyDueKeys(db, keys);
  return gone ? done : refused('not-found');
}

/** The words under a new id and a new key, so that nothing leads back to the talk or to the one who asks. */
async function release({ db, keys }: CoachingHouse, { id }: Participation, help: string): Promise<Outcome> {
  const row = await db
    .selectFrom('help_request')
    .innerJoin('text_body', 'text_body.id', 'help_request.text_id')
    .innerJoin('participation', 'participation.id', 'help_request.participation')
    .selectAll('text_body')
    .select(['receiver', 'unit_id', 'released'])
    .where('help_request.id', '=', help)
    .where('help_request.participation', '=', id)
    .executeTakeFirst();
  if (!row) return refused('not-found');
  const words = lockedTexts(keys).open(row);
  if (row.released === 1 || words === null) return done;
  const own = randomUUID();
  const texts = lockedTexts(keys);
  texts.begin(`help ${own}`);
  const ciphertext = texts.lock(`help ${own}`, [{ id: own, words }]).get(own)!;
  await db.transaction().execute(async (inside) => {
    await inside.updateTable('help_request').set({ released: 1 }).where('id', '=', help).execute();
    await inside
      .insertInto('released_help')
      .values({ id: own, receiver: row.receiver, unit_id: row.unit_id, ciphertext })
      .execute();
  });
  return done;
}

/** What of it the one who looks may see: the agent all, the coach what is shared and what was asked in the talk. */
export async function besideContents(
  { db, keys }: CoachingHouse,
  { state, side, shared }: Admitted
): Promise<{ practice: PracticeEntryView[]; help: HelpView[]; wishes: ReadonlySet<string> }> {
  const texts = lockedTexts(keys);
  let entries = db
    .selectFrom('practice_entry')
    .innerJoin('text_body', 'text_body.id', 'practice_entry.text_id')
    .selectAll('text_body')
    .select(['practice_entry.id as entry', 'written_at', 'shared'])
    .where('practice_entry.participation', '=', state.id);
  if (side === 'coach') entries = entries.where('shared', '=', 1);
  const asked = db
    .selectFrom('help_request')
    .innerJoin('text_body', 'text_body.id', 'help_request.text_id')
    .selectAll('text_body')
    .select(['help_request.id as help', 'receiver', 'released'])
    .where('help_request.participation', '=', state.id)
    .orderBy('help_request.id');
  const wishes = db.selectFrom('participation_wish').select('kind').where('participation', '=', state.id);
  return {
    practice: (await entries.orderBy('written_at', 'desc').execute()).flatMap(({ entry, written_at, ...row }) => {
      const text = texts.open(row);
      return text === null ? [] : [{ id: entry, text, writtenAt: written_at, shared: row.shared === 1 }];
    }),
    help: shared
      ? []
      : (await asked.execute()).flatMap(({ help, receiver, released, ...row }) => {
          const text = texts.open(row);
          return text === null ? [] : [{ id: help, text, to: receiver, released: released === 1 }];
        }),
    wishes: new Set((await wishes.execute()).map(({ kind }) => kind))
  };
}
