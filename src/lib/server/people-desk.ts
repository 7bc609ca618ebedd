import type { PeopleDesk, PeopleRefusal } from './graphql/people.ts';
import type { PeopleFile } from './graphql/people-file.ts';
import type { Identity } from './identity/identity.ts';
import { PersonRefused } from './identity/people.ts';

/** What administrators do with people; `origin` is where the links lead. */
export function peopleDesk(identity: Identity, origin: string): PeopleDesk {
  const { people, invitations } = identity;
  const changed = (act: Promise<void>) => refused(act.then(() => ({ refusal: null })));
  return {
    list: () => identity.roster(),
    add: async (me, person) => {
      const made = await refused(people.add(person, me).then((id) => ({ refusal: null, id })));
      return { id: null, ...made };
    },
    setRoles: (me, id, roles) => changed(people.setRoles(id, roles, me)),
    setUnits: (me, id, units) => changed(people.setUnits(id, units, me)),
    setDisabled: (me, id, disabled) => changed(disabled ? people.disable(id, me) : people.enable(id, me)),
    makeLink: async (me, id) => {
      const made = await refused(
        invitations.make(me, id).then(({ secret, kind, expiresAt }) => ({
          refusal: null,
          // In the fragment, which no browser sends and no proxy logs.
          link: { url: `${origin}/invitation#${secret}`, kind, expiresAt }
        }))
      );
      return { link: null, ...made };
    }
  };
}

export function peopleFile(identity: Identity): PeopleFile {
  return {
    preview: (text) => identity.previewPeople(text),
    take: (me, text) => identity.importPeople(text, me)
  };
}

/** What is expected to be refused is an answer; everything else is a mistake of ours. */
async function refused<T>(act: Promise<T>): Promise<T | { refusal: PeopleRefusal }> {
  try {
    return await act;
  } catch (error) {
    if (!(error instanceof PersonRefused) || error.reason === 'password') throw error;
    return { refusal: error.reason };
  }
}
