/**
 * How well a screen knows what it shows. Three kinds of "no contact" are told apart, because they ask for different
 * things: the exchange is lost (answer as usual), this screen's network is lost (only the screen is blind), and contact
 * is back but the state is still being read.
 */
import type { Instant } from './time.ts';
import type { SourceStatus } from './wallboard.ts';

export type Contact =
  | { kind: 'fresh' }
  | { kind: 'aged'; ageMs: number }
  | { kind: 'reading' }
  | { kind: 'exchange-lost'; since: Instant }
  | { kind: 'network-lost'; since: Instant };

/** Younger than this a number is "just now"; the fork rings up to `RINGING_MS`. */
export const AGED_AFTER_MS = 15_000;
/** Older than this the digits give way to words. */
export const UNKNOWN_AFTER_MS = 60_000;
/** The fork rings while the last byte from the exchange is at most this old. */
export const RINGING_MS = 5_000;

/**
 * What may be said of a figure whose source has this status.
 *
 * `lineLostSince` is the instant of the last frame when the screen has no line to the server, else `null`. Without a
 * line the last known status only ages; after a minute it is the network that is lost, because of the exchange we no
 * longer know anything.
 */
export function contact(source: SourceStatus, lineLostSince: Instant | null, now: Instant): Contact {
  const ageMs = Math.max(0, now - (source.provenAt ?? source.since));
  if (lineLostSince !== null && Math.max(ageMs, now - lineLostSince) > UNKNOWN_AFTER_MS) {
    return { kind: 'network-lost', since: lineLostSince };
  }
  if (source.state === 'LOST') return { kind: 'exchange-lost', since: source.provenAt ?? source.since };
  if (source.state === 'STARTING') return { kind: 'reading' };
  if (ageMs > UNKNOWN_AFTER_MS) return { kind: 'exchange-lost', since: source.provenAt ?? source.since };
  if (ageMs > AGED_AFTER_MS) return { kind: 'aged', ageMs };
  return { kind: 'fresh' };
}

/** Whether digits may be shown as the present. */
export function isKnown(contact: Contact): boolean {
  return contact.kind === 'fresh' || contact.kind === 'aged';
}

/** Whether the fork rings: the exchange was heard within the last five seconds. */
export function isRinging(source: SourceStatus, now: Instant): boolean {
  return source.state === 'CONNECTED' && source.provenAt !== null && now - source.provenAt <= RINGING_MS;
}
