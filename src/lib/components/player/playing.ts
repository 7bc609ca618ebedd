import type { Peaks } from '$lib/domain/coaching/peaks';

/** What the components of the player show and press; the client's `Player` is one. */
export interface Playing {
  readonly playing: boolean;
  readonly waiting: boolean;
  readonly momentMs: number;
  readonly lengthMs: number | null;
  readonly lateMs: number;
  readonly speed: number;
  readonly withoutSilence: boolean;
  readonly trouble: 'gone' | 'lost' | null;
  readonly peaks: Peaks | null;
  toggle(): void;
  seek(momentMs: number): void;
  step(byMs: number): void;
  setSpeed(speed: number): void;
  setWithoutSilence(without: boolean): void;
}

/** Something at a moment of the call: a strength, or a note of one's own. */
export interface Mark {
  id: string;
  momentMs: number;
  kind: 'strength' | 'note';
  text: string;
}

/** A moment as one says it: `3:06`, and past the hour `1:02:03`. */
export function momentText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
