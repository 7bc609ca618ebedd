import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/lib/domain/access.ts';
import { DEFAULT_CRITERIA } from '../../src/lib/domain/coaching/rubric.ts';
import { hashes } from '../../src/lib/operations/hashes.ts';
import { createCoaching, type Coaching } from '../../src/lib/server/coaching/coaching.ts';
import { drafting } from '../../src/lib/server/coaching/drafting.ts';
import { createAudit, type Audit } from '../../src/lib/server/identity/audit.ts';
import { openKeyStore, type KeyStore } from '../../src/lib/server/keys/key-store.ts';
import { openRubrics } from '../../src/lib/server/rubrics.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';
import { FakeFeed } from './fake-feed.ts';
import { busy } from './frames.ts';
import { graphqlServer, type GraphqlServer } from './graphql-server.ts';

export const DAY_MS = 86_400_000;
/** A Monday, three weeks before the round. */
export const BEGINNING = Date.parse('2027-01-11T08:00:00+01:00');
export const STARTS_AT = BEGINNING + 8 * DAY_MS;
export const ENDS_AT = STARTS_AT + 70 * DAY_MS;
export const WINDOW = { from: STARTS_AT, to: STARTS_AT + 14 * DAY_MS };

export const AGENTS = ['amina', 'bodil', 'carl', 'doris', 'elin', 'farid', 'greta', 'hugo', 'ingrid', 'jonas'];
export const FEW = ['kalle', 'lotta', 'moa', 'nora'];
const SURNAMES = [
  'Åkesson',
  'Öberg',
  'Zander',
  'Ahlin',
  'Berg',
  'Ek',
  'Falk',
  'Gran',
  'Holm',
  'Id',
  'Juul',
  'Kron',
  'Lind',
  'Mo'
];
const OTHERS: Record<string, { roles: Role[]; unit: string | null }> = {
  karin: { roles: ['coach'], unit: null },
  fatima: { roles: ['coach'], unit: null },
  maria: { roles: ['leader'], unit: 'forskola' },
  lisa: { roles: ['leader'], unit: 'liten' },
  // A coach who leads the small unit: never one of its own people's.
  leo: { roles: ['leader', 'coach'], unit: 'liten' },
  nils: { roles: ['method-lead'], unit: null },
  hanna: { roles: ['administrator'], unit: null }
};

export type Variables = Record<string, unknown>;
export interface Answered {
  data: Record<string, unknown> | null;
  code: string | undefined;
  /** As it came over the wire, to be compared byte for byte. */
  text: string;
}

/** A contact centre that coaches, over the real API, with a clock of its own. */
export interface CoachingCity {
  database: Database;
  folder: string;
  keys: KeyStore;
  coaching: Coaching;
  audit: Audit;
  server: GraphqlServer;
  clock: { now: number };
  /** How many times somebody's rights were said to be others. */
  felt: { times: number };
  ask(who: string, name: keyof typeof hashes, variables?: Variables): Promise<Answered>;
  /** A command's refusal, null when it was done; a code such as `NOT_FOUND` when the door was shut. */
  does(who: string, name: keyof typeof hashes, variables?: Variables): Promise<string | null>;
  /** Writes a draft as a page does, field by field. */
  writes(who: string, draft: string, fields: Record<string, string | null>): Promise<{ draft: string; rev: number }>;
  stop(): Promise<void>;
}

