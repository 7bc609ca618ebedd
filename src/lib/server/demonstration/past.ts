import { createCoaching, type CoachingParts } from '../coaching/coaching.ts';
import { CAST } from './cast.ts';
import { liveThroughRounds } from './rounds.ts';
import { shelve } from './sound.ts';
import type { Stage } from './stage.ts';

/**
 * Gives the demonstration its half-years: two rounds that are over and one under way, lived through by the cast. It is
 * done once per database, through the domain and the store, with a clock of its own. The audit log is left out of it: it
 * tells of what was done here, and this was not.
 */
export async function liveThePast(parts: Omit<CoachingParts, 'dropPool'>, recordingsFolder: string): Promise<void> {
  const { database, now, zone } = parts;
  const clock = { at: now() };
  const silent = { write: () => Promise.resolve() };
  const { house } = await createCoaching({
    ...parts,
    identity: { audit: { ...parts.identity.audit, ...silent }, rightsChanged: () => Promise.resolve() },
    now: () => clock.at
  });
  if ((await house.rounds.all()).length > 0) return;
  const version = (await house.rubrics.all()).find(({ state }) => state === 'published');
  if (!version) return;
  const [people, queues] = [
    await database.kysely.selectFrom('person').select(['id', 'email', 'name']).execute(),
    await database.kysely.selectFrom('queue').select(['id', 'pbx_name']).execute()
  ];
  const idOf = new Map(people.map(({ id, email }) => [email, id]));
  // Somebody has made the cast into other people: then it is not our story to tell.
  if (CAST.some(({ email }) => !idOf.has(email))) return;
  const stage: Stage = {
    house,
    clock,
    people: new Map(
      CAST.map(({ key, name, email, roles }) => [
        key,
        { kind: 'person', personId: idOf.get(email)!, sessionId: 'demonstration', name, roles }
      ])
    ),
    queues: new Map(queues.map(({ id, pbx_name }) => [pbx_name, id]))
  };
  const spoken = await liveThroughRounds(stage, version.id, now(), zone);
  await shelve(house.recordings, { folder: recordingsFolder, keys: parts.keys }, spoken);
}
