/** The talk as a calendar file (RFC 5545), for whichever calendar the two have. */
import type { Instant } from '../time.ts';

export const TALK_MS = 20 * 60_000;

export interface TalkEntry {
  /** Stable for a participation, so that a new time moves the entry instead of making a second one. */
  uid: string;
  startsAt: Instant;
  title: string;
  description: string;
  /** When the file is made: what a calendar tells an older file from. */
  madeAt: Instant;
}

/** Private, because a shared calendar is read by others, and whose talk it is concerns two. */
export function talkCalendar({ uid, startsAt, title, description, madeAt }: TalkEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Stamgaffeln//Coaching//SV',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}@stamgaffeln`,
    `DTSTAMP:${stamp(madeAt)}`,
    // A later file is a later version, in seconds: a calendar keeps the entry with the highest.
    `SEQUENCE:${Math.floor(madeAt / 1_000) % 2_147_483_648}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(startsAt + TALK_MS)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(description)}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR'
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `20261124T130300Z`. */
function stamp(at: Instant): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d{3}/, '')
    .replaceAll(/[-:]/g, '');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n');
}

/** No line is longer than 75 octets, and no letter is cut in two. */
function folded(line: string): string {
  const parts = [''];
  let room = 75;
  for (const letter of line) {
    const code = letter.codePointAt(0) ?? 0;
    const octets = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets > room) {
      parts.push('');
      // The space that begins a continued line is one of its octets.
      room = 74;
    }
    parts[parts.length - 1] += letter;
    room -= octets;
  }
  return parts.join('\r\n ');
}
