import type { CallEvent, EventKind, SourceName, Told } from '../../../domain/telephony/event.ts';
import { HOUR_MS, type Instant } from '../../../domain/time.ts';
import { cityDay, daysAfter, livedDateOf, type CityDay } from './city-day.ts';
import { exchangeDay } from './exchange.ts';

/** What an entry and its tally are made of. Telephones that rang and pauses of long ago fold into nothing. */
const kept: ReadonlySet<EventKind> = new Set<CallEvent['kind']>([
  'CallOffered',
  'CallAnswered',
  'CallAbandoned',
  'CallOverflowed',
  'CallLost',
  'CallRefused',
  'CallHeld',
  'CallResumed',
  'CallPassedOn',
  'TalkEnded'
]);
/** A caller's token lives eight days; linking older calls would cost a row each and mean nothing. */
const callerLifeMs = 8 * 86_400_000;

export interface HistoryOptions {
  seed: string;
  source: SourceName;
  timeZone: string;
}

/** Small enough that whoever looks at the board never waits for the past. */
const BATCH = 400;

/**
 * A day that nobody watched, on the history lane, in batches of whole entries: between two of them nobody of that day
 * may seem to be waiting still. The last batch is the day's first entry alone. When it stands in the log, so does the
 * whole day, however we were stopped, and it need not be made again.
 */
export function historyDay(options: HistoryOptions, day: CityDay, now: Instant): Told[][] {
  const entries = new Map<string, Told[]>();
  for (const one of exchangeDay(options.seed, day, options.source)) {
    if (!kept.has(one.event.kind)) continue;
    const event = withoutOldCaller(one, now);
    const entry = 'entry' in event && event.entry ? event.entry : one.key;
    const sofar = entries.get(entry) ?? [];
    sofar.push({ ...one, event, lane: 'history' });
    entries.set(entry, sofar);
  }
  const [first, ...others] = entries.values();
  const batches: Told[][] = [[]];
  for (const told of others) {
    if (batches.at(-1)!.length >= BATCH) batches.push([]);
    batches.at(-1)!.push(...told);
  }
  return first === undefined ? [] : [...batches, first];
}

function withoutOldCaller({ at, event }: Told, now: Instant): CallEvent {
  if (event.kind !== 'CallOffered' || at > now - callerLifeMs || event.caller === undefined) return event;
  const { caller: _, ...rest } = event;
  return rest;
}

/** The days before `date`, the nearest first, weekends left out: the contact centre was closed. */
export function openDaysBefore(date: string, days: number, timeZone: string): CityDay[] {
  return Array.from({ length: days }, (_, index) => cityDay(daysAfter(date, -1 - index), false, timeZone)).filter(
    (day) => day.open
  );
}

/** Entries of the log that were offered from one instant up to another. */
export type EntriesOffered = (from: Instant, to: Instant) => Promise<readonly { channel: string }[]>;

/** Whether the log has a day, and as what: one that was lived must not be made a second time as history. */
export async function dayInLog(
  entries: EntriesOffered,
  date: string,
  timeZone: string
): Promise<'lived' | 'history' | 'nothing'> {
  const { startsAt, opensAt } = cityDay(date, true, timeZone);
  const early = await entries(startsAt, startsAt + HOUR_MS);
  if (early.some(({ channel }) => livedDateOf(channel) === date)) return 'lived';
  const first = await entries(opensAt, opensAt + HOUR_MS / 2);
  const { plan } = cityDay(date, false, timeZone);
  return first.some(({ channel }) => channel === `${plan}-c1`) ? 'history' : 'nothing';
}

/**
 * `stamgaffel simulate`: the last `days` days before `until`, oldest first, as batches for a log. A second run makes
 * the same keys, so it adds nothing. Days that `skip` names, because they were lived, are left out.
 */
export function* simulateDays(
  options: HistoryOptions & { until: string; days: number; now: Instant; skip?: ReadonlySet<string> }
): Generator<Told[]> {
  for (const day of openDaysBefore(options.until, options.days, options.timeZone).reverse()) {
    if (!options.skip?.has(day.date)) yield* historyDay(options, day, options.now);
  }
}
