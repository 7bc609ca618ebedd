import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printedSchema } from '../store/schema.ts';
import { argumentsOf, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const schemaMigrate: Command = {
  name: 'schema migrate',
  summary: 'Brings the database up to date',
  help: `stamgaffel schema migrate

Brings the database up to date. A start does it too; this is for doing it beforehand.`,

  async run(args, terminal) {
    argumentsOf(args, {}, 0);
    await withDatabase(terminal, async () => terminal.err('The schema is up to date.'));
  }
};

export const schemaPrint: Command = {
  name: 'schema print',
  summary: 'Writes what is made from the code: schema/ and the hashes of our operations',
  help: `stamgaffel schema print

For developers: writes schema/schema.graphql, schema/database.sql and the hashes of our own
operations anew, in the present folder. It opens no database. npm run schema runs it.`,

  async run(args, terminal) {
    argumentsOf(args, {}, 0);
    // Only here is GraphQL loaded: no other command should wait for it.
    const { generatedFiles } = await import('../graphql/generated.ts');
    const files = { ...generatedFiles(), 'schema/database.sql': await printedSchema() };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      terminal.err(`Written: ${path}`);
    }
  }
};
