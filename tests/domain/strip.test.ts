import { describe, expect, test } from 'vitest';
import { ownState, stripFrame } from '../../src/lib/domain/strip.ts';
import {
  alertOf,
  DEFAULT_STRIP_SETTINGS,
  isQuiet,
  isTimeOfDay,
  type Noticed
} from '../../src/lib/domain/strip-settings.ts';
import { joined, newAgent, talkBegan, type AgentOnFloor } from '../../src/lib/domain/telephony/agent.ts';
import { busy, NOW } from '../support/frames.ts';

const signedIn = (over: Partial<AgentOnFloor> = {}) => ({ ...joined(newAgent('demo'), 'forskola'), ...over });
const paused = { queues: new Map([['forskola', { paused: true, wrapUp: false }]]) };

describe('one’s own state', () => {
  const state = (telephones: number, agents: AgentOnFloor[], known = true) =>
    ownState(telephones, agents, known, NOW).kind;
  test('nobody has said which telephone is theirs', () => expect(state(0, [])).toBe('not-tied'));
  test('signed in nowhere', () => expect(state(1, [])).toBe('signed-out'));
  test('while the exchange is out of sight it is not known, though it was', () => {
    expect(state(1, [signedIn()], false)).toBe('unknown');
  });
  test('as the exchange tells it', () => {
    expect(state(1, [signedIn()])).toBe('available');
    expect(state(1, [signedIn(paused)])).toBe('paused');
    expect(state(1, [talkBegan(signedIn(paused), 'entry')])).toBe('talking');
  });
  test('a break that was asked for during a talk is known before the talk has ended', () => {
    expect(ownState(1, [talkBegan(signedIn(paused), 'entry')], true, NOW)).toMatchObject({
      kind: 'talking',
      paused: true
    });
    expect(ownState(1, [talkBegan(signedIn(), 'entry')], true, NOW).paused).toBe(false);
  });
  test('with two telephones, the one where most is going on', () => {
    expect(state(2, [signedIn(paused), signedIn()])).toBe('available');
    expect(state(2, [signedIn(), talkBegan(signedIn(), 'entry')])).toBe('talking');
  });
  test('how long the wrap-up has left, and in no other state', () => {
    const wrapping = signedIn({ wrapUpUntil: NOW + 24_000 });
    expect(ownState(1, [wrapping], true, NOW)).toEqual({
      kind: 'wrappingUp',
      wrapUpUntil: NOW + 24_000,
      paused: false
    });
    expect(ownState(1, [wrapping], true, NOW + 25_000)).toMatchObject({ kind: 'available', wrapUpUntil: null });
    expect(ownState(1, [talkBegan(wrapping, 'entry')], true, NOW).wrapUpUntil).toBeNull();
  });
});

describe('the strip', () => {
  const own = { kind: 'available', wrapUpUntil: null, paused: false } as const;
  const queues = (signedInTo: string[], ofUnits: string[]) =>
    stripFrame(busy(), { own, signedInTo: new Set(signedInTo), ofUnits: new Set(ofUnits) }, []).queues.map(
      ({ queue }) => queue.id
    );
  test('shows the queues one is signed in to, in the order of the board', () => {
    expect(queues(['forskola', 'huvudnumret'], ['grundskola'])).toEqual(['huvudnumret', 'forskola']);
  });
  test('shows the unit’s when one is signed in nowhere', () =>
    expect(queues([], ['grundskola'])).toEqual(['grundskola']));
  test('the day is done only when nobody is there, and somebody was', () => {
    const frame = busy();
    const nobody = Object.fromEntries(Object.keys(frame.total.agents).map((key) => [key, 0]));
    const empty = { ...frame, total: { ...frame.total, waiting: 0, agents: { ...frame.total.agents, ...nobody } } };
    const person = { own, signedInTo: new Set<string>(), ofUnits: new Set<string>() };
    expect(stripFrame(frame, person, []).dayIsDone).toBe(false);
    expect(stripFrame(empty, person, []).dayIsDone).toBe(true);
    const morning = { ...empty, total: { ...empty.total, today: { ...empty.total.today, offered: 0 } } };
    expect(stripFrame(morning, person, []).dayIsDone).toBe(false);
  });
  test('where there are opening hours, they say when the day is done', () => {
    const frame = busy();
    const person = { own, signedInTo: new Set<string>(), ofUnits: new Set<string>() };
    const agents = Object.fromEntries(Object.keys(frame.total.agents).map((key) => [key, 0]));
    const done = (state: 'open' | 'closed', waiting: number, present: object = {}) => {
      const total = { ...frame.total, waiting, agents: { ...frame.total.agents, ...present } };
      return stripFrame({ ...frame, total, opening: { state, until: NOW + 3_600_000 } }, person, []).dayIsDone;
    };
    // A meeting for all of them, in the middle of the day.
    expect(done('open', 0, agents)).toBe(false);
    expect(done('closed', 0)).toBe(true);
    expect(done('closed', 1)).toBe(false);
  });
});

describe('alerts', () => {
  const settings = { ...DEFAULT_STRIP_SETTINGS, alerts: true };
  const calm: Noticed = { strained: false, announcements: [] };
  const strained = { ...calm, strained: true };
  const said = { ...calm, announcements: ['a'] };
  const alert = (before: Noticed, after: Noticed, over: object = {}) =>
    alertOf(before, after, { settings, own: 'available', clock: '10:00', ...over });

  test('are off until asked for', () => {
    expect(alert(calm, strained, { settings: DEFAULT_STRIP_SETTINGS })).toBeNull();
  });
  test('tell what is new, once, and an announcement first', () => {
    expect(alert(calm, strained)).toBe('strained');
    expect(alert(strained, strained)).toBeNull();
    expect(alert(calm, said)).toBe('announcement');
    expect(alert(said, { strained: true, announcements: ['a', 'b'] })).toBe('announcement');
    expect(alert(said, calm)).toBeNull();
  });
  test.each(['talking', 'ringing', 'busy', 'paused', 'signed-out'])('never while %s', (own) => {
    expect(alert(calm, said, { own })).toBeNull();
  });
  test('never in the quiet hours, which may go over midnight', () => {
    expect(alert(calm, said, { clock: '17:00' })).toBeNull();
    expect(alert(calm, said, { clock: '06:59' })).toBeNull();
    expect(alert(calm, said, { clock: '07:00' })).toBe('announcement');
    const lunch = { ...settings, quietFrom: '11:30', quietUntil: '12:30' };
    expect(['11:29', '11:30', '12:29', '12:30'].map((clock) => isQuiet(lunch, clock))).toEqual([
      false,
      true,
      true,
      false
    ]);
    expect(isQuiet({ ...settings, quietFrom: '00:00', quietUntil: '00:00' }, '00:00')).toBe(false);
  });
  test('a time of the day is written with two figures each', () => {
    expect(['07:00', '23:59', '24:00', '7:00', '12:60', ''].map(isTimeOfDay)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false
    ]);
  });
});
