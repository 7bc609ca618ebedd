import type {
  CallEvent,
  Device,
  Evidence,
  Lane,
  LostWhy,
  OverflowWhy,
  PassedOnHow,
  Quality,
  RefusedWhy,
  RingEndedHow,
  SourceLostWhy,
  TalkEndedBy
} from '../../src/lib/domain/telephony/event.ts';
import type { Instant } from '../../src/lib/domain/time.ts';
import type { SmallCentre } from './small-centre.ts';

/** What a phrase tells, when it was told with something else than the line's own time or the live lane. */
export interface Told1 {
  event: CallEvent;
  lane: Lane;
  quality: Quality;
}
interface Said {
  phrase: string;
  queue: string;
  at: Instant;
}
interface Saying {
  queue: string;
  at: Instant;
  /** The entry of a call in this queue: the latest, or one that never was. */
  entry(call: string): string;
  /** A name for a new stay of the call in this queue. */
  newEntry(call: string): string;
  instant(clock: string): Instant;
  agentOf(entry: string): string;
}
type Phrase = readonly [RegExp, (say: Saying, ...words: string[]) => CallEvent[]];

const phrases: readonly Phrase[] = [
  [/^all is quiet$/, () => []],
  [/^connected(?: as (\S+))?$/, (_, session = 'again') => [{ kind: 'SourceConnected', session, skewMs: 0 }]],
  [/^contact lost, (\S+)$/, (_, why) => [{ kind: 'SourceLost', why: why as SourceLostWhy }]],
  [/^anomaly (\S+)$/, (_, code) => [{ kind: 'Anomaly', code: code! }]],
  [
    /^queue seen(?:, room for (\d+))?$/,
    ({ queue }, n) => [{ kind: 'QueueSeen', queue, limit: n === undefined ? null : Number(n) }]
  ],
  [/^queue gone$/, ({ queue }) => [{ kind: 'QueueGone', queue }]],
  [
    /^call (\w+) (offered|found waiting)(?: from (\S+))?$/,
    ({ queue, newEntry }, call, how, from) => [
      {
        kind: 'CallOffered',
        call: `pbx/${call}`,
        entry: newEntry(call!),
        queue,
        channel: call!,
        ...(from === undefined ? {} : { from }),
        ...(how === 'offered' ? {} : { adopted: true })
      }
    ]
  ],
  [
    /^call (\w+) offered again$/,
    ({ queue, entry }, call) => [
      { kind: 'CallOffered', call: `pbx/${call}`, entry: entry(call!), queue, channel: call! }
    ]
  ],
  [
    /^call (\w+) answered by (\S+)$/,
    ({ entry }, call, agent) => [{ kind: 'CallAnswered', entry: entry(call!), agent: agent! }]
  ],
  [/^call (\w+) abandoned$/, ({ entry }, call) => [{ kind: 'CallAbandoned', entry: entry(call!) }]],
  [
    /^call (\w+) overflowed, ([a-z-]+)(?: (\d))?$/,
    ({ entry }, call, why, pressed) => [
      {
        kind: 'CallOverflowed',
        entry: entry(call!),
        why: why as OverflowWhy,
        ...(pressed === undefined ? {} : { pressed })
      }
    ]
  ],
  [
    /^call (\w+) lost, (\S+)$/,
    ({ entry }, call, why) => [{ kind: 'CallLost', entry: entry(call!), why: why as LostWhy }]
  ],
  [
    /^call (\w+) refused, (\S+)$/,
    ({ queue }, call, why) => [{ kind: 'CallRefused', call: `pbx/${call}`, queue, why: why as RefusedWhy }]
  ],
  [/^call (\w+) held$/, ({ entry }, call) => [{ kind: 'CallHeld', entry: entry(call!) }]],
  [/^call (\w+) resumed$/, ({ entry }, call) => [{ kind: 'CallResumed', entry: entry(call!) }]],
  [
    /^call (\w+) passed on, ([a-z]+)(?: to (\S+))?$/,
    ({ entry, agentOf }, call, how, to) => [
      {
        kind: 'CallPassedOn',
        entry: entry(call!),
        agent: agentOf(entry(call!)),
        how: how as PassedOnHow,
        ...(to === undefined ? {} : { to })
      }
    ]
  ],
  [
    /^call (\w+) talk ended by (\S+?)(?:, wrap-up (\d+) s)?$/,
    ({ entry, agentOf, at }, call, by, s) => [
      {
        kind: 'TalkEnded',
        entry: entry(call!),
        agent: agentOf(entry(call!)),
        by: by as TalkEndedBy,
        ...(s === undefined ? {} : { wrapUpUntil: at + Number(s) * 1000 })
      }
    ]
  ],
  [
    /^call (\w+) rings (\S+)$/,
    ({ entry }, call, agent) => [{ kind: 'AgentRung', entry: entry(call!), agent: agent!, ring: `${call} ${agent}` }]
  ],
  [
    /^call (\w+) stops ringing (\S+), (\S+)$/,
    (_, call, agent, how) => [{ kind: 'RingEnded', ring: `${call} ${agent}`, how: how as RingEndedHow, rangMs: 5000 }]
  ],
  [/^(\S+) signs in$/, ({ queue }, agent) => [{ kind: 'AgentJoinedQueue', agent: agent!, queue }]],
  [/^(\S+) signs off$/, ({ queue }, agent) => [{ kind: 'AgentLeftQueue', agent: agent!, queue }]],
  [
    /^(\S+) pauses( for wrap-up)?$/,
    ({ queue }, agent, wrapUp) => [{ kind: 'AgentPaused', agent: agent!, queue, wrapUp: wrapUp !== undefined }]
  ],
  [/^(\S+) is back$/, ({ queue }, agent) => [{ kind: 'AgentUnpaused', agent: agent!, queue }]],
  [
    /^(\S+)’s telephone (\S+)$/,
    (_, agent, device) => [{ kind: 'DeviceChanged', agent: agent!, device: device as Device }]
  ],
  [
    /^call (\w+) corrected by ([a-z-]+), was (.+), now (.+)$/,
    ({ entry, instant }, call, evidence, was, now) => [
      {
        kind: 'EntryCorrected',
        entry: entry(call!),
        was: facts(was!, instant),
        now: facts(now!, instant),
        evidence: evidence as Evidence
      }
    ]
  ]
];

