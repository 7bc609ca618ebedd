/**
 * What a leader says to the room: "new parking rules from today: say this". It stands on the boards it is meant for, from
 * one instant to another. A new wording is a new announcement that replaces the old one, so that what was once said on a
 * wall can always be read again.
 */
import type { QueueId } from './telephony/event.ts';
import { HOUR_MS, type Instant } from './time.ts';

export interface Announcement {
  id: string;
  text: string;
  /** The boards it was written for: `all` for every screen there is, or the ids of units. */
  boards: readonly string[];
  /** The queues it is about: it stands on every board that shows one of them. */
  queues: readonly QueueId[];
  from: Instant;
  until: Instant;
  postedAt: Instant;
  /** Taken down, or replaced, before its time; null while it may still stand. */
  takenDownAt: Instant | null;
}
/** What a board shows of one: no more than those who read it need. */
export interface BoardAnnouncement {
  id: string;
  text: string;
  from: Instant;
  until: Instant;
}
/** Where announcements are read: a board, or the strip of somebody at home. */
export interface Place {
  /** The boards that this place counts as, `all` not among them unless it is that very board. */
  boards: readonly string[];
  queues: readonly QueueId[];
}
export interface AnnouncementWish {
  text: string;
  boards: readonly string[];
  queues: readonly QueueId[];
  from: Instant;
  until: Instant;
}
/** Why an announcement cannot be posted. */
export type AnnouncementRefusal =
  'no-text' | 'too-many-lines' | 'no-place' | 'ends-before-it-begins' | 'over-already' | 'too-long-time' | 'gone';

/** What the wall's slot holds: lines of about 30 letters, and four of them. */
export const WALL_LINE_LETTERS = 30;
export const WALL_LINES = 4;
/** Longer than a month is no announcement but a routine, which belongs somewhere else. */
export const LONGEST_MS = 31 * 24 * HOUR_MS;

/** The text as the wall breaks it: at spaces, within a word only when the word alone is longer than a line. */
export function wallLines(text: string): string[] {
  const lines: string[] = [];
  for (const paragraph of tidy(text).split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line && letters(line) + 1 + letters(word) > WALL_LINE_LETTERS) {
        lines.push(line);
        line = '';
      }
      let rest = [...word];
      // The rest of a long word goes on where the words after it can follow.
      for (; rest.length > WALL_LINE_LETTERS; rest = rest.slice(WALL_LINE_LETTERS))
        lines.push(rest.slice(0, WALL_LINE_LETTERS).join(''));
      line = line ? `${line} ${rest.join('')}` : rest.join('');
    }
    lines.push(line);
  }
  return lines.filter((line, at) => line !== '' || (at > 0 && at < lines.length - 1));
}

const letters = (text: string): number => [...text].length;

/** Without spaces that nobody sees; line breaks stay, at most one empty line together. */
export function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Whether a wish may become an announcement, with the tidied text; or the first reason why not. */
export function announcement(wish: AnnouncementWish, now: Instant): AnnouncementWish | AnnouncementRefusal {
  const text = tidy(wish.text);
  if (text === '') return 'no-text';
  if (wallLines(text).length > WALL_LINES) return 'too-many-lines';
  if (wish.boards.length + wish.queues.length === 0) return 'no-place';
  const from = Math.max(wish.from, now);
  if (wish.until <= now) return 'over-already';
  if (wish.until <= from) return 'ends-before-it-begins';
  if (wish.until - from > LONGEST_MS) return 'too-long-time';
  return { text, boards: [...new Set(wish.boards)], queues: [...new Set(wish.queues)], from, until: wish.until };
}

/** Whether it stands, anywhere, at this instant. */
export function isShown({ from, until, takenDownAt }: Announcement, now: Instant): boolean {
  return from <= now && now < until && (takenDownAt === null || now < takenDownAt);
}

/** Whether it is meant for this place. */
export function isFor({ boards, queues }: Pick<Announcement, 'boards' | 'queues'>, place: Place): boolean {
  return (
    boards.some((board) => board === 'all' || place.boards.includes(board)) ||
    queues.some((queue) => place.queues.includes(queue))
  );
}

/** What stands in a place now, the newest first. */
export function shownAt(all: readonly Announcement[], place: Place, now: Instant): BoardAnnouncement[] {
  return all
    .filter((each) => isShown(each, now) && isFor(each, place))
    .sort((a, b) => b.from - a.from || b.postedAt - a.postedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, text, from, until }) => ({ id, text, from, until }));
}
