import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DEFAULT_THRESHOLDS,
  defaultBoard,
  type BoardDefinition,
  type Sensitivity
} from '../../../src/lib/domain/board.ts';
import type { OpeningHours } from '../../../src/lib/domain/opening-hours.ts';
import type { Told } from '../../../src/lib/domain/telephony/event.ts';
import { noBoardSettings } from '../../../src/lib/server/live/board-settings.ts';
import { createEngine, type Engine } from '../../../src/lib/server/live/engine.ts';
import type { SourceSink } from '../../../src/lib/server/live/ports.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openEventLog } from '../../../src/lib/server/store/event-log.ts';
import { setQueue, setUnit } from '../../../src/lib/server/store/queues.ts';
import { openRegister } from '../../../src/lib/server/store/register.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { databasesForTests } from '../../support/databases.ts';
import { teller } from '../../support/telling.ts';

const zone = 'Europe/Stockholm';
const TEN = Date.parse('2026-11-24T10:00:00+01:00');
const s = 1_000;
const day = { from: 7 * 60, to: 18 * 60 };
const hours: OpeningHours = {
  week: Array.from({ length: 7 }, () => [day]),
  holidays: null,
  eves: null,
  exceptions: []
};

let clock: FakeClock;
let database: Database;
let engine: Engine;
let sink: SourceSink;
let told: (at: number, event: Told['event']) => Told;
let definitions: BoardDefinition[];
let openAt: OpeningHours | null;
let sensitivity: Sensitivity;

const [where] = await databasesForTests();

describe('the boards that somebody has made', () => {
  beforeEach(async () => {
    clock = new FakeClock(TEN);
    definitions = [];
    openAt = null;
    sensitivity = 'ordinary';
    database = await openDatabase(await where!.location());
    const register = await openRegister(database, { zone, now: clock.now });
    await setUnit(database.kysely, { id: 'skola', name: 'Förskola och skola', position: 0 });
    for (const name of ['vaxel', 'forskola', 'grundskola']) {
      const id = await register.queueId('pbx', name);
      await setQueue(database.kysely, id, { unit: name === 'vaxel' ? null : 'skola' });
    }
    await register.refresh();
    engine = await createEngine({
      log: await openEventLog(database),
      register,
      zone,
      demo: false,
      now: clock.now,
      after: (ms, callback) => {
        const id = clock.setTimeout(callback, ms);
        return () => clock.clearTimeout(id);
      },
      boards: {
        ...noBoardSettings,
        definitions: () => definitions,
        units: () => [{ id: 'skola', name: 'Förskola och skola' }],
        hours: (unit) => (unit === null ? openAt : null),
        sensitivity: () => sensitivity
      }
    });
    await engine.attach({ name: 'pbx', start: async (given) => void (sink = given), stop: async () => {} });
    told = teller();
    await sink.append([told(TEN, { kind: 'SourceConnected', session: 'one', skewMs: 0 })]);
  });
  afterEach(async () => {
    await engine.close();
    await database.close();
  });

  const own: BoardDefinition = {
    ...defaultBoard(null),
    id: 'koket',
    name: 'Köket',
    parts: [
      { kind: 'queue', id: 'grundskola' },
      { kind: 'unit', id: 'skola' },
      { kind: 'queue', id: 'nowhere' }
    ]
  };
  const frameOf = (board: string) => engine.feed.current(board);
  const queues = (board: string) => frameOf(board)?.queues.map(({ queue }) => queue.id);

  it('stand beside all and the units, with their queues in their own order, each once', () => {
    definitions = [own];
    engine.changed();
    expect(engine.feed.boards()).toEqual(['all', 'skola', 'koket']);
    expect(queues('all')).toEqual(['vaxel', 'forskola', 'grundskola']);
    expect(queues('skola')).toEqual(['forskola', 'grundskola']);
    expect(queues('koket')).toEqual(['grundskola', 'forskola']);
    expect(frameOf('koket')?.board.name).toBe('Köket');
    expect(frameOf('atlantis')).toBe(null);
  });

  it('are on a screen that already hangs there when they are changed, and gone when they are removed', async () => {
    definitions = [own];
    const seen: string[][] = [];
    const stop = engine.feed.watch('koket', (frame) => seen.push([...frame.layout.figures]));
    definitions = [{ ...own, layout: { ...own.layout, figures: ['waiting', 'clock'] } }];
    engine.changed();
    clock.pass(1 * s);
    expect(seen.at(-1)).toEqual(['waiting', 'clock']);
    stop();
    definitions = [];
    engine.changed();
    expect(frameOf('koket')).toBe(null);
  });

  it('are shown before they are kept, and keep nothing by it', () => {
    expect(engine.preview(own).queues).toHaveLength(2);
    expect(frameOf('koket')).toBe(null);
  });

  it('say closed by the hours that are set, and always open without any', () => {
    expect(frameOf('all')?.opening).toEqual({ state: 'open', until: null });
    openAt = hours;
    engine.changed();
    expect(frameOf('all')?.opening).toEqual({ state: 'open', until: Date.parse('2026-11-24T18:00+01:00') });
    openAt = { ...hours, exceptions: [{ day: '2026-11-24', spans: [] }] };
    engine.changed();
    expect(frameOf('skola')?.opening).toEqual({ state: 'closed', until: Date.parse('2026-11-25T07:00+01:00') });
  });

  const wait = (number: number) =>
    told(clock.now(), {
      kind: 'CallOffered',
      call: `pbx/${number}`,
      entry: `pbx/${number}/forskola`,
      queue: 'forskola',
      channel: `${number}`
    });

  /** One at a time: a word lasts only while somebody looks. */
  const seconds = (count: number) => {
    for (let passed = 0; passed < count; passed += 1) clock.pass(1 * s);
  };

  it('hold a word back until it has lasted, the same for everybody who looks', async () => {
    definitions = [{ ...own, thresholds: { ...DEFAULT_THRESHOLDS, worseAfterMs: 10 * s } }];
    engine.changed();
    // A queue where nobody is signed in is pressed at once by whoever calls.
    const agent = 'PJSIP/agent07';
    await sink.append([
      told(TEN, { kind: 'AgentJoinedQueue', agent, queue: 'forskola' }),
      told(TEN, { kind: 'DeviceChanged', agent, device: 'free' })
    ]);
    const words: string[] = [];
    const stop = engine.feed.watch('koket', ({ queues }) =>
      words.push(queues.find(({ queue }) => queue.id === 'forskola')!.pressure)
    );
    seconds(2);
    await sink.append([wait(1), wait(2), wait(3)]);
    seconds(8);
    expect(words).not.toContain('busy');
    // The board of everything has no such patience.
    expect(frameOf('all')?.queues[1]?.pressure).toBe('busy');
    seconds(4);
    expect(words.at(-1)).toBe('busy');
    stop();
  });

  it('call a queue pressed more readily when somebody has said that it is sensitive', async () => {
    await sink.append([wait(1), wait(2)]);
    expect(frameOf('all')?.queues[1]?.pressure).toBe('calm');
    sensitivity = 'high';
    clock.pass(10 * s);
    expect(frameOf('all')?.queues[1]?.pressure).toBe('busy');
  });
});
