import type { CallEvent, Device, Told } from '../../src/lib/domain/telephony/event.ts';
import { MINUTE_MS, type Instant } from '../../src/lib/domain/time.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * What a PBX might tell over some hours: plausible, and now and then wrong. Callers wait, are rung for, answered, held,
 * moved and passed on, or give up; agents come, pause and go; contact is lost and comes back; corrections come late;
 * `at` jumps back a little; and one event in twenty cannot be. The same for the same seed.
 */
export function randomStream(seed: number, startsAt: Instant, events = 400): Told[] {
  return new Stream(seed, startsAt).tellUntil(events);
}

interface StreamEntry {
  id: string;
  call: string;
  queue: string;
  offeredAt: Instant;
  answeredAt?: Instant;
  state: 'waiting' | 'talking' | 'held' | 'over';
  agent?: string;
  ring?: { id: string; agent: string };
  wasLost?: boolean;
}

const QUEUES = ['vaxel', 'skola', 'omsorg'];
const AGENTS = ['Ada', 'Bo', 'Cilla', 'Dag', 'Eva', 'Finn'];

class Stream {
  #told: Told[] = [];
  #entries: StreamEntry[] = [];
  #calls = 0;
  #rings = 0;
  #now: Instant;
  #random: () => number;

  constructor(seed: number, startsAt: Instant) {
    this.#random = seededRandom(seed);
    this.#now = startsAt;
  }

  tellUntil(events: number): Told[] {
    this.#tell({ kind: 'SourceConnected', session: 's0', skewMs: 0 });
    for (const queue of QUEUES) this.#tell({ kind: 'QueueSeen', queue, limit: null });
    for (const agent of AGENTS) for (const queue of QUEUES) this.#tell({ kind: 'AgentJoinedQueue', agent, queue });
    while (this.#told.length < events) {
      this.#now += Math.floor(this.#random() ** 3 * 4 * MINUTE_MS);
      this.#somethingHappens();
    }
    return this.#told;
  }

