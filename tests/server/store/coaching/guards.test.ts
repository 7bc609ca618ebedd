import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasesForTests } from '../../../support/databases.ts';
import {
  acknowledged,
  AGENTS,
  call,
  centreAt,
  DAY_MS,
  does,
  OPENED_AT,
  opening,
  participant,
  plan,
  recorded,
  roundAt,
  STARTS_AT,
  system,
  WINDOW,
  type OpenRound
} from '../../../support/coaching-round.ts';
import { openKeyStore } from '../../../../src/lib/server/keys/key-store.ts';
import { openRounds } from '../../../../src/lib/server/store/coaching/rounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-guards-'));
const closers: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`by hand, past all of our code, ${name} refuses`, { timeout: 60_000 }, () => {
    let at: OpenRound;
    const run = (statement: string) => sql.raw(statement).execute(at.database.kysely);
    const refuses = (statement: string, why: RegExp) => expect(run(statement)).rejects.toThrow(why);
    const draft = (id: string, slot: string, role = 'coach') =>
      run(`insert into reading (id, slot, author, role, rubric_version, state)
        values ('${id}', '${slot}', 'karin', '${role}', 'rubric-3', 'draft')`);
    const strength = (reading: string, n: number, moment = n * 1000) =>
      run(`insert into strength (id, reading, criterion, moment_ms, text_id, chars)
        values ('${reading}-${n}', '${reading}', 'presence', ${moment}, 'coach-1-text-1', 40)`);
    const levels = (reading: string) =>
      run(`insert into reading_level (reading, criterion, level, moment_ms)
        select '${reading}', criterion, 3, null from round_criterion where round = 'host'`);
    const handIn = (reading: string) => `update reading set state = 'in' where id = '${reading}'`;

    beforeAll(async () => {
      at = await roundAt(await location(), folder);
      closers.push(() => at.database.close());
      await acknowledged(at);
      const drawn = [1, 2].map((n) => ({ slot: `host-elin-${n}`, call: call(`e${n + 2}`) }));
      await does(at, system, { kind: 'drawSample' }, { drawn }, 'host-elin');
    });

    test('a review without two timed strengths, a level for everything, or with a moment outside the call', async () => {
      await draft('r1', 'host-elin-1');
      await levels('r1');
      await strength('r1', 1);
      await refuses(handIn('r1'), /two-strengths/);
      await refuses(
        `insert into strength (id, reading, criterion, moment_ms, text_id, chars)
          values ('again', 'r1', 'presence', 1000, 'coach-1-text-1', 40)`,
        /unique/i
      );
      await refuses(
        `insert into strength (id, reading, criterion, moment_ms, text_id, chars)
          values ('untimed', 'r1', 'presence', null, 'coach-1-text-1', 40)`,
        /null/i
      );
      await strength('r1', 2, 600_001);
      await refuses(handIn('r1'), /moment-outside/);
      await run(`update strength set moment_ms = 600000 where id = 'r1-2'`);
      await run(`delete from reading_level where reading = 'r1' and criterion = 'closing'`);
      await refuses(handIn('r1'), /level-missing/);
      await refuses(
        `insert into reading_level (reading, criterion, level, moment_ms) values ('r1', 'closing', 1, null)`,
        /reading_level_moment|check/i
      );
      await run(`insert into reading_level (reading, criterion, level, moment_ms) values ('r1', 'closing', 1, 5)`);
      await run(handIn('r1'));
      await refuses(
        `insert into reading (id, slot, author, role, rubric_version, state)
          values ('r2', 'host-elin-2', 'karin', 'coach', 'rubric-3', 'in')`,
        /handed in, not put in/
      );
    });

    test('to alter, add to or remove anything of what is handed in', async () => {
      await refuses(`update strength set moment_ms = 7 where id = 'coach-1-strength-1'`, /already-in/);
      await refuses(`delete from strength where id = 'coach-1-strength-1'`, /already-in/);
      await refuses(`update reading_level set level = 1, moment_ms = 1 where reading = 'coach-1'`, /already-in/);
      await refuses(`delete from reading_level where reading = 'coach-1'`, /already-in/);
      await expect(strength('coach-1', 9)).rejects.toThrow(/already-in/);
      await refuses(`update reading set author = 'bo' where id = 'coach-1'`, /already-in/);
      await refuses(`update reading set state = 'draft' where id = 'coach-1'`, /already-in/);
      await refuses(`delete from reading where id = 'coach-1'`, /already-in|foreign|violates/i);
      await refuses(`update text_body set ciphertext = 'bättre' where id = 'coach-1-text-1'`, /never written over/);
      await refuses(
        `update slot set state = 'void', entry = null, queue = null, span_from = null, span_to = null
        where id = 'host-amina-1'`,
        /goes with the call/
      );
    });

    test('a second goal, a second last word in the same place, and another record than was acknowledged', async () => {
      await refuses(
        `insert into goal (participation, version, criterion, when_id, try_id, how_id, state, proposed_by)
          values ('host-amina', 2, 'closing', 'first-when', 'first-try', null, 'agreed', 'coach')`,
        /unique/i
      );
      await refuses(`update last_word set text_id = 'first-when' where participation = 'host-amina'`, /only added to/);
      await refuses(`delete from last_word where participation = 'host-amina'`, /only added to/);
      await refuses(`update record set snapshot_hash = 'x' where participation = 'host-amina'`, /acknowledged/);
      await refuses(`delete from record where participation = 'host-amina'`, /acknowledged/);
      await refuses(`update participation_event set kind = 'X' where participation = 'host-amina'`, /only added to/);
      await refuses(`delete from participation_event where participation = 'host-amina'`, /only added to/);
    });

    test('the leader, or the agent, as a coach, and that a participation becomes another’s', async () => {
      const mine = `where id = 'host-elin'`;
      await refuses(`update participation set coach = 'maria' ${mine}`, /own-manager/);
      await refuses(`update participation set coach_to_be = 'maria' ${mine}`, /own-manager/);
      await refuses(`update participation set coach = 'elin' ${mine}`, /nobody_coaches_themselves|check/i);
      await refuses(`update participation set agent = 'bo' ${mine}`, /not-yours/);
      await run(`update participation set coach = 'bo' ${mine}`);
      await run(`update participation set coach = 'karin' ${mine}`);
    });

    test('the same call in two places, a chosen slot without a call, and a withdrawn one with it', async () => {
      await refuses(`update slot set entry = 'e3' where id = 'host-elin-2'`, /unique/i);
      await refuses(`update slot set entry = null where id = 'host-elin-2'`, /slot_call|check/i);
      await refuses(`update slot set state = 'withdrawn' where id = 'host-elin-2'`, /slot_withdrawn|check/i);
    });

    test('a round of nine, one over the past, one of three weeks, and a third within a year', async () => {
      const database = await centreAt(await location());
      closers.push(() => database.close());
      const keys = openKeyStore({ file: ':memory:', masterKey: Buffer.alloc(32, 1), masterKeyFile: '' });
      const rounds = openRounds(database, keys);
      const attempt = async (id: string, month: number, over: Parameters<typeof opening>[0] = {}, lasts = 60) => {
        const startsAt = STARTS_AT + month * 30 * DAY_MS;
        await rounds.draft(plan({ id, startsAt, endsAt: startsAt + lasts * DAY_MS }), recorded);
        return rounds.open(id, opening(over, id), recorded);
      };
      const nine = AGENTS.slice(0, 9).map((agent) => participant(agent, 'nine'));
      await expect(attempt('nine', 0, { participants: nine })).rejects.toThrow(/too-few/);
      const soon = [{ ...WINDOW, startsAt: OPENED_AT + 6 * DAY_MS }];
      await expect(attempt('soon', 0, { windows: soon })).rejects.toThrow(/retroactive-window/);
      await expect(attempt('short', 0, {}, 21)).rejects.toThrow(/period/);
      const led = AGENTS.map((agent) => participant(agent, 'led', 'maria'));
      await expect(attempt('led', 0, { participants: led })).rejects.toThrow(/own-manager/);
      expect(await attempt('first', 0)).toBe(true);
      expect(await attempt('second', 6)).toBe(true);
      await expect(attempt('third', 11)).rejects.toThrow(/too-soon/);
      expect(await attempt('next', 13)).toBe(true);
      expect(await rounds.move('first', 'closing', 1, recorded)).toBe(true);
      expect(await rounds.move('first', 'closing', 1, recorded)).toBe(false);
      expect(await rounds.switchRubric('second', 'rubric-4', ['only'], recorded)).toBe(true);
      expect(await rounds.find('second')).toMatchObject({ rubricVersion: 'rubric-4', criteria: ['only'] });
      await expect(sql`update round set state = 'draft' where id = 'first'`.execute(database.kysely)).rejects.toThrow(
        /never a draft again/
      );
      expect(
        (await rounds.all())
          .filter(({ state }) => state === 'draft')
          .map(({ id }) => id)
          .sort()
      ).toEqual(['led', 'nine', 'short', 'soon', 'third']);
      keys.close();
    });

    test('to switch the rubric when a reading is in', async () => {
      expect(await at.round.switchRubric('host', 'rubric-4', ['only'], recorded)).toBe(false);
    });
  });
}
