import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RECORDING_WORDS_MOST } from '../../src/lib/domain/recording-wish.ts';
import { createAudit } from '../../src/lib/server/identity/audit.ts';
import { recordingKeeping } from '../../src/lib/server/recording-keeping.ts';
import { openRecordingPool } from '../../src/lib/server/store/coaching/recording-pool.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';
import { openRegister } from '../../src/lib/server/store/register.ts';

const zone = 'Europe/Stockholm';
const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-24T10:42:00+01:00');
const now = () => NOW;
const me = {
  kind: 'person',
  personId: 'hanna',
  sessionId: 's',
  name: 'Hanna Westin',
  roles: ['administrator']
} as const;
const folder = { folder: '/recordings', afterImport: 'delete', name: '', begins: 'answer', ffmpeg: '' } as const;

let at: string;
let database: Database;
let queue: string;
beforeEach(async () => {
  at = mkdtempSync(join(tmpdir(), 'stamgaffel-recordings-'));
  database = await openDatabase(join(at, 'office.sqlite'));
  queue = await (await openRegister(database, { zone, now })).queueId('pbx', 'forskola');
});
afterEach(async () => {
  await database.close();
  rmSync(at, { recursive: true });
});

const keeping = (recordings: Parameters<typeof recordingKeeping>[0]['recordings'] = folder) =>
  recordingKeeping({ recordings }, { database, audit: createAudit(database.kysely), zone, now });
const audited = async () => {
  const rows = await database.kysely.selectFrom('audit').select(['act', 'actor', 'about']).execute();
  return rows.map(({ act, actor, about }) => `${act} ${actor} ${about}`);
};
const wish = () => ({ queue, decision: ' KS 2026-118 ', callerNotice: 'Samtalet kan spelas in.' });

test('no queue is recorded until somebody decided it, and then it says by which decision and in which words', async () => {
  const before = await keeping().read();
  expect(before.queues.map(({ decision }) => decision)).toEqual([null]);
  expect(await keeping().allow(me, wish())).toBeNull();
  const { queues } = await keeping().read();
  expect(queues).toMatchObject([
    { id: queue, decision: 'KS 2026-118', callerNotice: 'Samtalet kan spelas in.', allowedAt: NOW }
  ]);
  expect(await keeping().forbid(me, queue)).toBe(true);
  expect((await keeping().read()).queues[0]?.decision).toBeNull();
  expect(await audited()).toEqual(Array.from({ length: 2 }, () => `queue-changed person hanna ${queue}`));
});

test('what is not decided, not told to callers, or of no queue changes nothing and is not in the audit log', async () => {
  expect(await keeping().allow(me, { ...wish(), decision: '  ' })).toBe('decision');
  expect(await keeping().allow(me, { ...wish(), decision: 'x'.repeat(RECORDING_WORDS_MOST + 1) })).toBe('decision');
  expect(await keeping().allow(me, { ...wish(), callerNotice: '' })).toBe('notice');
  expect(await keeping().allow(me, { ...wish(), queue: 'nowhere' })).toBe('unknown');
  expect(await keeping().forbid(me, queue)).toBe(false);
  expect(await audited()).toEqual([]);
});

test('files are counted over thirty days by what became of them, the most first', async () => {
  const pool = openRecordingPool(database, zone);
  await pool.count('too-short', NOW - 40 * DAY_MS);
  await pool.count('too-short', NOW - 3 * DAY_MS);
  for (const days of [2, 1, 0]) await pool.count('imported', NOW - days * DAY_MS);
  expect((await keeping().read()).files).toEqual([
    { outcome: 'imported', files: 3 },
    { outcome: 'too-short', files: 1 }
  ]);
});

test('what is here and what is gone are counts, by their reason', async () => {
  for (const [id, why] of Object.entries({ a: null, b: null, c: 'not-drawn', d: 'not-drawn', e: 'withdrawn' }))
    await database.kysely
      .insertInto('recording')
      .values({
        id,
        entry: id,
        source_hash: id,
        file_id: `f${id}`,
        peaks_file_id: `p${id}`,
        format: 's16le-8000',
        channels: 2,
        duration_ms: 90_000,
        size: 1,
        clock: 'running',
        starts_at: NOW,
        received_at: NOW,
        state: why === null ? 'ready' : 'deleted',
        deleted_why: why,
        deleted_at: why === null ? null : NOW
      })
      .execute();
  expect(await keeping().read()).toMatchObject({
    kept: 2,
    gone: [
      { why: 'not-drawn', recordings: 2 },
      { why: 'withdrawn', recordings: 1 }
    ]
  });
});

test('it says whether a folder is watched, and whether recordings stay readable in it', async () => {
  const told = async (recordings: Parameters<typeof keeping>[0]) => {
    const { watched, leftInFolder } = await keeping(recordings).read();
    return [watched, leftInFolder];
  };
  expect(await told({ ...folder, folder: null, afterImport: 'keep' })).toEqual([false, false]);
  expect(await told(folder)).toEqual([true, false]);
  expect(await told({ ...folder, afterImport: 'keep' })).toEqual([true, true]);
});