  #somethingHappens(): void {
    const chance = this.#random();
    if (chance < 0.3) return this.#offer(`pbx/${++this.#calls}`, this.#one(QUEUES));
    if (chance < 0.75) return this.#entryMoves();
    if (chance < 0.9) return this.#agentMoves();
    if (chance < 0.93) return this.#correct();
    if (chance < 0.95) return this.#blind();
    return this.#impossible();
  }

  #offer(call: string, queue: string, from?: string): void {
    const id = `${call}/${queue}/${this.#entries.length}`;
    this.#entries.push({ id, call, queue, offeredAt: this.#now, state: 'waiting' });
    const channel = call.slice(4);
    this.#tell({ kind: 'CallOffered', call, entry: id, queue, channel, ...(from === undefined ? {} : { from }) });
  }

  #entryMoves(): void {
    const open = this.#entries.filter((entry) => entry.state !== 'over');
    if (open.length === 0) return;
    const entry = this.#one(open);
    if (entry.state === 'waiting') this.#waitingMoves(entry);
    else this.#talkMoves(entry);
  }

  #waitingMoves(entry: StreamEntry): void {
    const chance = this.#random();
    if (chance < 0.3 && entry.ring === undefined) {
      entry.ring = { id: `ring ${++this.#rings}`, agent: this.#one(AGENTS) };
      this.#tell({ kind: 'AgentRung', entry: entry.id, agent: entry.ring.agent, ring: entry.ring.id });
    } else if (chance < 0.7) {
      const agent = entry.ring?.agent ?? this.#one(AGENTS);
      Object.assign(entry, { state: 'talking', agent, answeredAt: this.#now });
      this.#tell({ kind: 'CallAnswered', entry: entry.id, agent });
      this.#endRing(entry, 'answered');
    } else {
      entry.state = 'over';
      if (chance < 0.8) this.#tell({ kind: 'CallAbandoned', entry: entry.id });
      else if (chance < 0.95) this.#overflow(entry);
      else {
        entry.wasLost = true;
        this.#tell({ kind: 'CallLost', entry: entry.id, why: 'gap' });
      }
      this.#endRing(entry, 'cancelled');
    }
  }

  #overflow(entry: StreamEntry): void {
    const why = this.#one(['time-out', 'key', 'empty', 'moved', 'unstated'] as const);
    this.#tell({ kind: 'CallOverflowed', entry: entry.id, why });
    if (why === 'moved') this.#offer(entry.call, this.#one(QUEUES), entry.queue);
  }

  #endRing(entry: StreamEntry, how: 'answered' | 'cancelled'): void {
    if (entry.ring !== undefined) this.#tell({ kind: 'RingEnded', ring: entry.ring.id, how, rangMs: 4000 });
    delete entry.ring;
  }

  #talkMoves(entry: StreamEntry): void {
    const agent = entry.agent ?? 'nobody';
    if (entry.state === 'held') {
      entry.state = 'talking';
      return this.#tell({ kind: 'CallResumed', entry: entry.id });
    }
    const chance = this.#random();
    if (chance < 0.2) {
      entry.state = 'held';
      return this.#tell({ kind: 'CallHeld', entry: entry.id });
    }
    entry.state = 'over';
    if (chance < 0.6) this.#tell({ kind: 'CallPassedOn', entry: entry.id, agent, how: 'attended' });
    const wrapUpUntil = chance < 0.8 ? { wrapUpUntil: this.#now + Math.floor(this.#random() * MINUTE_MS) } : {};
    this.#tell({ kind: 'TalkEnded', entry: entry.id, agent, by: 'caller', ...wrapUpUntil });
  }

  #agentMoves(): void {
    const agent = this.#one(AGENTS);
    const queue = this.#one(QUEUES);
    const device = this.#one(['free', 'busy', 'unreachable'] as const satisfies Device[]);
    const wrapUp = this.#random() < 0.3;
    this.#tell(
      this.#one<CallEvent>([
        { kind: 'AgentPaused', agent, queue, wrapUp },
        { kind: 'AgentUnpaused', agent, queue },
        { kind: 'DeviceChanged', agent, device },
        { kind: 'AgentLeftQueue', agent, queue },
        { kind: 'AgentJoinedQueue', agent, queue },
        { kind: 'CallRefused', call: `pbx/${++this.#calls}`, queue, why: 'full' }
      ])
    );
  }

  #correct(): void {
    const lost = this.#entries.filter((entry) => entry.wasLost === true);
    if (lost.length === 0) return;
    const entry = this.#one(lost);
    delete entry.wasLost;
    const answeredAt = entry.offeredAt + 20_000;
    const talk = { answeredAt, agent: this.#one(AGENTS), talkEndedAt: answeredAt + 90_000, by: 'caller' as const };
    const correction: CallEvent = {
      kind: 'EntryCorrected',
      entry: entry.id,
      was: { outcome: 'lost' },
      now: { outcome: 'answered', ...talk },
      evidence: 'queue-log'
    };
    this.#tell(correction, 'history');
  }

  #blind(): void {
    this.#tell({ kind: 'SourceLost', why: 'network' });
    this.#now += Math.floor(this.#random() * 2 * MINUTE_MS);
    this.#tell({ kind: 'SourceConnected', session: `s${this.#told.length}`, skewMs: 0 });
  }

  #impossible(): void {
    const over = this.#entries.filter((entry) => entry.state !== 'waiting');
    const entry = over.length > 0 && this.#random() < 0.7 ? this.#one(over).id : 'pbx/never/vaxel/1';
    this.#tell(
      this.#one<CallEvent>([
        { kind: 'CallAnswered', entry, agent: 'Ada' },
        { kind: 'CallAbandoned', entry },
        { kind: 'CallOverflowed', entry, why: 'time-out' },
        { kind: 'CallLost', entry, why: 'gap' },
        { kind: 'CallResumed', entry: 'pbx/never/vaxel/1' },
        { kind: 'RingEnded', ring: 'never', how: 'busy', rangMs: 0 },
        { kind: 'AgentPaused', agent: 'nobody', queue: 'vaxel', wrapUp: false },
        { kind: 'Anomaly', code: 'no-such-channel', entry }
      ])
    );
  }

  #tell(event: CallEvent, lane: Told['lane'] = 'live'): void {
    const isLate = this.#random() < 0.1;
    const at = isLate ? this.#now - Math.floor(this.#random() * 3000) : this.#now;
    const quality = isLate ? this.#one(['exact', 'second', 'estimated'] as const) : 'exact';
    this.#told.push({ at, seenAt: this.#now, key: `told ${this.#told.length}`, lane, quality, event });
  }

  #one<Each>(of: readonly Each[]): Each {
    return of[Math.floor(this.#random() * of.length)]!;
  }
}
