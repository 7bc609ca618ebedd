import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openKeyStore } from '../../../src/lib/server/keys/key-store.ts';
import { nameReader } from '../../../src/lib/server/recordings/file-name.ts';
import { createImporter, type Dealt, type ImporterParts } from '../../../src/lib/server/recordings/import.ts';
import { openSealed } from '../../../src/lib/server/recordings/sealed-file.ts';
import { foundIn } from '../../../src/lib/server/recordings/source-file.ts';
import { watchFolder } from '../../../src/lib/server/recordings/watch.ts';
import { openRecordingPool } from '../../../src/lib/server/store/coaching/recording-pool.ts';
import { openRecordings } from '../../../src/lib/server/store/coaching/recordings.ts';
import type { Database } from '../../../src/lib/server/store/database.ts';
import type { EntryTable } from '../../../src/lib/server/store/tables.ts';
import { DAY_MS, roundAt, WINDOW } from '../../support/coaching-round.ts';
import { databasesForTests } from '../../support/databases.ts';
import { eventually } from '../../support/eventually.ts';
import { counting, tone, wavFile } from '../../support/made-sound.ts';

const ZONE = 'Europe/Stockholm';
const ANSWERED_AT = WINDOW.startsAt + DAY_MS;
const TALK_MS = 90_000;
const call = '1799740790.17';
const home = mkdtempSync(join(tmpdir(), 'stamgaffel-import-'));
/** Each length is reckoned once. */
const lengths = new Map<number, Buffer>();
function made(seconds: number): Buffer {
  const known = lengths.get(seconds) ?? wavFile(counting(seconds * 8_000, 2));
  lengths.set(seconds, known);
  return known;
}
const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
  rmSync(home, { recursive: true });
});

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`a folder of recordings on ${name}`, { timeout: 60_000 }, () => {
    let database: Database;
    let parts: ImporterParts;
    let folder: string;
    let now: number;

    beforeEach(async () => {
      const at = mkdtempSync(join(home, 'case-'));
      folder = join(at, 'spool');
      mkdirSync(folder);
      ({ database } = await roundAt(await location(), at));
      closers.push(() => database.close());
      const keys = openKeyStore({
        file: join(at, 'sound-keys.sqlite'),
        masterKey: null,
        masterKeyFile: join(at, 'sound.key')
      });
      closers.push(() => keys.close());
      now = ANSWERED_AT + 60 * 60_000;
      const pool = openRecordingPool(database, ZONE);
      parts = {
        folder: join(at, 'locked'),
        keys,
        from: folder,
        shelf: openRecordings(database),
        pool,
        readName: nameReader('*{uniqueid}*', ZONE),
        begins: 'answer',
        afterImport: 'delete',
        ffmpeg: join(at, 'no-ffmpeg'),
        now: () => now
      };
      const { kysely } = database;
      for (const id of ['forskola', 'vard'])
        await kysely
          .insertInto('queue')
          .values({
            id,
            source: 'pbx',
            pbx_name: id,
            name: id,
            short_name: id,
            unit_id: null,
            position: 1,
            wrap_up_ms: null,
            shared_wrap_up: 0,
            waiting_limit: null,
            seen_at: 0,
            gone_at: null
          })
          .execute();
      await pool.allow('forskola', { decision: 'KS 2026/7', callerNotice: 'Samtalet spelas in.', now });
      for (const [token, key, person] of [
        ['t1', 'PJSIP/1', 'amina'],
        ['t9', 'PJSIP/9', null]
      ] as const) {
        await kysely
          .insertInto('agent_token')
          .values({ token, source: 'pbx', key, from_at: 0, until_at: WINDOW.endsAt })
          .execute();
        if (person)
          await kysely
            .insertInto('person_agent')
            .values({ person_id: person, source: 'pbx', agent_key: key, from_at: 0, until_at: null })
            .execute();
      }
    });

    const answered = (over: Partial<EntryTable> = {}) => {
      const answeredAt = over.answered_at === undefined ? ANSWERED_AT : over.answered_at;
      const base = {
        call: 'c',
        source: 'pbx',
        queue: 'forskola',
        channel: call,
        from_queue: null,
        adopted: 0 as const
      };
      return database.kysely
        .insertInto('entry')
        .values({
          ...base,
          id: 'entry',
          caller: null,
          offered_at: (answeredAt ?? ANSWERED_AT) - 30_000,
          offered_quality: 'exact',
          outcome: 'answered',
          answered_at: answeredAt,
          answered_quality: 'exact',
          agent: 't1',
          left_at: null,
          why: null,
          pressed: null,
          held_since: null,
          held_ms: 0,
          passed_on: null,
          passed_on_to: null,
          talk_ended_at: answeredAt === null ? null : answeredAt + TALK_MS,
          ended_by: null,
          wrap_up_until: null,
          revised_at: null,
          last_at: (answeredAt ?? ANSWERED_AT) + TALK_MS,
          ...over
        })
        .execute();
    };
    const sound = (seconds = TALK_MS / 1_000) => Buffer.from(made(seconds));
    /** A file that nothing was written to for a while. */
    function file(fileName: string, content: Buffer | string = sound(), ageMs = 5 * 60_000): string {
      const path = join(folder, fileName);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      utimesSync(path, (now - ageMs) / 1_000, (now - ageMs) / 1_000);
      return path;
    }
    async function takeAll(over: Partial<ImporterParts> = {}): Promise<Record<string, Dealt>> {
      const importer = createImporter({ ...parts, ...over });
      const dealt: Record<string, Dealt> = {};
      for await (const found of foundIn(folder)) dealt[found.name] = await importer.take(found);
      return dealt;
    }
    const counts = async () =>
      Object.fromEntries(
        (await database.kysely.selectFrom('recording_import').selectAll().execute()).map((row) => [
          row.outcome,
          row.files
        ])
      );
    const FILE = `${call}.wav`;

    test('takes in what is admitted, locks it, and deletes the file', async () => {
      await answered();
      file(FILE);
      expect(await takeAll()).toEqual({ [FILE]: 'imported' });
      const kept = (await parts.shelf.ofEntry('entry'))!;
      expect(kept).toMatchObject({
        startsAt: ANSWERED_AT,
        lengthMs: TALK_MS,
        clock: 'running',
        rate: 8_000,
        channels: 2
      });
      const locked = await openSealed(
        parts.folder,
        { recordingId: kept.id, fileId: kept.fileId },
        parts.keys.key('recording', kept.fileId)!
      );
      const pieces: Buffer[] = [];
      for await (const piece of locked.read(0, locked.plainLength)) pieces.push(piece);
      await locked.close();
      expect(Buffer.concat(pieces).equals(sound().subarray(44))).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
      expect(readdirSync(parts.folder).sort()).toEqual([`${kept.fileId}.sgr`, `${kept.peaksFileId}.sgr`].sort());
    });

    test('keeps nothing of the wait before the answer, nor of the next agent after it', async () => {
      await answered();
      await answered({ id: 'next', queue: 'vard', agent: 't9', answered_at: ANSWERED_AT + TALK_MS + 10_000 });
      file(FILE, sound(30 + 90 + 10 + 90));
      expect(await takeAll({ begins: 'queue' })).toEqual({ [FILE]: 'imported' });
      const kept = (await parts.shelf.ofEntry('entry'))!;
      expect([kept.startsAt, kept.lengthMs]).toEqual([ANSWERED_AT, TALK_MS]);
      expect(await parts.shelf.ofEntry('next')).toBeNull();
      const locked = await openSealed(
        parts.folder,
        { recordingId: kept.id, fileId: kept.fileId },
        parts.keys.key('recording', kept.fileId)!
      );
      const [first] = [(await locked.read(0, 4).next()).value as Buffer];
      await locked.close();
      expect(first).toEqual(sound(40).subarray(44 + 30 * 32_000, 44 + 30 * 32_000 + 4));
    });

    test.each<[string, Dealt, () => Promise<unknown>]>([
      ['no call is known', 'no-call', () => Promise.resolve()],
      [
        'nobody answered',
        'not-answered',
        () => answered({ outcome: 'abandoned', answered_at: null, talk_ended_at: null })
      ],
      ['nobody has allowed the queue', 'queue-not-allowed', () => answered({ queue: 'vard' })],
      ['whoever answered takes no part', 'not-taking-part', () => answered({ agent: 't9' })],
      [
        'the agent has left the round',
        'not-taking-part',
        async () => {
          await answered();
          await database.kysely
            .updateTable('participation')
            .set({ ended_at: now })
            .where('agent', '=', 'amina')
            .execute();
        }
      ],
      ['the call was before the announced window', 'no-window', () => answered({ answered_at: WINDOW.startsAt - 1 })],
      ['the call was after it', 'no-window', () => answered({ answered_at: WINDOW.endsAt })],
      ['the talk was a breath short of a minute', 'too-short', () => answered({ talk_ended_at: ANSWERED_AT + 59_999 })],
      [
        'the caller said no',
        'caller-said-no',
        async () => {
          await answered();
          await database.kysely.insertInto('recording_refused').values({ entry: 'entry' }).execute();
        }
      ]
    ])('does not take in, open or leave a file when %s', async (_why, outcome, happened) => {
      await happened();
      // Nobody may read it: had it been opened, there would have been an error.
      chmodSync(file(FILE), 0o000);
      now = Math.max(now, ANSWERED_AT + 60 * 60_000);
      expect(await takeAll()).toEqual({ [FILE]: outcome });
      expect([await counts(), readdirSync(folder), existsSync(parts.folder)]).toEqual([{ [outcome]: 1 }, [], false]);
    });

    test('leaves files where they are when told to, and counts each once', async () => {
      await answered();
      file(FILE);
      file('1799740791.18.wav');
      const keep = { afterImport: 'keep' as const };
      expect(await takeAll(keep)).toEqual({ [FILE]: 'imported', '1799740791.18.wav': 'no-call' });
      expect(await takeAll(keep)).toEqual({ [FILE]: 'known', '1799740791.18.wav': 'known' });
      expect([await counts(), readdirSync(folder).length]).toEqual([{ imported: 1, 'no-call': 1 }, 2]);
      const left = await database.kysely.selectFrom('recording_left').selectAll().execute();
      expect(JSON.stringify(left)).not.toContain('17997');
    });

    test('takes the same file in once, also when what came of it was deleted, and not for another call', async () => {
      await answered();
      await answered({ id: 'other', channel: '1799740999.1', answered_at: ANSWERED_AT + DAY_MS });
      file(FILE);
      await takeAll();
      await parts.shelf.beginDeletion('entry', 'withdrawn');
      file(FILE);
      now += DAY_MS;
      file('1799740999.1.wav');
      expect(await takeAll()).toEqual({ [FILE]: 'known', '1799740999.1.wav': 'known' });
    });

    test('waits for a file that is written to, for a head that is not closed, and for a call that goes on', async () => {
      await answered({ talk_ended_at: null });
      file(FILE);
      expect(await takeAll()).toEqual({ [FILE]: 'waiting' });
      await database.kysely
        .updateTable('entry')
        .set({ talk_ended_at: ANSWERED_AT + TALK_MS })
        .execute();
      file(FILE, sound(), 3_000);
      expect(await takeAll()).toEqual({ [FILE]: 'waiting' });
      const open = sound();
      open.writeUInt32LE(0, 40);
      file(FILE, open);
      expect(await takeAll()).toEqual({ [FILE]: 'waiting' });
      file(FILE);
      expect(await takeAll()).toEqual({ [FILE]: 'imported' });
    });

    test('refuses a recording whose length does not agree with the log: the wrong seconds could be taken for the talk', async () => {
      await answered();
      file(FILE, sound(60));
      expect(await takeAll()).toEqual({ [FILE]: 'clock-unclear' });
      expect(existsSync(parts.folder) ? readdirSync(parts.folder) : []).toEqual([]);
    });

    test('never follows a link, never waits for a pipe, and never opens what took the place of a file', async () => {
      await answered();
      const secret = join(home, `secret-${name}.wav`);
      writeFileSync(secret, sound());
      symlinkSync(secret, join(folder, FILE));
      execFileSync('mkfifo', [join(folder, `x-${call}.wav`)]);
      symlinkSync(home, join(folder, 'elsewhere'));
      expect(await takeAll()).toEqual({ [FILE]: 'not-a-file', [`x-${call}.wav`]: 'not-a-file' });
      expect([existsSync(secret), await parts.shelf.ofEntry('entry')]).toEqual([true, null]);

      // A plain file when it was found, and a link to another when it is opened.
      const path = file(FILE);
      const found = (await Array.fromAsync(foundIn(folder))).find((each) => each.name === FILE)!;
      renameSync(path, `${path}.moved`);
      symlinkSync(secret, path);
      expect(await createImporter(parts).take(found)).toBe('not-a-file');
      expect(await parts.shelf.ofEntry('entry')).toBeNull();
    });

    test('takes what is no recording for what it is, and leaves alone what does not look like one', async () => {
      await answered();
      for (const [n, channel] of ['1799740801.1', '1799740801.2', '1799740801.3'].entries())
        await answered({ id: `e${n}`, channel });
      file(FILE, '#EXTM3U\nfile:///etc/passwd\n', 20 * 60_000);
      file('1799740801.1.wav', Buffer.concat([Buffer.from('RF64'), sound().subarray(4)]));
      file('1799740801.2.mp3', Buffer.concat([Buffer.from('ID3\x03'), Buffer.alloc(200)]));
      file(
        '1799740801.3.wav',
        Buffer.concat([Buffer.from('RIFF\xff\xff\xff\xffWAVEjunk', 'latin1'), Buffer.alloc(40, 255)]),
        20 * 60_000
      );
      file('räkning.pdf', 'inte vår');
      file('<img src=x onerror=alert(1)>.wav', sound());
      expect(await takeAll()).toEqual({
        [FILE]: 'not-sound',
        '1799740801.1.wav': 'rf64',
        '1799740801.2.mp3': 'needs-ffmpeg',
        '1799740801.3.wav': 'damaged',
        '<img src=x onerror=alert(1)>.wav': 'name-unknown'
      });
      // What only needs something of the operator stays, and so does what is not ours.
      expect(readdirSync(folder).sort()).toEqual(['1799740801.1.wav', '1799740801.2.mp3', 'räkning.pdf']);
      expect(await takeAll()).toMatchObject({ '1799740801.2.mp3': 'known' });
    });

    test('leaves no half of anything when the disk refuses', async () => {
      await answered();
      file(FILE);
      const shelf = { ...parts.shelf, add: () => Promise.reject(new Error('disk full')) };
      await expect(takeAll({ shelf })).rejects.toThrow('disk full');
      expect([readdirSync(parts.folder), readdirSync(folder)]).toEqual([[], [FILE]]);
      expect(await takeAll()).toEqual({ [FILE]: 'imported' });
    });

    test('is watched: what comes is taken in by itself, in folders of days too', async () => {
      await answered();
      const told: object[] = [];
      const log = {
        info: (fields: object) => void told.push(fields),
        warn: (fields: object) => void told.push(fields)
      };
      const watching = watchFolder({ folder, importer: createImporter(parts), everyMs: 20, log });
      file(`2027/01/12/${FILE}`);
      await eventually(async () => expect(await parts.shelf.ofEntry('entry')).not.toBeNull());
      await watching.stop();
      expect(told).toEqual([{ counts: { imported: 1 } }]);
    });

    test('reads other forms through ffmpeg, which gets the bytes and no name, and is told which form they are', async () => {
      await answered();
      const decoded = join(dirname(folder), 'decoded.wav');
      writeFileSync(decoded, wavFile(tone({ seconds: 90, channels: 1 }), { channels: 1 }));
      const ffmpeg = join(dirname(folder), 'ffmpeg');
      const wanted = '-protocol_whitelist pipe -max_alloc 50000000 -f ogg -i pipe:0 -vn -sn -dn -map 0:a:0 -t 14400';
      writeFileSync(
        ffmpeg,
        `#!/bin/sh\ncase "$*" in *"${wanted}"*) ;; *) exit 9 ;; esac\n[ "$(head -c 4)" = OggS ] || exit 8\ncat > /dev/null\ncat '${decoded}'\n`
      );
      chmodSync(ffmpeg, 0o755);
      const ogg = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(300_000, 7)]);
      file(`${call}.ogg`, ogg);
      expect(await takeAll({ ffmpeg })).toEqual({ [`${call}.ogg`]: 'imported' });
      expect(await parts.shelf.ofEntry('entry')).toMatchObject({ lengthMs: TALK_MS, channels: 1 });
      expect(readFileSync(decoded).length).toBe(44 + 90 * 16_000);
    });

    test('a file that ffmpeg cannot read is damaged', async () => {
      await answered();
      const ffmpeg = join(dirname(folder), 'ffmpeg');
      writeFileSync(ffmpeg, '#!/bin/sh\ncat > /dev/null\nexit 1\n');
      chmodSync(ffmpeg, 0o755);
      file(`${call}.ogg`, Buffer.concat([Buffer.from('OggS'), Buffer.alloc(100)]));
      expect(await takeAll({ ffmpeg })).toEqual({ [`${call}.ogg`]: 'damaged' });
    });
  });
}

