import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_VERSION } from '../../../src/lib/domain/telephony/event.ts';
import { upcast, type Upcaster } from '../../../src/lib/domain/telephony/upcast.ts';
import { exampleEvents } from '../../support/example-events.ts';

type Kept = { version: number; event: { kind: string } }[];
const kept = JSON.parse(readFileSync(new URL('../../fixtures/events/version-1.json', import.meta.url), 'utf8')) as Kept;

describe('events as they were once written', () => {
  it.each(kept.map(({ version, event }) => [event.kind, version, event] as const))(
    '%s of version %i is today’s',
    (kind, version, event) => {
      expect(upcast(version, event)).toEqual(exampleEvents[kind as keyof typeof exampleEvents]);
    }
  );

  it('an example of every kind is kept', () => {
    expect(kept.map(({ event }) => event.kind).toSorted()).toEqual(Object.keys(exampleEvents).toSorted());
  });

  it('an event of today is what it was', () => {
    const event = { kind: 'CallAbandoned', entry: 'pbx/1.1/vaxel/1' };
    expect(upcast(EVENT_VERSION, event)).toBe(event);
  });

  it('an event of a later version is refused, not guessed at', () => {
    expect(() => upcast(EVENT_VERSION + 1, { kind: 'CallAbandoned' })).toThrow(/version 2 of CallAbandoned/);
    expect(() => upcast(0, { kind: 'CallAbandoned' })).toThrow(/version 0/);
  });
});

describe('the steps', () => {
  // A vocabulary that was never ours: answers once named the telephone, and waits were once in seconds.
  const steps = new Map<number, Upcaster>([
    [1, (event) => (event['kind'] === 'Answered' ? { ...event, kind: 'CallAnswered' } : event)],
    [2, ({ telephone, ...event }) => (telephone === undefined ? event : { ...event, agent: telephone }) as typeof event]
  ]);

  it('are taken one after the other, from the version an event was written with', () => {
    const today = { kind: 'CallAnswered', entry: 'e', agent: 'a' };
    expect(upcast(1, { kind: 'Answered', entry: 'e', telephone: 'a' } as never, steps, 3)).toEqual(today);
    expect(upcast(2, { kind: 'CallAnswered', entry: 'e', telephone: 'a' } as never, steps, 3)).toEqual(today);
    expect(upcast(3, today, steps, 3)).toEqual(today);
  });

  it('leave the stored event as it is', () => {
    const stored = Object.freeze({ kind: 'Answered', entry: 'e', telephone: 'a' });
    upcast(1, stored, steps, 3);
    expect(stored).toEqual({ kind: 'Answered', entry: 'e', telephone: 'a' });
  });

  it('stop at a missing one', () => {
    expect(() => upcast(1, { kind: 'Answered' }, new Map(), 3)).toThrow(/from version 1 of Answered to version 3/);
  });
});
