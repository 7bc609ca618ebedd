import type { CallEvent, Told } from '../../src/lib/domain/telephony/event.ts';

/** Tells of events as a source does, with keys that count up: `told(at, event)`. */
export function teller(prefix = 'k', lane: Told['lane'] = 'live') {
  let n = 0;
  return (at: number, event: CallEvent): Told => ({
    at,
    seenAt: at,
    key: `${prefix}${++n}`,
    lane,
    quality: 'exact',
    event
  });
}
