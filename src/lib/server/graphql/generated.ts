import { createHash } from 'node:crypto';
import { type DocumentNode, print } from 'graphql';
import { named } from '../../operations/documents.ts';
import { integratorsSchemaText } from './integrators-schema.ts';
import { schemaText } from './schema.ts';

/** A persisted operation's text as it is hashed. */
export function operationText(document: unknown): string {
  // gql.tada parses with a smaller parser, whose nodes are the same but for their types.
  return print(document as DocumentNode);
}

/**
 * The files that are made from the code and kept beside it, by their path from the project's root. `stamgaffel schema
 * print` writes them; a test fails when one is stale.
 */
export function generatedFiles(): Record<string, string> {
  const hashes = Object.entries(named).map(([name, document]) => {
    const hash = createHash('sha256').update(operationText(document)).digest('hex');
    return `  ${name}: '${hash}'`;
  });
  return {
    'schema/schema.graphql': schemaText(),
    'schema/integrators.graphql': integratorsSchemaText(),
    'src/lib/operations/hashes.ts': `/** Made by \`npm run schema\`: the SHA-256 of each operation's text, by which alone a browser asks for it. */\nexport const hashes = {\n${hashes.join(',\n')}\n} as const;\n`
  };
}
