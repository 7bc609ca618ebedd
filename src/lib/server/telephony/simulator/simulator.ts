import type { SourceName, Told } from '../../../domain/telephony/event.ts';
import type { Floor } from '../../../domain/telephony/floor.ts';
import type { Instant } from '../../../domain/time.ts';
import { ByHand } from './by-hand.ts';
import { queues } from './city.ts';
import { cityDay, daysAfter, livedDate, livedDateOf } from './city-day.ts';
import { exchangeDay } from './exchange.ts';
import { dayInLog, historyDay, openDaysBefore } from './history.ts';
import { leftBehind } from './left-behind.ts';

/** What the demonstration needs of the engine: the part of `live/ports.ts` that a source without a PBX uses. */
export interface SimulatorSink {
  now(): Instant;
  floor(): Promise<Floor>;
  append(told: Told[]): Promise<void>;
  proven(at: Instant): void;
  entries(from: Instant, to: Instant): Promise<readonly { channel: string }[]>;
  health(report: { state?: 'connecting' | 'starting' | 'connected' | 'lost'; trouble?: string | null }): void;
}
export interface SimulatorOptions {
  /** The same seed, the same city. */
  seed: string;
  timeZone: string;
  name?: SourceName;
  /** How far back the history goes; eight weeks of weekdays and a few days more. */
  historyDays?: number;
  /** Resolves after so long; real time, or a test's. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}
export interface Simulator {
  readonly name: SourceName;
  start(sink: SimulatorSink): Promise<void>;
  stop(): Promise<void>;
  /** An agent's own break: the city takes what it is asked. */
  pause(agentKey: string, paused: boolean): Promise<'done' | 'not-member' | 'no-contact'>;
  /** Resolves when the weeks before today are in the log, or we were stopped before that. */
  history(): Promise<void>;
}

const SECOND = 1_000;
/** Large enough to be quick, small enough that nobody's frame waits for it. */
const BATCH = 1_000;
/** Events closer than this are told together. */
const togetherMs = 40;

/**
 * The demonstration city as a source like any PBX: the same events through the same append.
 *
 * A day is a pure function of seed and date, so nothing has to be remembered. At a start the whole of today up to now
 * is told on the live lane (what the log has already, it drops by its keys), and from then on each event at its
 * instant. A day that was left unfinished is first told to its end. The city went on while we were stopped and all of
 * it is now told in full, therefore the contact counts from the moment it was lost and nothing is blind.
 */
