import { DEMO_SEED, DEMO_SOURCE } from '../demonstration.ts';
import { createHistoryLane } from '../live/history-lane.ts';
import { openEventLog } from '../store/event-log.ts';
import { openRegister } from '../store/register.ts';
import { dayInLog, openDaysBefore, simulateDays } from '../telephony/simulator/history.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const simulate: Command = {
  name: 'simulate',
  summary: 'Fills a demonstration database with invented days',
  help: `stamgaffel simulate [--days DAYS] [--until YYYY-MM-DD] [--seed SEED]

Fills a demonstration database with the invented calls of past days. A database with real
calls is refused. Days that are there already stay as they are.

  --days DAYS          how many days back: 60 when left out
  --until YYYY-MM-DD   the day after the last one: today when left out
  --seed SEED          another seed, another city`,

  async run(args, terminal) {
    const one = { type: 'string' } as const;
    const { values } = argumentsOf(args, { days: one, until: one, seed: one }, 0);
    const days = Number(values.days ?? 60);
    if (!Number.isInteger(days) || days < 1 || days > 4_000)
      throw new CommandRefused(`--days "${values.days}" is not a number of days from 1 to 4000.`);
    await withDatabase(
      terminal,
      async ({ config, database }) => {
        const zone = config.timeZone;
        const now = Date.now();
        const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(now);
        const until = values.until ?? today;
        if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until)) || until > today)
          throw new CommandRefused(`--until "${until}" is not a day up to today. Write it as ${today}.`);
        const register = await openRegister(database, { zone, now: () => now });
        const log = await openEventLog(database, 'guest');
        const lane = await createHistoryLane(DEMO_SOURCE, { log, register, zone, now: () => now });
        // A day that the running city has lived has its calls already; as history it would have them twice.
        const skip = new Set<string>();
        for (const { date } of openDaysBefore(until, days, zone))
          if ((await dayInLog(lane.entries, date, zone)) === 'lived') skip.add(date);
        const options = { seed: values.seed ?? DEMO_SEED, source: DEMO_SOURCE, timeZone: zone, until, days, now, skip };
        let fresh = 0;
        let told = 0;
        for (const part of simulateDays(options)) {
          fresh += await lane.append(part.map((event) => ({ ...event, seenAt: now })));
          told += part.length;
          terminal.progress(`${new Date(part.at(-1)?.at ?? now).toISOString().slice(0, 10)}  ${told} events`);
        }
        terminal.err(`${fresh} events are new, ${told - fresh} were there already, over ${days} days before ${until}.`);
        if (skip.size > 0) terminal.err(`${skip.size} days were lived by the running city and left as they are.`);
      },
      'demo'
    );
  }
};
