import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { coachingCity, CRITERIA, type CoachingCity } from '../../../support/coaching-city.ts';
import {
  acknowledged,
  drawn,
  openedRound,
  own,
  readingFields,
  reads,
  seenBy
} from '../../../support/coaching-steps.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import type { hashes } from '../../../../src/lib/operations/hashes.ts';

// Each step is a request, on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let city: CoachingCity;
const seed = Number(process.env.SEED ?? 20270111);
beforeAll(async () => {
  city = await coachingCity();
  expect((await openedRound(city)).refusal).toBeNull();
  await drawn(city);
});
afterAll(() => city.stop());

describe('before both are in, what one has written makes no difference to what the other is answered', () => {
  const random = seededRandom(seed);
  const content = (): Record<string, string> => ({
    ...(readingFields(`${random()}`) as Record<string, string>),
    'strength/a/momentMs': String(Math.floor(random() * 200_000)),
    'strength/a/criterion': CRITERIA[Math.floor(random() * CRITERIA.length)]!,
    ...Object.fromEntries(
      CRITERIA.flatMap((criterion) => [
        [`level/${criterion}`, ['1', '2', '3', '4', 'not-applicable'][Math.floor(random() * 5)]!],
        [`level/${criterion}/momentMs`, '9000']
      ])
    )
  });

  test(`the coach reads, takes back and reads otherwise: the agent is answered with the same bytes (seed ${seed})`, async () => {
    const { id, coach, slots } = await own(city, 'amina');
    const answers: string[] = [];
    for (let n = 0; n < 4; n++) {
      for (const { id: slot } of slots) expect(await reads(city, coach.id, id, slot, content())).toBeNull();
      answers.push((await city.ask('amina', 'Participation', { id })).text);
      answers.push((await city.ask('amina', 'OwnDevelopment')).text);
      for (const { id: slot } of slots)
        expect(await city.does(coach.id, 'TakeBackReading', { participation: id, slot })).toBeNull();
      await city.writes(coach.id, `goal/${id}`, { 'goal/when': `${random()}`, 'goal/try': `${random()}` });
    }
    expect(new Set(answers.filter((_, at) => at % 2 === 0)).size).toBe(1);
    expect(new Set(answers.filter((_, at) => at % 2 === 1)).size).toBe(1);
    // The control: to the one who wrote it, it does make a difference.
    expect(await reads(city, coach.id, id, slots[0]!.id, content())).toBeNull();
    const [one, other] = [
      await city.ask(coach.id, 'Participation', { id }),
      (await city.does(coach.id, 'TakeBackReading', { participation: id, slot: slots[0]!.id }),
      await city.ask(coach.id, 'Participation', { id }))
    ];
    expect(one.text).not.toBe(other.text);
  });

  test(`the agent reflects, takes back and reflects otherwise: the coach is answered with the same bytes (seed ${seed})`, async () => {
    const { id, coach, slots } = await own(city, 'bodil');
    const answers: string[] = [];
    for (let n = 0; n < 4; n++) {
      const seen = [
        await city.writes('bodil', `reflection/${id}`, { 'q/1': `Tanke ${random()}`, 'q/2': `${random()}` }),
        await city.writes('bodil', `reading/${slots[0]!.id}`, content()),
        await city.writes('bodil', `reading/${slots[1]!.id}`, content())
      ];
      expect(await city.does('bodil', 'HandInReflection', { participation: id, seen })).toBeNull();
      answers.push((await city.ask(coach.id, 'Participation', { id })).text);
      expect((await city.ask('bodil', 'Participation', { id })).text).toContain('Tanke');
      expect(await city.does('bodil', 'TakeBackReflection', { participation: id })).toBeNull();
    }
    expect(new Set(answers).size).toBe(1);
  });
});

describe('a command that is sent again', () => {
  test('is answered as it was, and changes nothing', async () => {
    const { id, slots } = await own(city, 'carl');
    const commandId = randomUUID();
    const withdraw = () => city.ask('carl', 'WithdrawCall', { participation: id, slot: slots[0]!.id, commandId });
    const first = await withdraw();
    const [after, rows] = [await own(city, 'carl'), await events(id)];
    expect((await withdraw()).text).toBe(first.text);
    expect(await own(city, 'carl')).toEqual(after);
    expect(await events(id)).toBe(rows);
    expect(after.slots[0]!.id).not.toBe(slots[0]!.id);
  });

  test('at the same time by both of the two ends in one of the orders, and loses neither', async () => {
    const { id, coach } = await own(city, 'doris');
    const at = (day: number) => new Date(city.clock.now + day * 86_400_000).toISOString();
    const both = await Promise.all([
      city.does('doris', 'BookTalk', { participation: id, at: at(3) }),
      city.does(coach.id, 'BookTalk', { participation: id, at: at(4) })
    ]);
    expect(both).toEqual([null, null]);
    const kinds = await city.database.kysely
      .selectFrom('participation_event')
      .select('kind')
      .where('participation', '=', id)
      .where('kind', '=', 'TalkBooked')
      .execute();
    expect(kinds).toHaveLength(2);
  });
});

