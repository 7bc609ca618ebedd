import { describe, expect, test } from 'vitest';
import { may, type Act, type Acts, type Role, type Viewer } from '../../../src/lib/domain/access.ts';

const person = (personId: string, ...roles: Role[]): Viewer => ({
  kind: 'person',
  personId,
  sessionId: 's',
  name: personId,
  roles,
  ties: { boards: ['forskola'], queues: [] }
});

/** Amina is coached by Karin, who took over from Henrik; everybody else is somebody else in the same house. */
const askers: [string, Viewer | null][] = [
  ['amina', person('amina', 'agent')],
  ['karin', person('karin', 'coach')],
  ['henrik', person('henrik', 'coach')],
  ['another-agent', person('oskar', 'agent')],
  ['another-coach', person('fatima', 'coach', 'agent')],
  ['leader', person('maria', 'leader')],
  ['method-lead', person('lena', 'method-lead')],
  ['administrator', person('per', 'administrator')],
  ['without-role', person('amina')],
  ['token', { kind: 'integrator', tokenId: 'amina', scopes: ['boards:read', 'tallies:read', 'schema:read'] }],
  ['screen', { kind: 'screen', screenId: 'amina', board: 'all' }],
  ['stranger', null]
];
const who = <A extends Act>(act: A, on: Acts[A]) =>
  askers.flatMap(([name, viewer]) => (may(viewer, act, on) ? [name] : []));
const pair = { agent: 'amina', coach: 'karin' };

describe('a participation is two people’s', () => {
  test('it is opened by the agent and the coach of now, and by nobody else, not by id either', () => {
    expect(who('open-participation', { ...pair, sharedWith: null })).toEqual(['amina', 'karin']);
    expect(who('open-participation', { ...pair, coach: 'henrik', sharedWith: null })).toEqual(['amina', 'henrik']);
  });
  test('an earlier one is the new coach’s only while the agent shares it', () => {
    expect(who('open-participation', { agent: 'amina', coach: 'henrik', sharedWith: 'karin' })).toEqual([
      'amina',
      'karin',
      'henrik'
    ]);
  });
  test('the reflection is the agent’s alone until both are in', () => {
    expect(who('read-reflection', { ...pair, revealed: false })).toEqual(['amina']);
    expect(who('read-reflection', { ...pair, revealed: true })).toEqual(['amina', 'karin']);
  });
  test('a coach’s reading is its author’s until both are in, also when another coach has come', () => {
    expect(who('read-coach-reading', { ...pair, author: 'henrik', revealed: false })).toEqual(['henrik']);
    expect(who('read-coach-reading', { ...pair, author: 'henrik', revealed: true })).toEqual([
      'amina',
      'karin',
      'henrik'
    ]);
  });
  test('what must be right is the agent’s at once, and the author’s, but no successor’s', () => {
    expect(who('read-must-be-right', { ...pair, author: 'henrik' })).toEqual(['amina', 'henrik']);
  });
  test('who has listened is the agent’s to see; a coach sees their own listening', () => {
    expect(who('read-listening', { ...pair, listener: 'henrik' })).toEqual(['amina', 'henrik']);
  });
  test('the practice log is the agent’s until they share an entry', () => {
    expect(who('read-practice', { ...pair, shared: false })).toEqual(['amina']);
    expect(who('read-practice', { ...pair, shared: true })).toEqual(['amina', 'karin']);
  });
  test('nobody but the agent sees which calls there were to choose among', () => {
    expect(who('read-call-choices', pair)).toEqual(['amina']);
  });
  test('a call is heard when it is chosen: the coach of now until the day that is set, the agent after it too', () => {
    expect(who('hear-call', { ...pair, chosen: false, until: null, now: 5 })).toEqual([]);
    expect(who('hear-call', { ...pair, chosen: true, until: null, now: 5 })).toEqual(['amina', 'karin']);
    expect(who('hear-call', { ...pair, chosen: true, until: 6, now: 5 })).toEqual(['amina', 'karin']);
    expect(who('hear-call', { ...pair, chosen: true, until: 5, now: 5 })).toEqual(['amina']);
  });
});

describe('the round around it', () => {
  test('each has one door', () => {
    expect(who('take-part', {})).toEqual(['amina', 'another-agent', 'another-coach']);
    expect(who('coach', {})).toEqual(['karin', 'henrik', 'another-coach']);
    expect(who('keep-rounds', {})).toEqual(['method-lead']);
    expect(who('follow-rounds', {})).toEqual(['leader']);
    expect(who('keep-rubric', {})).toEqual(['method-lead']);
    expect(who('receive-help', {})).toEqual(['leader', 'method-lead']);
  });
  test('how far a unit has come is for its own leader, and for the method lead', () => {
    expect(who('read-round-progress', { unit: 'forskola' })).toEqual(['leader', 'method-lead']);
    expect(who('read-round-progress', { unit: 'parkering' })).toEqual(['method-lead']);
  });
  test('the rules are for everybody who works here, the rubric for all but administrators', () => {
    const working = ['amina', 'karin', 'henrik', 'another-agent', 'another-coach', 'leader', 'method-lead'];
    expect(who('read-insight', {})).toEqual([...working, 'administrator']);
    expect(who('read-rubric', {})).toEqual(working);
  });
});
