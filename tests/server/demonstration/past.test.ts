import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { step } from '../../../src/lib/domain/coaching/participation.ts';
import { createCoaching, type Coaching } from '../../../src/lib/server/coaching/coaching.ts';
import { furnish } from '../../../src/lib/server/demonstration.ts';
import { CAST } from '../../../src/lib/server/demonstration/cast.ts';
import { liveThePast } from '../../../src/lib/server/demonstration/past.ts';
import { leila } from '../../../src/lib/server/demonstration/reviews/leila.ts';
import { verifyRound } from '../../../src/lib/server/coaching/verifying.ts';
import { createIdentity } from '../../../src/lib/server/identity/identity.ts';
import { openKeyStore } from '../../../src/lib/server/keys/key-store.ts';
import { openRubrics } from '../../../src/lib/server/rubrics.ts';
import { contentsFor } from '../../../src/lib/server/store/coaching/contents.ts';
import { openDatabase, type Database } from '../../../src/lib/server/store/database.ts';
import { openRegister } from '../../../src/lib/server/store/register.ts';

const zone = 'Europe/Stockholm';
const NOW = Date.parse('2026-11-24T10:42:00+01:00');
const now = () => NOW;
const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-demo-'));
let database: Database;
let coaching: Coaching;
let idOf: Map<string, string>;
let again: () => Promise<void>;

