import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/lib/domain/coaching/deciding.ts';
import { Desk, deskAt, goalWish, SPAN_MS, type Who } from '../../support/coaching.ts';

const withdraw = (desk: Desk, n: number) =>
  desk.give('leila', { kind: 'withdrawCall', slot: desk.slot(n), next: desk.id('slot') });
const choose = (desk: Desk, n: number) =>
  desk.give('leila', { kind: 'chooseCall', slot: desk.slot(n), next: desk.id('slot') });
const calls = (desk: Desk) => desk.state.places.map(({ call }) => call?.entry ?? null);
const save = (desk: Desk, who: Who, of: 'goal' | 'last-word' | 'reflection') =>
  desk.give(who, { kind: 'saveDraft', draft: { of } })?.code ?? 'saved';

describe('the whole way', () => {
  it('goes from the draw to the acknowledgement', () => {
    const desk = new Desk();
    desk.did('leila', { kind: 'chooseCall', slot: desk.slot(2), next: desk.id('slot') });
    desk.did('clock', { kind: 'drawSample' });
    expect(calls(desk)).toEqual(['call-2', 'call-1']);
    desk.read(1).reflected();
    expect(desk.step).toBe('reviewing');
    desk.read(2);
    expect(desk.step).toBe('ready-to-talk');
    desk.did('henrik', { kind: 'bookTalk', talkAt: desk.now + DAY_MS });
    desk.did('leila', { kind: 'proposeGoal', goal: goalWish(), replaces: null });
    desk.did('henrik', { kind: 'agreeGoal', version: 1 }).did('henrik', { kind: 'holdTalk' });
    desk.did('leila', { kind: 'writeLastWord', text: { text: 't', words: 'Det tar jag med mig.' } });
    desk.did('leila', { kind: 'acknowledge', snapshotHash: 'hash' });
    expect([desk.step, desk.state.acknowledged, desk.state.seq]).toEqual(['acknowledged', 1, desk.facts.length]);
  });
});

describe('the draw', () => {
  it('that finds no call leaves the round where it is and tells the agent once', () => {
    const desk = new Desk(['random', 'random'], 'recorded', 0);
    desk.did('clock', { kind: 'drawSample' }).did('clock', { kind: 'drawSample' });
    expect([desk.step, desk.kinds()]).toEqual(['planned', ['SampleFoundEmpty']]);
    desk.calls = [{ entry: 'late', spanMs: SPAN_MS }];
    desk.did('clock', { kind: 'drawSample' });
    expect([desk.step, calls(desk)]).toEqual(['reflecting', ['late', null]]);
  });
  it('is not made once the round is closing', () => {
    const desk = new Desk();
    desk.roundState = 'closing';
    expect(desk.give('clock', { kind: 'drawSample' })).toEqual({ code: 'round-not-open' });
  });
  it('never takes a call twice', () => {
    const desk = new Desk();
    desk.known = { drawn: [1, 2].map((n) => ({ slot: desk.slot(n), call: { entry: 'same', spanMs: SPAN_MS } })) };
    expect(desk.give('clock', { kind: 'drawSample' })).toEqual({ code: 'already-chosen' });
  });
});

