import type { PersonRole } from '../../domain/person.ts';

/** Somebody of the demonstration city. All of them are invented, and the same everywhere: in calls, reviews and rounds. */
export interface CastMember {
  /** How other files of the demonstration speak of them. */
  key: string;
  name: string;
  email: string;
  roles: readonly PersonRole[];
  unit: string | null;
  /** By the PBX's name: what they mostly answer. */
  queue?: string;
  /** Whether one can sign in as them: one of every role, so that the list stays short. */
  door: boolean;
}

const member = (
  key: string,
  name: string,
  roles: readonly PersonRole[],
  unit: string | null,
  { queue, door = false }: { queue?: string; door?: boolean } = {}
): CastMember => ({
  key,
  name,
  email: `${name.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(' ', '.')}@exempelstad.se`,
  roles,
  unit,
  door,
  ...(queue === undefined ? {} : { queue })
});
const agent = (key: string, name: string, unit: string, queue: string, door = false) =>
  member(key, name, ['agent'], unit, { queue, door });

export const CAST: readonly CastMember[] = [
  agent('amina', 'Amina Berg', 'forskola-och-skola', 'forskola', true),
  member('karin-ahlgren', 'Karin Ahlgren', ['coach'], 'allmanna', { door: true }),
  member('maria-holm', 'Maria Holm', ['leader'], 'forskola-och-skola', { door: true }),
  member('nils', 'Nils Frid', ['method-lead'], null, { door: true }),
  member('hanna', 'Hanna Westin', ['administrator'], null, { door: true }),
  member('henrik', 'Henrik Sundin', ['coach'], null),
  member('fatima', 'Fatima Noori', ['coach'], null),
  agent('elin', 'Elin Sandström', 'allmanna', 'vaxel'),
  agent('karin-ek', 'Karin Ek', 'allmanna', 'vaxel'),
  agent('peter', 'Peter Nyström', 'allmanna', 'vaxel'),
  agent('ines', 'Ines Moreno', 'forskola-och-skola', 'vuxenutbildning'),
  agent('jonas', 'Jonas Håkansson', 'forskola-och-skola', 'grundskola'),
  agent('leila', 'Leila Karimi', 'vard-och-omsorg', 'aldreomsorg'),
  agent('samir', 'Samir Haddad', 'vard-och-omsorg', 'ekonomiskt-stod'),
  agent('johan', 'Johan Wiklund', 'stad-och-fritid', 'parkering'),
  agent('maria', 'Maria Kjellberg', 'stad-och-fritid', 'avfall'),
  agent('mikael', 'Mikael Dahl', 'stad-och-fritid', 'parkering'),
  agent('oskar', 'Oskar Friberg', 'stad-och-fritid', 'bygglov'),
  agent('sara', 'Sara Öberg', 'stad-och-fritid', 'bygglov'),
  agent('tove', 'Tove Lilja', 'stad-och-fritid', 'avfall')
];
