import type { Kysely } from 'kysely';
import type { NewRecording, Recording, WhyDeleted } from '../../../domain/coaching/kept-recording.ts';
import type { EntryId } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Database } from '../database.ts';
import type { RecordingTable } from '../recording-tables.ts';
import type { Tables } from '../tables.ts';
import { outdatedRecordings } from './outdated-recordings.ts';

export interface StoredRecordings {
  ofEntry(entry: EntryId): Promise<Recording | null>;
  /** Whether a recording of this entry is, or ever was here. */
  hasHad(entry: EntryId): Promise<boolean>;
  /** The calls that this very file was taken in for. */
  entriesOfSource(sourceHash: string): Promise<EntryId[]>;
  /** False when there is, or was, one for this entry. */
  add(recording: NewRecording, now: Instant): Promise<boolean>;
  /** Those of these that can be heard: what a draw chooses from where calls are recorded. */
  ready(entries: readonly EntryId[]): Promise<ReadonlySet<EntryId>>;
  /** Those whose time is over, and why: no round waits for them, or the talk about them was long ago. */
  outdated(now: Instant): Promise<{ entry: EntryId; why: WhyDeleted }[]>;
  /** From now on nobody hears it; null when there was none. Its key and files are destroyed after. */
  beginDeletion(entry: EntryId, why: WhyDeleted): Promise<Recording | null>;
  endDeletion(id: string, now: Instant): Promise<void>;
  unfinishedDeletions(): Promise<Recording[]>;
  fileIds(): Promise<ReadonlySet<string>>;
}

export function openRecordings({ kysely }: Database): StoredRecordings {
  const here = (db: Kysely<Tables>) => db.selectFrom('recording').selectAll();

  return {
    async ofEntry(entry) {
      const row = await here(kysely)
        .where('entry', '=', entry)
        .where('state', 'in', ['ready', 'held'])
        .executeTakeFirst();
      return row ? recordingOf(row) : null;
    },

    async hasHad(entry) {
      return (await here(kysely).where('entry', '=', entry).executeTakeFirst()) !== undefined;
    },

    async entriesOfSource(sourceHash) {
      return (await here(kysely).where('source_hash', '=', sourceHash).execute()).map(({ entry }) => entry);
    },

    async add(recording, now) {
      const { numInsertedOrUpdatedRows } = await kysely
        .insertInto('recording')
        .values({
          id: recording.id,
          entry: recording.entry,
          source_hash: recording.sourceHash,
          file_id: recording.fileId,
          peaks_file_id: recording.peaksFileId,
          format: `s16le-${recording.rate}`,
          channels: recording.channels,
          duration_ms: recording.lengthMs,
          size: recording.size,
          clock: recording.clock,
          starts_at: recording.startsAt,
          received_at: now,
          state: 'ready',
          deleted_why: null,
          deleted_at: null
        })
        .onConflict((conflict) => conflict.column('entry').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async ready(entries) {
      const found = new Set<EntryId>();
      // Some hundreds at a time: a database takes only so many values in one question.
      for (let at = 0; at < entries.length; at += 500) {
        const rows = await kysely
          .selectFrom('recording')
          .select('entry')
          .where('entry', 'in', entries.slice(at, at + 500))
          .where('state', 'in', ['ready', 'held'])
          .execute();
        for (const { entry } of rows) found.add(entry);
      }
      return found;
    },

    outdated: (now) => outdatedRecordings(kysely, now),

    async beginDeletion(entry, why) {
      // What is held stays: a claim or a request stands against deleting it, and grants nobody to hear it either.
      const row = await kysely
        .updateTable('recording')
        .set({ state: 'deleting', deleted_why: why })
        .where('entry', '=', entry)
        .where('state', '=', 'ready')
        .returningAll()
        .executeTakeFirst();
      return row ? recordingOf(row) : null;
    },

    async endDeletion(id, now) {
      await kysely
        .updateTable('recording')
        .set({ state: 'deleted', deleted_at: now })
        .where('id', '=', id)
        .where('state', '=', 'deleting')
        .execute();
    },

    async unfinishedDeletions() {
      return (await here(kysely).where('state', '=', 'deleting').execute()).map(recordingOf);
    },

    async fileIds() {
      const rows = await kysely
        .selectFrom('recording')
        .select(['file_id', 'peaks_file_id'])
        .where('state', '<>', 'deleted')
        .execute();
      return new Set(rows.flatMap(({ file_id, peaks_file_id }) => [file_id, peaks_file_id]));
    }
  };
}

function recordingOf(row: RecordingTable): Recording {
  return {
    id: row.id,
    entry: row.entry,
    fileId: row.file_id,
    peaksFileId: row.peaks_file_id,
    rate: row.format === 's16le-16000' ? 16_000 : 8_000,
    channels: row.channels === 2 ? 2 : 1,
    startsAt: row.starts_at,
    lengthMs: row.duration_ms,
    clock: row.clock
  };
}
