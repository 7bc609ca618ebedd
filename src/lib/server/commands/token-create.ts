import { SCOPES, type Scope } from '../../domain/access.ts';
import { EXPIRY_DAYS_MOST } from '../identity/api-tokens.ts';
import { createIdentity } from '../identity/identity.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

/** One word for what most integrations want. */
const READ: readonly Scope[] = ['boards:read', 'tallies:read'];

export const tokenCreate: Command = {
  name: 'token create',
  summary: 'Makes a token for another system',
  help: `stamgaffel token create --name NAME --scope SCOPE [--scope SCOPE] [--days DAYS]

Makes a token for another system and prints it alone on the last line. It is stored as a
hash: whoever loses it makes a new one.

  --name NAME     what it is for
  --scope SCOPE   read (${READ.join(' and ')}), or one of ${SCOPES.join(', ')}
  --days DAYS     how long it lives: 365 when left out, at most ${EXPIRY_DAYS_MOST}`,

  async run(args, terminal) {
    const { values } = argumentsOf(
      args,
      { name: { type: 'string' }, scope: { type: 'string', multiple: true }, days: { type: 'string' } },
      0
    );
    const asked = (values.scope ?? []).flatMap((scope) => scope.split(','));
    const unknown = asked.find((scope) => scope !== 'read' && !SCOPES.includes(scope as Scope));
    if (unknown !== undefined)
      throw new CommandRefused(`There is no scope ${unknown}. Use read, or one of ${SCOPES.join(', ')}.`);
    const scopes = [...new Set(asked.flatMap((scope) => (scope === 'read' ? READ : [scope as Scope])))];
    await withDatabase(terminal, async ({ database }) => {
      const identity = createIdentity({ db: database.kysely, secure: true });
      const days = Number(values.days ?? 365);
      const { id, token, expiresAt } = await identity.tokens.create({ name: values.name ?? '', scopes, days });
      await identity.audit.write('token-made', { actor: 'command-line', about: `${id} ${scopes.join(' ')}` });
      terminal.err(`Scopes: ${scopes.join(' ')}. It ends ${new Date(expiresAt).toISOString().slice(0, 10)}.`);
      terminal.out(token);
    });
  }
};
