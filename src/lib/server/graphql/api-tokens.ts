import { SCOPES, type Scope, type Viewer } from '../../domain/access.ts';
import type { Instant } from '../../domain/time.ts';
import { personOf } from './account.ts';
import { builder } from './builder.ts';

type PersonViewer = Extract<Viewer, { kind: 'person' }>;

export interface ApiTokenRow {
  id: string;
  name: string;
  scopes: readonly Scope[];
  createdAt: Instant;
  expiresAt: Instant;
  lastUsedAt: Instant | null;
}
export type TokenMade =
  { outcome: 'made'; id: string; token: string; expiresAt: Instant } | { outcome: 'refused'; refusal: TokenRefusal };
export type TokenRefusal = 'name' | 'scopes' | 'days' | 'too-many' | 'prove';

/** The tokens of other systems. `identity/` fulfils it. */
export interface ApiTokenKeeping {
  list(): Promise<ApiTokenRow[]>;
  create(me: PersonViewer, wish: { name: string; scopes: readonly Scope[]; days: number }): Promise<TokenMade>;
  /** False when there was none. */
  revoke(me: PersonViewer, id: string): Promise<boolean>;
}

const insider = { insider: true } as const;

export const scopeType = builder.enumType('Scope', {
  description: 'What a token may be used for.',
  values: {
    BOARDS_READ: { value: 'boards:read', description: 'Boards and queues, live.' },
    TALLIES_READ: { value: 'tallies:read', description: 'Counts of the past.' },
    ANNOUNCEMENTS_WRITE: { value: 'announcements:write', description: 'To post announcements.' },
    SCHEMA_READ: { value: 'schema:read', description: "The API's own description." }
  } satisfies Record<string, { value: Scope; description: string }>
});

const apiToken = builder.objectRef<ApiTokenRow>('ApiToken').implement({
  description: 'The right of another system to ask. The token itself is kept nowhere.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it can be revoked; it opens nothing.' }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    scopes: t.field({
      type: [scopeType],
      description: 'What it may be used for.',
      resolve: ({ scopes }) => SCOPES.filter((scope) => scopes.includes(scope))
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'To the minute; null when it never was.'
    })
  })
});

const tokenRefusal = builder.enumType('TokenRefusal', {
  description: 'Why no token was made. PROVE: say the password again, and then once more what was to be done.',
  values: {
    PROVE: { value: 'prove' },
    NAME: { value: 'name' },
    SCOPES: { value: 'scopes' },
    DAYS: { value: 'days' },
    TOO_MANY: { value: 'too-many' }
  } satisfies Record<string, { value: TokenRefusal }>
});

const tokenMade = builder.objectRef<TokenMade>('TokenMade').implement({
  description: 'A new token, or why there is none.',
  authScopes: insider,
  fields: (t) => ({
    token: t.string({
      nullable: true,
      description: 'The token itself, told this once; null when refused.',
      resolve: (made) => (made.outcome === 'made' ? made.token : null)
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself; null when refused.',
      resolve: (made) => (made.outcome === 'made' ? made.expiresAt : null)
    }),
    refusal: t.field({
      type: tokenRefusal,
      nullable: true,
      description: 'Why not; null when it was made.',
      resolve: (made) => (made.outcome === 'refused' ? made.refusal : null)
    })
  })
});

builder.queryField('apiTokens', (t) =>
  t.field({
    type: [apiToken],
    description: 'The tokens of other systems, by name.',
    authScopes: { act: 'administer-tokens' },
    resolve: (_, __, { apiTokens }) => apiTokens.list()
  })
);

builder.mutationField('createApiToken', (t) =>
  t.field({
    type: tokenMade,
    description: 'Makes a token for another system. It is told once and kept as a hash.',
    authScopes: { act: 'administer-tokens' },
    args: {
      name: t.arg.string({ required: true, description: 'What it is for.' }),
      scopes: t.arg({ type: [scopeType], required: true, description: 'What it may be used for.' }),
      days: t.arg.int({ required: true, description: 'How long it lives: 1 to 400 days.' })
    },
    resolve: (_, wish, context) => context.apiTokens.create(personOf(context), wish)
  })
);

builder.mutationField('revokeApiToken', (t) =>
  t.boolean({
    description: 'Ends a token and its sockets at once. False when there was none.',
    authScopes: { act: 'administer-tokens' },
    args: { id: t.arg.id({ required: true, description: 'The token to end.' }) },
    resolve: (_, { id }, context) => context.apiTokens.revoke(personOf(context), id)
  })
);
