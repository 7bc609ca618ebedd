/**
 * Frames as a board may meet them, made by hand: the figures of the first customer on Tuesday 24 November 2026, 10:42,
 * which add up in every queue and in the total.
 */
import { DEFAULT_LAYOUT } from '../../src/lib/domain/board.ts';
import { pressure } from '../../src/lib/domain/pressure.ts';
import type {
  AgentCounts,
  BoardFrame,
  Figures,
  QueueNow,
  ServiceLevelDefinition
} from '../../src/lib/domain/wallboard.ts';

export const NOW = Date.parse('2026-11-24T09:42:10Z');
const DAY = Date.parse('2026-11-23T23:00:00Z');
const s = 1000;

const level: ServiceLevelDefinition = { variant: 'without-short', targetMs: 60 * s, shortAbandonMs: 5 * s, from: DAY };

/** name, short name, unit, waiting, longest s, [available, talking, wrap-up, paused], offered, answered, in time, abandoned, overflowed, lost */
type Row = [string, string, string, number, number, [number, number, number, number], ...number[]];
const rows: Row[] = [
  ['Huvudnumret', 'Huvudnumret', 'Allmänna svarsgruppen', 4, 48, [1, 14, 2, 2], 412, 379, 323, 15, 13, 1],
  ['Förskola', 'Förskola', 'Förskola och skola', 11, 372, [0, 7, 2, 1], 143, 110, 58, 14, 7, 1],
  ['Grundskola', 'Grundskola', 'Förskola och skola', 1, 22, [0, 3, 1, 1], 61, 57, 51, 2, 1, 0],
  ['Vuxenutbildning', 'Vuxenutb.', 'Förskola och skola', 0, 0, [1, 1, 0, 0], 27, 26, 25, 1, 0, 0],
  ['Äldreomsorg', 'Äldreomsorg', 'Vård och omsorg', 2, 41, [0, 3, 0, 1], 78, 71, 63, 4, 1, 0],
  ['Funktionsstöd', 'Funktion', 'Vård och omsorg', 0, 0, [1, 1, 0, 0], 34, 33, 32, 1, 0, 0],
  ['Ekonomiskt stöd', 'Ekonomiskt', 'Vård och omsorg', 1, 15, [0, 2, 1, 1], 66, 61, 53, 3, 1, 0],
  ['Parkering', 'Parkering', 'Stad och fritid', 1, 9, [0, 1, 0, 1], 71, 66, 55, 2, 2, 0],
  ['Avfall', 'Avfall', 'Stad och fritid', 0, 0, [1, 0, 0, 0], 38, 37, 33, 1, 0, 0],
  ['Bygglov', 'Bygglov', 'Stad och fritid', 0, 0, [0, 1, 0, 0], 24, 23, 17, 1, 0, 0],
  ['Kultur och fritid', 'Kultur', 'Stad och fritid', 0, 0, [1, 1, 0, 0], 17, 17, 16, 0, 0, 0]
];

export function figures(over: Partial<Figures> = {}): Figures {
  return {
    carriedIn: 0,
    carriedOut: null,
    offered: 0,
    answered: 0,
    answeredInTime: 0,
    abandoned: 0,
    abandonedShort: 0,
    overflowed: 0,
    lost: 0,
    refused: null,
    refusedVisible: false,
    passedOn: null,
    solvedDirectly: null,
    serviceLevel: null,
    serviceLevelN: 0,
    serviceLevelBy: [level],
    answerTimeMsMean: null,
    answerTimeMsP50: null,
    answerTimeMsP80: null,
    answerTimeMsP90: null,
    talkTimeMsMean: null,
    few: false,
    blindMs: 0,
    ...over
  };
}

