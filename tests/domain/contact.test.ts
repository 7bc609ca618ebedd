import { describe, expect, test } from 'vitest';
import { contact, isKnown, isRinging } from '../../src/lib/domain/contact.ts';
import type { SourceState } from '../../src/lib/domain/wallboard.ts';

const now = Date.parse('2026-11-24T09:42:00Z');
const heard = (secondsAgo: number, state: SourceState = 'CONNECTED') => ({
  state,
  since: now - 3_600_000,
  provenAt: now - secondsAgo * 1000
});

describe('the age of a number', () => {
  test.each([
    [0, 'fresh'],
    [5, 'fresh'],
    [15, 'fresh'],
    [15.001, 'aged'],
    [60, 'aged'],
    [60.001, 'exchange-lost']
  ])('%d seconds after the last byte it is %s', (seconds, kind) => {
    expect(contact(heard(seconds), null, now).kind).toBe(kind);
  });

  test('the fork rings for five seconds and then falls silent', () => {
    expect(isRinging(heard(5), now)).toBe(true);
    expect(isRinging(heard(5.001), now)).toBe(false);
    expect(isRinging(heard(1, 'LOST'), now)).toBe(false);
  });

  test('a screen whose clock is a moment behind the server never shows a negative age', () => {
    expect(contact(heard(-2), null, now)).toEqual({ kind: 'fresh' });
  });
});

describe('no contact', () => {
  test('an exchange that is reported lost is lost at once, since it was last heard', () => {
    expect(contact(heard(6, 'LOST'), null, now)).toEqual({ kind: 'exchange-lost', since: now - 6000 });
  });

  test('an exchange that was never heard is lost since we began to look', () => {
    const never = { state: 'LOST' as const, since: now - 9000, provenAt: null };
    expect(contact(never, null, now)).toEqual({ kind: 'exchange-lost', since: now - 9000 });
  });

  test('contact that is back is being read, and shows no digits yet', () => {
    const found = contact(heard(0, 'STARTING'), null, now);
    expect(found).toEqual({ kind: 'reading' });
    expect(isKnown(found)).toBe(false);
  });

  test('a lost network only ages the figures for a minute, and then says that it is this screen', () => {
    expect(contact(heard(40), now - 39_000, now)).toEqual({ kind: 'aged', ageMs: 40_000 });
    expect(contact(heard(90), now - 89_000, now)).toEqual({ kind: 'network-lost', since: now - 89_000 });
  });

  test('without a network we no longer know whether the exchange is still lost', () => {
    expect(contact(heard(600, 'LOST'), now - 120_000, now).kind).toBe('network-lost');
  });
});
