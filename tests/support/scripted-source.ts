import type { CallEvent, Told } from '../../src/lib/domain/telephony/event.ts';
import type { Source, SourceSink } from '../../src/lib/server/live/ports.ts';

/** A PBX of one queue that says what a test has it say, when the test has it say it. */
export class ScriptedSource implements Source {
  readonly name: string;
  running = false;
  #sink: SourceSink | null = null;
  #keys = 0;

  constructor(name = 'main') {
    this.name = name;
  }

  async start(sink: SourceSink): Promise<void> {
    this.#sink = sink;
    this.running = true;
    sink.health({ state: 'starting' });
    // A key is used once in the life of a PBX, so also after this one was started again.
    this.#keys = sink.now();
    await this.tell(
      { kind: 'QueueSeen', queue: 'vaxel', limit: null },
      { kind: 'SourceConnected', session: `s${this.#keys}`, skewMs: 0 }
    );
    sink.proven(sink.now());
    sink.health({ state: 'connected' });
  }

  async stop(): Promise<void> {
    this.running = false;
  }

  async tell(...events: CallEvent[]): Promise<void> {
    const sink = this.#sink!;
    const at = sink.now();
    const told = events.map((event): Told => {
      return { at, seenAt: at, key: `k${this.#keys++}`, lane: 'live', quality: 'exact', event };
    });
    await sink.append(told);
    sink.proven(at);
  }

  /** Something is wrong with it, or not any more. */
  troubled(trouble: string | null): void {
    this.#sink!.health({ trouble });
  }

  /** Somebody calls and waits. */
  async callComesIn(number: number): Promise<void> {
    const [call, channel] = [`${this.name}/${number}`, String(number)];
    const entry = `${this.name}/${number}/vaxel/1`;
    await this.tell({ kind: 'CallOffered', call, entry, queue: 'vaxel', channel });
  }
}
