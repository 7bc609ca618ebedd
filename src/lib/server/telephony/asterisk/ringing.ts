import type { RingEndedHow, RingId } from '../../../domain/telephony/event.ts';
import type { RingOnFloor } from '../../../domain/telephony/floor.ts';
import type { Message } from './message.ts';
import type { Moment, Telling } from './telling.ts';
import { stay } from './waiting.ts';

/** Telephones that ring for a waiting caller. A ring is named for the channel that the queue dialled for it. */
export class Ringing {
  #telling: Telling;
  /** Nobody answered, says the dialling; whether the telephone rang at all is told in the same millisecond. */
  #unanswered = new Set<RingId>();

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  ringOf(uniqueid: string): RingId {
    return `${this.#telling.source}/${uniqueid}`;
  }

  called(message: Message, agent: string, moment: Moment): void {
    const { channel, queue } = stay(message);
    const entry = this.#telling.open(channel, queue, 'waiting');
    const dialled = message.first('DestUniqueid');
    if (!entry || !dialled) return;
    const ring = this.ringOf(dialled);
    this.#telling.tell({ kind: 'AgentRung', entry: entry.id, agent, ring }, `${ring}/rung`, moment);
  }

  dialled(message: Message, moment: Moment): void {
    const ring = this.ringOf(message.first('DestUniqueid') ?? '');
    const known = this.#telling.floor.rings.get(ring);
    if (!known) return;
    switch (message.first('DialStatus')) {
      case 'ANSWER':
        return this.#ended(ring, known, 'answered', moment);
      case 'BUSY':
      case 'CONGESTION':
      case 'CHANUNAVAIL':
        return this.#ended(ring, known, 'busy', moment);
      case 'NOANSWER':
        this.#unanswered.add(ring);
        return;
      default:
        return this.#ended(ring, known, 'cancelled', moment);
    }
  }

  /** RingTime 0: the telephone was busy or refused at once, so nobody missed a call. */
  notAnswered(message: Message, moment: Moment): void {
    const ring = this.ringOf(message.first('DestUniqueid') ?? '');
    const known = this.#telling.floor.rings.get(ring);
    if (known) this.#ended(ring, known, message.number('RingTime') === 0 ? 'busy' : 'no-answer', moment);
  }

  hungUp(uniqueid: string, moment: Moment): void {
    const ring = this.ringOf(uniqueid);
    const known = this.#telling.floor.rings.get(ring);
    if (known) this.#ended(ring, known, this.#unanswered.has(ring) ? 'no-answer' : 'cancelled', moment);
  }

  /**
   * Nobody rings for a caller who no longer waits. With the strategy `ringall` the others are told nothing when one
   * answers, and nobody is when the caller gives up.
   */
  settle(moment: Moment, answeredBy: string | null = null): void {
    for (const [ring, known] of this.#telling.floor.rings) {
      if (this.#telling.floor.entries.get(known.entry)?.outcome === 'waiting') continue;
      this.#ended(ring, known, known.agent === answeredBy ? 'answered' : 'cancelled', moment);
    }
  }

  #ended(ring: RingId, { since }: RingOnFloor, how: RingEndedHow, moment: Moment): void {
    this.#unanswered.delete(ring);
    const rangMs = Math.max(0, moment.at - since);
    this.#telling.tell({ kind: 'RingEnded', ring, how, rangMs }, `${ring}/ended`, moment);
  }
}
