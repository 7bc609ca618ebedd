import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import type { Viewer } from '../../src/lib/domain/access.ts';
import type { Recording } from '../../src/lib/domain/coaching/kept-recording.ts';
import { openKeyStore, type KeyStore } from '../../src/lib/server/keys/key-store.ts';
import { keep } from '../../src/lib/server/recordings/keep.ts';
import type { Hearing } from '../../src/lib/server/recordings/ports.ts';
import { createSound, type Sound } from '../../src/lib/server/recordings/sound.ts';
import { wavHead, type WavHead } from '../../src/lib/server/recordings/wav.ts';
import { openListening, type StoredListening } from '../../src/lib/server/store/coaching/listening.ts';
import { openRecordings } from '../../src/lib/server/store/coaching/recordings.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';
import { inMemory, wavFile } from './made-sound.ts';

export const ANSWERED_AT = Date.UTC(2027, 0, 12, 9, 0, 0);
export const ENTRY = 'gbg/1799740790.17/forskola/1799740790';
export const SLOT = 'slot-1';

export const coach = (personId = 'karin'): Viewer => ({
  kind: 'person',
  personId,
  sessionId: `session of ${personId}`,
  name: 'Karin Ahlgren',
  roles: ['coach']
});

/** One recorded call, everything around it real but who may hear it, which a test says. */
export interface KeptCall {
  url: string;
  folder: string;
  database: Database;
  keys: KeyStore;
  recording: Recording;
  sound: Sound;
  /** Who is behind a request's cookie, and what they may hear. */
  people: Map<string, Viewer>;
  mayHear: Map<string, Hearing>;
  listening: StoredListening;
  /** Called before each row of the listening log is written. */
  beforeHeard: { act: () => Promise<void> };
  warned: object[];
  now: { at: number };
  /** How many connections our end has. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

export async function keptCall(
  samples: Int16Array,
  { rate = 8_000, channels = 2 as 1 | 2, startsAt = ANSWERED_AT } = {}
): Promise<KeptCall> {
  const home = mkdtempSync(join(tmpdir(), 'stamgaffel-sound-'));
  const folder = join(home, 'recordings');
  const database = await openDatabase(join(home, 'sound.sqlite'));
  const keys = openKeyStore({
    file: join(home, 'keys.sqlite'),
    masterKey: null,
    masterKeyFile: join(home, 'master.key')
  });
  const shelf = openRecordings(database);
  const bytes = inMemory(wavFile(samples, { rate, channels }));
  const head = (await wavHead(bytes)) as WavHead;
  const frames = { from: 0, until: samples.length / channels };
  const made = await keep(
    { folder, keys },
    { bytes, head, frames, entry: ENTRY, startsAt, clock: 'running', sourceHash: 'x' }
  );
  await shelf.add(made, ANSWERED_AT);

  const now = { at: ANSWERED_AT + 86_400_000 };
  const beforeHeard = { act: () => Promise.resolve() };
  const listening = openListening(database, () => beforeHeard.act());
  const people = new Map<string, Viewer>([['karin', coach()]]);
  const mayHear = new Map<string, Hearing>();
  const spanTo = startsAt + made.lengthMs;
  mayHear.set('karin', { entry: ENTRY, spanFrom: ANSWERED_AT, spanTo, logged: true });
  const warned: object[] = [];
  const sound = createSound({
    folder,
    keys,
    shelf,
    listening,
    authority: {
      mayHear: (viewer, slot) =>
        Promise.resolve((viewer.kind === 'person' && slot === SLOT && mayHear.get(viewer.personId)) || null)
    },
    now: () => now.at,
    log: { warn: (fields) => void warned.push(fields) }
  });
  const who = (request: IncomingMessage) => () => Promise.resolve(people.get(request.headers.cookie ?? '') ?? null);
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await getRequest({ base: 'http://localhost', request });
      const [, , slot = '', what] = new URL(asked.url).pathname.split('/');
      const listener = { slot, who: who(request), cut: () => void request.socket.resetAndDestroy() };
      await setResponse(response, await sound[what === 'peaks' ? 'peaks' : 'sound'](asked, listener));
    })();
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slots/${SLOT}`,
    folder,
    database,
    keys,
    recording: made,
    sound,
    people,
    mayHear,
    listening,
    beforeHeard,
    warned,
    now,
    connections: () =>
      new Promise((told, failed) => server.getConnections((error, count) => (error ? failed(error) : told(count)))),
    async stop() {
      sound.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      keys.close();
      await database.close();
      rmSync(home, { recursive: true });
    }
  };
}
