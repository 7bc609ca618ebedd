import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { PERSON_ROLES } from '../../domain/access.ts';
import { PASSWORD_LENGTH, type PersonRole } from '../../domain/person.ts';
import { createIdentity } from '../identity/identity.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const userAdd: Command = {
  name: 'user add',
  summary: 'Makes a person who can sign in',
  help: `stamgaffel user add EMAIL --name NAME --role ROLE [--role ROLE] [--password-stdin]

Makes a person who can sign in. The first administrator is made with this.

  --name NAME         how others see the person
  --role ROLE         ${PERSON_ROLES.join(', ')}; may be given several times
  --password-stdin    reads the password from standard input; without it a random one
                      is made and printed alone on the last line

A password has at least ${PASSWORD_LENGTH} characters. An administrator cannot also be coach or method lead.`,

  async run(args, terminal) {
    const { values, positionals } = argumentsOf(
      args,
      { name: { type: 'string' }, role: { type: 'string', multiple: true }, 'password-stdin': { type: 'boolean' } },
      1
    );
    const name = values.name?.trim();
    if (!name) throw new CommandRefused('A person needs a name: add --name "Amina Berg".');
    const roles = (values.role ?? []).flatMap((role) => role.split(','));
    const unknown = roles.find((role) => !PERSON_ROLES.includes(role as PersonRole));
    if (unknown !== undefined || roles.length === 0)
      throw new CommandRefused(
        `${unknown ? `There is no role ${unknown}` : 'A person needs a role'}: use --role with ${PERSON_ROLES.join(', ')}.`
      );
    const given = values['password-stdin'] ? (await text(terminal.input)).replace(/\r?\n$/, '') : null;
    const password = given ?? randomBytes(15).toString('base64url');

    await withDatabase(terminal, async ({ database }) => {
      const identity = createIdentity({ db: database.kysely, secure: true });
      await identity.people.add({ email: positionals[0]!, name, roles: roles as PersonRole[], password });
      terminal.err(`${positionals[0]} can sign in.`);
      if (given === null) terminal.out(password);
    });
  }
};
