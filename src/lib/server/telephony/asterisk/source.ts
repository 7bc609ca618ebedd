import { connect, type Socket } from 'node:net';
import type { SourceLostWhy, SourceName, Told } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import { Connector, type Asked, type ConnectorListener, type Contact } from './connect.ts';
import type { Message } from './message.ts';
import { pauseAnswer, queuePause, type PauseAnswer } from './pausing.ts';
import type { PbxHealth, PbxSink } from './sink.ts';
import { realTimers, type Timers } from './timers.ts';
import { Translator } from './translate.ts';
import { troubleOf, type Trouble, type TroubleCode } from './trouble.ts';

export interface AsteriskSourceOptions {
  name: SourceName;
  host: string;
  port: number;
  user: string;
  secret: string;
  /** Told whenever what is wrong changes; null when all is well. For the operator's log: no names or numbers in it. */
  onTrouble?(trouble: Trouble | null): void;
  dial?(to: { host: string; port: number }): Socket;
  timers?: Timers;
  random?(): number;
}

/** A decision that is due later than this after its time was held up by us: what would change it may be in the socket. */
const lateMs = 100;
const lookAgainMs = 20;
const reportEveryMs = 1_000;

/** One Asterisk: keeps contact, translates what it says, and tells the sink what happened. */
export class AsteriskSource implements ConnectorListener {
  readonly name: SourceName;
  #options: AsteriskSourceOptions;
  #timers: Timers;
  #connector: Connector | null = null;
  #translator: Translator | null = null;
  #sink: PbxSink | null = null;
  #due: { at: Instant; timer: unknown } | null = null;
  #trouble: TroubleCode | null = null;
  #counts = { bytes: 0, drift: 0, gapRepairs: 0, contacts: 0 };
  #anomalies: Record<string, number> = {};
  #reportedAt: Instant = -Infinity;

  constructor(options: AsteriskSourceOptions) {
    this.name = options.name;
    this.#options = options;
    this.#timers = options.timers ?? realTimers;
  }

  async start(sink: PbxSink): Promise<void> {
    const { name, host, port, user, secret } = this.#options;
    this.#sink = sink;
    this.#translator = new Translator({
      source: name,
      floor: await sink.floor(),
      wrapUpMs: (queue) => sink.wrapUpMs(queue),
      wrapUpReason: (reason) => sink.isWrapUpReason(reason)
    });
    const dial = this.#options.dial ?? ((to) => connect(to));
    const random = this.#options.random ?? Math.random;
    const now = () => sink.now();
    this.#connector = new Connector({ host, port, user, secret, dial, random, now, timers: this.#timers }, this);
    sink.health({ state: 'connecting', trouble: null });
    this.#wereDown();
    this.#connector.start();
  }

  /** The floor says that we are in contact, but it is we who have just begun: nobody wrote that we went down. */
  #wereDown(): void {
    const { floor } = this.#translator!;
    const known = floor.sources.get(this.name);
    if (known?.state !== 'connected') return;
    let sure = known.since;
    for (const entry of floor.entries.values()) sure = Math.max(sure, entry.offeredAt, entry.answeredAt ?? 0);
    this.lost('stopped', sure);
  }

  async stop(): Promise<void> {
    this.#connector?.stop();
    this.#timers.clearTimeout(this.#due?.timer);
    this.#due = null;
  }

  /** In every queue, by each of the agent's members; the answer is the PBX's own, and the pause itself comes as events. */
  async pause(agentKey: string, paused: boolean, reason: string | null): Promise<PauseAnswer> {
    const members = this.#translator?.interfacesOf(agentKey) ?? [];
    if (members.length === 0) return 'not-member';
    const answers = await Promise.all(
      members.map((member) => queuePause(this.#connector?.line ?? null, { member, paused, reason }, this.#timers))
    );
    return pauseAnswer(answers);
  }

  connected({ at, skewMs, queues, channels, session, bootedAt }: Contact): void {
    const translator = this.#translator!;
    const known = translator.floor.sources.has(this.name);
    const told = translator.connected(session, at, { pbxBootedAt: bootedAt, skewMs });
    const repairs = translator.repair(translator.snapshot(queues, channels, at));
    if (known) this.#counts.gapRepairs += repairs.length;
    this.#counts.contacts++;
    this.#tell([...told, ...repairs]);
  }

  heard(message: Message, at: Instant): void {
    this.#tell(this.#translator!.heard(message, at));
  }

  proven(at: Instant): void {
    this.#sink!.proven(at);
  }

  lost(why: SourceLostWhy, at: Instant): void {
    const { floor } = this.#translator!;
    if (floor.sources.get(this.name)?.state === 'lost') return;
    this.#tell(this.#translator!.lost(why, at, this.#sink!.now()));
  }

  differing({ queues, at }: Asked): string[] {
    const translator = this.#translator!;
    const found = translator.differences(translator.snapshot(queues, null, at));
    return found.map(({ what, queue, key }) => `${what} ${queue} ${key}`);
  }

  drifted(differences: string[]): void {
    this.#counts.drift += differences.length;
    this.#report({});
  }

  repair({ queues, channels, at }: Asked): void {
    const translator = this.#translator!;
    this.#tell(translator.repair(translator.snapshot(queues, channels, at)));
  }

  troubled(troubles: TroubleCode[], inContact: boolean): void {
    const worst = troubles[0] ?? null;
    const changed = worst !== this.#trouble;
    this.#trouble = worst;
    const state = inContact ? 'connected' : worst === 'starting' ? 'starting' : 'lost';
    this.#report({ state, trouble: worst });
    if (changed) this.#options.onTrouble?.(worst && troubleOf(worst));
  }

  bytes(count: number): void {
    this.#counts.bytes += count;
    if (this.#sink!.now() - this.#reportedAt >= reportEveryMs) this.#report({});
  }

  #report(state: Partial<PbxHealth>): void {
    const { bytes, drift, gapRepairs, contacts } = this.#counts;
    this.#reportedAt = this.#sink!.now();
    const anomalies = {
      ...this.#anomalies,
      ...(this.#connector?.skipped ? { 'too-long': this.#connector.skipped } : {})
    };
    this.#sink!.health({ ...state, bytes, drift, gapRepairs, anomalies, reconnects: Math.max(0, contacts - 1) });
  }

  #tell(told: Told[]): void {
    for (const { event } of told)
      if (event.kind === 'Anomaly') this.#anomalies[event.code] = (this.#anomalies[event.code] ?? 0) + 1;
    // Who could not write it says so itself; what comes after it must be told all the same.
    if (told.length > 0) this.#sink!.append(told).catch(() => undefined);
    this.#waitForDecisions();
  }

  /** One timer for whatever the translator holds back for a moment. */
  #waitForDecisions(): void {
    const next = this.#translator!.nextDue();
    if (next === (this.#due?.at ?? null)) return;
    this.#timers.clearTimeout(this.#due?.timer);
    this.#due = next === null ? null : { at: next, timer: this.#after(next - this.#sink!.now(), next) };
  }

  #after(ms: number, due: Instant): unknown {
    return this.#timers.setTimeout(() => this.#decide(due, ms >= lookAgainMs), Math.max(0, ms));
  }

  #decide(due: Instant, mayWait: boolean): void {
    const now = this.#sink!.now();
    if (mayWait && now - due > lateMs) {
      this.#due = { at: due, timer: this.#timers.setTimeout(() => this.#decide(due, false), lookAgainMs) };
      return;
    }
    this.#due = null;
    this.#tell(this.#translator!.due(now));
  }
}
