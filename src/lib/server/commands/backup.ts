import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createAudit } from '../identity/audit.ts';
import { openKeyStore } from '../keys/key-store.ts';
import { backUp, type Progress } from '../store/backup/backup.ts';
import { restore } from '../store/backup/restore.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Writes all that is kept to a file, while a server may be running',
  help: `stamgaffel backup FILE [--keys FILE]

Writes all that is kept to a file, as it stood at one moment. A server may be running and waits
for nothing. The file appears under its name when it is whole; one that is there already is not
overwritten. It is JSON lines packed with gzip, and can be restored on SQLite and on PostgreSQL.

In it stand the names of all people and what their passwords are checked against: only its owner
may read the file, and it should be kept as carefully as the database. Sessions are left out.
Recordings are files of their own and are not in it.

What people write in coaching is in it as it is in the database: encrypted, without the keys.

  --keys FILE   copies the keys to a file of their own, still locked by the master key. Keep it in
                another place than the backup, and only the newest: an older one opens what has
                been erased since`,

  async run(args, terminal) {
    const { values, positionals } = argumentsOf(args, { keys: { type: 'string' } }, 1);
    const file = positionals[0]!;
    for (const wanted of values.keys === undefined ? [file] : [file, values.keys])
      if (existsSync(wanted))
        throw new CommandRefused(
          `${wanted} is there already. Nothing was written. Name a new file, such as one with today's date.`
        );
    await withDatabase(terminal, async ({ config, database }) => {
      const audit = createAudit(database.kysely);
      // Before and not after, so that the file too tells of its own making.
      await audit.write('data-exported', { actor: 'command-line', about: 'backup' });
      const { rows, tables } = await backUp(database, file, {
        now: Date.now(),
        onProgress: (progress) => terminal.progress(bar(progress))
      });
      const { size } = await stat(file);
      terminal.err(`${rows} rows of ${tables} tables, ${megabytes(size)}: ${file}`);
      if (values.keys === undefined) return;
      // After the database: a text whose key is newer than the copy would be lost, a key without a text is nothing.
      const keys = openKeyStore(config.keys);
      try {
        await keys.backUp(values.keys);
      } finally {
        keys.close();
      }
      terminal.err(`The keys: ${values.keys}. Keep them where the backup is not.`);
    });
  }
};

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Puts back what a backup holds',
  help: `stamgaffel restore FILE [--replace]

Puts back what a backup holds, all of it or nothing. Stop the server first. The backup may come
from the other kind of database, or from an earlier version of Stämgaffeln: its schema is brought
up to date.

  --replace   throws away what stands in the database; without it only an empty one is filled

Afterwards everybody signs in anew. What was changed after the backup is as it was then: look
through people, tokens and screens for what had been ended since. A demonstration is never
restored among real calls, nor the other way.`,

  async run(args, terminal) {
    const { values, positionals } = argumentsOf(args, { replace: { type: 'boolean' } }, 1);
    await withDatabase(terminal, async ({ config, database }) => {
      const header = await restore(database, positionals[0]!, {
        kind: config.kind,
        replace: values.replace ?? false,
        onProgress: (progress) => terminal.progress(bar(progress))
      });
      await createAudit(database.kysely).write('data-restored', { actor: 'command-line', about: header.madeAt });
      terminal.err(
        `Restored as it was ${header.madeAt}, at event ${header.position.offset}. The log has a new epoch. ` +
          'Look through people, tokens and screens for what had been ended since, then start the server.'
      );
    });
  }
};

const WIDTH = 30;
function bar({ table, done, total }: Progress): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  return `${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)} ${Math.floor(share * 100)} %  ${table}  ${done} of ${total} rows`;
}
function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
