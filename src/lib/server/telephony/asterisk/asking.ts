import type { Line } from './line.ts';
import type { Message } from './message.ts';
import type { Timers } from './timers.ts';

export interface AskingOptions {
  timers: Timers;
  /** Whether to ask for the channels too. */
  channels: boolean;
  /** The PBX begins to answer: what it tells from now on may be newer than its answer. */
  begun?: () => void;
  /** `channels` is null when they were not asked for or the PBX does not let us. */
  done(queues: Message[], channels: Message[] | null): void;
  /** The PBX is starting: we go on asking. */
  notReady?: () => void;
}

/** A user without the class `system` never hears that the PBX is up: then we ask without having been told. */
const bootPatienceMs = 2_000;
const askAgainMs = 1_000;
const answerWithinMs = 30_000;

/**
 * Asks a PBX for all it knows of now. A PBX that has just started lets us in before its queues are loaded and answers
 * with an error: that means "not yet", never "no queues", so we ask again when it says that it is up, and each second.
 */
export class Asking {
  #line: Line;
  #options: AskingOptions;
  #timer: unknown;
  #inFlight = false;
  #bootedSince = false;

  constructor(line: Line, options: AskingOptions) {
    this.#line = line;
    this.#options = options;
    if (line.booted) this.#askQueues();
    else this.#wait(bootPatienceMs);
  }

  /** The PBX has said that it is up. */
  booted(): void {
    if (this.#inFlight) this.#bootedSince = true;
    else this.#askQueues();
  }

  cancel(): void {
    this.#options.timers.clearTimeout(this.#timer);
    this.#inFlight = true; // whatever is answered later is not for us
    this.#options = { ...this.#options, begun: undefined, notReady: undefined, done: () => undefined };
  }

  #wait(ms: number): void {
    this.#options.timers.clearTimeout(this.#timer);
    this.#timer = this.#options.timers.setTimeout(() => this.#askQueues(), ms);
  }

  #askQueues(): void {
    const { timers } = this.#options;
    this.#inFlight = true;
    this.#bootedSince = false;
    timers.clearTimeout(this.#timer);
    this.#timer = timers.setTimeout(() => this.#line.giveUp('no-reading'), answerWithinMs);
    this.#line.ask(
      'QueueStatus',
      'QueueStatusComplete',
      ({ response, list }) => {
        if (response.name === 'Success') return this.#askChannels(list);
        this.#inFlight = false;
        this.#options.notReady?.();
        if (this.#bootedSince) this.#askQueues();
        else this.#wait(askAgainMs);
      },
      { begun: () => this.#options.begun?.() }
    );
  }

  #askChannels(queues: Message[]): void {
    if (!this.#options.channels) return this.#finish(queues, null);
    this.#line.ask('CoreShowChannels', 'CoreShowChannelsComplete', ({ response, list }) =>
      this.#finish(queues, response.name === 'Success' ? list : null)
    );
  }

  #finish(queues: Message[], channels: Message[] | null): void {
    this.#options.timers.clearTimeout(this.#timer);
    this.#options.done(queues, channels);
  }
}