export function agents(available: number, talking: number, wrappingUp: number, paused: number): AgentCounts {
  return { available, ringing: 0, talking, busy: 0, wrappingUp, paused, unreachable: 0 };
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replace(/ /g, '-');

function queue([name, shortName, unit, waiting, longest, states, ...counts]: Row): QueueNow {
  const [offered, answered, answeredInTime, abandoned, overflowed, lost] = counts as [
    number,
    number,
    number,
    number,
    number,
    number
  ];
  const short = Math.floor(abandoned / 4);
  const n = answered + abandoned - short;
  const today = figures({
    offered,
    answered,
    answeredInTime,
    abandoned,
    abandonedShort: short,
    overflowed,
    lost,
    serviceLevel: n === 0 ? null : answeredInTime / n,
    serviceLevelN: n,
    answerTimeMsMean: 45 * s,
    answerTimeMsP50: name === 'Förskola' ? 86 * s : 28 * s,
    answerTimeMsP80: 60 * s,
    answerTimeMsP90: name === 'Förskola' ? 288 * s : 97 * s
  });
  const now = {
    queue: {
      id: slug(name),
      name,
      shortName,
      source: 'demo',
      unit: { id: slug(unit), name: unit },
      serviceLevel: level,
      wrapUpMs: 20 * s
    },
    source: { state: 'CONNECTED', since: DAY, provenAt: NOW - 1 * s },
    waiting,
    longestWaitSince: waiting === 0 ? null : NOW - longest * s,
    agents: agents(...states),
    today,
    recent: today,
    imbalance: offered - answered - abandoned - overflowed - lost - waiting,
    lastKnown: null
  } as const;
  return { ...now, pressure: pressure(now, NOW) };
}

const arrivals = [...Array<number>(28).fill(0), ...[16, 22, 35, 48, 53, 61, 62, 80, 73, 84, 86, 73, 95, 111, 76]];

const sum = (queues: QueueNow[], of: (queue: QueueNow) => number) =>
  queues.reduce((total, queue) => total + of(queue), 0);

/** The total of these queues, with the histogram and arrivals of the whole centre. */
function frame(queues: QueueNow[], board: BoardFrame['board']): BoardFrame {
  const add = (
    key:
      | 'offered'
      | 'answered'
      | 'answeredInTime'
      | 'abandoned'
      | 'abandonedShort'
      | 'overflowed'
      | 'lost'
      | 'serviceLevelN'
  ) => sum(queues, ({ today }) => today[key]);
  const count = (key: keyof AgentCounts) => sum(queues, ({ agents }) => agents[key] ?? 0);
  const since = queues.map((queue) => queue.longestWaitSince).filter((at) => at !== null);
  const n = add('serviceLevelN');
  const today = figures({
    offered: add('offered'),
    answered: add('answered'),
    answeredInTime: add('answeredInTime'),
    abandoned: add('abandoned'),
    abandonedShort: add('abandonedShort'),
    overflowed: add('overflowed'),
    lost: add('lost'),
    serviceLevel: n === 0 ? null : add('answeredInTime') / n,
    serviceLevelN: n,
    answerTimeMsMean: 61 * s,
    answerTimeMsP50: 34 * s,
    answerTimeMsP80: 90 * s,
    answerTimeMsP90: 185 * s
  });
  return {
    board,
    position: { epoch: 'test', offset: 4711 },
    asOf: NOW,
    dayStartsAt: DAY,
    source: { state: 'CONNECTED', since: DAY, provenAt: NOW - 1 * s },
    saved: true,
    announcements: [],
    layout: DEFAULT_LAYOUT,
    opening: { state: 'open', until: null },
    total: {
      waiting: sum(queues, ({ waiting }) => waiting ?? 0),
      longestWaitSince: since.length === 0 ? null : Math.min(...since),
      agents: {
        available: count('available'),
        ringing: count('ringing'),
        talking: count('talking'),
        busy: count('busy'),
        wrappingUp: count('wrappingUp'),
        paused: count('paused'),
        unreachable: count('unreachable')
      },
      today,
      recent: today,
      imbalance: 0,
      lastKnown: null,
      calls: 897,
      arrivals,
      answerTimes: [
        { fromMs: 0, toMs: 10 * s, answered: 214 },
        { fromMs: 10 * s, toMs: 20 * s, answered: 118 },
        { fromMs: 20 * s, toMs: 30 * s, answered: 84 },
        { fromMs: 30 * s, toMs: 60 * s, answered: 310 },
        { fromMs: 60 * s, toMs: 120 * s, answered: 36 },
        { fromMs: 120 * s, toMs: 300 * s, answered: 92 },
        { fromMs: 300 * s, toMs: null, answered: 26 }
      ]
    },
    queues
  };
}

const everything = { id: 'all', name: null, demo: true, timeZone: 'Europe/Stockholm' };

/** Pressed: eleven wait in one queue, four in another. */
export function busy(): BoardFrame {
  return frame(rows.map(queue), everything);
}

/** Three wait, and there are hands for them. */
export function calm(): BoardFrame {
  const waits: Record<string, [number, number]> = { Huvudnumret: [2, 22], Äldreomsorg: [1, 8] };
  const quiet = rows.map((row): Row => {
    const [waiting, longest] = waits[row[0]] ?? [0, 0];
    const copy: Row = [...row];
    copy[3] = waiting;
    copy[4] = longest;
    copy[5] = [row[5][0] + 1, row[5][1], row[5][2], row[5][3]];
    return copy;
  });
  return frame(quiet.map(queue), everything);
}

/** Nobody waits at all. */
export function empty(): BoardFrame {
  return frame(
    rows.map((row): Row => [row[0], row[1], row[2], 0, 0, row[5], ...(row.slice(6) as number[])]).map(queue),
    everything
  );
}

/** The last byte from the exchange is so many seconds old. */
export function aged(seconds: number): BoardFrame {
  const source = { state: 'CONNECTED' as const, since: DAY, provenAt: NOW - seconds * s };
  const old = busy();
  return { ...old, source, queues: old.queues.map((queue) => ({ ...queue, source })) };
}

const unknownAgents: AgentCounts = {
  available: null,
  ringing: null,
  talking: null,
  busy: null,
  wrappingUp: null,
  paused: null,
  unreachable: null
};

/** The exchange went silent three minutes ago; what was known then goes with the frame. */
export function exchangeLost(): BoardFrame {
  const was = busy();
  const at = NOW - 180 * s;
  const source = { state: 'LOST' as const, since: at, provenAt: at };
  const gone = <T extends { waiting: number | null; longestWaitSince: number | null; today: Figures }>(now: T): T => ({
    ...now,
    waiting: null,
    longestWaitSince: null,
    agents: unknownAgents,
    today: { ...now.today, blindMs: 180 * s },
    imbalance: null,
    lastKnown: {
      at,
      waiting: now.waiting ?? 0,
      longestWaitMs: now.longestWaitSince === null ? null : NOW - now.longestWaitSince
    }
  });
  return { ...was, source, total: gone(was.total), queues: was.queues.map((queue) => ({ ...gone(queue), source })) };
}

/** Contact is back and the exchange is being read. */
export function starting(): BoardFrame {
  const lost = exchangeLost();
  const source = { state: 'STARTING' as const, since: NOW - 2 * s, provenAt: NOW };
  return { ...lost, source, queues: lost.queues.map((queue) => ({ ...queue, source })) };
}

/** One of two exchanges is lost: its queues are unknown, the others are not. */
export function halfLost(): BoardFrame {
  const lost = exchangeLost();
  const now = busy();
  return { ...lost, queues: now.queues.map((queue, index) => (index < 4 ? queue : lost.queues[index]!)) };
}

/** Three calls are missing from the sum. */
export function unbalanced(): BoardFrame {
  const now = busy();
  return { ...now, total: { ...now.total, imbalance: 3 } };
}

/** The disk refuses: we go on from memory. */
export function unsaved(): BoardFrame {
  return { ...busy(), saved: false };
}

/** For four minutes of today we saw nothing. */
export function blind(): BoardFrame {
  const now = busy();
  const marked = (today: Figures) => ({ ...today, blindMs: 240 * s });
  return {
    ...now,
    total: { ...now.total, today: marked(now.total.today) },
    queues: now.queues.map((queue) => ({ ...queue, today: marked(queue.today) }))
  };
}

/** One unit, on its own board, where nobody is signed in. */
export function closedUnit(): BoardFrame {
  const queues = empty()
    .queues.filter(({ queue }) => queue.unit?.name === 'Stad och fritid')
    .map((queue) => ({ ...queue, agents: agents(0, 0, 0, 0) }));
  return frame(queues, { ...everything, id: 'stad-och-fritid', name: 'Stad och fritid' });
}

/** One unit at work. */
export function oneUnit(): BoardFrame {
  const queues = busy().queues.filter(({ queue }) => queue.unit?.name === 'Förskola och skola');
  return frame(queues, { ...everything, id: 'forskola-och-skola', name: 'Förskola och skola' });
}

/** Names that were not chosen with a screen in mind. */
export function longNames(): BoardFrame {
  const now = busy();
  const names = ['Färdtjänst och riksfärdtjänst', 'Överförmyndarförvaltningen', 'Stadsmiljö och trafikkontoret'];
  return {
    ...now,
    queues: now.queues.map((queue, index) => ({
      ...queue,
      queue: {
        ...queue.queue,
        name: names[index] ?? queue.queue.name,
        shortName: (names[index] ?? queue.queue.name).slice(0, 11)
      }
    }))
  };
}

/** Early in the morning: nine have called. */
export function smallNumbers(): BoardFrame {
  const now = calm();
  const today = figures({
    offered: 9,
    answered: 8,
    answeredInTime: 7,
    abandoned: 1,
    serviceLevel: 7 / 9,
    serviceLevelN: 9,
    answerTimeMsP50: 12 * s,
    answerTimeMsP90: 40 * s
  });
  return { ...now, total: { ...now.total, today, arrivals: [...Array<number>(28).fill(0), 9] } };
}

/** Just after midnight: nobody has called. */
export function noCalls(): BoardFrame {
  const now = empty();
  const none = figures();
  return {
    ...now,
    total: {
      ...now.total,
      today: none,
      arrivals: [0],
      answerTimes: now.total.answerTimes.map((step) => ({ ...step, answered: 0 }))
    },
    queues: now.queues.map((queue) => ({ ...queue, today: none }))
  };
}

/** The queues are seen, but not what people are doing. */
export function unknownAgentStates(): BoardFrame {
  const now = busy();
  return {
    ...now,
    total: { ...now.total, agents: unknownAgents },
    queues: now.queues.map((queue) => ({ ...queue, agents: unknownAgents }))
  };
}

/** Twenty-three wait in one queue. */
export function crowded(): BoardFrame {
  const many = rows.map((row): Row =>
    row[0] === 'Förskola' ? [row[0], row[1], row[2], 23, 754, row[5], ...(row.slice(6) as number[])] : row
  );
  return frame(many.map(queue), everything);
}

/** More queues than a wall has room for. */
export function fifteenQueues(): BoardFrame {
  const more = ['Skolskjuts', 'Hemsjukvård', 'Färdtjänst', 'Idrott'].map((name, index): Row => [
    name,
    name,
    rows[index + 1]![2],
    index,
    index * 11,
    [1, 1, 0, 0],
    10 + index,
    10,
    9,
    0,
    0,
    0
  ]);
  return frame([...rows, ...more].map(queue), everything);
}
