import type { Viewer } from '../../domain/access.ts';
import type { PersonRole } from '../../domain/person.ts';
import type { Instant } from '../../domain/time.ts';
import { personOf } from './account.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { unit } from './queue.ts';
import { personRole } from './role.ts';

type PersonViewer = Extract<Viewer, { kind: 'person' }>;
type UnitName = { id: string; name: string };

export interface ListedPerson {
  id: string;
  name: string;
  email: string;
  roles: PersonRole[];
  units: UnitName[];
  disabled: boolean;
  signsInBy: 'none' | 'invited' | 'password' | 'directory';
}
/** Why nothing was changed. `prove`: say the password again first. */
export type PeopleRefusal =
  'prove' | 'email' | 'taken' | 'name' | 'role-conflict' | 'unknown' | 'unknown-unit' | 'own' | 'directory';
type Changed = { refusal: PeopleRefusal | null };

/** What administrators do with people. Ids that are not there are refused like those that are not theirs to change. */
export interface PeopleDesk {
  list(): Promise<ListedPerson[]>;
  add(
    me: PersonViewer,
    person: { name: string; email: string; roles: PersonRole[]; units: string[] }
  ): Promise<Changed & { id: string | null }>;
  setRoles(me: PersonViewer, id: string, roles: PersonRole[]): Promise<Changed>;
  setUnits(me: PersonViewer, id: string, units: string[]): Promise<Changed>;
  setDisabled(me: PersonViewer, id: string, disabled: boolean): Promise<Changed>;
  makeLink(me: PersonViewer, id: string): Promise<Changed & { link: PasswordLink | null }>;
}
export interface PasswordLink {
  url: string;
  kind: 'invitation' | 'reset';
  expiresAt: Instant;
}

const insider = { insider: true } as const;
const change = { act: 'change-people' } as const;

const signsInBy = builder.enumType('SignsInBy', {
  description: 'How a person signs in. NONE: nobody has made a link yet; INVITED: one waits to be used.',
  values: {
    NONE: { value: 'none' },
    INVITED: { value: 'invited' },
    PASSWORD: { value: 'password' },
    DIRECTORY: { value: 'directory' }
  } satisfies Record<string, { value: ListedPerson['signsInBy'] }>
});

const person = builder.objectRef<ListedPerson>('Person').implement({
  description: 'Somebody who has an account here.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable for the life of the account.' }),
    name: t.exposeString('name', { description: 'As others see them.' }),
    email: t.exposeString('email', { description: 'By which they sign in, in lower case.' }),
    roles: t.expose('roles', { type: [personRole], description: 'What they are here.' }),
    units: t.expose('units', { type: [unit], description: 'Whose boards and queues are their own.' }),
    disabled: t.exposeBoolean('disabled', { description: 'True when they may not sign in.' }),
    signsInBy: t.expose('signsInBy', { type: signsInBy, description: 'How they sign in.' })
  })
});

export const peopleRefusal = builder.enumType('PeopleRefusal', {
  description: 'Why nothing was changed. PROVE: say the password again, and then once more what was to be done.',
  values: {
    PROVE: { value: 'prove' },
    EMAIL: { value: 'email' },
    TAKEN: { value: 'taken' },
    NAME: { value: 'name' },
    ROLE_CONFLICT: { value: 'role-conflict' },
    UNKNOWN: { value: 'unknown' },
    UNKNOWN_UNIT: { value: 'unknown-unit' },
    OWN: { value: 'own' },
    DIRECTORY: { value: 'directory' }
  } satisfies Record<string, { value: PeopleRefusal }>
});
const refusalField = 'Why nothing was changed; null when it was.';

const personChanged = builder.objectRef<Changed>('PersonChanged').implement({
  description: 'What came of a change to a person.',
  authScopes: insider,
  fields: (t) => ({ refusal: t.expose('refusal', { type: peopleRefusal, nullable: true, description: refusalField }) })
});

const personAdded = builder.objectRef<Changed & { id: string | null }>('PersonAdded').implement({
  description: 'What came of making a person.',
  authScopes: insider,
  fields: (t) => ({
    refusal: t.expose('refusal', { type: peopleRefusal, nullable: true, description: refusalField }),
    id: t.exposeID('id', { nullable: true, description: 'Who was made.' })
  })
});

