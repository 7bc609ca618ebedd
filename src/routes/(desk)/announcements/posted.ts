import type { Announcement, AnnouncementRefusal } from '$lib/domain/announcement';
import { m } from '$lib/i18n/paraglide/messages';
import type { announcementsQuery, Persisted } from '$lib/operations/persisted';

type Wire =
  typeof announcementsQuery extends Persisted<infer Result extends { announcements: unknown[] }, never>
    ? Result['announcements'][number]
    : never;

/** An announcement with who posted it, as this page tells of it. */
export interface Posted extends Announcement {
  postedBy: string | null;
  replaces: string | null;
}

/** As it came over the wire, with its instants as numbers. */
export const posted = (wire: Wire): Posted => ({
  ...wire,
  from: Date.parse(wire.from),
  until: Date.parse(wire.until),
  postedAt: Date.parse(wire.postedAt),
  takenDownAt: wire.takenDownAt === null ? null : Date.parse(wire.takenDownAt)
});

const REFUSALS: Record<Exclude<AnnouncementRefusal, 'too-many-lines'>, () => string> = {
  'no-text': m.announcements_refused_no_text,
  'no-place': m.announcements_refused_no_place,
  'ends-before-it-begins': m.announcements_refused_ends_before,
  'over-already': m.announcements_refused_over,
  'too-long-time': m.announcements_refused_too_long,
  gone: m.announcements_refused_gone
};

/** Why it was not posted, in words; how long it is tells itself beside the text. */
export const refusalText = (code: AnnouncementRefusal, lines: number, most: number): string =>
  code === 'too-many-lines' ? m.announcements_lines_over({ lines, most }) : REFUSALS[code]();
