import type { EventKind, EventOf } from '../../src/lib/domain/telephony/event.ts';

/** One plausible event of every kind: the type makes sure that none is forgotten. */
export const exampleEvents: { [Kind in EventKind]: EventOf<Kind> } = {
  SourceConnected: { kind: 'SourceConnected', session: '7c1f', pbxBootedAt: 1795420800000, skewMs: -42 },
  SourceLost: { kind: 'SourceLost', why: 'silent' },
  QueueSeen: { kind: 'QueueSeen', queue: 'vaxel', limit: 50 },
  QueueGone: { kind: 'QueueGone', queue: 'vaxel' },
  CallOffered: {
    kind: 'CallOffered',
    call: 'pbx/1795424400.17',
    entry: 'pbx/1795424400.17/vaxel/1795424402',
    queue: 'vaxel',
    channel: '1795424400.17',
    caller: 'c-5f0e'
  },
  CallAnswered: { kind: 'CallAnswered', entry: 'pbx/1795424400.17/vaxel/1795424402', agent: 'a-93bd' },
  CallAbandoned: { kind: 'CallAbandoned', entry: 'pbx/1795424400.17/vaxel/1795424402' },
  CallOverflowed: {
    kind: 'CallOverflowed',
    entry: 'pbx/1795424400.17/vaxel/1795424402',
    why: 'key',
    pressed: '1'
  },
  CallLost: { kind: 'CallLost', entry: 'pbx/1795424400.17/vaxel/1795424402', why: 'pbx-ended' },
  CallRefused: { kind: 'CallRefused', call: 'pbx/1795424400.18', queue: 'vaxel', why: 'full' },
  CallHeld: { kind: 'CallHeld', entry: 'pbx/1795424400.17/vaxel/1795424402' },
  CallResumed: { kind: 'CallResumed', entry: 'pbx/1795424400.17/vaxel/1795424402' },
  CallPassedOn: {
    kind: 'CallPassedOn',
    entry: 'pbx/1795424400.17/vaxel/1795424402',
    agent: 'a-93bd',
    how: 'attended',
    to: 'forskola'
  },
  TalkEnded: {
    kind: 'TalkEnded',
    entry: 'pbx/1795424400.17/vaxel/1795424402',
    agent: 'a-93bd',
    by: 'caller',
    wrapUpUntil: 1795424630000
  },
  AgentRung: {
    kind: 'AgentRung',
    entry: 'pbx/1795424400.17/vaxel/1795424402',
    agent: 'a-93bd',
    ring: 'pbx/1795424403.18'
  },
  RingEnded: { kind: 'RingEnded', ring: 'pbx/1795424403.18', how: 'answered', rangMs: 4200 },
  AgentJoinedQueue: { kind: 'AgentJoinedQueue', agent: 'a-93bd', queue: 'vaxel' },
  AgentLeftQueue: { kind: 'AgentLeftQueue', agent: 'a-93bd', queue: 'vaxel' },
  AgentPaused: { kind: 'AgentPaused', agent: 'a-93bd', queue: 'vaxel', wrapUp: false },
  AgentUnpaused: { kind: 'AgentUnpaused', agent: 'a-93bd', queue: 'vaxel' },
  DeviceChanged: { kind: 'DeviceChanged', agent: 'a-93bd', device: 'busy' },
  EntryCorrected: {
    kind: 'EntryCorrected',
    entry: 'pbx/1795424400.17/vaxel/1795424402',
    was: { why: 'unstated' },
    now: { why: 'time-out' },
    evidence: 'queue-log'
  },
  Anomaly: { kind: 'Anomaly', code: 'joined-without-leaving', entry: 'pbx/1795424400.17/vaxel/1795424402' }
};
