import { appendFile, mkdtemp, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BrokenLines } from '../../../../src/lib/server/telephony/asterisk/broken-lines.ts';
import { QueueLogFollower } from '../../../../src/lib/server/telephony/asterisk/queue-log-follow.ts';
import { importQueueLog, type ImportProgress } from '../../../../src/lib/server/telephony/asterisk/queue-log-import.ts';
import { LineCutter } from '../../../../src/lib/server/telephony/asterisk/queue-log-lines.ts';
import { QueueLog } from '../../../../src/lib/server/telephony/asterisk/queue-log.ts';
import { EntryBook } from '../../../support/entry-book.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { yearOfQueueLog } from '../../../support/year-of-queue-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queue-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

const start = 1_795_283_728;
const call = (n: number, second: number) =>
  `${second}|${n}.0|vaxel|NONE|ENTERQUEUE||0701740605|1\n${second + 5}|${n}.0|vaxel|NONE|ABANDON|1|1|5\n`;
const month = [...yearOfQueueLog({ calls: 2_000, days: 30 })].flat();

async function imported(book: EntryBook, files: string[], stdin?: Readable) {
  const progress: ImportProgress[] = [];
  const brokenFile = join(folder, 'broken-lines.txt');
  const sink = book.sink(() => start * 1000);
  const report = await importQueueLog({
    ...{ source: 'pbx', files, stdin, brokenFile, sink },
    onProgress: (step) => progress.push({ ...step })
  });
  return { report, progress, brokenFile };
}

describe('an import', () => {
  it('of a file, of the same packed, and of standard input tell the same', async () => {
    const text = month.join('\n') + '\n';
    await writeFile(join(folder, 'queue_log'), text);
    await writeFile(join(folder, 'queue_log.1'), gzipSync(text)); // known by its bytes, not by its name
    const [plain, packed, piped] = [new EntryBook('pbx'), new EntryBook('pbx'), new EntryBook('pbx')];
    await imported(plain, [join(folder, 'queue_log')]);
    await imported(packed, [join(folder, 'queue_log.1')]);
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 777) }, (_, n) =>
      bytes.subarray(n * 777, n * 777 + 777)
    );
    const { progress } = await imported(piped, ['-'], Readable.from(pieces));
    expect(plain.entries.size).toBeGreaterThan(2_000);
    expect(packed.told).toEqual(plain.told);
    expect(piped.told).toEqual(plain.told);
    expect(progress.at(-1)).toMatchObject({
      file: 'standard input',
      bytes: bytes.length,
      lines: month.length,
      broken: 0
    });
  });

  it('twice is once, and in two files is the same as in one', async () => {
    const half = month.length >> 1;
    await writeFile(join(folder, 'queue_log.2.gz'), gzipSync(month.slice(0, half).join('\n') + '\n'));
    await writeFile(join(folder, 'queue_log.1'), month.slice(half).join('\n')); // no end of line at the end of the file
    const files = ['queue_log.2.gz', 'queue_log.1'].map((name) => join(folder, name));
    const [book, whole] = [new EntryBook('pbx'), new EntryBook('pbx')];
    await imported(book, files);
    const once = book.all();
    const { report } = await imported(book, files);
    expect([report.told, book.all()]).toEqual([0, once]);
    await imported(whole, ['-'], Readable.from([Buffer.from(month.join('\n'))]));
    expect(whole.all()).toEqual(once);
  });

  it('tells how far it is', async () => {
    const path = join(folder, 'queue_log');
    await writeFile(path, gzipSync(month.join('\n') + '\n'));
    const { progress, report } = await imported(new EntryBook('pbx'), [path]);
    const total = (await stat(path)).size;
    expect(progress.at(-1)).toMatchObject({ file: 'queue_log', bytes: total, total, lines: month.length });
    expect(report.span!.from).toBeLessThan(report.span!.to);
  });

  it('counts broken lines, keeps them aside for the owner alone, names the file, and reads on', async () => {
    const latin1 = Buffer.concat([
      Buffer.from(`${start}|NONE|vaxel|Agent 24 `),
      Buffer.from('Åsa', 'latin1'),
      Buffer.from('|PAUSE|\n')
    ]);
    const bytes = [
      Buffer.from(call(1, start)),
      latin1,
      Buffer.from('\u0000\u0000\u0000 torn\n\nnot a line\r\n'),
      Buffer.from(`${start + 2}|2.0|vaxel|NONE|ABANDON|one\n`),
      Buffer.from('x'.repeat(300_000) + '\n'),
      Buffer.from(call(3, start + 10))
    ];
    await writeFile(join(folder, 'queue_log'), Buffer.concat(bytes));
    const book = new EntryBook('pbx');
    const { report, brokenFile } = await imported(book, [join(folder, 'queue_log')]);
    expect(book.all().map(({ channel, outcome }) => [channel, outcome])).toEqual([
      ['1.0', 'abandoned'],
      ['3.0', 'abandoned']
    ]);
    expect(report.brokenFile).toBe(brokenFile);
    expect(report.broken).toBe([...report.brokenWhy.values()].reduce((a, b) => a + b));
    expect(Object.fromEntries(report.brokenWhy)).toMatchObject({ 'missing-argument': 1, 'no-time': 2 });
    const kept = await readFile(brokenFile, 'utf8');
    expect(kept).toContain('queue_log: no-time: not a line');
    expect((await stat(brokenFile)).mode & 0o077).toBe(0);
    expect(kept.length).toBeLessThan(30_000);
  });

  it('of a packed file that breaks off tells what is there and says that it broke off', async () => {
    const packed = gzipSync(month.join('\n'));
    await writeFile(join(folder, 'queue_log.gz'), packed.subarray(0, packed.length - 100));
    await expect(imported(new EntryBook('pbx'), [join(folder, 'queue_log.gz')])).rejects.toThrow(/unexpected end/);
  });

  it('of a file that is not there says so', async () => {
    await expect(imported(new EntryBook('pbx'), [join(folder, 'no-such-file')])).rejects.toThrow(/ENOENT/);
  });
});

