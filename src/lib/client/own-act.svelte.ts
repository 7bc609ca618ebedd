import type { WireOutcome } from '../operations/coaching-persisted.ts';
import { carryOut } from './coaching-command.ts';
import { Refusal } from './graphql.ts';

/** Why something was not done: a refusal of the domain, or that the server could not be asked. */
export type NotDone = { kind: 'refused'; code: string; most: number | null } | { kind: 'unanswered' };

/** The commands of one page: one at a time, with what came of the last. */
export class OwnActs {
  running: boolean = $state(false);
  notDone: NotDone | null = $state.raw(null);
  readonly #then: () => Promise<void>;

  /** `then` reads the page anew, because what was done has changed it. */
  constructor(then: () => Promise<void>) {
    this.#then = then;
  }

  /** True when it was done. */
  async do(send: (commandId: string) => Promise<WireOutcome>): Promise<boolean> {
    if (this.running) return false;
    this.running = true;
    this.notDone = null;
    try {
      const { refusal, most } = await carryOut(send);
      if (refusal !== null) this.notDone = { kind: 'refused', code: refusal, most };
      await this.#then();
      return refusal === null;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.notDone = { kind: 'unanswered' };
      return false;
    } finally {
      this.running = false;
    }
  }
}
