import { seededRandom } from './seeded-random.ts';

export interface YearOptions {
  seed?: string;
  /** 260 000 unless told: a city's main number in a year. */
  calls?: number;
  days?: number;
  /** ms of midnight on the first day, in UTC. */
  from?: number;
}

const queues = ['vaxel', 'forskola', 'grundskola', 'aldreomsorg', 'bygglov', 'avfall', 'parkering', 'trafik'];
const dayMs = 86_400_000;
/** Calls of each hour from 7 to 18, as shares of the day. */
const hours = [4, 11, 14, 13, 11, 9, 10, 10, 8, 5, 3, 2];
const hoursSum = hours.reduce((a, b) => a + b);

/**
 * A queue_log such as a city writes in a year: some five lines a call, quieter weekends, callers who hang up, time out,
 * press a key and overflow, two in three passed on, telephones that ring in vain, pauses. The same for the same seed.
 * Gives the lines of one day after the other, in order of time.
 */
export function* yearOfQueueLog(options: YearOptions = {}): Generator<string[]> {
  const { seed = 'a year', calls = 260_000, days = 365, from = Date.UTC(2025, 10, 1) } = options;
  const random = seededRandom(seed);
  const weights = Array.from({ length: days }, (_, day) => (isWeekend(from + day * dayMs) ? 0.12 : 1));
  const perWeight = calls / weights.reduce((a, b) => a + b, 0);
  let channel = 0;
  let owed = 0;
  let late: [number, string][] = []; // what a day's last calls write on the next
  for (let day = 0; day < days; day++) {
    const midnight = from / 1000 + day * 86_400;
    const lines: [number, string][] = late;
    owed += weights[day]! * perWeight;
    for (; owed >= 1; owed--) call(lines, random, midnight, channel++);
    pauses(lines, random, midnight, weights[day]!);
    lines.sort((a, b) => a[0] - b[0]);
    const today = lines.filter(([second]) => second < midnight + 86_400);
    late = lines.slice(today.length);
    yield today.map(([, line]) => line);
  }
  if (late.length > 0) yield late.map(([, line]) => line);
}

function isWeekend(at: number): boolean {
  return [0, 6].includes(new Date(at).getUTCDay());
}

function call(lines: [number, string][], random: () => number, midnight: number, channel: number): void {
  const upTo = (n: number) => Math.floor(random() * n);
  const uniqueid = `${midnight}.${channel * 3}`;
  let queue = random() < 0.6 ? queues[0]! : queues[1 + upTo(queues.length - 1)]!;
  let at = joinedAt(random, midnight);
  const write = (second: number, member: string, rest: string) =>
    lines.push([second, `${second}|${uniqueid}|${queue}|${member}|${rest}`]);
  const number = random() < 0.1 ? 'anonymous' : `07${String(10_000_000 + upTo(9_000_000))}`;
  for (let stay = 0; stay < 3; stay++) {
    const position = 1 + upTo(6);
    write(at, 'NONE', `ENTERQUEUE||${number}|${position}`);
    const wait = Math.floor(-30 * Math.log(1 - random() * 0.999));
    const fate = random();
    if (fate < 0.07) return void write(at + wait, 'NONE', `ABANDON|1|${position}|${wait}`);
    if (fate < 0.09) return void write(at + wait, 'NONE', `EXITWITHKEY|1|1|${position}|${wait}`);
    if (fate >= 0.14) {
      talk(write, random, at + wait, wait, position, `${uniqueid.slice(0, -1)}1`);
      return;
    }
    write(at + 90, 'NONE', `EXITWITHTIMEOUT|1|${position}|90`);
    at += 91;
    queue = queues[upTo(queues.length)]!;
  }
}

function talk(
  write: (second: number, member: string, rest: string) => void,
  random: () => number,
  at: number,
  wait: number,
  position: number,
  channel: string
): void {
  const agent = () => `Agent ${String(1 + Math.floor(random() * 24)).padStart(2, '0')}`;
  for (let rings = random() < 0.3 ? 1 + Math.floor(random() * 2) : 0; rings > 0; rings--)
    write(at, agent(), 'RINGNOANSWER|12000');
  const member = agent();
  write(at, member, `CONNECT|${wait}|${channel}|${1 + Math.floor(random() * 9)}`);
  const seconds = 20 + Math.floor(-180 * Math.log(1 - random() * 0.999));
  const how = random();
  const ends = `${wait}|${seconds}|${position}`;
  if (how < 0.55) write(at + seconds, member, `BLINDTRANSFER|6001|internal|${ends}`);
  else if (how < 0.65) write(at + seconds, member, `ATTENDEDTRANSFER|BRIDGE|1fd11fe2-c9e1-484e-ad25|${ends}`);
  else write(at + seconds, member, `${how < 0.85 ? 'COMPLETECALLER' : 'COMPLETEAGENT'}|${ends}`);
}

function joinedAt(random: () => number, midnight: number): number {
  let share = random() * hoursSum;
  let hour = 0;
  while (share >= hours[hour]!) share -= hours[hour++]!;
  return midnight + (7 + hour) * 3600 + Math.floor(random() * 3600);
}

/** Pausing in all queues writes a line for all and one for each. */
function pauses(lines: [number, string][], random: () => number, midnight: number, weight: number): void {
  for (let n = Math.round(weight * 150); n > 0; n--) {
    const member = `Agent ${String(1 + Math.floor(random() * 24)).padStart(2, '0')}`;
    const at = joinedAt(random, midnight);
    const until = at + 60 + Math.floor(random() * 1800);
    for (const [second, verb, reason] of [
      [at, 'PAUSE', 'Efterarbete'],
      [until, 'UNPAUSE', '']
    ] as const) {
      lines.push([second, `${second}|NONE|NONE|${member}|${verb}ALL|${reason}`]);
      for (const queue of queues.slice(0, 4))
        lines.push([second, `${second}|NONE|${queue}|${member}|${verb}|${reason}`]);
    }
  }
}
