import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src/lib/server/store/database.ts';
import { printedSchema } from '../../../src/lib/server/store/schema.ts';

test('schema/database.sql is what the migrations make; if not, run `npm run schema`', async () => {
  expect(readFileSync('schema/database.sql', 'utf8')).toBe(await printedSchema());
});

/**
 * Where something that stands for a person meets an instant, and why that is no diary of anybody's days. A new pair
 * needs its reason here, and the reader's consent that it is a good one.
 */
const pairsThatMayStand: Record<string, string> = {
  entry: 'the agent is a token, new each month, and nobody once its row is gone; the caller likewise after eight days',
  agent_token: 'only the month in which a token holds; the row is deleted 45 days after it',
  caller_token: 'an HMAC and the eight days of its life; then the row is deleted',
  person: 'when the account was made and closed, not what anybody did',
  session: 'how long a sign-in lasts; the row goes with it',
  invitation: 'when a link was made and used, so that it works once and for three days; not what anybody did',
  person_agent: 'from when until when a telephone was whose, which erasing a person takes away; nothing of calls',
  person_strip: 'the quiet hours that a person asked for: a wish, not a day that was',
  round: 'when a round of many people begins and ends: `calls_per_agent` is a figure of the round, the same for all',
  participation: 'that somebody is in a round, and when both had handed in or it ended: the two know, nobody else asks',
  must_be_right: 'when the private list is gone at the latest',
  listening: 'that somebody listened to a call, for the one whose call it is: not how long, and of nobody else',
  recording_queue: 'when it was decided that a queue may be recorded; `caller_notice` is what callers are told'
};
const PERSON = /(^|_)(person|agent|caller|coach|email|hmac|member|user|author)(_|$)|^key$/;
const INSTANT = /(^|_)(at|since|until|day|month|start|date)$/;

test('no table ties a person to an instant, but for those whose reason is told', async () => {
  const database = await openDatabase(':memory:');
  const tables = await database.kysely.introspection.getTables();
  await database.close();
  const pairs = tables.filter(({ name, columns }) => {
    const names = columns.map((column) => column.name);
    // A table about people ties them to its instants even where no column says so.
    return (
      (PERSON.test(name) || names.some((column) => PERSON.test(column))) && names.some((column) => INSTANT.test(column))
    );
  });
  expect(pairs.map(({ name }) => name).sort()).toEqual(Object.keys(pairsThatMayStand).sort());
});

/** A column whose name only sounds like it. */
const soundsLikeIt: Record<string, string> = {
  'rubric_version.number': 'versions of the rubric count from 1',
  'screen_pairing.device_hash': 'the secret of a television that waits to be paired, hashed: not a telephone'
};

test("no column keeps a caller's number, a pause or what an agent was doing", async () => {
  const database = await openDatabase(':memory:');
  const tables = await database.kysely.introspection.getTables();
  await database.close();
  const columns = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
  expect(columns.length).toBeGreaterThan(80);
  expect(columns.filter((column) => /number|phone|callerid|pause|device|label|extension/.test(column))).toEqual(
    Object.keys(soundsLikeIt)
  );
});
