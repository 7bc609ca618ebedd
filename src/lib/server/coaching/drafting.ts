import type { Instant } from '../../domain/time.ts';
import type { DraftAuthority, DraftChange, Drafts } from '../graphql/coaching/draft-port.ts';
import type { OpenDraft, StoredDrafts } from '../store/coaching/drafts.ts';

/**
 * Drafts to their owners: who may is asked first, each time, because a coach can be another's coach a second later. On
 * another node a change is heard of at the next save; the rule that decides is the store's.
 */
export function drafting(store: StoredDrafts, authority: DraftAuthority, now: () => Instant): Drafts {
  const watchers = new Map<string, Set<(change: DraftChange) => void>>();

  async function own(personId: string, subject: string): Promise<OpenDraft | { closed: string } | null> {
    const permission = await authority.mayWrite(personId, subject);
    if (permission.may) return store.open({ personId, subject, textKey: permission.textKey });
    return permission.refusal === 'not-found' ? null : { closed: permission.refusal };
  }

  async function ofId(personId: string, draftId: string) {
    const subject = await store.subjectOf(draftId, personId);
    return subject === null ? null : own(personId, subject);
  }

  return {
    async open(personId, subject) {
      const draft = await own(personId, subject);
      if (!draft) return null;
      if ('closed' in draft)
        return { id: null, subject, rev: 0, journalKey: null, closed: draft.closed, fields: [], conflicts: [] };
      return {
        id: draft.id,
        subject,
        journalKey: draft.key.toString('base64'),
        closed: null,
        ...(await store.read(draft))
      };
    },

    async save(personId, draftId, request) {
      const draft = await ofId(personId, draftId);
      if (!draft) return null;
      if ('closed' in draft) return { outcome: 'closed', why: draft.closed };
      const answer = await store.save(draft, { ...request, now: now() });
      const listening = watchers.get(draft.id);
      if (answer?.outcome === 'saved' && answer.changed && listening) {
        const change = { rev: await store.rev(draft) };
        for (const tell of listening) tell(change);
      }
      return answer;
    },

    async follow(personId, draftId) {
      const draft = await ofId(personId, draftId);
      if (!draft || 'closed' in draft) return null;
      let latest: DraftChange = { rev: await store.rev(draft) };
      return {
        id: draft.id,
        rev: () => latest,
        watch(onChange) {
          const tell = (change: DraftChange): void => {
            latest = change;
            onChange(change);
          };
          const listening = watchers.get(draft.id) ?? new Set();
          watchers.set(draft.id, listening.add(tell));
          return () => {
            listening.delete(tell);
            if (listening.size === 0) watchers.delete(draft.id);
          };
        }
      };
    }
  };
}
