import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/lib/domain/coaching/deciding.ts';
import { deskAt, goalWish } from '../../support/coaching.ts';

const HOUR_MS = 3_600_000;
const lastWord = { kind: 'writeLastWord', text: { text: 't', words: 'Det tar jag med mig.' } } as const;

describe('the record', () => {
  it('that nobody acknowledges for thirty days becomes the agent’s alone', () => {
    const desk = deskAt('talked').later(30 * DAY_MS - 1);
    expect(desk.give('clock', { kind: 'lapse' })).toEqual({ code: 'not-due' });
    desk.later(1).did('clock', { kind: 'lapse' });
    expect([desk.step, desk.state.end?.how]).toEqual(['withdrawn', 'lapsed']);
    expect(desk.give('henrik', { kind: 'holdTalk' })).toEqual({ code: 'ended' });
    desk.did('leila', { kind: 'keepTexts' }).later(90 * DAY_MS);
    expect(desk.give('clock', { kind: 'purgeTexts' })).toEqual({ code: 'not-due' });
    expect(desk.state.places.every(({ coachReading }) => coachReading !== null)).toBe(true);
  });
  it('is acknowledged in versions, and what stood stands while a correction is open', () => {
    const desk = deskAt('acknowledged').did('henrik', { kind: 'correct' });
    expect(desk.state).toMatchObject({ acknowledged: 1, correction: { version: 2 } });
    desk.did('leila', { kind: 'acknowledge', snapshotHash: 'hash-2' });
    expect(desk.state).toMatchObject({ acknowledged: 2, correction: null });
    expect(desk.facts.at(-1)).toMatchObject({ kind: 'RecordAcknowledged', version: 2 });
  });
  it('is not un-acknowledged by a correction that nobody finishes', () => {
    const desk = deskAt('acknowledged')
      .later(200 * DAY_MS)
      .did('henrik', { kind: 'correct' });
    expect(desk.give('clock', { kind: 'lapse' })).toEqual({ code: 'not-due' });
    desk.later(30 * DAY_MS).did('clock', { kind: 'lapse' });
    expect([desk.step, desk.state.acknowledged]).toEqual(['acknowledged', 1]);
  });
  it('has its own goal again when a correction that changed it is dropped', () => {
    const desk = deskAt('talked').did('henrik', { kind: 'proposeGoal', goal: goalWish(), replaces: null });
    desk.did('leila', { kind: 'agreeGoal', version: 1 }).did('leila', { kind: 'acknowledge', snapshotHash: 'hash' });
    const { goal } = desk.state;
    desk.did('henrik', { kind: 'correct' }).did('henrik', { kind: 'proposeGoal', goal: goalWish(), replaces: 1 });
    expect(desk.state.goal).toMatchObject({ version: 2, agreed: false });
    desk.did('leila', { kind: 'endParticipation' });
    expect(desk.state.goal).toEqual(goal);
  });
  it('stands also when the participation is ended during a correction', () => {
    const desk = deskAt('acknowledged').did('henrik', { kind: 'correct' }).did('leila', { kind: 'endParticipation' });
    expect([desk.step, desk.state.end, desk.facts.at(-1)?.kind]).toEqual(['acknowledged', null, 'CorrectionDropped']);
  });
  it('takes the agent’s words afterwards too, as comments in their order', () => {
    const desk = deskAt('talked').did('leila', lastWord).did('leila', { kind: 'acknowledge', snapshotHash: 'h' });
    desk.did('leila', lastWord);
    expect(desk.facts.flatMap((fact) => (fact.kind === 'LastWordWritten' ? [fact.n] : []))).toEqual([1, 2]);
    expect(desk.step).toBe('acknowledged');
  });
  it('has a new version when a call in it turns out never to have been the agent’s', () => {
    const desk = deskAt('acknowledged');
    desk.did('clock', { kind: 'slotVoid', slot: desk.slot(1), next: desk.id('slot') });
    expect([desk.step, desk.state.acknowledged]).toEqual(['acknowledged', 2]);
    expect(desk.kinds().slice(-2)).toEqual(['CallVoided', 'RecordRedacted']);
  });
  it('is redacted by two, never by one twice', () => {
    const desk = deskAt('acknowledged');
    const redact = { kind: 'redact', text: 't', decision: 'dnr 12', hash: 'h' } as const;
    expect(desk.give('administrator', { ...redact, second: 'ada' })).toEqual({ code: 'needs-two' });
    expect(desk.give('administrator', { ...redact, second: 'anders' })).toBeNull();
  });
  it('holds no empty last word and no identity number', () => {
    const desk = deskAt('talked');
    const write = (words: string) => desk.give('leila', { kind: 'writeLastWord', text: { text: 't', words } });
    expect(write('  ')).toEqual({ code: 'no-text' });
    expect(write('Hon sa 811228-9874.')).toEqual({ code: 'identity-number', path: 'text' });
  });
  it('cannot have its talk booked for yesterday', () => {
    const desk = deskAt('reviewing');
    expect(desk.give('leila', { kind: 'bookTalk', talkAt: desk.now - 1 })).toEqual({ code: 'in-the-past' });
  });
});

