import { randomUUID } from 'node:crypto';
import { decide } from '../../src/lib/domain/coaching/decide.ts';
import type { Actor, Circumstances, Command } from '../../src/lib/domain/coaching/commands.ts';
import type { Participation } from '../../src/lib/domain/coaching/participation.ts';
import type { ReadingContent } from '../../src/lib/domain/coaching/reading.ts';
import { DEFAULT_CRITERIA } from '../../src/lib/domain/coaching/rubric.ts';
import { openKeyStore, type KeyStore } from '../../src/lib/server/keys/key-store.ts';
import { openParticipations, type StoredParticipations } from '../../src/lib/server/store/coaching/participations.ts';
import { openRounds, type Opening, type RoundPlan } from '../../src/lib/server/store/coaching/rounds.ts';
import { openDatabase, type Database } from '../../src/lib/server/store/database.ts';

export const DAY_MS = 86_400_000;
export const OPENED_AT = Date.parse('2026-10-01T09:00:00+02:00');
export const STARTS_AT = Date.parse('2026-10-19T00:00:00+02:00');
export const ENDS_AT = Date.parse('2026-12-18T18:00:00+01:00');
export const WINDOW = { n: 1, startsAt: STARTS_AT, endsAt: STARTS_AT + 14 * DAY_MS };
export const AGENTS = ['amina', 'elin', 'fatima', 'jonas', 'leyla', 'mikael', 'oskar', 'peter', 'sara', 'tove'];
export const recorded = () => Promise.resolve();

export const plan = (over: Partial<RoundPlan> = {}): RoundPlan => ({
  id: 'host',
  name: '2026 höst',
  rubricVersion: 'rubric-3',
  startsAt: STARTS_AT,
  endsAt: ENDS_AT,
  callsPerAgent: 2,
  ...over
});
export const opening = (over: Partial<Opening> = {}, round = 'host'): Opening => ({
  openedAt: OPENED_AT,
  commitment: 'sha256',
  units: ['vaxeln'],
  windows: [WINDOW],
  coaches: ['karin', 'bo'],
  criteria: DEFAULT_CRITERIA,
  participants: AGENTS.map((agent) => participant(agent, round)),
  ...over
});
export const participant = (agent: string, round = 'host', coach = 'karin'): Opening['participants'][number] => ({
  id: `${round}-${agent}`,
  agent,
  coach,
  unit: 'vaxeln',
  window: 1,
  sound: 'recorded',
  places: [
    { slot: `${round}-${agent}-1`, n: 1, kind: 'random' },
    { slot: `${round}-${agent}-2`, n: 2, kind: 'proud' }
  ]
});

/** A centre of ten who answer, two who coach, and Maria who leads the ten. */
export async function centreAt(location: string): Promise<Database> {
  const database = await openDatabase(location);
  const { kysely } = database;
  const person = { disabled_at: null, password_hash: null, created_at: 0, access_version: 1 };
  await kysely.insertInto('unit').values({ id: 'vaxeln', name: 'Växeln', position: 1 }).execute();
  for (const id of [...AGENTS, 'karin', 'bo', 'maria']) {
    const surname = `${id[0]!.toUpperCase()}${id.slice(1)}sson`;
    await kysely
      .insertInto('person')
      .values({ ...person, id, name: `${id} ${surname}`, email: `${id}@x` })
      .execute();
    const role = AGENTS.includes(id) ? 'agent' : id === 'maria' ? 'leader' : 'coach';
    await kysely.insertInto('person_role').values({ person_id: id, role }).execute();
    if (role !== 'coach') await kysely.insertInto('person_unit').values({ person_id: id, unit_id: 'vaxeln' }).execute();
  }
  return database;
}

export interface OpenRound {
  database: Database;
  keys: KeyStore;
  participations: StoredParticipations;
  round: ReturnType<typeof openRounds>;
}
export async function roundAt(location: string, folder: string): Promise<OpenRound> {
  const database = await centreAt(location);
  const file = `${folder}/keys-${randomUUID()}.sqlite`;
  const keys = openKeyStore({ file, masterKey: Buffer.alloc(32, 5), masterKeyFile: '' });
  const round = openRounds(database, keys);
  await round.draft(plan(), recorded);
  await round.open('host', opening(), recorded);
  return { database, keys, round, participations: await openParticipations(database, keys) };
}