/** `answeredAt 10:00:15, agent Ada, why none` as the facts of a correction. */
function facts(text: string, instant: (clock: string) => Instant): Record<string, unknown> {
  return Object.fromEntries(
    text.split('; ').map((fact) => {
      const [field = '', value = ''] = fact.split(' ');
      return [field, value === 'none' ? null : field.endsWith('At') ? instant(value) : value];
    })
  );
}

/** The events that one line tells. `(history)`, `(second)` and `(estimated)` at its end say how they are known. */
export function eventsOf(
  { phrase, queue, at }: Said,
  centre: SmallCentre,
  instant: (clock: string) => Instant
): Told1[] {
  const how = [...phrase.matchAll(/\((history|second|estimated)\)/g)].map(([, word]) => word);
  const plain = phrase.replace(/ \((history|second|estimated)\)/g, '');
  const ofCall = (call: string) =>
    [...centre.entries.values()].filter((entry) => entry.call === `pbx/${call}` && entry.queue === queue);
  const say: Saying = {
    queue,
    at,
    instant,
    entry: (call) => ofCall(call).at(-1)?.id ?? `pbx/${call}/${queue}/never`,
    newEntry: (call) => `pbx/${call}/${queue}/${ofCall(call).length + 1}`,
    agentOf: (entry) => centre.entries.get(entry)?.agent ?? 'nobody'
  };
  for (const [form, events] of phrases) {
    const words = form.exec(plain);
    if (words === null) continue;
    const lane = how.includes('history') ? 'history' : 'live';
    const quality = how.includes('second') ? 'second' : how.includes('estimated') ? 'estimated' : 'exact';
    return events(say, ...words.slice(1)).map((event) => ({ event, lane, quality }));
  }
  throw new Error(`No timeline tells "${plain}".`);
}
