/**
 * Somebody who types, as a process of its own that can be killed: the very code that runs in a browser
 * (`client/drafts`), on Node, with files for IndexedDB. Numbered tokens go into three fields, eight a second.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { draftServer } from '../../src/lib/client/drafts/server.ts';
import { DraftSync } from '../../src/lib/client/drafts/sync.ts';
import { live } from '../../src/lib/client/graphql.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { journalOnDisk } from './journal-on-disk.ts';
import { mutatedJournal, mutatedServer } from './mutants.ts';

/** What the typist tells whoever kills it. */
export type TypistTells =
  | { tells: 'open'; fields: Record<string, string>; conflicts: number }
  | { tells: 'typed'; field: string; token: string; at: number }
  | { tells: 'saved'; all: boolean }
  /** Told of it by whoever started it. */
  | { tells: 'died'; why: string };
/** `save`: bring all to safety, as before signing out. `leave`: this page is closed, and another opened. */
export type TypistHears = { do: 'save' } | { do: 'leave' };

const { NAME = '', ORIGIN = '', FOLDER = '', FIRST = '1', MUTANT = '' } = process.env;
const cookie = `session=${NAME}`;
const sending: typeof fetch = (input, init) =>
  fetch(new URL(String(input), ORIGIN), { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } });
class Socket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { headers: { cookie } });
  }
}
const line = live(`${ORIGIN.replace('http', 'ws')}/graphql`, { webSocketImpl: Socket, longestWaitMs: 500 });

const remembered = join(FOLDER, `${NAME}.acknowledged`);
const acknowledged = new Map<string, string>(
  existsSync(remembered) ? (JSON.parse(readFileSync(remembered, 'utf8')) as [string, string][]) : []
);
const honest = mutatedServer(MUTANT, draftServer(line, sending), acknowledged);
const [journal, server] = mutatedJournal(MUTANT, journalOnDisk(join(FOLDER, `${NAME}.journal`)), honest);

const random = seededRandom(`${NAME} ${FIRST}`);
const tell = (message: TypistTells): void => void process.send?.(message, () => undefined);
let number = Number(FIRST);

/** One life of a page: it opens the draft, types, and ends when it is told to. */
async function page(): Promise<void> {
  const sync = new DraftSync('reading/slot', () => {
    if (MUTANT !== 'delta-instead-of-value') return;
    writeFileSync(`${remembered}.new`, JSON.stringify([...acknowledged]));
    renameSync(`${remembered}.new`, remembered);
  });
  const stop = sync.start({
    server,
    journal: Promise.resolve(journal),
    turns: null,
    leaving: () => () => {},
    now: Date.now,
    newClientId: () => crypto.randomUUID()
  });
  const { state } = sync;
  const fields = (): Record<string, string> =>
    Object.fromEntries([...state.copy.fields].map(([path, { value }]) => [path, value ?? '']));

  while (state.phase !== 'open') await new Promise((resolve) => setTimeout(resolve, 10));
  tell({ tells: 'open', fields: fields(), conflicts: state.copy.conflicts.size });
  let field = `q/${1 + Math.floor(random() * 3)}`;
  const typing = setInterval(() => {
    const token = `a${String(number).padStart(4, '0')}`;
    // People write a while in one field and then in another: what was left alone has nothing that would heal it.
    if (random() < 0.15) field = `q/${1 + Math.floor(random() * 3)}`;
    number += 1;
    const at = Date.now();
    sync.type(field, `${fields()[field] ?? ''}${token} `);
    tell({ tells: 'typed', field, token, at });
  }, 125);

  const told = await heard();
  clearInterval(typing);
  if (told.do === 'save') {
    tell({ tells: 'saved', all: await sync.flush(3_000) });
    await heard();
  }
  // The page is told that it goes, and is gone before anything has an answer.
  stop();
}

const heard = (): Promise<TypistHears> => new Promise((resolve) => process.once('message', resolve));
for (;;) await page();