describe('another coach', () => {
  it('takes over after twenty-four hours', () => {
    const desk = deskAt('reviewing')
      .did('methodLead', { kind: 'changeCoach', coach: 'fatima' })
      .later(24 * HOUR_MS - 1);
    expect(desk.give('clock', { kind: 'completeCoachChange' })).toEqual({ code: 'not-due' });
    expect(desk.handsInReading('fatima', 1)).toEqual({ code: 'not-found' });
    desk.later(1).did('clock', { kind: 'completeCoachChange' });
    expect([desk.state.coach, desk.handsInReading('henrik', 1)?.code]).toEqual(['fatima', 'not-found']);
  });
  it('takes over at once when the agent says that it is fine', () => {
    const desk = deskAt('reviewing').did('methodLead', { kind: 'changeCoach', coach: 'fatima' });
    desk.did('leila', { kind: 'completeCoachChange' });
    expect(desk.facts.at(-1)).toMatchObject({ kind: 'CoachChanged', coach: 'fatima', was: 'henrik' });
  });
  it('reads the calls that were not read; what the former one handed in stays theirs', () => {
    const desk = deskAt('reviewing').read(1).did('methodLead', { kind: 'changeCoach', coach: 'fatima' });
    desk.did('leila', { kind: 'completeCoachChange' });
    expect(desk.handsInReading('fatima', 1)).toEqual({ code: 'already-in' });
    expect(desk.give('fatima', { kind: 'takeBackReading', slot: desk.slot(1) })).toEqual({ code: 'not-yours' });
    expect(desk.handsInReading('fatima', 2)).toBeNull();
    expect(desk.state.places.map(({ coachReading }) => coachReading?.author)).toEqual(['henrik', 'fatima']);
    expect(desk.step).toBe('ready-to-talk');
  });
  it('is never somebody in the agent’s own line of management, at the announcement or after it', () => {
    const desk = deskAt('reviewing');
    const change = (coach: string) => desk.give('methodLead', { kind: 'changeCoach', coach });
    expect(change('karl')).toEqual({ code: 'own-manager', person: 'karl' });
    expect(change('leila')).toEqual({ code: 'not-found' });
    expect(change('henrik')).toEqual({ code: 'same-coach' });
    expect(change('fatima')).toBeNull();
    desk.known = { lineOfAgent: ['fatima'] };
    expect(desk.give('leila', { kind: 'completeCoachChange' })).toEqual({ code: 'own-manager', person: 'fatima' });
  });
  it('is refused when nobody could say who the managers are', () => {
    const desk = deskAt('reviewing');
    desk.known = { lineOfAgent: null };
    expect(desk.give('methodLead', { kind: 'changeCoach', coach: 'fatima' })).toEqual({ code: 'not-found' });
  });
  it('does not come when none was announced', () => {
    expect(deskAt('reviewing').give('leila', { kind: 'completeCoachChange' })).toEqual({ code: 'nothing-announced' });
  });
});

