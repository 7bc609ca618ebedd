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
/** A row of the audit log with the names of today. */
export interface AuditEntry {
  position: number;
  at: Instant;
  act: string;
  by: string;
  byName: string | null;
  subjectName: string | null;
  about: string | null;
}
export interface OwnSignIn {
  email: string;
  directory: boolean;
  reset: { at: Instant; by: string } | null;
}
/** A person's own account: everything is about the one who asks. `identity/` fulfils it. */
export interface Account {
  sessions(me: PersonViewer): Promise<OwnSession[]>;
  /** False when it is not one of the person's own, or is over already. */
  endSession(me: PersonViewer, id: string): Promise<boolean>;
  endOtherSessions(me: PersonViewer): Promise<number>;
  signIn(me: PersonViewer): Promise<OwnSignIn>;
  /** Whether it was proven in the last minutes that it is the person who sits there. */
  proven(me: PersonViewer): Promise<boolean>;
  prove(me: PersonViewer, password: string): Promise<Proof>;
  told(me: PersonViewer, before: number | null): Promise<AuditEntry[]>;
}
export type Proof = 'proven' | 'wrong' | 'delayed' | 'busy' | 'directory';

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

const passwordReset = builder.objectRef<NonNullable<OwnSignIn['reset']>>('PasswordReset').implement({
  description: 'That somebody else made a way to the password, which was used.',
  authScopes: insider,
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it was used.' }),
    by: t.exposeString('by', { description: 'The name of the one who made it; empty when that person is gone.' })
  })
});

const ownSignIn = builder.objectRef<OwnSignIn>('OwnSignIn').implement({
  description: 'How the viewer signs in.',
  authScopes: insider,
  fields: (t) => ({
    email: t.exposeString('email', { description: 'By which one signs in.' }),
    directory: t.exposeBoolean('directory', { description: "True when the organisation's directory signs one in." }),
    reset: t.expose('reset', {
      type: passwordReset,
      nullable: true,
      description: 'The latest time that somebody else reset the password; null when nobody has.'
    })
  })
});

export const auditEntry = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: 'An act that somebody may have to answer for.',
  authScopes: insider,
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Its place in the log, without gaps.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was done.' }),
    act: t.exposeString('act', { description: 'What was done, as a code.' }),
    by: t.exposeString('by', { description: 'person, token, screen, command-line, or stamgaffel by itself.' }),
    byName: t.exposeString('byName', { nullable: true, description: 'Whose doing it was, as they are called today.' }),
    subjectName: t.exposeString('subjectName', { nullable: true, description: 'The person it concerned.' }),
    about: t.exposeString('about', { nullable: true, description: 'An id or codes; never a text that was written.' })
  })
});

builder.queryField('ownSignIn', (t) =>
  t.field({
    type: ownSignIn,
    description: 'How the viewer signs in.',
    authScopes: { act: 'read-account' },
    resolve: (_, __, context) => context.account.signIn(personOf(context))
  })
);

builder.queryField('ownAudit', (t) =>
  t.field({
    type: [auditEntry],
    description: 'What the audit log tells of the viewer, the latest first, fifty at a time.',
    authScopes: { act: 'read-account' },
    args: { before: t.arg.int({ description: 'Only what stands before this position.' }) },
    resolve: (_, { before }, context) => context.account.told(personOf(context), before ?? null)
  })
);

const proof = builder.enumType('Proof', {
  description:
    'Whether a password proved who sits there. DELAYED and BUSY: nothing was tried, come back later. DIRECTORY: sign in there again instead.',
  values: {
    PROVEN: { value: 'proven' },
    WRONG: { value: 'wrong' },
    DELAYED: { value: 'delayed' },
    BUSY: { value: 'busy' },
    DIRECTORY: { value: 'directory' }
  } satisfies Record<string, { value: Proof }>
});

builder.mutationField('prove', (t) =>
  t.field({
    type: proof,
    description: 'Proves by the password that it is the viewer who sits there: good for ten minutes, in this session.',
    authScopes: { act: 'change-account' },
    args: { password: t.arg.string({ required: true, description: 'The password of the one who asks.' }) },
    resolve: (_, { password }, context) => context.account.prove(personOf(context), password)
  })
);

builder.mutationField('endSession', (t) =>
  t.boolean({
    description: "Ends one of the viewer's own sessions, and its sockets. False when there was none to end.",
    authScopes: { act: 'change-account' },
    args: { id: t.arg.id({ required: true, description: 'One of one’s own sessions.' }) },
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
