import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Viewer } from '../../domain/access.ts';
import type { AuditAct } from '../../domain/audit.ts';
import type { IdentityTables } from './tables.ts';

/** Who did it: somebody who was let in, whoever sits at the machine, or the program by itself. */
export type Actor = Viewer | `person ${string}` | 'command-line' | 'stamgaffel';

export interface AuditRow {
  position: number;
  at: number;
  act: string;
  actor: string;
  subject: string | null;
  about: string | null;
}
/** A row with the names of today: they stand nowhere in the log, so a person who is erased is nobody in it. */
export interface NamedRow {
  position: number;
  at: number;
  act: string;
  by: 'person' | 'token' | 'screen' | 'command-line' | 'stamgaffel';
  byName: string | null;
  subjectName: string | null;
  about: string | null;
}

export interface Audit {
  /**
   * Adds one act. `subject` is the id of the person it concerns, `about` an id or codes: never a name or a text.
   * `inside` is the transaction of the act itself, so that neither is there without the other.
   */
  write(
    act: AuditAct,
    told: { actor: Actor; subject?: string | null; about?: string | null },
    inside?: Kysely<IdentityTables>
  ): Promise<void>;
  /** The latest acts, newest first, of these kinds or about this person. */
  read(asked: { acts?: readonly AuditAct[]; subject?: string; before?: number; most: number }): Promise<NamedRow[]>;
  /** The end of the chain: who keeps it elsewhere can prove that nothing before it was made anew. */
  head(): Promise<{ position: number; hash: string }>;
  /** Whether the chain has had this end. */
  knows(hash: string): Promise<boolean>;
  /** Counts the whole chain again; `brokenAt` is the first position that does not hold, null when all do. */
  verify(): Promise<{ rows: number; brokenAt: number | null; head: string }>;
}

export function createAudit(db: Kysely<IdentityTables>): Audit {
  async function append(inside: Kysely<IdentityTables>, row: Omit<AuditRow, 'position'>): Promise<void> {
    // The head is taken by changing it: from here to the end of the transaction nobody else can write.
    const head = await inside
      .updateTable('audit_head')
      .set((column) => ({ position: column('position', '+', 1) }))
      .where('id', '=', 1)
      .returning(['position', 'hash'])
      .executeTakeFirstOrThrow();
    const whole = { position: head.position, ...row };
    const content_hash = contentHash(whole);
    const hash = chained(head.hash, content_hash);
    await inside
      .insertInto('audit')
      .values({ ...whole, content_hash, hash })
      .execute();
    await inside.updateTable('audit_head').set({ hash }).where('id', '=', 1).execute();
  }

  return {
    async write(act, { actor, subject = null, about = null }, inside) {
      const row = { at: Date.now(), act, actor: nameOf(actor), subject, about };
      if (inside) await append(inside, row);
      else await db.transaction().execute((own) => append(own, row));
    },

    async read({ acts, subject, before, most }) {
      let rows = db.selectFrom('audit').select(['position', 'at', 'act', 'actor', 'subject', 'about']);
      if (acts) rows = rows.where('act', 'in', acts);
      if (subject !== undefined) rows = rows.where('subject', '=', subject);
      if (before !== undefined) rows = rows.where('position', '<', before);
      return withNames(db, await rows.orderBy('position', 'desc').limit(most).execute());
    },

    head: () => db.selectFrom('audit_head').select(['position', 'hash']).where('id', '=', 1).executeTakeFirstOrThrow(),

    async knows(hash) {
      return (
        (await db.selectFrom('audit').select('position').where('hash', '=', hash).executeTakeFirst()) !== undefined
      );
    },

    async verify() {
      const head = await db.selectFrom('audit_head').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
      let [position, hash] = [0, ''];
      for (;;) {
        const rows = await db
          .selectFrom('audit')
          .selectAll()
          .where('position', '>', position)
          .where('position', '<=', head.position)
          .orderBy('position')
          .limit(1_000)
          .execute();
        for (const row of rows) {
          const holds =
            row.position === position + 1 &&
            row.content_hash === contentHash(row) &&
            row.hash === chained(hash, row.content_hash);
          if (!holds) return { rows: position, brokenAt: position + 1, head: head.hash };
          [position, hash] = [row.position, row.hash];
        }
        if (rows.length === 0) break;
      }
      const whole = position === head.position && hash === head.hash;
      return { rows: position, brokenAt: whole ? null : position + 1, head: head.hash };
    }
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** In a fixed order and as JSON, so that no two rows can be written alike. */
const contentHash = ({ position, at, act, actor, subject, about }: AuditRow): string =>
  sha256(JSON.stringify([position, at, act, actor, subject, about]));

/** The hash of the content and not the content itself, so that a chain holds though a content is gone. */
const chained = (before: string, content: string): string => sha256(`${before}${content}`);

async function withNames(db: Kysely<IdentityTables>, rows: AuditRow[]): Promise<NamedRow[]> {
  const idsOf = (kind: string) =>
    rows.flatMap(({ actor }) => (actor.startsWith(`${kind} `) ? [actor.slice(kind.length + 1)] : []));
  const people = [...new Set([...idsOf('person'), ...rows.flatMap(({ subject }) => subject ?? [])])];
  const tokens = [...new Set(idsOf('token'))];
  const named = [
    ...(people.length ? await db.selectFrom('person').select(['id', 'name']).where('id', 'in', people).execute() : []),
    ...(tokens.length
      ? await db.selectFrom('api_token').select(['id', 'name']).where('id', 'in', tokens).execute()
      : [])
  ];
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return rows.map(({ position, at, act, actor, subject, about }) => {
    const [by = '', id] = actor.split(' ');
    return {
      position,
      at,
      act,
      by: by as NamedRow['by'],
      byName: (id && names.get(id)) ?? null,
      subjectName: (subject && names.get(subject)) ?? null,
      about
    };
  });
}

function nameOf(actor: Actor): string {
  if (typeof actor === 'string') return actor;
  if (actor.kind === 'person') return `person ${actor.personId}`;
  return actor.kind === 'integrator' ? `token ${actor.tokenId}` : `screen ${actor.screenId}`;
}
