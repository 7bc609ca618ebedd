import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coachingCity, DAY_MS, ENDS_AT, type CoachingCity } from '../../support/coaching-city.ts';
import { drawn, openedRound, own, revealed, talked } from '../../support/coaching-steps.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let city: CoachingCity;
beforeEach(async () => {
  city = await coachingCity();
  expect((await openedRound(city)).refusal).toBeNull();
  await drawn(city);
});
afterEach(() => city.stop());

const rows = async () =>
  (await city.database.kysely.selectFrom('participation_command').select('command').execute()).length;

test('a look at the clock when nothing is due writes nothing', async () => {
  const before = await rows();
  await city.coaching.tick();
  await city.coaching.tick();
  expect(await rows()).toBe(before);
});

test('a call whose recording is gone is said to be without sound; its words would remain', async () => {
  const { slots } = await own(city, 'amina');
  const kysely = city.database.kysely;
  const { entry } = await kysely
    .selectFrom('slot')
    .select('entry')
    .where('id', '=', slots[0]!.id)
    .executeTakeFirstOrThrow();
  await kysely.updateTable('recording').set({ state: 'deleted', deleted_at: 1 }).where('entry', '=', entry!).execute();
  await city.coaching.tick();
  const sounds = (await own(city, 'amina')).slots.map((slot) => (slot as unknown as { sound: string }).sound);
  expect(sounds).toEqual(['GONE', 'READY', 'READY']);
});

test('another coach takes over after a day, if the agent says nothing', async () => {
  const { id, coach } = await own(city, 'amina');
  const next = coach.id === 'karin' ? 'fatima' : 'karin';
  expect(await city.does('nils', 'ChangeCoach', { id, to: next })).toBeNull();
  await city.coaching.tick();
  expect((await own(city, 'amina')).coach.id).toBe(coach.id);
  city.clock.now += DAY_MS;
  await city.coaching.tick();
  expect((await own(city, 'amina')).coach.id).toBe(next);
});

test('what nobody acknowledges is the agent’s alone after thirty days', async () => {
  const { id, coach } = await talked(city, 'amina');
  city.clock.now += 29 * DAY_MS;
  await city.coaching.tick();
  expect((await own(city, 'amina')).step).toBe('TALKED');
  city.clock.now += DAY_MS;
  await city.coaching.tick();
  expect((await own(city, 'amina')).step).toBe('WITHDRAWN');
  expect((await city.ask(coach, 'Participation', { id })).code).toBe('NOT_FOUND');
});

test('a round closes by itself: at its end nothing more is drawn, and two weeks later it is over', async () => {
  await revealed(city, 'amina');
  const state = async () => (await city.coaching.house.rounds.all())[0]?.state;
  city.clock.now = ENDS_AT;
  await city.coaching.tick();
  expect(await state()).toBe('closing');
  city.clock.now = ENDS_AT + 14 * DAY_MS;
  await city.coaching.tick();
  expect(await state()).toBe('closed');
  expect((await own(city, 'bodil')).step).toBe('WITHDRAWN');
});
