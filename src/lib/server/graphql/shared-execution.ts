/**
 * A frame is made once and sent to all: executed and written as JSON once per operation, variables and audience, however
 * many look. What each viewer costs is then a write of bytes that are there already. See docs/decisions/0002.
 */
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  executeSubscriptionEvent,
  GraphQLError,
  validateSubscriptionArgs,
  type ValidatedSubscriptionArgs
} from 'graphql';
import type { Services } from './context.ts';
import { masked } from './refusal.ts';
import { Broadcast } from './broadcast.ts';

/** One viewer's place in an audience. */
export interface Listener {
  /** Takes the bytes of a payload and the brace that ends the message around it. Must not change them: they are everybody's. */
  write(payload: Buffer): void;
}

/** All who follow the same operation with the same variables and may see the same. */
export class Audience {
  readonly key: string;
  /** How many times a frame was made: for the tests and /metrics. */
  made = 0;
  #listeners = new Set<Listener>();
  #shared: Broadcast<unknown>;
  #args: ValidatedSubscriptionArgs;
  #services: Services;
  #stop: (() => void) | null = null;
  #payload: Buffer | null = null;
  #round = 0;
  #empty: () => void;

  constructor(
    key: string,
    shared: Broadcast<unknown>,
    args: ValidatedSubscriptionArgs,
    services: Services,
    empty: () => void
  ) {
    this.key = key;
    this.#shared = shared;
    // The first viewer's context must not live on in an execution for everybody.
    this.#args = { ...args, contextValue: undefined };
    this.#services = services;
    this.#empty = empty;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Gives the newest frame at once and each new one, until `leave`. */
  join(listener: Listener): void {
    this.#listeners.add(listener);
    this.#stop ??= this.#shared.watch((value) => this.#tell(value));
    if (this.#payload) listener.write(this.#payload);
    else if (this.#listeners.size === 1) {
      const newest = this.#shared.current();
      if (newest !== null) this.#tell(newest);
    }
  }

  leave(listener: Listener): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size) return;
    this.#stop?.();
    this.#stop = null;
    this.#payload = null;
    this.#round++;
    this.#empty();
  }

  #tell(value: unknown): void {
    const round = ++this.#round;
    const result = this.#make(value);
    if (result instanceof Promise) {
      // Today's resolvers answer at once. If one should wait, a frame that was overtaken meanwhile is left out.
      void result.then((late) => {
        if (round === this.#round) this.#send(late);
      });
    } else this.#send(result);
  }

  #make(value: unknown): ExecutionResult | Promise<ExecutionResult> {
    this.made++;
    const contextValue = { ...this.#services, viewer: null, audience: this.#shared.audience };
    return executeSubscriptionEvent({ ...this.#args, rootValue: value, contextValue });
  }

  #send(result: ExecutionResult): void {
    this.#payload = Buffer.from(`${JSON.stringify(wireResult(result, this.#services))}}`);
    for (const listener of this.#listeners) listener.write(this.#payload);
  }
}

/** A result as it goes out, with our own mistakes masked. */
export function wireResult(result: ExecutionResult, { log }: Pick<Services, 'log'>): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map((error) => masked(error, log)) } : result;
}

export class SharedExecution {
  #services: Services;
  #audiences = new Map<string, Audience>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** How many different frames are being made. */
  get audiences(): Audience[] {
    return [...this.#audiences.values()];
  }

  /**
   * Asks the schema to let the viewer (in `args`) in to an admitted subscription. `key` is the operation's. Errors are
   * those of the operation: unknown variables, or no right.
   */
  async admit(args: ExecutionArgs, key: string): Promise<Invitation | readonly GraphQLError[]> {
    const validated = validateSubscriptionArgs(args);
    if (!('schema' in validated)) return validated;
    const source = await createSourceEventStream(validated);
    if (!(Symbol.asyncIterator in source)) return source.errors ?? [new GraphQLError('There is nothing to follow')];
    if (!(source instanceof Broadcast)) {
      throw new Error(`${validated.operation.name?.value ?? 'A subscription'} is not shared`);
    }
    // Only variables that the operation declares are in `coerced`: others would make the same frame seem another.
    return { key: JSON.stringify([key, validated.variableValues.coerced, source.name]), source, validated };
  }

  /** Joins the audience that the invitation is to; the first opens it, and the last to leave closes it. */
  join({ key, source, validated }: Invitation, listener: Listener): Audience {
    let audience = this.#audiences.get(key);
    if (!audience) {
      audience = new Audience(key, source, validated, this.#services, () => this.#audiences.delete(key));
      this.#audiences.set(key, audience);
    }
    audience.join(listener);
    return audience;
  }
}

/** Someone may follow; nothing is made for them until they join. */
export interface Invitation {
  /** Of the audience: the same operation, variables and right. */
  key: string;
  source: Broadcast<unknown>;
  validated: ValidatedSubscriptionArgs;
}
