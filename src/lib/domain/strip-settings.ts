/** How one person wants the strip at home. Everything that could disturb is off until they ask for it. */
import type { OwnStateKind } from './strip.ts';

export interface StripSettings {
  /** Rows with figures; without them the sentence alone is shown. */
  figures: boolean;
  alerts: boolean;
  /** A soft tone with each alert. */
  sound: boolean;
  /** Times of the day, `HH:MM` in the centre's zone. From `quietFrom` until `quietUntil` nothing alerts; equal: never quiet. */
  quietFrom: string;
  quietUntil: string;
}
export const DEFAULT_STRIP_SETTINGS: StripSettings = {
  figures: true,
  alerts: false,
  sound: false,
  quietFrom: '17:00',
  quietUntil: '07:00'
};

export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Whether this time of the day, `HH:MM`, is within the quiet hours. They may go over midnight. */
export function isQuiet({ quietFrom, quietUntil }: StripSettings, clock: string): boolean {
  if (quietFrom === quietUntil) return false;
  const after = clock >= quietFrom;
  const before = clock < quietUntil;
  return quietFrom < quietUntil ? after && before : after || before;
}

/** What can be worth a glance: the queue has become strained, or something new is said. */
export type AlertKind = 'strained' | 'announcement';
/** What an alert is decided by, at two moments. */
export interface Noticed {
  strained: boolean;
  /** Ids of the announcements that stand. */
  announcements: readonly string[];
}

/**
 * What to say something about, if anything: only what is new since the moment before, never during a talk, never on a
 * break, never in the quiet hours. An announcement goes first: it may change what is said in the next call.
 */
export function alertOf(
  before: Noticed,
  after: Noticed,
  person: { settings: StripSettings; own: OwnStateKind; clock: string }
): AlertKind | null {
  const { settings, own, clock } = person;
  if (!settings.alerts || isQuiet(settings, clock)) return null;
  if (own === 'talking' || own === 'ringing' || own === 'busy' || own === 'paused' || own === 'signed-out') return null;
  if (after.announcements.some((id) => !before.announcements.includes(id))) return 'announcement';
  return after.strained && !before.strained ? 'strained' : null;
}