describe('an id of a command that the other has used', () => {
  test('does nothing, and stands in the way of nothing that follows', async () => {
    const { id, coach } = await own(city, 'hugo');
    const at = new Date(city.clock.now + 86_400_000).toISOString();
    expect(await city.does(coach.id, 'BookTalk', { participation: id, at, commandId: 'shared' })).toBeNull();
    expect(await city.does('hugo', 'BookTalk', { participation: id, at, commandId: 'shared' })).toBe('STALE');
    expect(await city.does('hugo', 'BookTalk', { participation: id, at })).toBeNull();
    expect(await city.does(coach.id, 'BookTalk', { participation: id, at })).toBeNull();
  });
});

const events = async (id: string): Promise<number> =>
  (await city.database.kysely.selectFrom('participation_event').selectAll().where('participation', '=', id).execute())
    .length;

describe('every id, in the hands of everybody else', () => {
  test(
    'is answered byte for byte as an id that is not there, and nothing is changed',
    { timeout: 60_000 },
    async () => {
      const { id } = await acknowledged(city, 'elin');
      await city.does('elin', 'WritePractice', { participation: id, text: 'Prövade två gånger.' });
      await city.does('elin', 'AskForHelp', { participation: id, text: 'Tid.', to: 'LEADER' });
      const mine = (await seenBy(city, 'elin', id))!;
      const [slot, entry, help] = [mine.slots[0]!.id, mine.practice[0]!.id, mine.help[0]!.id];
      const before = [JSON.stringify(mine), await events(id)];
      const none = '00000000-0000-4000-8000-000000000000';
      type Asked = [name: keyof typeof hashes, of: (known: boolean) => Record<string, unknown>];
      const command =
        (extra: (known: boolean) => Record<string, unknown> = () => ({})) =>
        (known: boolean) => ({
          participation: known ? id : none,
          commandId: 'theirs',
          ...extra(known)
        });
      const onSlot = (known: boolean) => ({ slot: known ? slot : none });
      const asked: Asked[] = [
        ['Participation', (known) => ({ id: known ? id : none })],
        ['CallChoices', (known) => ({ id: known ? id : none })],
        ['Draft', (known) => ({ subject: `reading/${known ? slot : none}` })],
        ['Draft', (known) => ({ subject: `last-word/${known ? id : none}` })],
        ['WithdrawCall', command(onSlot)],
        ['ChooseCall', command((known) => ({ ...onSlot(known), call: 'x' }))],
        ['HandInReading', command((known) => ({ ...onSlot(known), seen: [] }))],
        ['TakeBackReading', command(onSlot)],
        ['HandInReflection', command(() => ({ seen: [] }))],
        ['AnswerMustBeRight', command((known) => ({ ...onSlot(known), point: 'FACTS', answer: 'WAS_RIGHT' }))],
        ['BookTalk', command(() => ({ at: new Date(city.clock.now).toISOString() }))],
        ['ProposeGoal', command(() => ({ criterion: 'presence', when: 'a', try: 'b' }))],
        ['AgreeGoal', command(() => ({ version: 1 }))],
        ['HoldTalk', command()],
        ['WriteLastWord', command(() => ({ text: 'x' }))],
        ['Acknowledge', command(() => ({ version: 1 }))],
        ['OpenCorrection', command()],
        ['LeaveRound', command()],
        ['KeepTexts', command()],
        ['DeleteTexts', command()],
        ['ShareEarlier', command(() => ({ shared: true }))],
        ['SharePractice', command((known) => ({ entry: known ? entry : none, shared: true }))],
        ['DeletePractice', command((known) => ({ entry: known ? entry : none }))],
        ['ReleaseHelp', command((known) => ({ help: known ? help : none }))],
        ['WritePractice', command(() => ({ text: 'x' }))]
      ];
      const coach = mine.coach.id;
      const strangers = ['farid', 'kalle', 'maria', 'lisa', 'hanna', 'karin', 'fatima', 'leo'].filter(
        (who) => who !== coach
      );
      for (const who of strangers)
        for (const [name, of] of asked) {
          const [known, unknown] = [await city.ask(who, name, of(true)), await city.ask(who, name, of(false))];
          expect(known.text, `${who} ${name}`).toBe(unknown.text);
          expect(known.text, `${who} ${name}`).toMatch(/NOT_FOUND/);
        }
      expect([JSON.stringify(await seenBy(city, 'elin', id)), await events(id)]).toEqual(before);
    }
  );

  test('one’s own ids in another’s participation open nothing either', async () => {
    const [mine, theirs] = [await own(city, 'farid'), await own(city, 'greta')];
    const slot = theirs.slots[0]!.id;
    expect(await city.does('farid', 'WithdrawCall', { participation: mine.id, slot })).toBe('NOT_FOUND');
    const { practice } = await own(city, 'elin');
    const entry = practice[0]!.id;
    expect(await city.does('farid', 'SharePractice', { participation: mine.id, entry, shared: true })).toBe(
      'NOT_FOUND'
    );
    expect(await city.does('farid', 'DeletePractice', { participation: mine.id, entry })).toBe('NOT_FOUND');
    expect((await own(city, 'elin')).practice).toHaveLength(1);
  });
});