const linkKind = builder.enumType('PasswordLinkKind', {
  description: 'INVITATION: to a first password. RESET: to another one, and the person will see who made it.',
  values: { INVITATION: { value: 'invitation' }, RESET: { value: 'reset' } } satisfies Record<
    string,
    { value: PasswordLink['kind'] }
  >
});

const passwordLink = builder.objectRef<PasswordLink>('PasswordLink').implement({
  description: 'A link by which a person sets their password, once. It is told this one time.',
  authScopes: insider,
  fields: (t) => ({
    url: t.exposeString('url', { description: 'To hand over; the secret stands in its fragment.' }),
    kind: t.expose('kind', { type: linkKind, description: 'What it is for.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends, used or not.' })
  })
});

const linkMade = builder.objectRef<Changed & { link: PasswordLink | null }>('PasswordLinkMade').implement({
  description: 'What came of making a link.',
  authScopes: insider,
  fields: (t) => ({
    refusal: t.expose('refusal', { type: peopleRefusal, nullable: true, description: refusalField }),
    link: t.expose('link', { type: passwordLink, nullable: true, description: 'The link; null when refused.' })
  })
});

builder.queryField('people', (t) =>
  t.field({
    type: [person],
    description: 'Everybody who has an account here, by name.',
    authScopes: { act: 'read-people' },
    resolve: (_, __, { people }) => people.list()
  })
);

builder.mutationFields((t) => ({
  addPerson: t.field({
    type: personAdded,
    description: 'Makes a person, who can sign in when they have used a link.',
    authScopes: change,
    args: {
      name: t.arg.string({ description: 'Given name and surname.', required: true }),
      email: t.arg.string({ description: 'What they sign in with; in any case, kept in lower case.', required: true }),
      roles: t.arg({ description: 'The roles they get.', type: [personRole], required: true }),
      units: t.arg.idList({ description: 'The units they belong to, by id.', required: true })
    },
    resolve: async (_, wish, context) => (await unproven(context)) ?? context.people.add(personOf(context), wish)
  }),
  setPersonRoles: t.field({
    type: personChanged,
    description: 'Gives a person these roles and no others; their open sockets ask anew at once.',
    authScopes: change,
    args: {
      id: t.arg.id({ description: 'The person.', required: true }),
      roles: t.arg({ description: 'All roles that they are to have.', type: [personRole], required: true })
    },
    resolve: async (_, { id, roles }, context) =>
      (await unproven(context)) ?? context.people.setRoles(personOf(context), id, roles)
  }),
  setPersonUnits: t.field({
    type: personChanged,
    description: 'Says to which units a person belongs.',
    authScopes: change,
    args: {
      id: t.arg.id({ description: 'The person.', required: true }),
      units: t.arg.idList({ description: 'All units that they are to belong to, by id.', required: true })
    },
    resolve: (_, { id, units }, context) => context.people.setUnits(personOf(context), id, units)
  }),
  setPersonDisabled: t.field({
    type: personChanged,
    description: 'Sends a person away with all their sessions and sockets, or lets them in again.',
    authScopes: change,
    args: {
      id: t.arg.id({ description: 'The person.', required: true }),
      disabled: t.arg.boolean({ description: 'True closes the door, false opens it again.', required: true })
    },
    resolve: (_, { id, disabled }, context) => context.people.setDisabled(personOf(context), id, disabled)
  }),
  makePasswordLink: t.field({
    type: linkMade,
    description: 'Makes a one-time link to a password, good for 72 hours; links made before end.',
    authScopes: change,
    args: { id: t.arg.id({ description: 'The person it is for.', required: true }) },
    resolve: async (_, { id }, context) => (await unproven(context)) ?? context.people.makeLink(personOf(context), id)
  })
}));

/** The answer to whoever must first say their password again. Rights and links are given by a known hand only. */
async function unproven(context: Context): Promise<{ refusal: 'prove'; id: null; link: null } | null> {
  return (await context.account.proven(personOf(context))) ? null : { refusal: 'prove', id: null, link: null };
}
