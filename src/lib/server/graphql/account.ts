import type { Viewer } from '../../domain/access.ts';
import type { Instant } from '../../domain/time.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { refusal } from './refusal.ts';

type PersonViewer = Extract<Viewer, { kind: 'person' }>;

export interface OwnSession {
  id: string;
  createdAt: Instant;
  expiresAt: Instant;
  browser: string | null;
  current: boolean;
}
/** A person's own account: everything is about the one who asks. `identity/` fulfils it. */
export interface Account {
  sessions(me: PersonViewer): Promise<OwnSession[]>;
  /** False when it is not one of the person's own, or is over already. */
  endSession(me: PersonViewer, id: string): Promise<boolean>;
  endOtherSessions(me: PersonViewer): Promise<number>;
}

const insider = { insider: true } as const;

const ownSession = builder.objectRef<OwnSession>('OwnSession').implement({
  description: 'A place where the viewer is signed in.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it can be ended; it opens nothing.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was signed in.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends if it is not used until then.' }),
    browser: t.exposeString('browser', { nullable: true, description: 'Browser and system; null when not known.' }),
    current: t.exposeBoolean('current', { description: 'True for the one that asks.' })
  })
});

builder.queryField('ownSessions', (t) =>
  t.field({
    type: [ownSession],
    description: 'Where the viewer is signed in, the latest first.',
    authScopes: { act: 'read-account' },
    resolve: (_, __, context) => context.account.sessions(personOf(context))
  })
);

builder.mutationField('endSession', (t) =>
  t.boolean({
    description: "Ends one of the viewer's own sessions, and its sockets. False when there was none to end.",
    authScopes: { act: 'change-account' },
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => context.account.endSession(personOf(context), id)
  })
);

builder.mutationField('endOtherSessions', (t) =>
  t.int({
    description: 'Ends all sessions of the viewer but the one that asks. Returns how many.',
    authScopes: { act: 'change-account' },
    resolve: (_, __, context) => context.account.endOtherSessions(personOf(context))
  })
);

/** The person who asks. A token or a screen that came past the scopes finds nothing. */
export function personOf({ viewer }: Context): PersonViewer {
  if (viewer?.kind !== 'person') throw refusal('NOT_FOUND', 'There is no such thing');
  return viewer;
}
