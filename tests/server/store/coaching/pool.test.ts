import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pooledCalls } from '../../../../src/lib/server/store/coaching/pool.ts';
import type { Database } from '../../../../src/lib/server/store/database.ts';
import type { EntryTable } from '../../../../src/lib/server/store/tables.ts';
import { databasesForTests } from '../../../support/databases.ts';
import { DAY_MS, roundAt, STARTS_AT, WINDOW } from '../../../support/coaching-round.ts';

const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-pool-'));
const opened: Database[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
  rmSync(folder, { recursive: true });
});

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`the calls to draw from on ${name}`, { timeout: 60_000 }, () => {
    test('are the agent’s own, in the window, of allowed queues, a minute or more, and with their sound', async () => {
      const { database, keys } = await roundAt(await location(), folder);
      opened.push(database);
      const { kysely } = database;
      const queue = { source: 'pbx', unit_id: null, position: 1, wrap_up_ms: null, shared_wrap_up: 0 as const };
      for (const id of ['forskola', 'vard'])
        await kysely
          .insertInto('queue')
          .values({
            ...queue,
            id,
            pbx_name: id,
            name: id,
            short_name: id,
            seen_at: 0,
            waiting_limit: null,
            gone_at: null
          })
          .execute();
      await kysely
        .insertInto('recording_queue')
        .values({ queue_id: 'forskola', decision: 'KS 2026/7', caller_notice: 'Samtalet spelas in.', allowed_at: 0 })
        .execute();
      for (const [token, key] of Object.entries({ t1: 'PJSIP/1', t2: 'PJSIP/2' }))
        await kysely
          .insertInto('agent_token')
          .values({ token, source: 'pbx', key, from_at: 0, until_at: WINDOW.endsAt })
          .execute();
      // From the seventh day on the telephone is Elin's.
      const moved = STARTS_AT + 7 * DAY_MS;
      const tie = { source: 'pbx', agent_key: 'PJSIP/1' };
      await kysely
        .insertInto('person_agent')
        .values([
          { ...tie, person_id: 'amina', from_at: 0, until_at: moved },
          { ...tie, person_id: 'elin', from_at: moved, until_at: null }
        ])
        .execute();

      const answered = async (id: string, answeredAt: number, over: Partial<EntryTable> = {}, recording = true) => {
        const entry = {
          call: id,
          source: 'pbx',
          queue: 'forskola',
          channel: id,
          from_queue: null,
          adopted: 0 as const
        };
        const talkEndedAt = answeredAt + 300_000;
        await kysely
          .insertInto('entry')
          .values({
            ...entry,
            id,
            caller: null,
            offered_at: answeredAt - 30_000,
            offered_quality: 'exact',
            outcome: 'answered',
            answered_at: answeredAt,
            answered_quality: 'exact',
            agent: 't1',
            left_at: null,
            why: null,
            pressed: null,
            held_since: null,
            held_ms: 0,
            passed_on: null,
            passed_on_to: null,
            talk_ended_at: talkEndedAt,
            ended_by: null,
            wrap_up_until: null,
            revised_at: null,
            last_at: talkEndedAt,
            ...over
          })
          .execute();
        if (!recording) return;
        await kysely
          .insertInto('recording')
          .values({
            id: randomUUID(),
            entry: id,
            source_hash: id,
            file_id: randomUUID(),
            peaks_file_id: randomUUID(),
            format: 's16le-8000',
            channels: 1,
            duration_ms: 300_000,
            size: 1,
            clock: 'running',
            starts_at: answeredAt,
            received_at: answeredAt,
            state: 'ready',
            deleted_why: null,
            deleted_at: null
          })
          .execute();
      };
      const day = STARTS_AT + DAY_MS;
      await answered('second', day + 3_600_000);
      await answered('first', day);
      await answered('short', day, { talk_ended_at: day + 59_999 });
      await answered('going-on', day, { talk_ended_at: null });
      await answered('another’s', day, { agent: 't2' });
      await answered('not-allowed', day, { queue: 'vard' });
      await answered('before', STARTS_AT - 1);
      await answered('after', WINDOW.endsAt);
      await answered('silent', day, {}, false);
      await answered('elins', moved);

      expect(await pooledCalls(kysely, 'host-amina')).toEqual([
        { entry: 'first', queue: 'forskola', answeredAt: day, spanMs: 300_000 },
        { entry: 'second', queue: 'forskola', answeredAt: day + 3_600_000, spanMs: 300_000 }
      ]);
      expect((await pooledCalls(kysely, 'host-elin')).map(({ entry }) => entry)).toEqual(['elins']);
      await kysely.updateTable('participation').set({ sound: 'beside' }).where('id', '=', 'host-amina').execute();
      const beside = (await pooledCalls(kysely, 'host-amina')).map(({ entry }) => entry).sort();
      expect(beside).toEqual(['first', 'not-allowed', 'second', 'silent']);
      expect(await pooledCalls(kysely, 'nobody')).toEqual([]);
      keys.close();
    });
  });
}
