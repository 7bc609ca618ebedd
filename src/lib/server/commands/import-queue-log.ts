import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { createHistoryLane } from '../live/history-lane.ts';
import type { Database } from '../store/database.ts';
import { openEventLog } from '../store/event-log.ts';
import { openRegister } from '../store/register.ts';
import { importQueueLog as readQueueLogs, type ImportProgress } from '../telephony/asterisk/queue-log-import.ts';
import { argumentsOf, CommandRefused, type Command, type Terminal } from './command.ts';
import { withDatabase } from './opened.ts';

export const importQueueLog: Command = {
  name: 'import queue-log',
  summary: 'Reads the past from queue_log files of an Asterisk',
  help: `stamgaffel import queue-log FILE… [--source NAME]
stamgaffel import queue-log - [--source NAME]

Reads the past from queue_log files, oldest first, packed (gz) or not; - is standard input. A
server may be running meanwhile. What is known already is not counted twice, so the same file
may be read again. Lines that cannot be read are kept aside in a file, which is named at the end.

  --source NAME   the exchange, as in ASTERISK_AMI_URL; needed when there are several

queue_log does not show transfers behind Local members: days that were not watched live show
fewer calls passed on than there were.`,

  async run(args, terminal) {
    const { values, positionals: files } = argumentsOf(args, { source: { type: 'string' } }, 'any');
    if (files.length === 0) throw new CommandRefused('Name the files to read, or - for standard input. See --help.');
    for (const file of files.filter((each) => each !== '-')) await requireReadable(file);
    await withDatabase(
      terminal,
      ({ config, database }) => read(files, values.source, config, database, terminal),
      'real'
    );
  }
};

async function read(
  files: string[],
  asked: string | undefined,
  config: Config,
  database: Database,
  terminal: Terminal
): Promise<void> {
  const source = asked ?? (await onlySource(config, database));
  terminal.err(`Exchange: ${source}`);
  const zone = config.timeZone;
  const now = () => Date.now();
  const register = await openRegister(database, { zone, now });
  const log = await openEventLog(database, 'guest');
  const lane = await createHistoryLane(source, { log, register, zone, now });
  // Made once: making one takes longer than reading the line that asks for its day.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format;
  let fresh = 0;
  const unwatched = new Set<string>();
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const report = await readQueueLogs({
    source,
    sink: {
      ...lane,
      async append(told) {
        fresh += await lane.append(told);
        for (const { at, event } of told)
          if (event.kind === 'CallAnswered' && at < (lane.watchedSince ?? Infinity)) unwatched.add(day(at));
      }
    },
    files,
    stdin: terminal.input,
    brokenFile: join(config.dataDir, `queue-log-broken-lines-${stamp}.txt`),
    onProgress: (progress) => terminal.progress(bar(progress))
  });
  const span = report.span ? `, ${day(report.span.from)} to ${day(report.span.to)}` : '';
  terminal.err(`${report.lines} lines${span}: ${fresh} events are new.`);
  if (unwatched.size > 0) {
    terminal.err(
      `Transfers behind Local members are not visible on ${spansOf(unwatched)}: these days were not watched live, and ` +
        'more calls may have been passed on than are counted.'
    );
  }
  if (report.brokenFile === null) return;
  const why = [...report.brokenWhy].map(([code, count]) => `${count} ${code}`).join(', ');
  terminal.err(`${report.broken} lines could not be read (${why}). They are kept in ${report.brokenFile}.`);
}

const DAY_MS = 86_400_000;
/** `2026-11-02 to 2026-11-06, 2026-11-09 (6 days)`. */
function spansOf(days: ReadonlySet<string>): string {
  const spans: { from: string; to: string }[] = [];
  for (const day of [...days].sort()) {
    const last = spans.at(-1);
    if (last && Date.parse(day) - Date.parse(last.to) === DAY_MS) last.to = day;
    else spans.push({ from: day, to: day });
  }
  const text = spans.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ');
  return `${text} (${days.size} ${days.size === 1 ? 'day' : 'days'})`;
}

/** The exchange that everything is of, when there is only one; another name later would be another exchange. */
async function onlySource(config: Config, { kysely }: Database): Promise<string> {
  const seen = await kysely.selectFrom('queue').select('source').distinct().execute();
  const names = [...new Set([...config.pbxes.map(({ name }) => name), ...seen.map(({ source }) => source)])];
  if (names.length > 1)
    throw new CommandRefused(`There are several exchanges (${names.join(', ')}): say which with --source.`);
  if (names[0] !== undefined) return names[0];
  throw new CommandRefused(
    'No exchange is known yet, and what is read is kept under its name for ever. Give the name that ASTERISK_AMI_URL ' +
      'has or will have, with --source NAME.'
  );
}

async function requireReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new CommandRefused(
      `${file} cannot be read (${error.code}). Nothing was imported. Check the path and its rights.`
    );
  });
}

const WIDTH = 30;
function bar({ file, bytes, total, lines }: ImportProgress): string {
  if (total === null) return `${file}  ${lines} lines`;
  const share = total === 0 ? 1 : Math.min(1, bytes / total);
  const done = Math.round(share * WIDTH);
  return `${file}  ${'█'.repeat(done)}${'·'.repeat(WIDTH - done)} ${Math.floor(share * 100)} %  ${lines} lines`;
}
