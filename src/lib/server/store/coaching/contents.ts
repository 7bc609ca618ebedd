import type { Kysely } from 'kysely';
import type {
  LevelMark,
  MustBeRightAnswer,
  MustBeRightPoint,
  ReadingId,
  Side,
  SlotId
} from '../../../domain/coaching/level.ts';
import type { ParticipationId, PersonId } from '../../../domain/coaching/level.ts';
import type { Instant } from '../../../domain/time.ts';
import type { KeyStore } from '../../keys/key-store.ts';
import type { Tables } from '../tables.ts';
import type { PrivateAnswer } from './act.ts';
import { coachToday } from './participations.ts';
import type { SlotTable } from './tables.ts';
import { lockedTexts } from './texts.ts';

/** Null: the words were taken away after a decision, or are destroyed. */
export type Words = string | null;

export interface StoredReading {
  id: ReadingId;
  slot: SlotId;
  by: Side;
  author: PersonId;
  rubricVersion: string;
  strengths: { id: string; criterion: string; momentMs: number; words: Words }[];
  levels: { criterion: string; mark: LevelMark; momentMs: number | null }[];
}
export interface StoredGoal {
  criterion: string;
  when: Words;
  try: Words;
  how: Words;
}
/** Everything of a participation that one of the two may read now; what is hidden from them was never read. */
export interface Contents {
  side: Side;
  unit: string | null;
  /** In which window of the round the calls are drawn. */
  window: number;
  /** The rows in force, by place. */
  slots: SlotTable[];
  readings: StoredReading[];
  reflection: { question: number; words: Words }[];
  goal: StoredGoal | null;
  lastWords: { words: Words; writtenAt: Instant }[];
  /** Every version, the oldest first. */
  records: { version: number; acknowledgedAt: Instant | null; snapshotHash: string | null; goal: StoredGoal | null }[];
  mustBeRight: {
    slot: SlotId;
    point: MustBeRightPoint;
    answer: MustBeRightAnswer;
    text: string | null;
    expiresAt: Instant;
  }[];
}

/**
 * Reads for one person. What they may see is asked in the query itself: until the reveal the other's reading is not read
 * from the disk, so nothing above can let it slip. Null for whoever is neither the agent nor the coach of today.
 */
export async function contentsFor(
  db: Kysely<Tables>,
  keys: KeyStore,
  me: PersonId,
  id: ParticipationId
): Promise<Contents | null> {
  const own = await db
    .selectFrom('participation')
    .select(['agent', 'unit_id', 'window_n', 'revealed_at'])
    .where('id', '=', id)
    .where((query) => query.or([query('agent', '=', me), query.and([query('coach', '=', me), ...coachToday(query)])]))
    .executeTakeFirst();
  if (!own) return null;
  const side: Side = own.agent === me ? 'agent' : 'coach';
  const texts = lockedTexts(keys);
  const bodies = await db.selectFrom('text_body').selectAll().where('participation', '=', id).execute();
  const locked = new Map(bodies.map((body) => [body.id, body]));
  const words = (text: string | null): Words => {
    const body = text === null ? undefined : locked.get(text);
    return body ? texts.open(body) : null;
  };

  let readings = db
    .selectFrom('reading')
    .innerJoin('slot', 'slot.id', 'reading.slot')
    .innerJoin('participation', 'participation.id', 'slot.participation')
    .select(['reading.id', 'slot', 'role', 'author', 'reading.rubric_version'])
    .where('participation.id', '=', id)
    .where('reading.state', '=', 'in')
    .where((query) => query.or([query('author', '=', me), query('revealed_at', 'is not', null)]));
  readings = readings.orderBy('slot.n').orderBy('role');
  const read = await readings.execute();
  const ofReadings = read.length > 0 ? read.map((row) => row.id) : [''];
  const strengths = db.selectFrom('strength').selectAll().where('reading', 'in', ofReadings);
  const levels = db.selectFrom('reading_level').selectAll().where('reading', 'in', ofReadings);
  const [strengthRows, levelRows] = [await strengths.orderBy('moment_ms').execute(), await levels.execute()];

  const answers = db
    .selectFrom('reflection_answer')
    .innerJoin('participation', 'participation.id', 'reflection_answer.participation')
    .select(['n', 'text_id'])
    .where('participation.id', '=', id)
    .where((query) => query.or([query('agent', '=', me), query('revealed_at', 'is not', null)]))
    .orderBy('n');
  let points = db.selectFrom('must_be_right').selectAll().where('participation', '=', id);
  if (side === 'coach') points = points.where('author', '=', me);
  const slots = db
    .selectFrom('slot')
    .selectAll()
    .where('participation', '=', id)
    .where('state', 'in', ['empty', 'chosen']);
  const goal = await db.selectFrom('goal').selectAll().where('participation', '=', id).executeTakeFirst();
  const lastWords = db.selectFrom('last_word').selectAll().where('participation', '=', id).orderBy('n');
  const records = db.selectFrom('record').selectAll().where('participation', '=', id).orderBy('version');
  type GoalRow = { criterion: string; when_id: string | null; try_id: string | null; how_id: string | null };
  const goalOf = ({ criterion, when_id, try_id, how_id }: GoalRow): StoredGoal => ({
    criterion,
    when: words(when_id),
    try: words(try_id),
    how: words(how_id)
  });

  return {
    side,
    unit: own.unit_id,
    window: own.window_n,
    slots: await slots.orderBy('n').execute(),
    readings: read.map((row) => ({
      id: row.id,
      slot: row.slot,
      by: row.role,
      author: row.author,
      rubricVersion: row.rubric_version,
      strengths: strengthRows
        .filter(({ reading }) => reading === row.id)
        .map((one) => ({ id: one.id, criterion: one.criterion, momentMs: one.moment_ms, words: words(one.text_id) })),
      levels: levelRows
        .filter(({ reading }) => reading === row.id)
        .map(({ criterion, level, moment_ms }) => ({
          criterion,
          mark: level ?? ('not-applicable' as const),
          momentMs: moment_ms
        }))
    })),
    reflection: (await answers.execute()).map(({ n, text_id }) => ({ question: n, words: words(text_id) })),
    goal: goal ? goalOf(goal) : null,
    lastWords: (await lastWords.execute()).map((row) => ({ words: words(row.text_id), writtenAt: row.written_at })),
    records: (await records.execute()).map(({ version, acknowledged_at, snapshot_hash, criterion, ...ids }) => ({
      version,
      acknowledgedAt: acknowledged_at,
      snapshotHash: snapshot_hash,
      goal: criterion === null ? null : goalOf({ criterion, ...ids })
    })),
    mustBeRight: (await points.orderBy('slot').orderBy('point').execute()).flatMap((row) => {
      const said = words(row.text_id);
      if (said === null) return [];
      const { answer, text } = JSON.parse(said) as PrivateAnswer & { answer: MustBeRightAnswer };
      return [{ slot: row.slot, point: row.point, answer, text, expiresAt: row.expires_at }];
    })
  };
}
