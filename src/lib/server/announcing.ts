import type { Viewer } from '../domain/access.ts';
import type { Instant } from '../domain/time.ts';
import type { Announcements } from './graphql/announcement.ts';
import type { Identity } from './identity/identity.ts';
import type { StoredAnnouncements } from './store/announcements.ts';

/** What is said on the boards, with a row in the audit log for each time it changes. */
export function announcing(stored: StoredAnnouncements, identity: Identity, now: () => Instant): Announcements {
  return {
    post: (viewer, wish, replaces) =>
      stored.post(wish, { person: personId(viewer), now: now(), replaces }, (inside, id) =>
        identity.audit.write('announcement-posted', { actor: viewer, about: id }, inside)
      ),
    takeDown: (viewer, id) =>
      stored.takeDown(id, now(), (inside) =>
        identity.audit.write('announcement-ended', { actor: viewer, about: id }, inside)
      ),
    history: (viewer, most) =>
      stored.history(viewer.kind === 'person' ? (viewer.ties ?? { boards: [], queues: [] }) : 'all', most),
    find: (id) => stored.find(id)
  };
}

const personId = (viewer: Viewer): string | null => (viewer.kind === 'person' ? viewer.personId : null);
