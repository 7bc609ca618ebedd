import { BrokenLines } from './broken-lines.ts';
import type { Contact } from './connect.ts';
import { agentKey } from './members.ts';
import type { Message } from './message.ts';
import { QueueLogFollower } from './queue-log-follow.ts';
import { QueueLog } from './queue-log.ts';
import type { PbxSink } from './sink.ts';
import { AsteriskSource, type AsteriskSourceOptions } from './source.ts';
import { realTimers } from './timers.ts';

export interface WatchedQueueLogOptions extends AsteriskSourceOptions {
  /** The file that this exchange writes its queue_log to. */
  queueLog: string;
  /** Where lines that cannot be read are kept. */
  brokenFile: string;
  /** Told with the system's code when the file cannot be read, and with null when it can again. */
  onLogTrouble?(code: string | null): void;
}

/**
 * An Asterisk whose queue_log we can read beside its manager interface. The interface tells first; the log fills in why
 * callers left and what happened while we were away. What the log leaves unsaid, the interface has told: how far the
 * exchange's clock is from ours, and which agent its member names stand for. So the log waits for the first contact.
 */
export class AsteriskWithQueueLog extends AsteriskSource {
  #watched: WatchedQueueLogOptions;
  #sink: PbxSink | null = null;
  #follower: QueueLogFollower | null = null;
  #skewMs = 0;
  /** Since when we were blind as we started; null when this exchange was never seen before. */
  #since: number | null = null;
  #agents = new Map<string, string>();

  constructor(options: WatchedQueueLogOptions) {
    super(options);
    this.#watched = options;
  }

  override async start(sink: PbxSink): Promise<void> {
    const known = (await sink.floor()).sources.get(this.name);
    this.#since = known ? known.since : null;
    this.#sink = sink;
    await super.start(sink);
  }

  override async stop(): Promise<void> {
    await super.stop();
    this.#sink = null;
    await this.#follower?.stop();
    this.#follower = null;
  }

  override connected(contact: Contact): void {
    super.connected(contact);
    this.#skewMs = contact.skewMs;
    for (const message of contact.queues) this.#learn(message);
    if (this.#follower === null && this.#sink !== null) this.#follow(this.#sink);
  }

  override heard(message: Message, at: number): void {
    this.#learn(message);
    super.heard(message, at);
  }

  /** A reading calls it Name, the events MemberName. */
  #learn(message: Message): void {
    const name = message.first('MemberName') ?? (message.name === 'QueueMember' ? message.first('Name') : undefined);
    if (name) this.#agents.set(name, agentKey(message));
  }

  #follow(sink: PbxSink): void {
    const { queueLog, brokenFile, onLogTrouble, timers = realTimers } = this.#watched;
    const skewMs = () => this.#skewMs;
    const agentOf = (member: string) => this.#agents.get(member) ?? member;
    const broken = new BrokenLines(brokenFile);
    const log = new QueueLog({ source: this.name, sink, broken, agentKey: agentOf, skewMs });
    const options = { path: queueLog, log, timers, now: () => sink.now(), skewMs, since: this.#since };
    this.#follower = new QueueLogFollower({ ...options, onTrouble: onLogTrouble });
    void this.#follower.start();
  }
}