beforeAll(async () => {
  database = await openDatabase(join(folder, 'demo.sqlite'));
  const register = await openRegister(database, { zone, now });
  const identity = createIdentity({ db: database.kysely, secure: false, directory: null });
  await furnish(database, register, identity, { zone, now: NOW });
  await openRubrics(database, identity.audit, { kind: 'demo', city: 'Exempelstad' }, now);
  const keys = openKeyStore({ file: join(folder, 'keys.sqlite'), masterKey: Buffer.alloc(32, 5), masterKeyFile: '' });
  const parts = { database, keys, identity, zone, now, keyOrigin: 'own-key' as const };
  const recordings = join(folder, 'recordings');
  await liveThePast(parts, recordings);
  again = () => liveThePast(parts, recordings);
  coaching = await createCoaching(parts);
  const people = await database.kysely.selectFrom('person').select(['id', 'email']).execute();
  idOf = new Map(CAST.map(({ key, email }) => [key, people.find((one) => one.email === email)?.id ?? '']));
}, 120_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const rounds = () => coaching.house.rounds.all();

describe('the half-years of the demonstration', () => {
  test('are two that are over and one under way', async () => {
    expect((await rounds()).map(({ name, state }) => [name, state])).toEqual([
      ['2026 höst', 'open'],
      ['2026 vår', 'closed'],
      ['2025 höst', 'closed']
    ]);
  });

  test('in those that are over everybody has acknowledged; in the other they have come differently far', async () => {
    const [underWay, ...over] = await rounds();
    for (const { id } of over) {
      const steps = (await coaching.house.participations.steps(id)).map((each) => each.step);
      expect(steps).toEqual(Array.from({ length: 14 }, () => 'acknowledged'));
    }
    const counted = Map.groupBy(await coaching.house.participations.steps(underWay!.id), (each) => each.step);
    expect(new Set(counted.keys())).toEqual(
      new Set(['reflecting', 'reviewing', 'ready-to-talk', 'talked', 'acknowledged'])
    );
  });

  test('Leila and Henrik read what they wrote, word for word, and the private list is gone', async () => {
    const [, spring] = await rounds();
    const own = await coaching.house.participations.ofAgent(idOf.get('leila')!);
    const { id } = own.find(({ round }) => round === spring!.id)!;
    const contents = (await contentsFor(database.kysely, coaching.house.keys, idOf.get('leila')!, id))!;
    const byCoach = contents.readings.find(({ by }) => by === 'coach')!;
    expect(byCoach.author).toBe(idOf.get('henrik'));
    expect(byCoach.strengths.map(({ criterion, momentMs, words }) => ({ criterion, momentMs, words }))).toEqual(
      leila.coach.strengths
    );
    expect(byCoach.levels.find(({ criterion }) => criterion === 'presence')?.mark).toBe(4);
    expect(contents.goal).toMatchObject({ criterion: 'passing-on', when: leila.goal.when, try: leila.goal.try });
    expect(contents.lastWords.map(({ words }) => words)).toEqual([leila.lastWord]);
    expect(contents.mustBeRight).toEqual([]);
  });

  test('nobody was coached by somebody in their own line, and nothing waits for the clock', async () => {
    const before = await database.kysely.selectFrom('participation_event').select('seq').execute();
    await coaching.tick();
    expect(await database.kysely.selectFrom('participation_event').select('seq').execute()).toHaveLength(before.length);
    for (const { state } of await coaching.house.participations.ofCoach(idOf.get('karin-ahlgren')!))
      expect([state.agent === idOf.get('maria-holm'), step(state) === 'withdrawn']).toEqual([false, false]);
    expect(await coaching.house.participations.ofCoach(idOf.get('karin-ahlgren')!)).toHaveLength(5);
  });

  test('fourteen readings are too few for a figure, so none is published; a second start tells nothing anew', async () => {
    const figures = await database.kysely.selectFrom('round_figure').selectAll().execute();
    expect(figures.length).toBeGreaterThan(0);
    expect(new Set(figures.map(({ of_ten }) => of_ten))).toEqual(new Set([null]));
    await again();
    expect(await rounds()).toHaveLength(3);
  });
});

describe('what the demonstration says of itself', () => {
  test('every round was sealed, and every draw of the one under way gives the same call once more', async () => {
    const told = await Promise.all((await rounds()).map((round) => verifyRound(database.kysely, round)));
    expect(told.map(({ committed, inOrder, draws }) => [committed, inOrder, draws.length])).toEqual([
      // Two places each, of which the second found no call.
      [true, true, 28],
      [true, true, 14],
      [true, true, 14]
    ]);
    const [underWay, ...over] = told.map(({ draws }) => [...new Set(draws.map(({ verdict }) => verdict))]);
    expect(underWay).toEqual(['as-drawn']);
    // Of those that are over nobody can tell any longer whose calls they were chosen among.
    expect(over).toEqual([['other-pool'], ['other-pool']]);
  });

  test('the calls that were drawn are those that were listened to, and not all of a round had one call to choose', async () => {
    const rows = await database.kysely.selectFrom('draw').select(['entry', 'pool_size']).execute();
    const drawn = rows.flatMap(({ entry }) => (entry === null ? [] : [entry]));
    const slots = await database.kysely.selectFrom('slot').select('entry').where('entry', 'is not', null).execute();
    expect(drawn.sort()).toEqual(slots.map(({ entry }) => entry).sort());
    expect(new Set(rows.map(({ pool_size }) => pool_size))).toEqual(new Set([1, 4]));
  });

  test('who reads how coaching is done learns in which queues is recorded, and by whose decision', async () => {
    const lead = { kind: 'person', personId: idOf.get('nils')!, sessionId: 's', name: 'Nils', roles: [] } as const;
    const { recording, queues } = await coaching.services.insight.read({ ...lead, roles: ['method-lead'] });
    expect([recording, queues.length]).toEqual([true, 9]);
    for (const { decision } of queues) expect(decision).toMatch(/^KS /);
  });

  test('the rubric that is in force has its row in the audit log', async () => {
    const told = await database.kysely.selectFrom('audit').select(['act', 'actor', 'about']).execute();
    const published = (await coaching.house.rubrics.all()).find(({ state }) => state === 'published');
    expect(told.filter(({ act }) => act === 'rubric-published')).toEqual([
      { act: 'rubric-published', actor: 'stamgaffel', about: published?.id }
    ]);
  });
});

test('the six spoken calls can be heard, each as long as its place in the round says, and no other', async () => {
  const rows = await database.kysely
    .selectFrom('slot')
    .innerJoin('participation', 'participation.id', 'slot.participation')
    .innerJoin('recording', 'recording.entry', 'slot.entry')
    .select(['agent', 'span_from', 'span_to', 'starts_at', 'duration_ms', 'channels', 'recording.state'])
    .where('recording.state', '<>', 'deleted')
    .execute();
  const keyOf = new Map([...idOf].map(([key, id]) => [id, key]));
  const heard = rows.map(({ agent, span_from, span_to, starts_at, duration_ms, channels, state }) => [
    keyOf.get(agent),
    span_to! - span_from! === duration_ms && span_from === starts_at,
    channels,
    state
  ]);
  expect(heard.sort()).toEqual(
    ['amina', 'johan', 'karin-ek', 'leila', 'maria', 'oskar'].map((key) => [key, true, 2, 'ready'])
  );
});

test('the cast has a door for every role, and an address for everybody', () => {
  expect(CAST.filter(({ door }) => door).flatMap(({ roles }) => roles)).toEqual([
    'agent',
    'coach',
    'leader',
    'method-lead',
    'administrator'
  ]);
  expect(new Set(CAST.map(({ email }) => email)).size).toBe(CAST.length);
  for (const { email } of CAST) expect(email).toMatch(/^[a-z]+\.[a-z]+@exempelstad\.se$/);
});
