import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openRegister, type StoredRegister } from '../../../src/lib/server/store/register.ts';
import {
  findQueue,
  renameQueue,
  setQueue,
  setServiceLevel,
  setUnit,
  SettingRefused
} from '../../../src/lib/server/store/queues.ts';
import { databasesForTests } from '../../support/databases.ts';

const zone = 'Europe/Stockholm';
const at = (text: string) => Date.parse(text);
const NOON = at('2026-11-21T12:00:00+01:00');
const MIDNIGHT = at('2026-11-21T00:00:00+01:00');
const DAY_MS = 86_400_000;

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`the register on ${name}`, () => {
    const opened: Database[] = [];
    afterAll(() => Promise.all(opened.map((database) => database.close())));
    async function open(where?: string, now = NOON) {
      const place = where ?? (await location());
      const database = await openDatabase(place);
      opened.push(database);
      const clock = { now };
      const register: StoredRegister = await openRegister(database, { zone, now: () => clock.now });
      return { database, register, clock, where: place };
    }

    describe('of agents', () => {
      test('gives a key the same token all month, and says whose it is', async () => {
        const { register } = await open();
        const first = await register.agentTokens('pbx', ['PJSIP/ada', 'PJSIP/åke'], at('2026-11-01T00:00:00+01:00'));
        const later = await register.agentTokens('pbx', ['PJSIP/ada'], at('2026-11-30T23:59:59.999+01:00'));
        expect(later.get('PJSIP/ada')).toBe(first.get('PJSIP/ada'));
        expect(first.get('PJSIP/åke')).not.toBe(first.get('PJSIP/ada'));
        expect(register.agentKey(first.get('PJSIP/åke')!)).toEqual({ source: 'pbx', key: 'PJSIP/åke' });
        expect(register.agentKey('nobody')).toBeUndefined();
      });

      test("gives a new token at the month's turn in Stockholm, in winter and in summer time", async () => {
        const { register } = await open();
        const token = async (when: string) => (await register.agentTokens('pbx', ['k'], at(when))).get('k');
        expect(await token('2026-11-30T22:59:59.999Z')).not.toBe(await token('2026-11-30T23:00:00Z'));
        expect(await token('2026-11-30T23:00:00Z')).toBe(await token('2026-12-31T22:59:59.999Z'));
        expect(await token('2026-06-30T21:59:59.999Z')).not.toBe(await token('2026-06-30T22:00:00Z'));
      });

      test('keeps the tokens of two exchanges apart, and all of them over a restart', async () => {
        const { register, where } = await open();
        const here = (await register.agentTokens('pbx', ['k'], NOON)).get('k')!;
        const there = (await register.agentTokens('other', ['k'], NOON)).get('k')!;
        expect(here).not.toBe(there);
        const again = await open(where);
        expect(again.register.agentKey(here)).toEqual({ source: 'pbx', key: 'k' });
        expect((await again.register.agentTokens('other', ['k'], NOON)).get('k')).toBe(there);
      });

      test('two servers that meet an agent at the same moment give the same token', async () => {
        const one = await open();
        const two = await open(one.where);
        const tokens = await Promise.all([one, two].map(({ register }) => register.agentTokens('pbx', ['k'], NOON)));
        expect(tokens[0]).toEqual(tokens[1]);
      });

      test('forgets whose a token was 45 days after its month, and not an hour before', async () => {
        const { register, database } = await open();
        const october = (await register.agentTokens('pbx', ['k'], at('2026-10-15T12:00:00Z'))).get('k')!;
        const november = (await register.agentTokens('pbx', ['k'], NOON)).get('k')!;
        const over = at('2026-11-01T00:00:00+01:00') + 45 * DAY_MS;
        await register.forgetTokens(over - 1);
        expect(register.agentKey(october)).toBeDefined();
        await register.forgetTokens(over);
        expect(register.agentKey(october)).toBeUndefined();
        expect(register.agentKey(november)).toBeDefined();
        const left = await database.kysely.selectFrom('agent_token').select('token').execute();
        expect(left).toEqual([{ token: november }]);
      });
    });

    describe('of callers', () => {
      test('gives a number the same token for eight days from its first call, then another', async () => {
        const { register, clock } = await open();
        const token = (when: number) => {
          clock.now = when;
          return register.callerToken('pbx', '0701234567', when);
        };
        const first = await token(NOON);
        expect(await token(NOON + 8 * DAY_MS - 1)).toBe(first);
        expect(await token(NOON + 8 * DAY_MS)).not.toBe(first);
        expect(await register.callerToken('pbx', '0707654321', NOON)).not.toBe(first);
      });

      test('never stores a number, and forgets the row when its life is over', async () => {
        const { register, database } = await open();
        const token = await register.callerToken('pbx', '0701234567', NOON);
        const rows = await database.kysely.selectFrom('caller_token').selectAll().execute();
        expect(rows).toHaveLength(1);
        expect(rows[0]!.token).toBe(token);
        expect(JSON.stringify(rows)).not.toContain('701234567');
        await register.forgetTokens(NOON + 8 * DAY_MS - 1);
        expect(await register.callerToken('pbx', '0701234567', NOON)).toBe(token);
        await register.forgetTokens(NOON + 8 * DAY_MS);
        expect(await database.kysely.selectFrom('caller_token').selectAll().execute()).toEqual([]);
      });

      test('gives one token to one number asked for many times at once, and remembers it over a restart', async () => {
        const { register, where } = await open();
        const numbers = Array.from({ length: 300 }, (_, i) => `07012345${String(i % 100).padStart(2, '0')}`);
        const tokens = await Promise.all(numbers.map((number) => register.callerToken('pbx', number, NOON)));
        expect(new Set(tokens).size).toBe(100);
        const again = await open(where);
        expect(await again.register.callerToken('pbx', numbers[0]!, NOON + 5)).toBe(tokens[0]);
      });

      test('links the callers of an import among themselves, and writes nothing about them', async () => {
        const { register, database } = await open();
        const past = NOON - 100 * DAY_MS;
        const first = await register.callerToken('pbx', '0701234567', past);
        expect(await register.callerToken('pbx', '0701234567', past + 7 * DAY_MS)).toBe(first);
        expect(await register.callerToken('pbx', '0701234567', past + 8 * DAY_MS)).not.toBe(first);
        expect(await register.callerToken('pbx', '0701234567', NOON)).not.toBe(first);
        expect(await database.kysely.selectFrom('caller_token').selectAll().execute()).toHaveLength(1);
      });
    });

    describe('of queues', () => {
      test("knows a queue by the PBX's name, and by `name@source` when another PBX has that name too", async () => {
        const { register, where } = await open();
        expect(await register.queueId('pbx', 'växel')).toBe('växel');
        expect(await register.queueId('other', 'växel')).toBe('växel@other');
        expect(await register.queueId('pbx', 'växel')).toBe('växel');
        expect(register.queuePbxName('växel@other')).toBe('växel');
        expect(register.queuePbxName('nothing')).toBeUndefined();
        const again = await open(where);
        expect(await again.register.queueId('other', 'växel')).toBe('växel@other');
      });

      test('makes one queue of one that is seen many times at once', async () => {
        const one = await open();
        const two = await open(one.where);
        const ids = [one, two, one].map(({ register }) => register.queueId('pbx', 'växel'));
        expect(await Promise.all(ids)).toEqual(['växel', 'växel', 'växel']);
        expect(await one.database.kysely.selectFrom('queue').select('id').execute()).toHaveLength(1);
        expect(await one.database.kysely.selectFrom('service_level').select('queue_id').execute()).toHaveLength(1);
      });

      test('shows them in the order seen, with unit, short name and settings once these are set', async () => {
        const { register, database } = await open();
        await register.queueId('pbx', 'forskola-och-skola');
        await register.queueId('pbx', 'växel');
        await setUnit(database.kysely, { id: 'skola', name: 'Barn och skola', position: 2 });
        await setQueue(database.kysely, 'forskola-och-skola', {
          name: 'Förskola och skola',
          unit: 'skola',
          wrapUpMs: 30_000,
          wrapUpReasons: ['Efterarbete']
        });
        expect(register.boardQueues(NOON)[0]!.name).toBe('forskola-och-skola');
        await register.refresh();
        const serviceLevel = { variant: 'without-short', targetMs: 60_000, shortAbandonMs: 5_000, from: MIDNIGHT };
        expect(register.boardQueues(NOON)).toEqual([
          {
            id: 'forskola-och-skola',
            name: 'Förskola och skola',
            shortName: 'Förskola oc',
            source: 'pbx',
            unit: { id: 'skola', name: 'Barn och skola' },
            serviceLevel,
            wrapUpMs: 30_000
          },
          {
            id: 'växel',
            name: 'växel',
            shortName: 'växel',
            source: 'pbx',
            unit: null,
            serviceLevel,
            wrapUpMs: null
          }
        ]);
        expect(register.wrapUpMs('pbx', 'forskola-och-skola')).toBe(30_000);
        expect(register.wrapUpMs('pbx', 'växel')).toBeNull();
        expect(register.isWrapUpReason('pbx', 'Efterarbete')).toBe(true);
        expect(register.isWrapUpReason('pbx', 'Lunch')).toBe(false);
        expect(register.isWrapUpReason('other', 'Efterarbete')).toBe(false);
      });

      test('a queue that the PBX no longer has is left out of the boards and kept', async () => {
        const { register, database } = await open();
        const id = await register.queueId('pbx', 'växel');
        await register.queueSeen(id, 25, NOON);
        await register.queueGone(id, NOON + 1);
        expect(register.boardQueues(NOON)).toEqual([]);
        expect(register.queuePbxName(id)).toBe('växel');
        expect(await findQueue(database.kysely, id)).toMatchObject({ waiting_limit: 25, gone_at: NOON + 1 });
        await register.queueSeen(id, null, NOON + 2);
        expect(register.boardQueues(NOON)).toHaveLength(1);
      });

      test('a changed definition holds from its day and leaves what was before it', async () => {
        const { register, database } = await open();
        const id = await register.queueId('pbx', 'växel');
        const from = at('2026-11-23T00:00:00+01:00');
        const changed = { variant: 'all', targetMs: 30_000, shortAbandonMs: 0, from } as const;
        await setServiceLevel(database.kysely, id, changed, zone);
        await register.refresh();
        expect(register.boardQueues(from - 1)[0]!.serviceLevel.targetMs).toBe(60_000);
        expect(register.boardQueues(from)[0]!.serviceLevel).toEqual(changed);
        expect(register.boardQueues(0)[0]!.serviceLevel.targetMs).toBe(60_000);
        expect(register.definitions(id).map((definition) => definition.from)).toEqual([MIDNIGHT, from]);
        expect(register.definitions('nothing')).toEqual([]);
      });

      test('a definition is refused within a day, and for a day on which calls have been counted', async () => {
        const { register, database } = await open();
        const id = await register.queueId('pbx', 'växel');
        const definition = { variant: 'all', targetMs: 30_000, shortAbandonMs: 0 } as const;
        const set = (from: number) => setServiceLevel(database.kysely, id, { ...definition, from }, zone);
        await expect(set(NOON)).rejects.toThrow(SettingRefused);
        await expect(set(MIDNIGHT)).resolves.toBeUndefined();
        await database.kysely.insertInto('entry').values(entryOf(id, NOON)).execute();
        await expect(set(MIDNIGHT)).rejects.toThrow(/already been counted.*never rewritten.*later day/);
        await expect(set(MIDNIGHT - DAY_MS)).rejects.toThrow(SettingRefused);
        await expect(set(MIDNIGHT + DAY_MS)).resolves.toBeUndefined();
      });

      test('a renamed queue keeps its id, by its new name and by its old', async () => {
        const { register, database } = await open();
        const id = await register.queueId('pbx', 'vaxel');
        await register.queueId('pbx', 'kontaktcenter');
        await renameQueue(database.kysely, id, 'kontaktcenter', NOON);
        await register.refresh();
        expect(await register.queueId('pbx', 'kontaktcenter')).toBe(id);
        expect(await register.queueId('pbx', 'vaxel')).toBe(id);
        expect(register.queuePbxName(id)).toBe('kontaktcenter');
        expect(register.boardQueues(NOON)).toHaveLength(1);
      });

      test('a rename to a queue that has had calls of its own is refused', async () => {
        const { register, database } = await open();
        const id = await register.queueId('pbx', 'vaxel');
        const other = await register.queueId('pbx', 'kontaktcenter');
        await database.kysely.insertInto('entry').values(entryOf(other, NOON)).execute();
        await expect(renameQueue(database.kysely, id, 'kontaktcenter', NOON)).rejects.toThrow(SettingRefused);
        await register.refresh();
        expect(register.queuePbxName(id)).toBe('vaxel');
        expect(await register.queueId('pbx', 'kontaktcenter')).toBe(other);
      });

      test('is found by id, or by a PBX name that only one exchange has; otherwise it says which there are', async () => {
        const { register, database } = await open();
        await expect(findQueue(database.kysely, 'växel')).rejects.toThrow(/None is known yet/);
        await register.queueId('pbx', 'växel');
        await register.queueId('other', 'växel');
        await register.queueId('other', 'skola');
        expect(await findQueue(database.kysely, 'växel')).toMatchObject({ source: 'pbx' });
        expect(await findQueue(database.kysely, 'skola')).toMatchObject({ source: 'other' });
        await expect(findQueue(database.kysely, 'x')).rejects.toThrow(/växel, växel@other, skola/);
      });
    });
  });
}

function entryOf(queue: string, offeredAt: number) {
  return {
    id: `pbx/1/${queue}/1`,
    call: 'pbx/1',
    source: 'pbx',
    queue,
    channel: '1',
    adopted: 0,
    offered_at: offeredAt,
    offered_quality: 'exact',
    outcome: 'waiting',
    held_ms: 0,
    last_at: offeredAt
  } as const;
}
