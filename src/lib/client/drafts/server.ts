import type { ClientId, DraftEdit } from '../../domain/coaching/draft.ts';
import type { FieldAnswer, ServerDraft } from '../../domain/coaching/draft-copy.ts';
import type { Instant } from '../../domain/time.ts';
import { draftChangedSubscription, draftQuery, saveDraftMutation, type Answer } from '../../operations/persisted.ts';
import { ask, type Live, type RefusalCode } from '../graphql.ts';

/** A draft as the server opens it. */
export interface OpenedDraft extends ServerDraft {
  id: string | null;
  rev: number;
  journalKey: string | null;
  closed: string | null;
}
export interface DraftBatch {
  draftId: string;
  clientId: ClientId;
  seq: number;
  edits: readonly DraftEdit[];
}
export type DraftSaved =
  | { outcome: 'saved'; seq: number; savedAt: Instant; fields: readonly FieldAnswer[] }
  | { outcome: 'superseded' }
  | { outcome: 'closed'; why: string };

/** The server's side of a draft, as a page needs it. Everything that fails throws a `Refusal`. */
export interface DraftServer {
  open(subject: string): Promise<OpenedDraft>;
  /** `leaving`: the page may be gone before the answer; the browser sends it all the same. */
  save(batch: DraftBatch, how: { leaving: boolean; signal?: AbortSignal }): Promise<DraftSaved>;
  /** Tells of every change by whichever page, until the returned function is called. */
  follow(draftId: string, told: { changed(rev: number): void; refused(code: RefusalCode): void }): () => void;
}

export function draftServer(live: Live, fetch: typeof globalThis.fetch): DraftServer {
  const instant = (text: string | null): Instant | null => (text === null ? null : Date.parse(text));
  return {
    async open(subject) {
      const { draft } = await ask(fetch, draftQuery, { subject });
      return {
        ...draft,
        fields: draft.fields.map((each) => ({ ...each, at: instant(each.at) })),
        conflicts: draft.conflicts.map((each) => ({ ...each, at: instant(each.at) }))
      };
    },

    async save({ draftId, clientId, seq, edits }, { leaving, signal }) {
      const sending: typeof fetch = (input, init) => fetch(input, { ...init, keepalive: leaving, signal });
      const { saveDraft } = await ask(sending, saveDraftMutation, {
        draftId,
        clientId,
        seq,
        edits: edits.map((edit) => ({ ...edit, supersedes: [...edit.supersedes], resolves: [...edit.resolves] }))
      });
      return savedOf(saveDraft);
    },

    follow: (draftId, told) =>
      live.subscribe(
        draftChangedSubscription,
        { draftId },
        {
          next: ({ draftChanged }) => told.changed(draftChanged.rev),
          connected: () => {},
          lost: () => {},
          refused: ({ code }) => told.refused(code)
        }
      )
  };

  function savedOf(saving: Answer<typeof saveDraftMutation>['saveDraft']): DraftSaved {
    if (saving.outcome === 'SUPERSEDED') return { outcome: 'superseded' };
    if (saving.outcome === 'CLOSED') return { outcome: 'closed', why: saving.closed ?? 'closed' };
    return {
      outcome: 'saved',
      seq: saving.seq ?? 0,
      savedAt: instant(saving.savedAt) ?? 0,
      fields: saving.fields.map(({ path, kind, rev, value, conflict, at }): FieldAnswer => {
        if (kind === 'TAKEN') return { kind: 'taken', path, rev };
        if (kind === 'MASKED') return { kind: 'masked', path, rev, value };
        return { kind: 'conflict', path, rev, value, conflict: conflict ?? '', at: instant(at) };
      })
    };
  }
}
