import { expect, test } from 'vitest';
import { talkCalendar } from '../../../src/lib/domain/coaching/talk-calendar.ts';

const entry = {
  uid: 'p1',
  startsAt: Date.parse('2026-11-24T13:00:00+01:00'),
  title: 'Coachsamtal: Amina Berg',
  description: '20 minuter. Ni börjar i det som fungerar, och servicevägledaren har sista ordet.',
  madeAt: Date.parse('2026-11-20T09:00:00Z')
};
const bytes = (line: string) => new TextEncoder().encode(line).length;
const lines = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');

test('the talk lasts twenty minutes, told in UTC so that every calendar shows its own clock', () => {
  expect(lines(talkCalendar(entry))).toEqual(
    expect.arrayContaining(['DTSTART:20261124T120000Z', 'DTEND:20261124T122000Z'])
  );
});

test('whose talk it is stays private in a calendar that others may look in', () => {
  expect(lines(talkCalendar(entry))).toContain('CLASS:PRIVATE');
});

test('a later time moves the entry: the same name, a higher sequence', () => {
  const sequence = (file: string) => Number(/SEQUENCE:(\d+)/.exec(file)![1]);
  const moved = talkCalendar({ ...entry, madeAt: entry.madeAt + 60_000 });
  expect(lines(moved)).toContain('UID:p1@stamgaffeln');
  expect(sequence(moved)).toBeGreaterThan(sequence(talkCalendar(entry)));
});

test('commas, semicolons and new lines in a text do not end it', () => {
  const file = talkCalendar({ ...entry, title: 'Berg, Amina; kl 13\\14', description: 'en\ntvå' });
  expect(lines(file)).toEqual(expect.arrayContaining(['SUMMARY:Berg\\, Amina\\; kl 13\\\\14', 'DESCRIPTION:en\\ntvå']));
});

test('no line is longer than 75 octets, no letter is cut in two, and the text is whole when unfolded', () => {
  const description = 'åäö 😀 '.repeat(40);
  const file = talkCalendar({ ...entry, description });
  for (const line of file.split('\r\n')) expect(bytes(line)).toBeLessThanOrEqual(75);
  expect(lines(file)).toContain(`DESCRIPTION:${description}`);
  expect(file).not.toContain('\uFFFD');
});
