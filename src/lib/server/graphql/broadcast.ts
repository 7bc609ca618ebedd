import type { AudienceScope } from './context.ts';

/**
 * Something live that is the same for everyone who may see it, such as a board. It can be read like any other stream,
 * one reader at a time; whoever serves many looks for it and makes each value into bytes once (`shared-execution.ts`).
 */
export class Broadcast<Value> implements AsyncIterable<Value> {
  /** The same for two streams that tell the same. */
  readonly name: string;
  /** What an execution for all of them may read: a board, or one person's own strip. */
  readonly audience: AudienceScope;
  /** The newest value; null when there is none any more. */
  readonly current: () => Value | null;
  /** Calls back with each new value; returns how to stop. */
  readonly watch: (onValue: (value: Value) => void) => () => void;

  constructor(
    name: string,
    audience: AudienceScope,
    current: () => Value | null,
    watch: (onValue: (value: Value) => void) => () => void
  ) {
    this.name = name;
    this.audience = audience;
    this.current = current;
    this.watch = watch;
  }

  /** The newest value at once, then each new one. A slow reader misses those between, never the newest. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Value, void, void> {
    let newest = this.current();
    let wake = () => {};
    const stop = this.watch((value) => {
      newest = value;
      wake();
    });
    try {
      for (;;) {
        const told = newest;
        if (told !== null) yield told;
        while (newest === told) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stop();
    }
  }
}
