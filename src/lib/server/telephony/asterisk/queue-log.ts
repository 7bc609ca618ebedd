import type { Entry } from '../../../domain/telephony/call.ts';
import { isOpen } from '../../../domain/telephony/call.ts';
import type { SourceName, Told } from '../../../domain/telephony/event.ts';
import { queueLogLine } from '../../../domain/telephony/queue-log-line.ts';
import { QueueLogStays, type LoggedStay } from '../../../domain/telephony/queue-log-stays.ts';
import { endOf, reconcileQueueLog, restartSeconds, sameStayMs } from '../../../domain/telephony/queue-log.ts';
import type { Instant } from '../../../domain/time.ts';
import type { BrokenLines } from './broken-lines.ts';

/** What reading a queue_log needs of the log of events. The engine's sink has it; so has the command line. */
export interface QueueLogSink {
  now(): Instant;
  /** Resolves when every event is durable. */
  append(told: Told[]): Promise<void>;
  /** Entries that overlap these instants, in the PBX's own names. */
  entries(from: Instant, to: Instant): Promise<Entry[]>;
}
export interface QueueLogOptions {
  source: SourceName;
  sink: QueueLogSink;
  broken: BrokenLines;
  /** The agent's key behind a member's name. Without it the name is the key. */
  agentKey?(member: string): string;
  skewMs?(): number;
}

/** Enough stays to make one transaction worth while, few enough to go on telling live events between two. */
const staysAtOnce = 2_000;
const askedAtOnceSeconds = 24 * 3600;
const undecidedMost = 10_000;

/** Takes lines of a queue_log in order, and tells what they say that was not known. */
export class QueueLog {
  lines = 0;
  /** How many events were told; those that had been told before are not told again. */
  told = 0;
  /** Seconds of the first and the last line. */
  span: { from: number; to: number } | null = null;
  #options: QueueLogOptions;
  #stays = new QueueLogStays();
  #over: LoggedStay[] = [];
  /** Over by the log, but nothing can be said of them yet. */
  #undecided: LoggedStay[] = [];
  #ended = false;

  constructor(options: QueueLogOptions) {
    this.#options = options;
  }

  /** `from` names the file, for lines that cannot be read. */
  async take(lines: readonly string[], from: string): Promise<void> {
    const { broken } = this.#options;
    for (const text of lines) {
      if (text === '') continue;
      this.lines++;
      const line = queueLogLine(text);
      if (typeof line === 'string') {
        broken.add(text, line, from);
        continue;
      }
      if (this.span === null) this.span = { from: line.second, to: line.second };
      else this.span.to = Math.max(this.span.to, line.second);
      for (const stay of this.#stays.take(line)) this.#over.push(stay);
    }
    await broken.save();
    if (this.#over.length >= staysAtOnce) await this.tell();
  }

  /** The PBX's time has come so far without more lines. */
  advance(second: number): void {
    this.#over.push(...this.#stays.advance(second));
  }

  /** No more lines come: what is open is told as far as it is known. */
  async end(): Promise<void> {
    this.#over.push(...this.#stays.rest());
    this.#ended = true;
    await this.tell();
    await this.#options.broken.save(true);
  }

  /**
   * Tells what is over. A stay that is open to us still is looked at again when we have heard its end, and one that we
   * lost in a gap when no restart of the PBX can belong to it any more.
   */
  async tell(): Promise<void> {
    const over = [...this.#undecided.splice(0), ...this.#over.splice(0)];
    while (over.length > 0) {
      const stays = over.splice(0, nearOnes(over));
      try {
        this.#undecided.push(...(await this.#tell(stays)));
      } catch (error) {
        this.#over.unshift(...stays, ...over); // what could not be written is not forgotten
        throw error;
      }
    }
    if (this.#undecided.length > undecidedMost) this.#undecided.splice(0, this.#undecided.length - undecidedMost);
  }

  async #tell(stays: LoggedStay[]): Promise<LoggedStay[]> {
    const { source, sink, agentKey = (member) => member, skewMs = () => 0 } = this.#options;
    let [first, last] = [Infinity, -Infinity];
    for (const { joined } of stays) [first, last] = [Math.min(first, joined.second), Math.max(last, joined.second)];
    const skew = skewMs();
    const within = 2 * sameStayMs;
    const known = await sink.entries(first * 1000 - skew - within, last * 1000 - skew + within);
    const open = new Set(known.filter(isOpen).map(nameOf));
    const lost = new Set(known.filter(isLostInGap).map(nameOf));
    const mayBeRestarted = (stay: LoggedStay) => endOf(stay) + restartSeconds >= this.#stays.second;
    const isUndecided = (stay: LoggedStay) => {
      const name = `${stay.uniqueid}\n${stay.queue}`;
      return !this.#ended && (open.has(name) || (lost.has(name) && mayBeRestarted(stay)));
    };
    const undecided = open.size + lost.size === 0 ? [] : stays.filter(isUndecided);
    const decided = undecided.length === 0 ? stays : stays.filter((stay) => !undecided.includes(stay));
    const restarts = this.#stays.restarts;
    const told = reconcileQueueLog(known, decided, { source, seenAt: sink.now(), skewMs: skew, agentKey, restarts });
    if (told.length > 0) await sink.append(told);
    this.told += told.length;
    return undecided;
  }
}

/** How many of the first stays are asked about at once: not over a long time, because all entries in it are read. */
function nearOnes(stays: readonly LoggedStay[]): number {
  const first = stays[0]!.joined.second;
  const far = stays.findIndex(({ joined }) => Math.abs(joined.second - first) > askedAtOnceSeconds);
  return Math.min(staysAtOnce, far < 0 ? stays.length : far);
}

function nameOf({ channel, queue }: Entry): string {
  return `${channel}\n${queue}`;
}

function isLostInGap({ outcome, why }: Entry): boolean {
  return outcome === 'lost' && why === 'gap';
}