describe('choosing and withdrawing', () => {
  it('a drawn call cannot be exchanged for a chosen one', () => {
    expect(choose(deskAt('planned'), 1)).toEqual({ code: 'drawn-slot' });
    expect(choose(deskAt('reflecting'), 1)).toEqual({ code: 'drawn-slot' });
  });
  it('a call of one’s own choice can be exchanged, and what was read in it is gone', () => {
    const desk = deskAt('reflecting').read(2);
    expect(choose(desk, 2)).toBeNull();
    expect(desk.state.places[1]).toMatchObject({ by: 'agent', coachReading: null, call: { entry: 'call-3' } });
    expect(desk.state.goneCalls).toEqual(['call-2']);
  });
  it('the agent cannot choose a call that is there already or was withdrawn', () => {
    const desk = deskAt('reflecting');
    for (const entry of ['call-1', 'call-2']) {
      desk.known = { choice: { entry, spanMs: SPAN_MS } };
      expect(choose(desk, 2)).toEqual({ code: 'already-chosen' });
    }
  });
  it('nobody chooses a call that is not theirs to choose', () => {
    const desk = deskAt('reflecting');
    desk.known = { choice: null };
    expect(choose(desk, 2)).toEqual({ code: 'not-found' });
  });
  it('two redraws follow two withdrawals; after the third the agent chooses, or the place stays empty', () => {
    const desk = deskAt('reflecting');
    for (const entry of ['call-3', 'call-4', null]) {
      expect(withdraw(desk, 1)).toBeNull();
      expect(calls(desk)[0]).toBe(entry);
    }
    expect(desk.state.places[0]).toMatchObject({ drawNo: 2, redraws: 2 });
    expect(choose(desk, 1)).toBeNull();
    expect(calls(desk)[0]).toBe('call-5');
  });
  it('a call whose sound is gone costs no redraw to withdraw', () => {
    const desk = deskAt('reflecting');
    desk.did('clock', { kind: 'soundGone', slot: desk.slot(1) });
    expect(withdraw(desk, 1)).toBeNull();
    expect(desk.state.places[0]).toMatchObject({ drawNo: 1, redraws: 0, soundGoneAt: null });
    for (const drawNo of [2, 3]) expect([withdraw(desk, 1), desk.state.places[0]?.drawNo]).toEqual([null, drawNo]);
    desk.did('clock', { kind: 'soundGone', slot: desk.slot(1) });
    expect(withdraw(desk, 1)).toBeNull();
    expect(desk.state.places[0]).toMatchObject({ drawNo: 4, redraws: 2, call: { entry: expect.any(String) } });
  });
  it('a call whose sound is gone, and that no coach has read, keeps nobody waiting for more than seven days', () => {
    const desk = deskAt('reviewing').read(1);
    desk.did('clock', { kind: 'soundGone', slot: desk.slot(2) });
    const close = () => desk.give('clock', { kind: 'closeSilentCall', slot: desk.slot(2), next: desk.id('slot') });
    desk.later(7 * DAY_MS - 1);
    expect(close()).toEqual({ code: 'not-due' });
    desk.later(1);
    expect(close()).toBeNull();
    expect([desk.step, calls(desk)[1]]).toEqual(['ready-to-talk', null]);
  });
  it('a call that was read before its sound was gone stays', () => {
    const desk = deskAt('reviewing').read(1);
    desk.did('clock', { kind: 'soundGone', slot: desk.slot(1) }).later(7 * DAY_MS);
    const close = { kind: 'closeSilentCall', slot: desk.slot(1), next: desk.id('slot') } as const;
    expect(desk.give('clock', close)).toEqual({ code: 'not-due' });
  });
  it('a call that was never the agent’s is drawn anew and costs them nothing', () => {
    const desk = deskAt('reviewing').read(1);
    desk.did('clock', { kind: 'slotVoid', slot: desk.slot(1), next: desk.id('slot') });
    expect(desk.state.places[0]).toMatchObject({ drawNo: 1, redraws: 0, coachReading: null });
  });
  it('no call is drawn for one that is withdrawn while the round is closing', () => {
    const desk = deskAt('reflecting');
    desk.roundState = 'closing';
    expect(withdraw(desk, 1)).toBeNull();
    expect(desk.state.places[0]).toMatchObject({ call: null, drawNo: 0, redraws: 0 });
  });
  it('withdrawing the last unread call opens both readings', () => {
    const desk = deskAt('reviewing').read(1);
    desk.calls = [];
    expect(withdraw(desk, 2)).toBeNull();
    expect([desk.step, desk.facts.at(-1)?.kind]).toEqual(['ready-to-talk', 'ReadingsRevealed']);
  });
  it('after the reveal the readings of a withdrawn call are gone and no other is drawn', () => {
    for (const where of ['ready-to-talk', 'talked'] as const) {
      const desk = deskAt(where);
      expect(withdraw(desk, 1)).toBeNull();
      expect(desk.state.places[0]).toMatchObject({ call: null, agentReading: null, coachReading: null });
      expect([desk.step, desk.state.revealed]).toEqual([where, true]);
    }
  });
  it('with all calls withdrawn the talk is held on reflection and goal alone', () => {
    const desk = deskAt('reflecting');
    desk.calls = [];
    withdraw(desk, 1);
    withdraw(desk, 2);
    expect(desk.step).toBe('reflecting');
    expect(desk.handsInReflection()).toBeNull();
    expect(desk.step).toBe('ready-to-talk');
  });
});

describe('listening side by side, without recordings', () => {
  it('draws nothing, and the agent may reflect before there is a call', () => {
    const desk = new Desk(['beside', 'beside'], 'beside');
    choose(desk, 1);
    expect(desk.handsInReflection()).toBeNull();
    expect(desk.step).toBe('reviewing');
    desk.did('clock', { kind: 'drawSample' });
    expect(calls(desk)).toEqual(['call-1', null]);
    desk.read(1);
    expect(desk.step).toBe('ready-to-talk');
  });
  it('comes to the talk also when no call was listened to', () => {
    const desk = new Desk(['beside'], 'beside').reflected();
    desk.did('clock', { kind: 'drawSample' });
    expect(desk.step).toBe('ready-to-talk');
  });
});

describe('the reflection', () => {
  it('can be skipped by the coach no earlier than a week after its date', () => {
    const desk = deskAt('reflecting').later(21 * DAY_MS - 1);
    expect(desk.give('henrik', { kind: 'skipReflection' })).toEqual({ code: 'not-due' });
    expect(desk.later(1).give('henrik', { kind: 'skipReflection' })).toBeNull();
  });
  it('can be taken up again by the agent when it was skipped', () => {
    const desk = deskAt('reflecting').did('leila', { kind: 'skipReflection' });
    desk.did('leila', { kind: 'takeBackReflection' });
    expect([desk.step, desk.handsInReflection()]).toEqual(['reflecting', null]);
  });
  it('that is skipped last opens the coach’s readings', () => {
    const desk = deskAt('reflecting').read(1).read(2);
    expect(desk.step).toBe('reflecting');
    expect(desk.did('leila', { kind: 'skipReflection' }).step).toBe('ready-to-talk');
  });
});