/** Ten minutes of talk a day into the window. */
export const call = (entry: string) => ({ entry, spanMs: 600_000 });
export const knownCall = (entry: string) => ({ entry, queue: 'forskola', answeredAt: STARTS_AT + DAY_MS });
export const agent: Actor = { kind: 'person', person: 'amina', roles: ['agent'] };
export const coach: Actor = { kind: 'person', person: 'karin', roles: ['coach'] };
export const methodLead: Actor = { kind: 'person', person: 'lead', roles: ['method-lead'] };
export const system: Actor = { kind: 'system' };

export const words = (of: string) => `Det här hör jag i samtalet: ${of}.`;
export function reading(of: string, levels = true): ReadingContent {
  return {
    strengths: [1, 2].map((n) => ({
      id: `${of}-strength-${n}`,
      text: `${of}-text-${n}`,
      criterion: 'presence',
      momentMs: n * 1000,
      words: words(`${of} ${n}`)
    })),
    levels: levels
      ? Object.fromEntries(
          DEFAULT_CRITERIA.map((criterion, n) => [
            criterion,
            n === 0 ? { mark: 'not-applicable' as const, momentMs: null } : { mark: 3 as const, momentMs: 2000 }
          ])
        )
      : {}
  };
}
export const goal = (of: string) => ({
  criterion: 'passing-on',
  when: { text: `${of}-when`, words: words(`${of} när`) },
  try: { text: `${of}-try`, words: words(`${of} prova`) },
  how: null
});

let commands = 0;
export const circumstances = (actor: Actor, over: Partial<Circumstances> = {}): Circumstances => ({
  actor,
  now: STARTS_AT + 20 * DAY_MS,
  round: { state: 'open', criteria: DEFAULT_CRITERIA, reflectionDueAt: STARTS_AT + 25 * DAY_MS },
  drawn: [],
  redraw: null,
  choice: null,
  draftRevs: 'revs',
  goalDraft: null,
  lineOfAgent: ['maria'],
  ...over
});

/** Reads, decides as the domain does and appends; throws what was refused. */
export async function does(
  { participations }: OpenRound,
  actor: Actor,
  command: Command,
  over: Partial<Circumstances> = {},
  id = 'host-amina'
): Promise<Participation> {
  const state = (await participations.load(id))!;
  const around = circumstances(actor, over);
  const decision = decide(state, command, around);
  if ('refusal' in decision) throw new Error(`refused: ${decision.refusal.code}`);
  const appended = await participations.append(
    {
      state,
      facts: decision.facts,
      command,
      commandId: `command-${(commands += 1)}`,
      actor,
      goalDraft: around.goalDraft,
      answer: '"done"',
      calls: ['e1', 'e2', 'e3', 'e4'].map(knownCall)
    },
    recorded
  );
  if (appended.outcome !== 'written') throw new Error(appended.outcome);
  return appended.state;
}

export const draw = (at: OpenRound) =>
  does(
    at,
    system,
    { kind: 'drawSample' },
    {
      drawn: [
        { slot: 'host-amina-1', call: call('e1') },
        { slot: 'host-amina-2', call: call('e2') }
      ]
    }
  );
export const reads = (at: OpenRound, n: 1 | 2, over: Partial<Circumstances> = {}) =>
  does(
    at,
    coach,
    {
      kind: 'handInReading',
      slot: `host-amina-${n}`,
      reading: `coach-${n}`,
      revs: 'revs',
      content: reading(`coach-${n}`)
    },
    over
  );
export const reflects = (at: OpenRound) =>
  does(at, agent, {
    kind: 'handInReflection',
    revs: 'revs',
    answers: [{ path: 'q/1', text: 'answer-1', words: words('mitt bästa samtal') }],
    readings: [{ slot: 'host-amina-1', reading: 'agent-1', content: reading('agent-1', false) }]
  });
/** Both are in, and the coach's goal has become a proposal. */
export async function revealed(at: OpenRound): Promise<Participation> {
  await draw(at);
  await reflects(at);
  await reads(at, 1);
  return reads(at, 2, { goalDraft: goal('first') });
}
/** Agreed, talked, and acknowledged by the agent. */
export async function acknowledged(at: OpenRound): Promise<Participation> {
  await revealed(at);
  await does(at, agent, { kind: 'agreeGoal', version: 1 });
  await does(at, coach, { kind: 'holdTalk' });
  await does(at, agent, { kind: 'writeLastWord', text: { text: 'last-1', words: words('sista ordet') } });
  return does(at, agent, { kind: 'acknowledge', snapshotHash: 'hash' });
}
