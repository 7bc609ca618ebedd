/**
 * What somebody is reminded of on their own page. Nothing is sent and nothing is noted: a reminder stands there during two
 * short stretches before its day, and so at most twice, and whether it stands follows from the day alone.
 */
import type { Instant } from '../time.ts';
import { acknowledgeUntil, type DueDates } from './dates.ts';
import { DAY_MS } from './deciding.ts';
import type { Side } from './level.ts';
import { step, type Participation } from './participation.ts';

export type ReminderKind = 'reflection' | 'reading' | 'talk' | 'acknowledge';
export interface Reminder {
  kind: ReminderKind;
  until: Instant;
}

/** First a week before the day, for two days; then on the last two days. */
const STRETCHES: readonly (readonly [fromMs: number, toMs: number])[] = [
  [7 * DAY_MS, 5 * DAY_MS],
  [2 * DAY_MS, 0]
];

export function isReminded(until: Instant, now: Instant): boolean {
  return STRETCHES.some(([from, to]) => until - from <= now && now < until - to);
}

/** What waits for this one of the two, whether or not it is time to say so. */
export function waitsFor(state: Participation, side: Side, due: DueDates): Reminder | null {
  switch (step(state)) {
    case 'planned':
    case 'acknowledged':
    case 'withdrawn':
      return null;
    case 'reflecting':
      return side === 'agent' ? { kind: 'reflection', until: due.reflection } : unread(state, due);
    case 'reviewing':
      return side === 'coach' ? unread(state, due) : null;
    case 'ready-to-talk':
      return state.talkAt === null ? { kind: 'talk', until: due.talk } : null;
    case 'talked':
      if (side === 'coach' || state.heldAt === null) return null;
      return {
        kind: 'acknowledge',
        until: acknowledgeUntil(state.heldAt, state.correction?.openedAt ?? null, state.resumedAt)
      };
  }
}

function unread({ places }: Participation, { reading }: DueDates): Reminder | null {
  const left = places.some(({ call, coachReading }) => call !== null && coachReading === null);
  return left ? { kind: 'reading', until: reading } : null;
}
