import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../../src/lib/domain/access.ts';
import { hashes } from '../../../../src/lib/operations/hashes.ts';
import { createAudit } from '../../../../src/lib/server/identity/audit.ts';
import { openRubrics } from '../../../../src/lib/server/rubrics.ts';
import { openDatabase, type Database } from '../../../../src/lib/server/store/database.ts';
import { FakeFeed } from '../../../support/fake-feed.ts';
import { busy } from '../../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../../support/graphql-server.ts';

const now = () => Date.parse('2027-01-18T09:00:00+01:00');
let database: Database;
let server: GraphqlServer;

async function serve(kind: 'demo' | 'real', city: string | null): Promise<void> {
  database = await openDatabase(':memory:');
  const rubrics = await openRubrics(database, createAudit(database.kysely), { kind, city }, now);
  server = await graphqlServer({ feed: new FakeFeed(busy()), services: { rubrics } });
}
beforeEach(() => serve('demo', 'Exempelstad'));
afterEach(async () => {
  await server.stop();
  await database.close();
});

interface Version {
  id: string;
  number: number;
  state: string;
  revision: number;
  text: {
    lead: { sv: string };
    criteria: { id: string; name: { sv: string }; levels: { example: { sv: string } }[] }[];
  };
}
interface Change {
  version: Version | null;
  refusal: string | null;
  place: string | null;
}
async function ask<Answer>(role: Role, name: keyof typeof hashes, variables: object = {}): Promise<Answer> {
  const cookie = server.identity.person(role, { roles: [role] });
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-stamgaffel': '1' },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashes[name] } } })
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, Answer> | null;
    errors?: { extensions: { code: string } }[];
  };
  if (errors?.[0]) throw new Error(errors[0].extensions.code);
  return Object.values(data!)[0]!;
}
const lead = (sv: string) => ({ place: 'lead', sv, en: 'Listen first.' });
const save = (revision: number, words: object[], meansAnew: string[] = []) =>
  ask<Change>('method-lead', 'SaveRubricDraft', { revision, words, meansAnew });

describe('reading the rubric', () => {
  test.each(['agent', 'coach', 'leader', 'method-lead'] as const)('everybody in coaching may: the %s', async (role) => {
    const [version] = await ask<Version[]>(role, 'RubricVersions');
    expect(version).toMatchObject({ number: 1, state: 'PUBLISHED' });
    expect(version!.text.criteria.map(({ name }) => name.sv)).toEqual([
      'Igenkänning',
      'Närvaro',
      'Förståelse',
      'Vägledning',
      'Anpassat bemötande',
      'Lotsning',
      'Avslut'
    ]);
    expect(version!.text.criteria[0]!.levels[1]!.example.sv).toBe('Exempelstad, Karin. Vad kan jag hjälpa dig med?');
    expect(await ask<Version>(role, 'RubricVersion', { id: version!.id })).toEqual(version);
  });

  test('an administrator has no errand in it', async () => {
    for (const name of ['RubricVersions', 'RubricDraft', 'DraftRubric'] as const)
      await expect(ask('administrator', name)).rejects.toThrow('NOT_FOUND');
  });
});

describe('wording the next version', () => {
  test('is the method lead’s alone: nobody else reads the draft, not by its id either', async () => {
    const { id } = await ask<Version>('method-lead', 'DraftRubric');
    expect(await ask<Version>('method-lead', 'RubricVersion', { id })).toMatchObject({ number: 2, state: 'DRAFT' });
    expect(await ask<Version>('method-lead', 'RubricDraft')).toMatchObject({ id });
    for (const role of ['agent', 'coach', 'leader'] as const) {
      expect(await ask(role, 'RubricVersion', { id })).toBeNull();
      await expect(ask(role, 'RubricDraft')).rejects.toThrow('NOT_FOUND');
      await expect(ask(role, 'PublishRubric', { revision: 1 })).rejects.toThrow('NOT_FOUND');
      expect((await ask<Version[]>(role, 'RubricVersions')).map(({ number }) => number)).toEqual([1]);
    }
  });

  test('publishing is for the words that were read, is told in the audit log, and leaves the old version readable', async () => {
    await ask('method-lead', 'DraftRubric');
    expect(await ask<Change>('method-lead', 'PublishRubric', { revision: 1 })).toMatchObject({ refusal: 'UNCHANGED' });
    expect(await save(1, [lead('Lyssna först.')])).toMatchObject({ version: { revision: 2 }, refusal: null });
    expect(await save(1, [lead('Någon annan.')])).toMatchObject({ version: null, refusal: 'STALE' });
    expect(await ask<Change>('method-lead', 'PublishRubric', { revision: 1 })).toMatchObject({ refusal: 'STALE' });
    expect(await ask<Change>('method-lead', 'PublishRubric', { revision: 2 })).toMatchObject({
      version: { number: 2 }
    });
    const versions = await ask<Version[]>('agent', 'RubricVersions');
    expect(versions.map(({ number, state }) => [number, state])).toEqual([
      [2, 'PUBLISHED'],
      [1, 'RETIRED']
    ]);
    expect(versions[0]!.text.lead.sv).toBe('Lyssna först.');
    const told = await database.kysely.selectFrom('audit').select(['act', 'actor', 'about']).execute();
    // The first one the demonstration published itself, which the log tells of too.
    expect(told).toEqual([
      { act: 'rubric-published', actor: 'stamgaffel', about: versions[1]!.id },
      { act: 'rubric-published', actor: 'person method-lead', about: versions[0]!.id }
    ]);
  });

  test('says where the text is that keeps it from being published', async () => {
    await ask('method-lead', 'DraftRubric');
    await save(1, [{ place: 'criteria/2/levels/3/example', sv: 'Svar från {city}', en: 'From {city}' }]);
    expect(await ask<Change>('method-lead', 'PublishRubric', { revision: 2 })).toMatchObject({
      refusal: 'CITY',
      place: 'criteria/2/levels/3/example'
    });
    expect(await save(2, [{ place: 'criteria/0/id', sv: 'a', en: 'b' }])).toMatchObject({ refusal: 'NO_SUCH_PLACE' });
  });

  test('a criterion that means something else is another criterion, and a draft can be thrown away', async () => {
    await ask('method-lead', 'DraftRubric');
    const { version } = await save(1, [], ['closing']);
    expect(version!.text.criteria.map(({ id }) => id).at(-1)).toBe('closing-v2');
    expect(await ask<boolean>('method-lead', 'DiscardRubricDraft')).toBe(true);
    expect(await ask('method-lead', 'RubricDraft')).toBeNull();
  });
});

test('a real site begins with a draft that has its name in it, and nothing that anybody is read by', async () => {
  await server.stop();
  await database.close();
  await serve('real', 'Lillköpings kommun');
  expect(await ask<Version[]>('coach', 'RubricVersions')).toEqual([]);
  const draft = await ask<Version>('method-lead', 'RubricDraft');
  expect(draft.text.criteria[0]!.levels[1]!.example.sv).toMatch(/^Lillköpings kommun, Karin\./);
  expect(await ask<Change>('method-lead', 'PublishRubric', { revision: 1 })).toMatchObject({ version: { number: 1 } });
});

test('a site that has not said its name reads where it is to stand before anything is published', async () => {
  await server.stop();
  await database.close();
  await serve('real', null);
  expect(await ask<Change>('method-lead', 'PublishRubric', { revision: 1 })).toMatchObject({ refusal: 'CITY' });
});