export async function coachingCity(location = ':memory:'): Promise<CoachingCity> {
  const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-coaching-'));
  const database = await openDatabase(location === ':memory:' ? join(folder, 'city.sqlite') : location);
  // Nothing here is to survive a loss of power, and a city is made for each test.
  if (database.dialect === 'sqlite') database.sqlite.pragma('synchronous = off');
  const keys = openKeyStore({ file: join(folder, 'keys.sqlite'), masterKey: Buffer.alloc(32, 7), masterKeyFile: '' });
  const clock = { now: BEGINNING };
  const felt = { times: 0 };
  const audit = createAudit(database.kysely);
  const identity = {
    audit,
    rightsChanged: () => {
      felt.times++;
      return Promise.resolve();
    }
  };
  await people(database);
  const rubrics = await openRubrics(database, audit, { kind: 'demo', city: 'Exempelstad' }, () => clock.now);
  const coaching = await createCoaching({
    database,
    keys,
    identity,
    zone: 'Europe/Stockholm',
    now: () => clock.now,
    keyOrigin: 'own-key'
  });
  const drafts = drafting(coaching.drafts, coaching.draftAuthority, () => clock.now);
  const server = await graphqlServer({
    feed: new FakeFeed(busy()),
    services: { ...coaching.services, drafts, rubrics, now: () => clock.now }
  });
  const cookies = new Map<string, string>();
  for (const [id, roles, unit] of everybody()) {
    const ties = { boards: unit === null ? [] : [unit], queues: unit === null ? [] : [unit] };
    cookies.set(id, server.identity.person(id, { roles, ties, name: nameOf(id) }));
  }

  const ask = async (who: string, name: keyof typeof hashes, variables: Variables = {}): Promise<Answered> => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookies.get(who) ?? who, 'x-stamgaffel': '1' },
      body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashes[name] } } })
    });
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as {
      data: Record<string, unknown> | null;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    const code = errors?.[0]?.extensions?.code;
    if (code === 'INTERNAL' || (errors && code === undefined))
      throw new Error(`${name}: ${errors?.[0]?.message} ${JSON.stringify(server.noted.at(-1), failing)}`);
    return { data, code, text };
  };
  let commands = 0;
  return {
    database,
    folder,
    keys,
    coaching,
    audit,
    server,
    clock,
    felt,
    ask,
    async does(who, name, variables = {}) {
      commands += 1;
      const { data, code } = await ask(who, name, { commandId: `command-${commands}`, ...variables });
      if (code !== undefined) return code;
      const answer = Object.values(data ?? {})[0] as { refusal?: string | null; outcome?: { refusal: string | null } };
      return (answer.outcome ?? answer).refusal ?? null;
    },
    async writes(who, draft, fields) {
      const { data } = await ask(who, 'Draft', { subject: draft });
      const found = data?.draft as { id: string; fields: { path: string; rev: number }[] };
      const edits = Object.entries(fields).map(([path, value]) => ({
        path,
        value,
        baseRev: found.fields.find((field) => field.path === path)?.rev ?? 0,
        supersedes: [],
        resolves: []
      }));
      const saved = await ask(who, 'SaveDraft', { draftId: found.id, clientId: randomUUID(), seq: 1, edits });
      if (saved.code) throw new Error(`SaveDraft: ${saved.code}`);
      const after = await ask(who, 'Draft', { subject: draft });
      return { draft, rev: (after.data?.draft as { rev: number }).rev };
    },
    async stop() {
      await server.stop();
      keys.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

const failing = (_: string, value: unknown): unknown =>
  value instanceof Error ? `${value.message} ${value.stack?.split('\n').slice(1, 4).join(' ')}` : value;

const everybody = (): [id: string, roles: Role[], unit: string | null][] => [
  ...AGENTS.map((id): [string, Role[], string] => [id, ['agent'], 'forskola']),
  ...FEW.map((id): [string, Role[], string] => [id, ['agent'], 'liten']),
  ...Object.entries(OTHERS).map(([id, { roles, unit }]): [string, Role[], string | null] => [id, roles, unit])
];
export const nameOf = (id: string): string => {
  const at = [...AGENTS, ...FEW].indexOf(id);
  return `${id[0]!.toUpperCase()}${id.slice(1)} ${at < 0 ? 'Chef' : SURNAMES[at]}`;
};

async function people({ kysely }: Database): Promise<void> {
  for (const [position, id] of ['forskola', 'liten'].entries()) {
    await kysely
      .insertInto('unit')
      .values({ id, name: id === 'liten' ? 'Liten' : 'Förskola', position })
      .execute();
    await kysely
      .insertInto('queue')
      .values({
        id,
        source: 'pbx',
        pbx_name: id,
        name: id === 'liten' ? 'Liten' : 'Förskola',
        short_name: id,
        unit_id: id,
        position,
        wrap_up_ms: null,
        shared_wrap_up: 0,
        waiting_limit: null,
        seen_at: 0,
        gone_at: null
      })
      .execute();
    await kysely
      .insertInto('recording_queue')
      .values({ queue_id: id, decision: 'KS 2026-118', caller_notice: 'Samtalet kan spelas in.', allowed_at: 0 })
      .execute();
  }
  for (const [id, roles, unit] of everybody()) {
    await kysely
      .insertInto('person')
      .values({
        id,
        name: nameOf(id),
        email: `${id}@exempelstad.se`,
        password_hash: null,
        created_at: 0,
        access_version: 1
      } as never)
      .execute();
    for (const role of roles) await kysely.insertInto('person_role').values({ person_id: id, role }).execute();
    if (unit) await kysely.insertInto('person_unit').values({ person_id: id, unit_id: unit }).execute();
    if (roles.includes('agent')) await calls({ kysely }, id, unit ?? 'forskola');
  }
}

/** Six calls in the window for everybody, of five minutes, each with a recording that is there. */
async function calls({ kysely }: Pick<Database, 'kysely'>, person: string, queue: string): Promise<void> {
  const token = `token-${person}`;
  await kysely
    .insertInto('agent_token')
    .values({ token, source: 'pbx', key: `PJSIP/${person}`, from_at: 0, until_at: ENDS_AT })
    .execute();
  await kysely
    .insertInto('person_agent')
    .values({ person_id: person, source: 'pbx', agent_key: `PJSIP/${person}`, from_at: 0, until_at: null })
    .execute();
  for (let n = 0; n < 8; n++)
    await call({ kysely }, { person, queue, n, answeredAt: WINDOW.from + n * 1.5 * DAY_MS + 3_600_000 });
}

/** One answered call of five minutes. */
export async function call(
  { kysely }: Pick<Database, 'kysely'>,
  { person, queue, n, answeredAt }: { person: string; queue: string; n: number; answeredAt: number }
): Promise<string> {
  const id = `pbx/${person}-${n}/${queue}/${answeredAt}`;
  const endedAt = answeredAt + 300_000;
  await kysely
    .insertInto('entry')
    .values({
      id,
      call: `pbx/${person}-${n}`,
      source: 'pbx',
      queue,
      channel: `c-${person}-${n}`,
      adopted: 0,
      offered_at: answeredAt - 10_000,
      offered_quality: 'exact',
      outcome: 'answered',
      answered_at: answeredAt,
      answered_quality: 'exact',
      agent: `token-${person}`,
      held_ms: 0,
      talk_ended_at: endedAt,
      last_at: endedAt
    } as never)
    .execute();
  await kysely
    .insertInto('recording')
    .values({
      id: `recording-${id}`,
      entry: id,
      source_hash: id,
      file_id: `file-${id}`,
      peaks_file_id: `peaks-${id}`,
      format: 's16le-8000',
      channels: 2,
      duration_ms: 300_000,
      size: 1,
      clock: 'running',
      starts_at: answeredAt,
      received_at: answeredAt,
      state: 'ready',
      deleted_why: null,
      deleted_at: null
    })
    .execute();
  return id;
}

export const CRITERIA = DEFAULT_CRITERIA;
