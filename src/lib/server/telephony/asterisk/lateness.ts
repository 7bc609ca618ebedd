import type { Instant } from '../../../domain/time.ts';
import type { Message } from './message.ts';

/** How many channels back we look for the usual delay. */
const remembered = 100;
/** Less than this is not lateness: a Uniqueid has the whole second in which its channel was made, cut off. */
const leastMs = 3000;

/**
 * How late a line tells of things that it held up. A network that stalls delivers at last all that happened, in one
 * burst, and no event says when that was. But every new channel carries in its Uniqueid the second in which the PBX
 * made it, so the delay of new channels, beside what it usually is, is the lateness of all that comes with them.
 *
 * Only looked for after contact was lost, until a channel is told of in time again: at other times a difference is the
 * PBX's clock being set.
 */
export class Lateness {
  #delays: number[] = [];
  #suspected = false;
  #lateMs = 0;

  suspect(): void {
    this.#suspected = true;
  }

  /** How long before `at` an event that is heard then happened; 0 when the line is not late. */
  of(message: Message, at: Instant): number {
    if (message.name !== 'Newchannel') return this.#lateMs;
    const made = /(\d{9,})\.\d+$/.exec(message.first('Uniqueid') ?? '');
    if (!made) return this.#lateMs;
    const delay = at - Number(made[1]) * 1000;
    const beyond = this.#suspected && this.#delays.length > 0 ? delay - Math.min(...this.#delays) : 0;
    if (beyond > leastMs) {
      // The usual delay is the smallest of many, this one lies anywhere in its second: half a second is the middle.
      this.#lateMs = beyond - 500;
    } else {
      this.#suspected = false;
      this.#lateMs = 0;
      this.#delays.push(delay);
      if (this.#delays.length > remembered) this.#delays.shift();
    }
    return this.#lateMs;
  }
}