describe('the practice goal', () => {
  it('from the coach’s form becomes a proposal when both see each other’s reading', () => {
    const desk = deskAt('reviewing').read(1);
    desk.known = { goalDraft: goalWish() };
    desk.read(2);
    expect(desk.kinds().slice(-2)).toEqual(['ReadingsRevealed', 'GoalProposed']);
    expect(desk.state.goal).toMatchObject({ version: 1, proposedBy: 'coach', agreed: false });
    expect(desk.give('henrik', { kind: 'agreeGoal', version: 1 })).toEqual({ code: 'own-proposal' });
    expect(desk.give('leila', { kind: 'agreeGoal', version: 1 })).toBeNull();
    expect(desk.give('leila', { kind: 'agreeGoal', version: 1 })).toEqual({ code: 'already-agreed' });
  });
  it('that is half-written stays a draft', () => {
    const desk = deskAt('reviewing').read(1);
    desk.known = { goalDraft: goalWish({ try: { text: 't', words: ' ' } }) };
    desk.read(2);
    expect([desk.step, desk.state.goal]).toEqual(['ready-to-talk', null]);
  });
  it('is one: another takes its place by name, and is to be agreed anew', () => {
    const desk = deskAt('ready-to-talk').did('henrik', { kind: 'proposeGoal', goal: goalWish(), replaces: null });
    desk.did('leila', { kind: 'agreeGoal', version: 1 });
    const propose = (replaces: number | null) =>
      desk.give('leila', { kind: 'proposeGoal', goal: goalWish(), replaces });
    expect(propose(null)).toEqual({ code: 'second-goal' });
    expect(propose(1)).toBeNull();
    expect(propose(1)).toEqual({ code: 'stale-draft' });
    expect(desk.give('henrik', { kind: 'agreeGoal', version: 1 })).toEqual({ code: 'stale-draft' });
    expect(desk.state.goal).toMatchObject({ version: 2, proposedBy: 'agent', agreed: false });
  });
  it('needs its criterion, its when and its try', () => {
    const desk = deskAt('ready-to-talk');
    const empty = { text: 't', words: '' };
    for (const change of [{ criterion: null }, { criterion: 'speed' }, { when: empty }, { try: empty }]) {
      const goal = goalWish(change);
      expect(desk.give('leila', { kind: 'proposeGoal', goal, replaces: null })).toEqual({ code: 'goal-shape' });
    }
  });
  it('cannot be agreed to before there is one', () => {
    expect(deskAt('talked').give('leila', { kind: 'agreeGoal', version: 1 })).toEqual({ code: 'no-goal' });
  });
});

describe('what is being written', () => {
  it('of a goal is the coach’s from the start, and also the agent’s after the reveal', () => {
    expect([save(deskAt('reviewing'), 'henrik', 'goal'), save(deskAt('reviewing'), 'leila', 'goal')]).toEqual([
      'saved',
      'not-both-in'
    ]);
    expect(save(deskAt('talked'), 'leila', 'goal')).toBe('saved');
  });
  it('of a last word is the agent’s alone', () => {
    expect(save(deskAt('talked'), 'henrik', 'last-word')).toBe('not-yours');
    expect(save(deskAt('acknowledged'), 'leila', 'last-word')).toBe('saved');
    expect(save(deskAt('reviewing'), 'leila', 'last-word')).toBe('not-both-in');
  });
  it('of a reflection is nothing that the coach can find', () => {
    expect(save(deskAt('reflecting'), 'henrik', 'reflection')).toBe('not-found');
  });
  it('of a reading that is in waits until it is taken back', () => {
    const desk = deskAt('reviewing').read(1);
    const draft = { of: 'reading' as const, slot: desk.slot(1) };
    expect(desk.give('henrik', { kind: 'saveDraft', draft })).toEqual({ code: 'already-in' });
    desk.did('henrik', { kind: 'takeBackReading', slot: desk.slot(1) });
    expect(desk.give('henrik', { kind: 'saveDraft', draft })).toBeNull();
  });
});

describe('must be right', () => {
  it('has a line of text only for what is to be talked about in private', () => {
    const desk = deskAt('reviewing');
    const ask = { kind: 'answerMustBeRight', slot: desk.slot(1), point: 'facts' } as const;
    const text = { text: 't', words: 'Ring upp om bygglovet.' };
    expect(desk.give('henrik', { ...ask, answer: 'was-right', text })).toEqual({ code: 'text-unasked' });
    expect(desk.give('henrik', { ...ask, answer: 'in-private', text })).toBeNull();
  });
  it('leaves neither point nor answer among the facts', () => {
    const desk = deskAt('reviewing');
    const said = { point: 'identity', answer: 'in-private', text: null } as const;
    desk.did('henrik', { kind: 'answerMustBeRight', slot: desk.slot(1), ...said });
    expect(desk.facts.at(-1)).toEqual({ kind: 'MustBeRightNoted', at: desk.now, slot: desk.slot(1) });
  });
});
