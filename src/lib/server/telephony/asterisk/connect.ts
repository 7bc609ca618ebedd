import type { SourceLostWhy } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import { Asking } from './asking.ts';
import { backoffMs } from './backoff.ts';
import { Line, type LineListener, type LineOptions } from './line.ts';
import type { Message } from './message.ts';
import { Readings } from './readings.ts';
import { Skew } from './skew.ts';
import { degradations, type TroubleCode } from './trouble.ts';

export interface ConnectorOptions extends Omit<LineOptions, 'skew'> {
  /** From 0 to 1. */
  random(): number;
}
/** What the connector found out when it asked, before anybody makes sense of it. */
export interface Asked {
  at: Instant;
  skewMs: number;
  queues: Message[];
  channels: Message[] | null;
}
/** Contact is (back): a whole reading, and what is known of the PBX's own life. */
export interface Contact extends Asked {
  session: string;
  /** By its own count, in our time; undefined when it may not tell. */
  bootedAt: Instant | undefined;
}
export interface ConnectorListener {
  heard(message: Message, at: Instant): void;
  /** A byte came while we are in contact. */
  proven(at: Instant): void;
  connected(contact: Contact): void;
  /** `at`: the last moment we were sure. */
  lost(why: SourceLostWhy, at: Instant): void;
  /** A reading of a PBX that we are in contact with: where does the floor differ? Each difference in words. */
  differing(asked: Asked): string[];
  /** Differences that were there twice: not a matter of moments. */
  drifted(differences: string[]): void;
  /** Make the floor agree with this. */
  repair(asked: Asked): void;
  /** What is wrong now, worst first; empty when all is well. */
  troubled(troubles: TroubleCode[], inContact: boolean): void;
  bytes(count: number): void;
}

/** A contact that lasted this long was a good one: the next failure is the first again. */
const goodContactMs = 10_000;

/**
 * Keeps contact with one PBX for ever: dials, reads, listens, notices silence, and dials again.
 *
 * A silent connection is kept while a new one is tried. Whichever speaks first is proven by a new reading and the
 * other closed: a stalled network delivers on the old connection, late but without a gap, all that happened.
 */
export class Connector implements LineListener {
  #options: ConnectorOptions & { skew: Skew };
  #listener: ConnectorListener;
  /** The one we work with: being dialled, read, or in contact. */
  #line: Line | null = null;
  /** One that we were in contact with and that went silent. */
  #kept: Line | null = null;
  #inContact = false;
  #contactAt: Instant = 0;
  #asking: Asking | null = null;
  #readings: Readings;
  /** What was heard while a reading was under way: it may be newer than the answer. */
  #buffer: { message: Message; at: Instant }[] | null = null;
  #failures = 0;
  #retry: unknown;
  #degraded = new Set<TroubleCode>();
  #leaves = 0;
  #stopped = false;