describe('lines', () => {
  it('are the same whatever the bytes were cut into', () => {
    const bytes = Buffer.from('first\r\nsecond å\n\nfourth');
    for (let a = 0; a <= bytes.length; a++)
      for (let b = a; b <= bytes.length; b++) {
        const cutter = new LineCutter();
        const pieces = [bytes.subarray(0, a), bytes.subarray(a, b), bytes.subarray(b)];
        const lines = [...pieces.flatMap((piece) => cutter.push(piece)), cutter.rest()];
        expect(lines).toEqual(['first', 'second å', '', 'fourth']);
      }
  });
});

describe('following a live file', () => {
  const followers: QueueLogFollower[] = [];
  afterEach(async () => {
    for (const follower of followers.splice(0)) await follower.stop();
  });

  async function following({ since = null, at = start + 3_600 }: { since?: number | null; at?: number } = {}) {
    const path = join(folder, 'queue_log');
    const clock = new FakeClock(at * 1000);
    const book = new EntryBook('pbx');
    const broken = new BrokenLines(join(folder, 'broken-lines.txt'));
    const log = new QueueLog({ source: 'pbx', sink: book.sink(clock.now), broken });
    const troubles: (string | null)[] = [];
    const follower = new QueueLogFollower({
      ...{ path, log, since, timers: clock, now: clock.now, skewMs: () => 0 },
      onTrouble: (code) => troubles.push(code)
    });
    followers.push(follower);
    /** Ten minutes later all that is written is old enough. */
    const later = async () => {
      clock.moveTo(clock.now() + 600_000);
      await follower.look();
      return book.all().map(({ channel }) => channel);
    };
    return { path, clock, book, follower, later, troubles, log, broken };
  }

  it('tells what is written, once it is a minute old', async () => {
    const { path, clock, book, follower } = await following({ at: start });
    await writeFile(path, '');
    await follower.start();
    await appendFile(path, call(1, start));
    await follower.look();
    clock.moveTo((start + 64) * 1000);
    await follower.look();
    expect(book.told).toEqual([]);
    clock.moveTo((start + 5 + 60 + 121) * 1000);
    await follower.look();
    expect(book.all()).toMatchObject([{ channel: '1.0', outcome: 'abandoned' }]);
  });

  it('goes on when the file is renamed and made anew, with what was written to the old one meanwhile', async () => {
    const { path, follower, later } = await following();
    await writeFile(path, call(1, start));
    await follower.start();
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, call(2, start + 10));
    expect(await later()).toEqual(['1.0', '2.0']);
    await appendFile(`${path}.1`, call(3, start + 20));
    await writeFile(path, call(4, start + 30));
    expect(await later()).toEqual(['1.0', '2.0', '3.0', '4.0']);
    await rename(path, `${path}.2`);
    await writeFile(path, call(5, start + 40));
    await writeFile(`${path}.2.gz`, gzipSync(await readFile(`${path}.2`)));
    await rm(`${path}.2`);
    await appendFile(path, call(6, start + 50));
    expect(await later()).toEqual(['1.0', '2.0', '3.0', '4.0', '5.0', '6.0']);
  });

  it('goes on when the file is truncated in place', async () => {
    const { path, follower, later } = await following();
    await writeFile(path, call(1, start) + call(2, start + 10));
    await follower.start();
    expect(await later()).toEqual(['1.0', '2.0']);
    await truncate(path);
    await appendFile(path, call(3, start + 20));
    expect(await later()).toEqual(['1.0', '2.0', '3.0']);
  });

  it('waits for the rest of a line that is half written', async () => {
    const { path, follower, later, broken } = await following();
    const text = call(1, start);
    await writeFile(path, text.slice(0, 70));
    await follower.start();
    expect(await later()).toEqual([]);
    await appendFile(path, text.slice(70));
    expect(await later()).toEqual(['1.0']);
    expect(broken.count).toBe(0);
  });

  it('reads what was rotated away while we were down, packed or not, and no older', async () => {
    const { path, follower, later } = await following({ since: start * 1000 });
    await writeFile(`${path}.3`, call(1, start - 90_000));
    await utimes(`${path}.3`, start - 80_000, start - 80_000);
    await writeFile(`${path}-20261121.gz`, gzipSync(call(2, start - 30_000) + call(3, start + 10)));
    await utimes(`${path}-20261121.gz`, start + 20, start + 20);
    await writeFile(`${path}.1`, call(4, start + 30));
    await utimes(`${path}.1`, start + 40, start + 40);
    await writeFile(path, call(5, start + 50));
    await follower.start();
    expect(await later()).toEqual(['3.0', '4.0', '5.0']);
  });

  it('says when the file cannot be read, and when it can again', async () => {
    const { path, follower, later, troubles } = await following();
    await follower.start();
    expect(troubles).toEqual(['ENOENT']);
    await writeFile(path, call(1, start));
    expect(await later()).toEqual(['1.0']);
    expect(troubles).toEqual(['ENOENT', null]);
  });

  it('tells again what could not be written, and nothing twice', async () => {
    const { path, follower, later, book, troubles } = await following();
    await writeFile(path, call(1, start) + call(2, start + 10));
    const write = book.write.bind(book);
    book.write = () => {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    await follower.start();
    expect([await later(), troubles]).toEqual([[], ['ENOSPC']]);
    book.write = write;
    expect([await later(), troubles]).toEqual([
      ['1.0', '2.0'],
      ['ENOSPC', null]
    ]);
    await later();
    expect(book.told).toHaveLength(4);
  });

  it('leaves a stay alone while we hold it open, and refines it when we have heard its end', async () => {
    const { path, follower, later, book } = await following();
    const entry = `pbx/1.0/vaxel/${start}`;
    const told = (key: string, event: Parameters<EntryBook['write']>[0][number]['event'], ms: number) =>
      book.write([{ key, at: start * 1000 + ms, seenAt: start * 1000 + ms, lane: 'live', quality: 'exact', event }]);
    told('a', { kind: 'CallOffered', entry, call: 'pbx/1.0', queue: 'vaxel', channel: '1.0' }, 100);
    const lines = `${start}|1.0|vaxel|NONE|ENTERQUEUE||0701|1\n${start + 15}|1.0|vaxel|NONE|EXITWITHTIMEOUT|1|1|15\n`;
    await writeFile(path, lines);
    await follower.start();
    await later();
    expect(book.all()).toMatchObject([{ outcome: 'waiting' }]);
    told('b', { kind: 'CallOverflowed', entry, why: 'unstated' }, 15_100);
    await later();
    expect(book.all()).toMatchObject([{ outcome: 'overflowed', why: 'time-out', leftAt: start * 1000 + 15_100 }]);
  });

  it('sets one timer at a time and none when stopped', async () => {
    const { path, follower, clock } = await following();
    await writeFile(path, call(1, start));
    await follower.start();
    expect(clock.pending).toBe(1);
    await follower.stop();
    expect(clock.pending).toBe(0);
  });
});
