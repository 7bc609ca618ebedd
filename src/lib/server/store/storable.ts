import type { CallEvent } from '../../domain/telephony/event.ts';
import type { Incoming } from '../live/ports.ts';

/** What is to be written, with the event's JSON, made once. */
export interface Storable {
  incoming: Incoming;
  json: string;
}

/**
 * No text column takes a NUL or half of a surrogate pair, and a PBX can send both. They become the replacement
 * character here: refusing the event would stop every later one behind it.
 */
export function storable(incoming: Incoming): Storable {
  const json = JSON.stringify(incoming.event);
  const key = mended(incoming.key);
  const sound = key === incoming.key ? incoming : { ...incoming, key };
  if (!/\\u(0000|d[89a-f])/.test(json)) return { incoming: sound, json };
  const event = JSON.parse(json, (_, value: unknown) =>
    typeof value === 'string' ? mended(value) : value
  ) as CallEvent;
  return { incoming: { ...sound, event }, json: JSON.stringify(event) };
}
function mended(text: string): string {
  if (!/[\0\ud800-\udfff]/.test(text)) return text;
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
