import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import { shownAt, type Announcement, type AnnouncementWish, type Place } from '../../domain/announcement.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** What has been said, with who said it while they are known. */
export interface PostedAnnouncement extends Announcement {
  postedBy: string | null;
  replaces: string | null;
}
/** Writes the audit's row in the transaction of the act itself, so that neither is there without the other. */
export type Recorded = (inside: Kysely<Tables>, id: string) => Promise<void>;

export interface StoredAnnouncements {
  /** What stands in a place at this instant, the newest first. From memory: it is asked for every frame. */
  shown(place: Place, now: Instant): ReturnType<typeof shownAt>;
  /**
   * Posts what the domain has let through; null when what it should replace no longer stands. What it replaces is taken
   * down in the same instant, so a wall never shows both or neither.
   */
  post(
    wish: AnnouncementWish,
    by: { person: string | null; now: Instant; replaces?: string | null },
    recorded: Recorded
  ): Promise<PostedAnnouncement | null>;
  /** False when it is not there, or has ended already. */
  takeDown(id: string, now: Instant, recorded: Recorded): Promise<boolean>;
  /** The latest, newest first: all, or what is meant for these boards and queues (and for every screen). */
  history(of: Place | 'all', most: number): Promise<PostedAnnouncement[]>;
  find(id: string): Promise<PostedAnnouncement | null>;
  /** Reads again what another process may have posted. */
  refresh(now: Instant): Promise<void>;
}

/** `changed` is called when what stands somewhere may be another. */
export async function openAnnouncements(
  { kysely }: Database,
  { now, changed }: { now: Instant; changed: () => void }
): Promise<StoredAnnouncements> {
  let standing: readonly PostedAnnouncement[] = [];

  async function refresh(at: Instant): Promise<void> {
    const rows = kysely
      .selectFrom('announcement')
      .selectAll()
      .where('until_at', '>', at)
      .where('taken_down_at', 'is', null);
    const before = JSON.stringify(standing);
    standing = await whole(kysely, await rows.execute());
    if (JSON.stringify(standing) !== before) changed();
  }
  await refresh(now);

  async function find(id: string): Promise<PostedAnnouncement | null> {
    const rows = await kysely.selectFrom('announcement').selectAll().where('id', '=', id).execute();
    return (await whole(kysely, rows))[0] ?? null;
  }

  const end = (db: Kysely<Tables>, id: string, at: Instant) =>
    db
      .updateTable('announcement')
      .set({ taken_down_at: at })
      .where('id', '=', id)
      .where('taken_down_at', 'is', null)
      .where('until_at', '>', at)
      .executeTakeFirst();

  return {
    shown: (place, at) => shownAt(standing, place, at),
    refresh,

    async post({ text, boards, queues, from, until }, { person, now, replaces = null }, recorded) {
      const id = randomUUID();
      const posted = await kysely.transaction().execute(async (inside) => {
        if (replaces !== null && (await end(inside, replaces, now)).numUpdatedRows === 0n) return false;
        await inside
          .insertInto('announcement')
          .values({
            id,
            text,
            from_at: from,
            until_at: until,
            posted_at: now,
            posted_by: person,
            replaces,
            taken_down_at: null
          })
          .execute();
        for (const board of boards)
          await inside.insertInto('announcement_board').values({ announcement_id: id, board }).execute();
        for (const queue of queues)
          await inside.insertInto('announcement_queue').values({ announcement_id: id, queue_id: queue }).execute();
        await recorded(inside, id);
        return true;
      });
      await refresh(now);
      return posted ? find(id) : null;
    },

    async takeDown(id, now, recorded) {
      const ended = await kysely.transaction().execute(async (inside) => {
        if ((await end(inside, id, now)).numUpdatedRows === 0n) return false;
        await recorded(inside, id);
        return true;
      });
      await refresh(now);
      return ended;
    },

    async history(of, most) {
      let rows = kysely.selectFrom('announcement').selectAll();
      if (of !== 'all')
        rows = rows.where('id', 'in', (query) =>
          query
            .selectFrom('announcement_board')
            .select('announcement_id')
            .where('board', 'in', ['all', ...of.boards])
            .union(
              query
                .selectFrom('announcement_queue')
                .select('announcement_id')
                .where('queue_id', 'in', of.queues.length > 0 ? [...of.queues] : [''])
            )
        );
      return whole(kysely, await rows.orderBy('posted_at', 'desc').orderBy('id').limit(most).execute());
    },

    find
  };
}

async function whole(db: Kysely<Tables>, rows: Tables['announcement'][]): Promise<PostedAnnouncement[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const people = [...new Set(rows.flatMap(({ posted_by }) => posted_by ?? []))];
  const [boards, queues, names] = [
    await db.selectFrom('announcement_board').selectAll().where('announcement_id', 'in', ids).execute(),
    await db.selectFrom('announcement_queue').selectAll().where('announcement_id', 'in', ids).execute(),
    people.length > 0 ? await db.selectFrom('person').select(['id', 'name']).where('id', 'in', people).execute() : []
  ];
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    boards: boards.filter((each) => each.announcement_id === row.id).map(({ board }) => board),
    queues: queues.filter((each) => each.announcement_id === row.id).map(({ queue_id }) => queue_id),
    from: row.from_at,
    until: row.until_at,
    postedAt: row.posted_at,
    takenDownAt: row.taken_down_at,
    postedBy: names.find(({ id }) => id === row.posted_by)?.name ?? null,
    replaces: row.replaces
  }));
}
