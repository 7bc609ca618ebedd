import type { BoardRow } from '$lib/domain/board-rows';
import { type Contact, isKnown } from '$lib/domain/contact';
import type { BoardFrame } from '$lib/domain/wallboard';
import { m } from '$lib/i18n/paraglide/messages';

export interface Situation {
  title: string;
  text: string;
  loud: boolean;
}

/**
 * The one thing to know now, the gravest first: what we do not see, what is not saved, where it is strained or busy, and
 * else that the queue is in hand. A surge and announcements get this place before the calm sentences when they exist.
 */
export function situation(frame: BoardFrame, rows: readonly BoardRow[], contact: Contact): Situation {
  const calm = (title: string, text = ''): Situation => ({ title, text, loud: false });
  if (!isKnown(contact)) return calm(m.board_what_now(), m.board_answer_as_usual());
  if (!frame.saved) return calm(m.board_unsaved(), m.board_unsaved_means());
  const strained = rows.filter(({ pressure }) => pressure === 'strained');
  const busy = rows.filter(({ pressure }) => pressure === 'busy');
  if (strained.length > 0) {
    const title =
      strained.length === 1
        ? m.board_strained_in({ queue: strained[0]!.shortName })
        : m.board_strained_many({ count: strained.length });
    return { title, text: m.board_one_at_a_time(), loud: true };
  }
  if (busy.length > 0) {
    const text =
      busy.length === 1 ? m.board_busy_in({ queue: busy[0]!.shortName }) : m.board_busy_many({ count: busy.length });
    return calm(m.board_calm(), text);
  }
  if (rows.length > 0 && rows.every(({ pressure }) => pressure === 'closed')) return calm(m.board_closed());
  return frame.total.waiting === 0 ? calm(m.board_nobody_waits()) : calm(m.board_calm());
}

/** What a board in calm mode says instead of how many wait and how long: one sentence, never a number, only what is true. */
export function calmSentence(rows: readonly BoardRow[], waiting: number | null, contact: Contact): string | null {
  // What we do not see is said in the same words on every board.
  if (!isKnown(contact) || waiting === null) return null;
  if (rows.some(({ pressure }) => pressure === 'busy' || pressure === 'strained')) return m.board_calm_many();
  return waiting === 0 ? m.board_calm_nobody() : m.board_calm_as_usual();
}
