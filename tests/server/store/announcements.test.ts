import { afterAll, describe, expect, test } from 'vitest';
import type { AnnouncementWish } from '../../../src/lib/domain/announcement.ts';
import { openAgentTies } from '../../../src/lib/server/store/agent-ties.ts';
import { openAnnouncements } from '../../../src/lib/server/store/announcements.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { saveStripSettings, stripSettings } from '../../../src/lib/server/store/strip-settings.ts';
import { databasesForTests } from '../../support/databases.ts';

const at = (clock: string) => Date.parse(`2026-11-24T${clock}:00+01:00`);
const everywhere = { boards: ['skola'], queues: ['forskola'] };
const recorded = () => Promise.resolve();

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`announcements on ${name}`, () => {
    const opened: Database[] = [];
    afterAll(() => Promise.all(opened.map((database) => database.close())));
    async function open(where?: string, now = at('10:00')) {
      const place = where ?? (await location());
      const database = await openDatabase(place);
      opened.push(database);
      const person = { disabled_at: null, password_hash: null, created_at: 0, access_version: 1 };
      const people = [
        { ...person, id: 'maria', name: 'Maria Holm', email: 'm@x' },
        { ...person, id: 'amina', name: 'Amina Berg', email: 'a@x' },
        { ...person, id: 'oskar', name: 'Åke Ek', email: 'o@x' }
      ];
      await database.kysely
        .insertInto('person')
        .values(people)
        .onConflict((c) => c.doNothing())
        .execute();
      const roles = people.map(({ id }) => ({ person_id: id, role: id === 'maria' ? 'leader' : 'agent' }));
      await database.kysely
        .insertInto('person_role')
        .values(roles)
        .onConflict((c) => c.doNothing())
        .execute();
      const queue = { source: 'pbx', unit_id: null, position: 1, wrap_up_ms: null, shared_wrap_up: 0, seen_at: 0 };
      await database.kysely
        .insertInto('queue')
        .values({
          ...queue,
          shared_wrap_up: 0,
          id: 'forskola',
          pbx_name: 'forskola',
          name: 'Förskola',
          short_name: 'Förskola',
          waiting_limit: null,
          gone_at: null
        })
        .onConflict((c) => c.doNothing())
        .execute();
      const changes = { count: 0 };
      const announcements = await openAnnouncements(database, { now, changed: () => changes.count++ });
      return { database, announcements, changes, where: place };
    }
    const wish = (over: Partial<AnnouncementWish> = {}): AnnouncementWish => ({
      text: 'Nya köregler i förskolan.',
      boards: ['all'],
      queues: [],
      from: at('10:20'),
      until: at('16:00'),
      ...over
    });
    const by = (clock: string, replaces: string | null = null) => ({ person: 'maria', now: at(clock), replaces });

    test('one that is posted stands at once, says so, and is found again after a restart', async () => {
      const { announcements, changes, where } = await open();
      changes.count = 0;
      const posted = await announcements.post(wish(), by('10:20'), recorded);
      expect(posted).toMatchObject({ text: 'Nya köregler i förskolan.', postedBy: 'Maria Holm', takenDownAt: null });
      expect(changes.count).toBe(1);
      expect(announcements.shown(everywhere, at('10:20'))).toHaveLength(1);
      const again = await open(where, at('10:30'));
      expect(again.announcements.shown(everywhere, at('10:30'))).toEqual(announcements.shown(everywhere, at('10:30')));
      expect((await open(where, at('16:00'))).announcements.shown(everywhere, at('16:00'))).toEqual([]);
    });

    test('a new wording takes the place of the old, and both can be read in the history', async () => {
      const { announcements } = await open();
      const old = (await announcements.post(wish(), by('10:20'), recorded))!;
      const next = (await announcements.post(
        wish({ text: 'Bättre sagt.', from: at('11:00') }),
        by('11:00', old.id),
        recorded
      ))!;
      expect(announcements.shown(everywhere, at('11:00')).map(({ text }) => text)).toEqual(['Bättre sagt.']);
      expect(await announcements.history('all', 10)).toMatchObject([
        { id: next.id, replaces: old.id, takenDownAt: null },
        { id: old.id, text: 'Nya köregler i förskolan.', takenDownAt: at('11:00') }
      ]);
    });

    test('what has ended cannot be replaced or taken down again, and then nothing is posted', async () => {
      const { announcements } = await open();
      const old = (await announcements.post(wish(), by('10:20'), recorded))!;
      expect(await announcements.takeDown(old.id, at('10:30'), recorded)).toBe(true);
      expect(await announcements.takeDown(old.id, at('10:31'), recorded)).toBe(false);
      expect(await announcements.post(wish(), by('10:32', old.id), recorded)).toBeNull();
      expect(await announcements.history('all', 10)).toHaveLength(1);
    });

    test('when the audit log refuses, nothing is posted and nothing taken down', async () => {
      const { announcements } = await open();
      const refuse = () => Promise.reject(new Error('the disk is full'));
      await expect(announcements.post(wish(), by('10:20'), refuse)).rejects.toThrow('full');
      expect(await announcements.history('all', 10)).toEqual([]);
      const { id } = (await announcements.post(wish(), by('10:20'), recorded))!;
      await expect(announcements.takeDown(id, at('10:30'), refuse)).rejects.toThrow('full');
      expect(announcements.shown(everywhere, at('10:30'))).toHaveLength(1);
    });

    test('a leader reads what is for everybody and for their own units and queues, and no other', async () => {
      const { announcements } = await open();
      for (const boards of [['all'], ['skola'], ['vard']])
        await announcements.post(wish({ text: boards[0]!, boards }), by('10:20'), recorded);
      await announcements.post(wish({ text: 'queue', boards: [], queues: ['forskola'] }), by('10:20'), recorded);
      const read = async (place: Parameters<typeof announcements.history>[0]) =>
        (await announcements.history(place, 10)).map(({ text }) => text).sort();
      expect(await read({ boards: ['skola'], queues: ['forskola'] })).toEqual(['all', 'queue', 'skola']);
      expect(await read({ boards: [], queues: [] })).toEqual(['all']);
      expect(await read('all')).toEqual(['all', 'queue', 'skola', 'vard']);
    });

    test('of an erased person the words stay and the name goes', async () => {
      const { database, announcements } = await open();
      const { id } = (await announcements.post(wish(), by('10:20'), recorded))!;
      await database.kysely.deleteFrom('person').where('id', '=', 'maria').execute();
      expect(await announcements.find(id)).toMatchObject({ text: 'Nya köregler i förskolan.', postedBy: null });
    });

    test('a telephone is one person’s at a time, and nobody’s when it is untied', async () => {
      const { database, where } = await open();
      const told: string[] = [];
      const ties = await openAgentTies(database, () => told.push('changed'));
      const note = (_: unknown, subject: string) => Promise.resolve(void told.push(subject));
      const telephone = { source: 'pbx', key: 'PJSIP/1201' };
      expect(await ties.tie(telephone, 'amina', at('10:00'), note)).toBe(true);
      expect(await ties.tie(telephone, 'oskar', at('11:00'), note)).toBe(true);
      expect([ties.telephones('amina'), ties.telephones('oskar')]).toMatchObject([[], [telephone]]);
      expect(await ties.untie(telephone, at('12:00'), note)).toBe(true);
      expect(await ties.untie(telephone, at('12:01'), note)).toBe(false);
      expect(ties.present()).toEqual([]);
      expect(told).toEqual(['amina', 'changed', 'oskar', 'changed', 'oskar', 'changed']);
      const rows = await database.kysely.selectFrom('person_agent').selectAll().orderBy('from_at').execute();
      expect(rows.map(({ person_id, from_at, until_at }) => [person_id, from_at, until_at])).toEqual([
        ['amina', at('10:00'), at('11:00')],
        ['oskar', at('11:00'), at('12:00')]
      ]);
      expect((await openAgentTies((await open(where)).database, () => {})).present()).toEqual([]);
    });

    test('only somebody who answers and can sign in can have a telephone', async () => {
      const { database } = await open();
      const ties = await openAgentTies(database, () => {});
      expect((await ties.people()).map(({ name: each }) => each)).toEqual(['Amina Berg', 'Åke Ek']);
      expect(await ties.tie({ source: 'pbx', key: 'k' }, 'maria', at('10:00'), recorded)).toBe(false);
      expect(await ties.tie({ source: 'pbx', key: 'k' }, 'nobody', at('10:00'), recorded)).toBe(false);
      await database.kysely.updateTable('person').set({ disabled_at: 1 }).where('id', '=', 'amina').execute();
      expect(await ties.tie({ source: 'pbx', key: 'k' }, 'amina', at('10:00'), recorded)).toBe(false);
    });

    test('how one wants the strip is kept for each person, and nothing disturbs until they say so', async () => {
      const { database } = await open();
      expect(await stripSettings(database.kysely, 'amina')).toMatchObject({ alerts: false, sound: false });
      const wanted = { figures: false, alerts: true, sound: true, quietFrom: '16:00', quietUntil: '08:00' };
      await saveStripSettings(database.kysely, 'amina', { ...wanted, sound: false });
      await saveStripSettings(database.kysely, 'amina', wanted);
      expect(await stripSettings(database.kysely, 'amina')).toEqual(wanted);
      expect(await stripSettings(database.kysely, 'oskar')).toMatchObject({ alerts: false });
    });
  });
}