describe('the name of a file', () => {
  test.each([
    ['*{uniqueid}*', 'q-600-0701234567-20261110-104233-1799740790.17.wav', '1799740790.17', null],
    ['*{uniqueid}*', '1799740790.17-in.wav', '1799740790.17', null],
    [
      '*-%Y%m%d-%H%M%S-{uniqueid}.wav',
      'q-20270112-100002-1799740790.17.wav',
      '1799740790.17',
      Date.UTC(2027, 0, 12, 9, 0, 2)
    ],
    ['{uniqueid}.wav', '20261110-1042.wav', null, null],
    ['*{uniqueid}*', 'räkning 2026.wav', null, null],
    ['*{uniqueid}*', `${'a-'.repeat(500)}1799740790.17.wav`, null, null]
  ])('%s reads %s', (pattern, fileName, channel, beganAt) => {
    const told = nameReader(pattern, ZONE)(fileName);
    expect(told?.channels[0] ?? null).toBe(channel);
    expect(told?.beganAt ?? null).toBe(beganAt);
  });
  test('an exchange that puts its name before the number is known by both', () => {
    expect(nameReader('*{uniqueid}*', ZONE)('vaxel-svar2-1799740790.17.wav')?.channels).toEqual([
      '1799740790.17',
      'vaxel-svar2-1799740790.17',
      'svar2-1799740790.17'
    ]);
  });
});
