import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import {
  rewritten,
  unpublishable,
  type RubricPlace,
  type WordingRefusal
} from '../../../domain/coaching/rubric-wording.ts';
import type {
  CriterionId,
  RubricText,
  RubricVersion,
  RubricVersionId,
  Worded
} from '../../../domain/coaching/rubric.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Tables } from '../tables.ts';

/** How a version is kept. */
export interface RubricVersionTable {
  id: string;
  /** 1 and up; the draft has the next one. */
  number: number;
  state: RubricVersion['state'];
  /** Counts how many times the draft was saved, so that nobody writes over, or publishes, what they have not read. */
  revision: number;
  /** JSON of the domain's RubricText. */
  content: string;
  published_at: number | null;
}

export interface KeptRubricVersion extends RubricVersion {
  revision: number;
}
export interface Rewriting {
  /** The revision of the draft that was read before it was changed. */
  revision: number;
  words: ReadonlyMap<RubricPlace, Worded>;
  /** The criteria, as they are called in the version that the draft follows, that mean something else now. */
  meansAnew: readonly CriterionId[];
}
export type DraftRefusal = 'no-draft' | 'stale' | 'no-such-place';
export type PublishRefusal = 'no-draft' | 'stale' | WordingRefusal;

/** The versions of the rubric: one draft at most, one that new rounds take, and those that were. */
export interface StoredRubricVersions {
  /** The one that new rounds take; null until one is published. */
  published(): Promise<KeptRubricVersion | null>;
  draft(): Promise<KeptRubricVersion | null>;
  find(id: RubricVersionId): Promise<KeptRubricVersion | null>;
  /** The published ones and those that were, the newest first. */
  all(): Promise<KeptRubricVersion[]>;
  /** A draft of the next version: the one there is, or a copy of what is published, or of `first` when nothing is. */
  makeDraft(first: RubricText): Promise<KeptRubricVersion>;
  rewrite(rewriting: Rewriting): Promise<{ draft: KeptRubricVersion } | { refusal: DraftRefusal }>;
  /** False when there is none. What is published is never discarded. */
  discard(): Promise<boolean>;
  /**
   * Publishes the draft as it was read at `revision`, and retires the one before it. `recorded` writes the audit's row in
   * the same transaction.
   */
  publish(
    revision: number,
    at: Instant,
    recorded: (inside: Kysely<Tables>, id: string) => Promise<void>
  ): Promise<{ version: KeptRubricVersion } | { refusal: PublishRefusal; place: RubricPlace | null }>;
}

export function openRubricVersions(kysely: Kysely<Tables>): StoredRubricVersions {
  const one = async (state: RubricVersion['state'], db: Kysely<Tables> = kysely) => {
    const row = await db.selectFrom('rubric_version').selectAll().where('state', '=', state).executeTakeFirst();
    return row ? whole(row) : null;
  };

  return {
    published: () => one('published'),
    draft: () => one('draft'),

    async find(id) {
      const row = await kysely.selectFrom('rubric_version').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? whole(row) : null;
    },

    async all() {
      const rows = kysely.selectFrom('rubric_version').selectAll().where('state', '<>', 'draft');
      return (await rows.orderBy('number', 'desc').execute()).map(whole);
    },

    makeDraft: (first) =>
      kysely.transaction().execute(async (inside) => {
        const before = await inside
          .selectFrom('rubric_version')
          .select(['number', 'content'])
          .where('state', '<>', 'draft')
          .orderBy('number', 'desc')
          .limit(1)
          .executeTakeFirst();
        await inside
          .insertInto('rubric_version')
          .values({
            id: randomUUID(),
            number: (before?.number ?? 0) + 1,
            state: 'draft',
            revision: 1,
            content: before?.content ?? JSON.stringify(first),
            published_at: null
          })
          // Two who begin at the same time begin the same draft.
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return (await one('draft', inside))!;
      }),

    async rewrite({ revision, words, meansAnew }) {
      return kysely.transaction().execute(async (inside) => {
        const draft = await one('draft', inside);
        if (!draft) return { refusal: 'no-draft' as const };
        // From the version before, so that a criterion that was said to mean something else can be taken back.
        const base = (await one('published', inside))?.text ?? draft.text;
        const present = {
          ...draft.text,
          criteria: draft.text.criteria.map((each, n) => ({ ...each, id: base.criteria[n]?.id ?? each.id }))
        };
        const text = rewritten(present, { number: draft.number, words, meansAnew });
        if (!text) return { refusal: 'no-such-place' as const };
        const { numUpdatedRows } = await inside
          .updateTable('rubric_version')
          .set({ content: JSON.stringify(text), revision: revision + 1 })
          .where('id', '=', draft.id)
          .where('revision', '=', revision)
          .executeTakeFirst();
        return numUpdatedRows === 1n
          ? { draft: { ...draft, text, revision: revision + 1 } }
          : { refusal: 'stale' as const };
      });
    },

    async discard() {
      const gone = await kysely.deleteFrom('rubric_version').where('state', '=', 'draft').executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },

    publish: (revision, at, recorded) =>
      kysely.transaction().execute(async (inside) => {
        const draft = await one('draft', inside);
        if (!draft) return { refusal: 'no-draft' as const, place: null };
        const before = await one('published', inside);
        const why = unpublishable(draft.text, before?.text ?? null);
        if (why) return { refusal: why.code, place: why.place };
        if (draft.revision !== revision) return { refusal: 'stale' as const, place: null };
        await inside.updateTable('rubric_version').set({ state: 'retired' }).where('state', '=', 'published').execute();
        const { numUpdatedRows } = await inside
          .updateTable('rubric_version')
          .set({ state: 'published', published_at: at })
          .where('id', '=', draft.id)
          .where('revision', '=', revision)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) throw new Error('The draft of the rubric was changed while it was published.');
        await recorded(inside, draft.id);
        return { version: { ...draft, state: 'published' as const, publishedAt: at } };
      })
  };
}

const whole = (row: RubricVersionTable): KeptRubricVersion => ({
  id: row.id,
  number: row.number,
  state: row.state,
  revision: row.revision,
  text: JSON.parse(row.content) as RubricText,
  publishedAt: row.published_at
});
