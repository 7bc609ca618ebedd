import { createAudit } from '../identity/audit.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const auditVerify: Command = {
  name: 'audit verify',
  summary: 'Counts the chain of the audit log again',
  help: `stamgaffel audit verify [--head HASH]

Counts the whole chain of the audit log again, from its first row, and prints how many rows
there are and the hash at its end. Ends with an error when a row was changed, removed or
put in afterwards.

Whoever may write in the database can also make the whole chain anew. So the server writes
the head into its own log each hour: keep that log where the same hand cannot reach.

  --head HASH    also says whether this hash, from a log or a backup, stands in the chain`,

  async run(args, terminal) {
    const { values } = argumentsOf(args, { head: { type: 'string' } }, 0);
    await withDatabase(terminal, async ({ database }) => {
      const audit = createAudit(database.kysely);
      const { rows, brokenAt, head } = await audit.verify();
      if (brokenAt !== null)
        throw new CommandRefused(
          `The chain does not hold at position ${brokenAt}: what stands there or after it is not what was written. ` +
            'Keep this database as it is, and compare with a backup.'
        );
      if (values.head !== undefined && !(await audit.knows(values.head)))
        throw new CommandRefused(
          'The chain holds, but that hash is not in it: the log was made anew after that hash was written down.'
        );
      terminal.err(`The chain holds: ${rows} rows.`);
      terminal.out(head);
    });
  }
};
