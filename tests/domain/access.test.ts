import { describe, expect, test } from 'vitest';
import { ACCESS, may, type Act, type Role, type Scope, type Ties, type Viewer } from '../../src/lib/domain/access.ts';

const ties: Ties = { boards: ['utbildning'], queues: ['forskola'] };
const person = (...roles: Role[]): Viewer => ({
  kind: 'person',
  personId: 'p',
  sessionId: 's',
  name: 'Amina Berg',
  roles,
  ties
});
const token = (...scopes: Scope[]): Viewer => ({ kind: 'integrator', tokenId: 't', scopes });
const screen: Viewer = { kind: 'screen', screenId: 's', board: 'omsorg' };

/** One row per question, one letter per asker: Agent, Coach, Leader, Method lead, aDministrator, Integrator, Screen. */
const askers: [string, Viewer][] = [
  ['A', person('agent')],
  ['C', person('coach')],
  ['L', person('leader')],
  ['M', person('method-lead')],
  ['D', person('administrator')],
  ['I', token('boards:read')],
  ['S', screen]
];
const allowed = <A extends Act>(act: A, on: Parameters<typeof may<A>>[2]) =>
  askers.map(([letter, viewer]) => (may(viewer, act, on) ? letter : '-')).join('');

describe('the access table', () => {
  test('the board of everything is for everybody who works here, and for a token with the scope', () => {
    expect(allowed('read-board', { board: 'all' })).toBe('ACLMDI-');
  });
  test('agents and coaches see the board of their own unit, a screen the one it is paired with', () => {
    expect(allowed('read-board', { board: 'utbildning' })).toBe('ACLMDI-');
    expect(allowed('read-board', { board: 'omsorg' })).toBe('--LMDIS');
  });
  test('tallies of one’s own queues, and of all queues only for those who lead', () => {
    expect(allowed('read-tallies', { queues: ['forskola'] })).toBe('ACLM---');
    expect(allowed('read-tallies', { queues: ['forskola', 'vaxel'] })).toBe('--LM---');
    expect(allowed('read-tallies', { queues: 'all' })).toBe('--LM---');
    expect(may(token('tallies:read'), 'read-tallies', { queues: 'all' })).toBe(true);
  });
  test('queues by name', () => {
    expect(allowed('read-queues', {})).toBe('ACLMDIS');
    expect(may(token('schema:read'), 'read-queues', {})).toBe(false);
  });
  test('leaders speak to everybody and to their own units, tokens with the scope anywhere, nobody else at all', () => {
    expect(allowed('write-announcement', { boards: ['all'], queues: [] })).toBe('--L----');
    expect(allowed('write-announcement', { boards: ['all', 'utbildning'], queues: ['forskola'] })).toBe('--L----');
    expect(allowed('write-announcement', { boards: ['omsorg'], queues: [] })).toBe('-------');
    expect(allowed('write-announcement', { boards: ['all'], queues: ['vaxel'] })).toBe('-------');
    expect(may(token('announcements:write'), 'write-announcement', { boards: ['omsorg'], queues: ['vaxel'] })).toBe(
      true
    );
    expect(allowed('read-announcements', {})).toBe('--L----');
  });
  test('the strip, with one’s own state and pause, is for those who answer; the ties are the administrator’s', () => {
    expect(allowed('use-strip', {})).toBe('A------');
    expect(allowed('tie-agents', {})).toBe('----D--');
  });
  test('the schema is described to tokens with that scope only', () => {
    expect(allowed('read-schema', {})).toBe('-------');
    expect(may(token('schema:read'), 'read-schema', {})).toBe(true);
  });
  test('a stranger may nothing, and a person without a role and a token without a scope only what is about themselves', () => {
    const on = { board: 'all', queues: [] };
    for (const act of Object.keys(ACCESS) as Act[]) {
      expect(may(null, act, on), act).toBe(false);
      expect(may(person(), act, on), act).toBe(
        ['read-viewer', 'read-account', 'change-account', 'read-retention'].includes(act)
      );
      expect(may(token(), act, on), act).toBe(act === 'read-viewer');
    }
  });
  test('boards are looked after by administrators, and by leaders those of their own unit', () => {
    expect(allowed('keep-boards', {})).toBe('--L-D--');
    expect(allowed('edit-board', { unit: 'utbildning' })).toBe('--L-D--');
    expect(allowed('edit-board', { unit: 'omsorg' })).toBe('----D--');
    expect(allowed('edit-board', { unit: null })).toBe('----D--');
  });
  test('queues, units and hours are decided about by administrators', () => {
    expect(allowed('keep-queues', {})).toBe('----D--');
  });
  test('which queues are recorded is the administrator’s to set', () => {
    expect(allowed('keep-recordings', {})).toBe('----D--');
  });
  test('screens are kept by administrators, and only a screen is one', () => {
    expect(allowed('keep-screens', {})).toBe('----D--');
    expect(allowed('be-screen', {})).toBe('------S');
  });
  test('who is free is told by name to the leader of the unit alone', () => {
    expect(allowed('read-names-by-state', { unit: 'utbildning' })).toBe('--L----');
    expect(allowed('read-names-by-state', { unit: 'omsorg' })).toBe('-------');
  });
  test('the first steps are the administrator’s', () => {
    expect(allowed('take-first-steps', {})).toBe('----D--');
  });
  test('two roles may what either may', () => {
    expect(may(person('agent', 'leader'), 'read-tallies', { queues: 'all' })).toBe(true);
  });
});
