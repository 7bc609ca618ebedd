import { createCoaching, type CoachingParts } from '../coaching/coaching.ts';
import { openRecordingPool } from '../store/coaching/recording-pool.ts';
import { CAST } from './cast.ts';
import { liveThroughRounds } from './rounds.ts';
import { shelve } from './sound.ts';
import { DAY_MS, does, type Stage } from './stage.ts';

const DECIDED = {
  decision: 'KS 2025-0412',
  callerNotice: 'Samtalet kan spelas in så att vi kan lära av det. Säg till om du inte vill.'
};
/** Before the window of the first of the rounds. */
const DECIDED_BEFORE_MS = 450 * DAY_MS;

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
  await allowRecording(parts, stage);
  const calls = await liveThroughRounds(stage, version.id, now(), zone);
  const lost = await shelve(house.recordings, { folder: recordingsFolder, keys: parts.keys }, calls, now());
  for (const { participation, slot } of lost)
    await does(stage, participation, null, now(), { kind: 'soundGone', slot });
}

/** Calls are recorded in the queues that the cast answers: by an invented decision, and with the callers' knowledge. */
async function allowRecording({ database, zone, now }: Pick<CoachingParts, 'database' | 'zone' | 'now'>, stage: Stage) {
  const pool = openRecordingPool(database, zone);
  const answeredBySome = new Set(CAST.flatMap(({ queue }) => (queue === undefined ? [] : [queue])));
  for (const name of answeredBySome) {
    const queue = stage.queues.get(name);
    if (queue !== undefined) await pool.allow(queue, { ...DECIDED, now: now() - DECIDED_BEFORE_MS });
  }
}