export function simulator(options: SimulatorOptions): Simulator {
  const { seed, timeZone, name = 'demo', historyDays = 60, wait = waitRealTime } = options;
  // Made anew at each start: the engine stops and starts a source again after a gap of its own making.
  let stopping = new AbortController();
  const stopped = (): boolean => stopping.signal.aborted;
  let sinkNow: SimulatorSink | null = null;
  let byHand = new ByHand();
  let telling: Promise<void> = Promise.resolve();
  let remembering: Promise<void> = Promise.resolve();

  const lived = (date: string): Told[] => exchangeDay(seed, cityDay(date, true, timeZone), name);

  async function tell(sink: SimulatorSink, told: readonly Told[]): Promise<void> {
    for (let from = 0; from < told.length && !stopped(); from += BATCH) {
      await sink.append(told.slice(from, from + BATCH));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function start(sink: SimulatorSink): Promise<void> {
    stopping = new AbortController();
    sink.health({ state: 'starting', trouble: null });
    const startedAt = sink.now();
    const floor = await sink.floor();
    const contact = floor.sources.get(name);
    const today = livedDate(startedAt, timeZone);

    await tell(
      sink,
      queues.map(({ pbxName, limit }) => ({
        at: startedAt,
        seenAt: startedAt,
        key: `queue/${pbxName}`,
        lane: 'live',
        quality: 'exact',
        event: { kind: 'QueueSeen', queue: pbxName, limit }
      }))
    );
    for (const date of await unfinished(sink, floor, today)) await tell(sink, lived(date));

    let plan = lived(today);
    let next = plan.findIndex(({ at }) => at > startedAt);
    if (next < 0) next = plan.length;
    await tell(sink, plan.slice(0, next));
    await tell(sink, leftBehind(await sink.floor(), plan.slice(0, next), startedAt));

    const since = contact?.since ?? cityDay(daysAfter(today, -historyDays), false, timeZone).midnight;
    await tell(sink, [
      {
        at: since,
        seenAt: startedAt,
        key: `connected/${startedAt}`,
        lane: 'live',
        quality: 'exact',
        event: { kind: 'SourceConnected', session: `${today}/${startedAt}`, skewMs: 0 }
      }
    ]);
    sink.proven(startedAt);
    sink.health({ state: 'connected' });
    byHand = new ByHand();
    sinkNow = sink;

    telling = (async () => {
      let date = today;
      while (!stopped()) {
        const now = sink.now();
        const due: Told[] = [];
        for (;;) {
          for (let one = plan[next]; one && one.at <= now; one = plan[++next]) due.push(one);
          const tomorrow = daysAfter(date, 1);
          if (now < cityDay(tomorrow, true, timeZone).startsAt) break;
          // The last talks of the night overlap the first of the morning: both are told in order of time.
          plan = [...plan.slice(next), ...lived(tomorrow)].sort((a, b) => a.at - b.at);
          next = 0;
          date = tomorrow;
        }
        try {
          await tell(sink, byHand.told(due));
          if (!stopped()) sink.proven(now);
          sink.health({ state: 'connected', trouble: null });
        } catch {
          // Nothing of the day is lost: the same events are told again when the log takes them.
          plan = [...due, ...plan.slice(next)];
          next = 0;
          sink.health({ trouble: 'log-refuses' });
          await wait(SECOND, stopping.signal);
        }
        const until = (plan[next]?.at ?? now + SECOND) - sink.now();
        await wait(Math.max(togetherMs, Math.min(SECOND, until)), stopping.signal);
      }
    })();
    remembering = remember(sink, today).catch(() => sink.health({ trouble: 'history-refused' }));
  }

  /** Lived days before today that were stopped half-way: they are told to their end first. */
  async function unfinished(sink: SimulatorSink, floor: Floor, today: string): Promise<string[]> {
    const dates = new Set<string>();
    const contact = floor.sources.get(name);
    if (contact) dates.add(livedDate(contact.since, timeZone));
    for (const { channel } of floor.entries.values()) {
      const date = livedDateOf(channel);
      if (date) dates.add(date);
    }
    const known: string[] = [];
    for (const date of [...dates, daysAfter(today, -1)]) {
      if (date < today && !known.includes(date) && (await dayInLog(sink.entries, date, timeZone)) === 'lived')
        known.push(date);
    }
    return known.sort();
  }

  async function remember(sink: SimulatorSink, today: string): Promise<void> {
    for (const day of openDaysBefore(today, historyDays, timeZone)) {
      if (stopped()) return;
      if ((await dayInLog(sink.entries, day.date, timeZone)) !== 'nothing') continue;
      for (const batch of historyDay({ seed, source: name, timeZone }, day, sink.now())) {
        if (stopped()) return;
        await sink.append(batch);
        // The past is nobody's hurry: whoever looks at the board goes first.
        await wait(20, stopping.signal);
      }
    }
  }

  return {
    name,
    start,
    async pause(agentKey, paused) {
      if (!sinkNow || stopped()) return 'no-contact';
      const floor = await sinkNow.floor();
      if (!floor.agents.get(agentKey)?.queues.size) return 'not-member';
      await sinkNow.append(byHand.pause(agentKey, paused, floor, sinkNow.now()));
      return 'done';
    },
    async stop() {
      stopping.abort();
      await Promise.all([telling, remembering]);
    },
    history: () => remembering
  };
}

function waitRealTime(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
}
