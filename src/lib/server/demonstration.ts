import { randomBytes } from 'node:crypto';
import type { Instant, Zone } from '../domain/time.ts';
import { agents, queues, units } from './telephony/simulator/city.ts';
import { cityDay, livedDate } from './telephony/simulator/city-day.ts';
import { roster } from './telephony/simulator/roster.ts';
import type { PersonRole } from '../domain/person.ts';
import { CAST, type CastMember } from './demonstration/cast.ts';
import type { Identity } from './identity/identity.ts';
import type { Database } from './store/database.ts';
import type { StoredRegister } from './store/register.ts';
import { setQueue, setUnit } from './store/queues.ts';

/** The source of every event of the demonstration city. */
export const DEMO_SOURCE = 'demo';
/** The same city in every demonstration: what one has seen in one place can be shown in another. */
export const DEMO_SEED = 'stamgaffel';

/** Somebody one can sign in as, with everything that is needed to do it. */
export interface DemoPerson {
  name: string;
  email: string;
  password: string;
  roles: readonly PersonRole[];
  unit: string | null;
}

/**
 * Furnishes a demonstration database: the city's units and queues, and a person of every role. What is there stays, so
 * every start may do it. Passwords are random per database and kept readable in it, which only a database that is
 * stamped as a demonstration may do: nothing in it is anybody's.
 */
export async function furnish(
  database: Database,
  register: StoredRegister,
  identity: Identity,
  { zone, now }: { zone: Zone; now: Instant }
): Promise<DemoPerson[]> {
  const { kysely } = database;
  for (const [position, unit] of units.entries()) await setUnit(kysely, { ...unit, position });
  for (const [position, queue] of queues.entries()) {
    const id = await register.queueId(DEMO_SOURCE, queue.pbxName);
    const { name, shortName, unit, wrapUpMs } = queue;
    await setQueue(kysely, id, { name, shortName, unit, wrapUpMs, position });
  }
  await register.refresh();

  const cast = await Promise.all(
    CAST.map(async (person) => {
      // Nobody signs in as the others of the cast, so there is no password to hash and the start is as quick as before.
      const password = person.door ? await passwordOf(database, person.email) : undefined;
      const there = await kysely.selectFrom('person').select('id').where('email', '=', person.email).executeTakeFirst();
      if (!there) await settle(database, identity, person, password, { zone, now });
      const unit = units.find(({ id }) => id === person.unit)?.name ?? null;
      return { ...person, password, unit };
    })
  );
  return cast.flatMap(({ password, ...person }) => (password === undefined ? [] : [{ ...person, password }]));
}

/** Makes somebody of the cast: their account, where they belong, and the telephone of whom one can be. */
async function settle(
  database: Database,
  identity: Identity,
  { name, email, roles, unit, door }: CastMember,
  password: string | undefined,
  { zone, now }: { zone: Zone; now: Instant }
): Promise<void> {
  const id = await identity.people.add({ name, email, roles, ...(password === undefined ? {} : { password }) });
  if (unit) await database.kysely.insertInto('person_unit').values({ person_id: id, unit_id: unit }).execute();
  if (door && roles.includes('agent')) await tieAgent(database, id, unit, now, zone);
}

/** The agent's telephone: of somebody in the unit who is at work just now, so that there is something to see. */
async function tieAgent({ kysely }: Database, personId: string, unit: string | null, now: Instant, zone: Zone) {
  const shifts = roster(DEMO_SEED, cityDay(livedDate(now, zone), true, zone));
  const atWork = shifts.filter(({ from, until }) => from < now && now < until);
  const longest = (atWork.length > 0 ? atWork : shifts).toSorted(
    (a, b) => Number(b.agent.unit === unit) - Number(a.agent.unit === unit) || b.until - a.until
  )[0]!;
  await kysely
    .insertInto('person_agent')
    .values({ person_id: personId, source: DEMO_SOURCE, agent_key: longest.agent.key, from_at: now, until_at: null })
    .execute();
}

/** Made once per database and person; written before the person is, so that a crash between leaves nobody locked out. */
async function passwordOf({ kysely }: Database, email: string): Promise<string> {
  const name = `demo-password ${email}`;
  await kysely
    .insertInto('secret')
    .values({ name, value: randomBytes(12).toString('base64url') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await kysely.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow()).value;
}

/** What whoever starts the demonstration is told: where it is, and who can sign in. */
export function welcome(origin: string, people: readonly DemoPerson[]): string {
  const width = Math.max(...people.map(({ email }) => email.length));
  return [
    '',
    `  Stämgaffeln, demonstration: ${queues.length} invented queues, ${agents.length} invented agents, no real call.`,
    `  ${origin}`,
    '',
    ...people.map(({ email, password, roles }) => `  ${email.padEnd(width)}  ${password}  ${roles.join(', ')}`),
    '',
    ''
  ].join('\n');
}