describe('leaving', () => {
  it('before the reveal destroys what the coach wrote, and the agent’s own after thirty days', () => {
    const desk = deskAt('reviewing').read(1).did('leila', { kind: 'endParticipation' });
    expect(desk.state.places[0]).toMatchObject({ coachReading: null, agentReading: expect.any(String) });
    expect(desk.later(30 * DAY_MS - 1).give('clock', { kind: 'purgeTexts' })).toEqual({ code: 'not-due' });
    desk.later(1).did('clock', { kind: 'purgeTexts' });
    expect(desk.facts.at(-1)).toMatchObject({ kind: 'TextsDestroyed', whose: 'agent' });
    expect(desk.give('clock', { kind: 'purgeTexts' })).toEqual({ code: 'not-due' });
  });
  it('after the reveal leaves the agent thirty days to keep what they were shown', () => {
    const desk = deskAt('ready-to-talk')
      .did('leila', { kind: 'endParticipation' })
      .later(30 * DAY_MS);
    desk.did('clock', { kind: 'purgeTexts' });
    expect(desk.facts.at(-1)).toMatchObject({ kind: 'TextsDestroyed', whose: 'coach' });
    expect(desk.state.places.every(({ coachReading }) => coachReading === null)).toBe(true);
    expect(desk.give('leila', { kind: 'keepTexts' })).toEqual({ code: 'not-found' });
  });
  it('after the reveal still leaves the agent the last word', () => {
    const desk = deskAt('ready-to-talk').did('methodLead', { kind: 'endParticipation' });
    expect(desk.give('leila', lastWord)).toBeNull();
  });
  it('lets the agent have everything deleted, kept or not', () => {
    const desk = deskAt('talked').did('leila', { kind: 'endParticipation' }).did('leila', { kind: 'keepTexts' });
    desk.did('leila', { kind: 'deleteTexts' });
    expect(desk.state).toMatchObject({ goal: null, end: { texts: 'destroyed' } });
  });
  it('tells nobody why, for there is nowhere to write it', () => {
    const desk = deskAt('reviewing').did('leila', { kind: 'endParticipation' });
    expect(desk.facts.at(-1)).toEqual({ kind: 'ParticipationEnded', at: desk.now });
  });
  it('ends an announced change of coach', () => {
    const desk = deskAt('reviewing').did('methodLead', { kind: 'changeCoach', coach: 'fatima' });
    expect(desk.did('leila', { kind: 'endParticipation' }).state.coachToBe).toBeNull();
  });
});

describe('coming back', () => {
  it('needs the agent’s yes and an open round', () => {
    const desk = deskAt('withdrawn');
    expect(desk.give('methodLead', { kind: 'resume' })).toEqual({ code: 'needs-agent' });
    desk.did('leila', { kind: 'agreeToResume' }).roundState = 'closing';
    expect(desk.give('methodLead', { kind: 'resume' })).toEqual({ code: 'round-not-open' });
  });
  it('brings nothing back that was destroyed', () => {
    const desk = deskAt('reviewing')
      .read(1)
      .did('leila', { kind: 'endParticipation' })
      .later(30 * DAY_MS);
    desk.did('clock', { kind: 'purgeTexts' }).did('leila', { kind: 'agreeToResume' });
    desk.did('methodLead', { kind: 'resume' });
    expect(desk.step).toBe('reflecting');
    expect(desk.state.places[0]).toMatchObject({ agentReading: null, coachReading: null });
  });
  it('after the talk gives the agent a month of their own to acknowledge', () => {
    const desk = deskAt('talked')
      .did('leila', { kind: 'endParticipation' })
      .later(60 * DAY_MS);
    desk.did('leila', { kind: 'agreeToResume' }).did('methodLead', { kind: 'resume' });
    expect([desk.step, desk.give('clock', { kind: 'lapse' })?.code]).toEqual(['talked', 'not-due']);
  });
});
