import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyRound } from '../../../src/lib/server/coaching/verifying.ts';
import { coachingCity, DAY_MS, type CoachingCity } from '../../support/coaching-city.ts';
import { drawn, openedRound, own } from '../../support/coaching-steps.ts';

let city: CoachingCity;
let round: string;
beforeEach(async () => {
  city = await coachingCity();
  round = (await openedRound(city)).id;
  await drawn(city);
  const { id, slots } = await own(city, 'amina');
  await city.does('amina', 'WithdrawCall', { participation: id, slot: slots[0]!.id });
});
afterEach(() => city.stop());

const verified = async () => verifyRound(city.database.kysely, (await city.coaching.house.rounds.find(round))!);
const verdicts = async () => [...new Set((await verified()).draws.map(({ verdict }) => verdict))].sort();

test('every draw is the same when it is made once more, also the one after a withdrawal', async () => {
  const { committed, inOrder, draws } = await verified();
  expect([committed, inOrder, draws.length]).toEqual([true, true, 14 * 3 + 1]);
  expect(await verdicts()).toEqual(['as-drawn']);
});

test('recordings that came in or were deleted since change nothing', async () => {
  await city.database.kysely
    .updateTable('recording')
    .set({ state: 'deleted', deleted_at: city.clock.now + DAY_MS })
    .execute();
  expect(await verdicts()).toEqual(['as-drawn']);
});

test('a call that was put in by hand is found', async () => {
  const { kysely } = city.database;
  const { entry } = await kysely.selectFrom('draw').select('entry').where('n', '=', 2).executeTakeFirstOrThrow();
  await kysely.updateTable('draw').set({ entry }).where('n', '=', 1).where('draw_no', '=', 0).execute();
  expect(await verdicts()).toEqual(['as-drawn', 'other-call']);
});

test('another secret than was said at the opening is found', async () => {
  await city.database.kysely
    .updateTable('secret')
    .set({ value: 'ab'.repeat(32) })
    .where('name', '=', `round ${round}`)
    .execute();
  expect((await verified()).committed).toBe(false);
});

test('a place that was drawn once more than its call was withdrawn is found', async () => {
  const { kysely } = city.database;
  const row = await kysely.selectFrom('draw').selectAll().where('n', '=', 2).executeTakeFirstOrThrow();
  await kysely
    .insertInto('draw')
    .values({ ...row, draw_no: 2 })
    .execute();
  expect((await verified()).inOrder).toBe(false);
});

test('what the log no longer explains is too old to be drawn again', async () => {
  await city.database.kysely.deleteFrom('agent_token').execute();
  expect(await verdicts()).toEqual(['other-pool']);
});
