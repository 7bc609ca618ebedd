import { expect, test } from 'vitest';
import { EVENT_VERSION } from '../../../src/lib/domain/telephony/event.ts';
import { upcast } from '../../../src/lib/domain/telephony/upcast.ts';

test('an event of today is what it was', () => {
  const event = { kind: 'CallAbandoned', entry: 'pbx/1.1/vaxel/1' };
  expect(upcast(EVENT_VERSION, event)).toBe(event);
});

test('an event of a later version is refused, not guessed at', () => {
  expect(() => upcast(EVENT_VERSION + 1, { kind: 'CallAbandoned' })).toThrow(/version 2 of CallAbandoned/);
  expect(() => upcast(0, { kind: 'CallAbandoned' })).toThrow(/version 0/);
});
