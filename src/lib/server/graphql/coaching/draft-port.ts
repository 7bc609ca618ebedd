import type { ClientId, DraftEdit } from '../../../domain/coaching/draft.ts';
import type { FieldAnswer, ServerDraft } from '../../../domain/coaching/draft-copy.ts';
import type { Instant } from '../../../domain/time.ts';

/**
 * Whether somebody may write a draft now: asked before every reading and every saving. What the answer rests on (whose
 * participation, which step) is the business of whoever fulfils it.
 */
export interface DraftAuthority {
  /** `textKey` is the id of the key, of kind `text`, by which the words are locked. */
  mayWrite(personId: string, subject: string): Promise<DraftPermission>;
}
/** `not-found` is said as if there were no such draft; any other code is told, and what is written stays here. */
export type DraftPermission = { may: true; textKey: string } | { may: false; refusal: string };

/** A draft as its owner opens it. `closed` says why it is not written any more, and then it is empty. */
export interface DraftView extends ServerDraft {
  /** One person's draft of one thing: another person's of the same thing has another. Null when it is closed. */
  id: string | null;
  subject: string;
  rev: number;
  journalKey: string | null;
  closed: string | null;
}
export type DraftSaving =
  | { outcome: 'saved'; seq: number; savedAt: Instant; fields: readonly FieldAnswer[] }
  | { outcome: 'superseded' }
  | { outcome: 'closed'; why: string };
/** Drafts to their owners. `server/coaching/` fulfils it; null is a draft that is not theirs, or not there. */
export interface Drafts {
  open(personId: string, subject: string): Promise<DraftView | null>;
  save(
    personId: string,
    draftId: string,
    request: { clientId: ClientId; seq: number; edits: readonly DraftEdit[] }
  ): Promise<DraftSaving | null>;
  follow(personId: string, draftId: string): Promise<FollowedDraft | null>;
}
export interface FollowedDraft {
  id: string;
  rev(): DraftChange;
  watch(onChange: (change: DraftChange) => void): () => void;
}
/** A new object for each change. */
export interface DraftChange {
  rev: number;
}
