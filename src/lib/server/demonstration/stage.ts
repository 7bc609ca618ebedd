import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../domain/access.ts';
import type { Command } from '../../domain/coaching/commands.ts';
import type { ParticipationId } from '../../domain/coaching/level.ts';
import type { ReadingContent } from '../../domain/coaching/reading.ts';
import type { Instant } from '../../domain/time.ts';
import { act, type Prepared } from '../coaching/acting.ts';
import type { CoachingHouse } from '../coaching/house.ts';
import type { InventedReading } from './reviews/review.ts';

type Person = Extract<Viewer, { kind: 'person' }>;
export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Where the demonstration lives through its half-years: the same domain and the same store as everything else, with a
 * clock that is moved by hand. What the domain refuses stops the start, because then the demonstration shows what cannot
 * be.
 */
export interface Stage {
  house: CoachingHouse;
  clock: { at: Instant };
  /** By their key in the cast. */
  people: ReadonlyMap<string, Person>;
  /** The queue's id by the PBX's name of it. */
  queues: ReadonlyMap<string, string>;
}

export function personOf({ people }: Stage, key: string): Person {
  const found = people.get(key);
  if (!found) throw new Error(`There is no ${key} in the cast.`);
  return found;
}

/** Some hours into a day after another instant: people act in the daytime, and never two at the same second. */
export const later = (from: Instant, days: number, hours: number, minutes = 0): Instant =>
  from + days * DAY_MS + hours * HOUR_MS + minutes * 60_000;

/** Carries a command out as one of the two, or (null) as the machine itself. */
export async function does(
  stage: Stage,
  id: ParticipationId,
  who: string | null,
  at: Instant,
  command: Command,
  with_: Omit<Prepared, 'command'> = {}
): Promise<void> {
  stage.clock.at = at;
  const doer = who === null ? 'stamgaffel' : personOf(stage, who);
  const { refusal } = await act(stage.house, { id, commandId: randomUUID(), doer }, () =>
    Promise.resolve({ command, ...with_ })
  );
  if (refusal) throw new Error(`The demonstration may not ${command.kind} as ${who}: ${refusal.code}.`);
}

/** What is handed in, as it would have come from a draft. */
export const REVS = 'demonstration';
export const fromDraft: Omit<Prepared, 'command'> = { known: { draftRevs: REVS } };

export const text = (words: string): { text: string; words: string } => ({ text: randomUUID(), words });

export function content({ strengths, levels }: InventedReading): ReadingContent {
  return {
    strengths: strengths.map(({ criterion, momentMs, words }) => ({
      id: randomUUID(),
      criterion,
      momentMs,
      ...text(words)
    })),
    levels
  };
}
