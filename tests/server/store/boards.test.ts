import { afterEach, describe, expect, it } from 'vitest';
import { defaultBoard, type BoardDefinition } from '../../../src/lib/domain/board.ts';
import { openBoards } from '../../../src/lib/server/store/boards.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { keptQueues, orderUnits } from '../../../src/lib/server/store/kept-queues.ts';
import { seeQueue, setUnit } from '../../../src/lib/server/store/queues.ts';
import { databasesForTests } from '../../support/databases.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const zone = 'Europe/Stockholm';
const noHolidays = () => new Map();
const kitchen: BoardDefinition = { ...defaultBoard(null), id: 'koket', name: 'Köket', unit: 'skola' };

for (const where of await databasesForTests()) {
  describe.skipIf(where.skip)(`boards, hours and queues on ${where.name}`, () => {
    let database: Database;
    afterEach(() => database.close());

    async function opened() {
      database = await openDatabase(await where.location());
      await setUnit(database.kysely, { id: 'skola', name: 'Förskola och skola', position: 0 });
      await setUnit(database.kysely, { id: 'omsorg', name: 'Vård och omsorg', position: 1 });
      return openBoards(database, noHolidays);
    }

    it('a board is kept whole, and read again as it was', async () => {
      const boards = await opened();
      expect(await boards.save(kitchen, true, 'all', NOW)).toBe(true);
      expect(boards.definitions()).toEqual([kitchen]);
      expect((await openBoards(database, noHolidays)).definitions()).toEqual([kitchen]);
    });

    it('a second of the same name is refused, and the first stays as it was', async () => {
      const boards = await opened();
      await boards.save(kitchen, true, 'all', NOW);
      expect(await boards.save({ ...kitchen, name: 'Köket två' }, true, 'all', NOW)).toBe(false);
      expect(boards.definitions()[0]?.name).toBe('Köket');
    });

    it('a leader changes and removes the boards of their own units, whatever a resolver has thought', async () => {
      const boards = await opened();
      const renamed = { ...kitchen, name: 'Lunchrummet' };
      expect(await boards.save(kitchen, true, ['omsorg'], NOW)).toBe(false);
      expect(await boards.save(kitchen, true, ['skola'], NOW)).toBe(true);
      expect(await boards.save({ ...renamed, unit: 'omsorg' }, false, ['omsorg'], NOW)).toBe(false);
      expect(await boards.remove('koket', ['omsorg'])).toBe(false);
      expect(await boards.save(renamed, false, ['skola'], NOW)).toBe(true);
      expect(await boards.save({ ...kitchen, unit: null }, false, ['skola'], NOW)).toBe(false);
      expect(await boards.remove('koket', ['skola'])).toBe(true);
      expect(boards.definitions()).toEqual([]);
    });

    it('hours are the centre’s or a unit’s, and can be taken away again', async () => {
      const boards = await opened();
      const hours = { week: Array.from({ length: 7 }, () => []), holidays: null, eves: null, exceptions: [] };
      await boards.setHours(null, hours, NOW);
      await boards.setHours('skola', { ...hours, holidays: [] }, NOW);
      expect([boards.hours(null), boards.hours('skola'), boards.hours('omsorg')]).toEqual([
        hours,
        { ...hours, holidays: [] },
        null
      ]);
      await boards.setHours(null, null, NOW);
      expect(boards.hours(null)).toBe(null);
    });

    it('what the command line changes meanwhile is seen at the next look, and only then', async () => {
      const boards = await opened();
      expect(await boards.refresh()).toBe(false);
      await setUnit(database.kysely, { id: 'stad', name: 'Stad och fritid', position: 2 });
      expect(boards.units()).toHaveLength(2);
      expect(await boards.refresh()).toBe(true);
      expect(boards.units().map(({ id }) => id)).toEqual(['skola', 'omsorg', 'stad']);
    });

    it('units stand in the order that somebody gave them', async () => {
      const boards = await opened();
      await orderUnits(database.kysely, ['omsorg', 'skola']);
      await boards.refresh();
      expect(boards.units().map(({ id }) => id)).toEqual(['omsorg', 'skola']);
    });

    it('a queue that its PBX no longer has is still looked after, with its sensitivity and what it promised', async () => {
      const boards = await opened();
      const id = await seeQueue(database.kysely, 'pbx', 'vaxel', NOW, zone);
      await database.kysely.updateTable('queue').set({ gone_at: NOW }).where('id', '=', id).execute();
      await boards.setSensitivity(id, 'high');
      expect(boards.sensitivity(id)).toBe('high');
      expect(await keptQueues(database.kysely)).toMatchObject([
        { id: 'vaxel', goneAt: NOW, sensitivity: 'high', serviceLevels: [{ targetMs: 60_000 }] }
      ]);
    });
  });
}