  constructor(options: ConnectorOptions, listener: ConnectorListener) {
    this.#options = { ...options, skew: new Skew() };
    this.#listener = listener;
    this.#readings = new Readings(options.timers, {
      ask: (channels, done) => this.#askInContact(channels, done),
      differing: (asked) => listener.differing(asked),
      drifted: (differences) => this.#drifted(differences),
      repair: (asked) => listener.repair(asked)
    });
  }

  start(): void {
    this.#dial();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#retry);
    this.#endContact('stopped', this.#options.now());
    this.#line?.close();
    this.#kept?.close();
    this.#line = this.#kept = null;
  }

  /** How many blocks of the present connection were too long to read. */
  get skipped(): number {
    return this.#line?.skipped ?? 0;
  }

  /** The connection that works, to ask on; null without contact. */
  get line(): Line | null {
    return this.#inContact ? this.#line : null;
  }

  #dial(): void {
    this.#line = new Line(this.#options, this);
    this.#buffer = null;
    this.#leaves = 0;
  }

  #dialLater(): void {
    if (this.#stopped) return;
    this.#options.timers.clearTimeout(this.#retry);
    const wait = backoffMs(this.#failures++, this.#options.random());
    this.#retry = this.#options.timers.setTimeout(() => this.#dial(), wait);
  }

  spoke(line: Line, at: Instant, bytes: number): void {
    this.#listener.bytes(bytes);
    if (line === this.#kept) this.#revive(line);
    else if (line === this.#line && this.#inContact) this.#listener.proven(at);
  }

  event(line: Line, message: Message, at: Instant): void {
    if (line !== this.#line) return;
    if (message.name === 'FullyBooted') this.#asking?.booted();
    if (message.name === 'Reload' && this.#inContact) this.#readings.soon();
    if (message.name === 'QueueCallerLeave' && !line.classes.has('call') && ++this.#leaves === 2)
      this.#degrade('missing-read-class-call');
    if (this.#buffer) this.#buffer.push({ message, at });
    else this.#listener.heard(message, at);
  }

  signedIn(line: Line): void {
    this.#buffer = [];
    this.#ask(line);
  }

  silent(line: Line): void {
    if (line !== this.#line) return;
    this.#endContact('silent', line.provenAt);
    this.#line = null;
    // One that never came so far as to be read has nothing to deliver.
    if (line.wasRead && !this.#kept) this.#kept = line;
    else line.close();
    this.#listener.troubled(['silent'], false);
    this.#dialLater();
  }

  ended(line: Line, trouble: TroubleCode): void {
    if (line === this.#kept) {
      this.#kept = null;
      return;
    }
    if (line !== this.#line) return;
    const why = trouble === 'shutting-down' ? 'shutdown' : trouble === 'wrong-secret' ? 'refused' : 'network';
    this.#endContact(why, line.provenAt);
    this.#line = null;
    this.#listener.troubled([trouble], false);
    this.#dialLater();
  }

  /** The silent one speaks again: nothing was lost on it, so it is better than any new one. */
  #revive(line: Line): void {
    this.#options.timers.clearTimeout(this.#retry);
    this.#cancelAsking();
    this.#line?.close();
    this.#kept = null;
    this.#line = line;
    this.#ask(line);
  }

  #ask(line: Line): void {
    this.#asking = new Asking(line, {
      timers: this.#options.timers,
      channels: true,
      begun: () => (this.#buffer ??= []),
      notReady: () => this.#listener.troubled(['starting'], false),
      done: (queues, channels) => this.#read(line, queues, channels)
    });
  }

  #read(line: Line, queues: Message[], channels: Message[] | null): void {
    const { now, skew } = this.#options;
    this.#asking = null;
    this.#kept?.close();
    this.#kept = null;
    this.#inContact = line.wasRead = true;
    this.#contactAt = now();
    this.#degraded.clear();
    const bootedAt = line.booted && line.booted.at - line.booted.uptimeMs;
    const session = this.#contactAt.toString(36);
    this.#listener.connected({ at: this.#contactAt, skewMs: skew.ms, queues, channels, session, bootedAt });
    this.#listener.proven(line.provenAt);
    this.#hearBuffered();
    if (channels === null) this.#degraded.add('no-channel-list');
    if (!line.booted) this.#degraded.add('missing-read-class-system');
    this.#tellDegradations();
    this.#readings.start();
  }

  #askInContact(channels: boolean, done: (asked: Asked) => void): void {
    if (!this.#line || !this.#inContact) return;
    this.#asking = new Asking(this.#line, {
      timers: this.#options.timers,
      channels: channels && !this.#degraded.has('no-channel-list'),
      begun: () => (this.#buffer ??= []),
      done: (queues, list) => {
        this.#asking = null;
        done({ at: this.#options.now(), skewMs: this.#options.skew.ms, queues, channels: list });
        this.#hearBuffered();
      }
    });
  }

  #drifted(differences: string[]): void {
    if (this.#line?.classes.has('agent')) this.#listener.drifted(differences);
    else this.#degrade('missing-read-class-agent');
  }

  #degrade(code: TroubleCode): void {
    this.#degraded.add(code);
    if (this.#inContact) this.#tellDegradations();
  }

  #tellDegradations(): void {
    this.#listener.troubled(
      degradations.filter((code) => this.#degraded.has(code)),
      true
    );
  }

  #hearBuffered(): void {
    const buffered = this.#buffer ?? [];
    this.#buffer = null;
    for (const { message, at } of buffered) this.#listener.heard(message, at);
  }

  #cancelAsking(): void {
    this.#asking?.cancel();
    this.#asking = null;
    this.#buffer = null;
  }

  #endContact(why: SourceLostWhy, at: Instant): void {
    if (this.#inContact) this.#hearBuffered(); // an unfinished answer is worth nothing, what was heard meanwhile is
    this.#cancelAsking();
    this.#readings.stop();
    const now = this.#options.now();
    const hadContact = this.#inContact;
    if (hadContact && now - this.#contactAt >= goodContactMs) this.#failures = 0;
    this.#inContact = false;
    if (hadContact || why === 'refused') this.#listener.lost(why, at);
  }
}
