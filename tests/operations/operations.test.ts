import { type DocumentNode, parse, specifiedRules, validate } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coachingNamed } from '../../src/lib/operations/coaching-documents.ts';
import * as coachingPersisted from '../../src/lib/operations/coaching-persisted.ts';
import { documents, named } from '../../src/lib/operations/documents.ts';
import { hashes } from '../../src/lib/operations/hashes.ts';
import * as persisted from '../../src/lib/operations/persisted.ts';
import { operationText } from '../../src/lib/server/graphql/generated.ts';
import { tooLarge } from '../../src/lib/server/graphql/limits.ts';
import { schema } from '../../src/lib/server/graphql/schema.ts';

describe('our own operations', () => {
  for (const [name, document] of Object.entries(named)) {
    // As text and back: gql.tada's smaller parser leaves out what validation does not miss, but a server reads the text.
    const parsed: DocumentNode = parse(operationText(document));

    test(`${name} is valid by the schema`, () => {
      expect(validate(schema, parsed, specifiedRules)).toEqual([]);
    });
    test(`${name} carries one operation, of its own name`, () => {
      const operations = parsed.definitions.filter((each) => each.kind === 'OperationDefinition');
      expect(operations.map((each) => each.name?.value)).toEqual([name]);
    });
    test(`${name} is found by its hash`, () => {
      expect(documents.get(hashes[name as keyof typeof hashes])).toBe(document);
    });
    // Whoever integrates has no coaching in their schema, so there is nothing to compare with.
    if (name in coachingNamed) continue;
    test(`${name} would be small enough for an integrator too`, () => {
      expect(tooLarge(schema, parsed)).toBeNull();
    });
  }

  test('every operation a page may send has a hash the server knows', () => {
    const handles = [...Object.values(persisted), ...Object.values(coachingPersisted)].filter(
      (each) => typeof each === 'object' && 'hash' in each
    );
    expect(handles.map(({ name }) => name).sort()).toEqual(Object.keys(named).sort());
    for (const { hash } of handles) expect(documents.has(hash)).toBe(true);
  });

  test('no browser is given a document: only types of them are imported', () => {
    for (const file of readdirSync('src/lib/client', { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(`src/lib/client/${file}`, 'utf8');
      expect(text, file).not.toMatch(/^import (?!type).*from '(\.\.\/)+operations\/(?!persisted|coaching-persisted)/m);
    }
    for (const file of ['persisted', 'coaching-persisted'])
      expect(readFileSync(`src/lib/operations/${file}.ts`, 'utf8'), file).not.toMatch(
        /^import (?!type)(?!.*(hashes|'\.\/persisted))/m
      );
  });
});
