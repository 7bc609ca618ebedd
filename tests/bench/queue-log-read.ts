/**
 * A year of queue_log (260 000 calls, about 1.3 million lines) read, put together to stays and compared with an empty
 * log of events, without writing anything; beside it, only cutting the same file into lines.
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importQueueLog } from '../../src/lib/server/telephony/asterisk/queue-log-import.ts';
import { linesOf } from '../../src/lib/server/telephony/asterisk/queue-log-lines.ts';
import { yearOfQueueLog } from '../support/year-of-queue-log.ts';
import { figure } from './figure.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-queue-log-'));
try {
  const path = join(folder, 'queue_log');
  const file = createWriteStream(path);
  for (const day of yearOfQueueLog()) if (!file.write(day.join('\n') + '\n')) await once(file, 'drain');
  file.end();
  await once(file, 'finish');

  const cutting = performance.now();
  for await (const lines of linesOf(path, () => undefined)) void lines.length;
  const cutMs = performance.now() - cutting;

  const begun = performance.now();
  const cpu = process.cpuUsage();
  const sink = { now: Date.now, append: () => Promise.resolve(), entries: () => Promise.resolve([]) };
  const report = await importQueueLog({ source: 'pbx', files: [path], brokenFile: join(folder, 'broken'), sink });
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  figure('queue-log-read', 'a year of queue_log read and compared, s', ms / 1_000, {
    against: 'only cutting it into lines',
    theirs: cutMs / 1_000,
    ratio: ms / cutMs,
    wanted: 'value <= 8',
    cpuSeconds: (user + system) / 1e6,
    lines: report.lines,
    events: report.told
  });
} finally {
  rmSync(folder, { recursive: true });
}
