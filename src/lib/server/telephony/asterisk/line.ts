import type { Socket } from 'node:net';
import type { Instant } from '../../../domain/time.ts';
import type { Answer, Message } from './message.ts';
import { Parser } from './parse.ts';
import type { Skew } from './skew.ts';
import type { Timers } from './timers.ts';
import type { TroubleCode } from './trouble.ts';

export interface LineOptions {
  host: string;
  port: number;
  user: string;
  secret: string;
  dial(to: { host: string; port: number }): Socket;
  timers: Timers;
  now(): Instant;
  skew: Skew;
}
/** Who is told what one connection says and how it fares. */
export interface LineListener {
  /** Bytes came, before anything is made of them. */
  spoke(line: Line, at: Instant, bytes: number): void;
  /** What nobody asked for. */
  event(line: Line, message: Message, at: Instant): void;
  /** We are signed in and hear events; the PBX may still be starting. */
  signedIn(line: Line): void;
  /** Five seconds without a byte, although we asked. The connection stays open. */
  silent(line: Line): void;
  /** Over for good. Told once. */
  ended(line: Line, trouble: TroubleCode): void;
}
interface Asked {
  /** The event that closes the list; null when the answer is the response alone. */
  complete: string | null;
  begun?: () => void;
  done(answer: Answer): void;
  response?: Message;
  list: Message[];
}
/** `begun`: told when a list begins; `fields`: what the action says beside its name. */
type More = Pick<Asked, 'begun'> & { fields?: Record<string, string> };

const events = 'agent,call,system,user';
const greetingWithinMs = 5_000;
const signedInWithinMs = 10_000;
const pingAfterMs = 3_000;
const pingEveryMs = 10_000;
const silentAfterMs = 5_000;
const lateMs = 500;
const lookAgainMs = 50;

/**
 * One connection to the manager interface from dialling to its end: greets, signs in, asks, and watches that the PBX
 * is still there. Knows nothing of queues and never dials again: `connect.ts` does.
 */
export class Line {
  /** Whether the PBX has said that it is up, and since when by its own count; undefined when it has not. */
  booted: { at: Instant; uptimeMs: number } | undefined;
  /** The last byte that came. */
  provenAt: Instant;
  isSilent = false;
  /** Whether a whole reading was once taken on it: then what it says is a continuation of what we know. */
  wasRead = false;
  /** The read classes of what we heard: one that never comes may be missing. */
  readonly classes = new Set<string>();
  /** Blocks that were too long to read. */
  get skipped(): number {
    return this.#parser.skipped;
  }

  #options: LineOptions;
  #listener: LineListener;
  #socket: Socket;
  #parser = new Parser();
  #asked = new Map<string, Asked>();
  #asks = 0;
  #state: 'dialling' | 'signing-in' | 'signed-in' | 'ended' = 'dialling';
  #shuttingDown = false;
  #pingedAt: Instant = -Infinity;
  #deadline: unknown;
  #watch: unknown;
  #dueAt: Instant = 0;

  constructor(options: LineOptions, listener: LineListener) {
    this.#options = options;
    this.#listener = listener;
    this.provenAt = options.now();
    this.#deadline = options.timers.setTimeout(() => this.#end('no-answer'), greetingWithinMs);
    this.#socket = options.dial({ host: options.host, port: options.port });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (bytes) => this.#hear(bytes));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#end(this.#reason(error.code)));
    this.#socket.on('close', () => this.#end(this.#reason(undefined)));
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Asks the PBX; `complete` is the event that closes a list. Never answered once the line has ended. */
  ask(action: string, complete: string | null, done: Asked['done'], more: More = {}): void {
    this.#send(action, more.fields ?? {}, { complete, done, begun: more.begun, list: [] });
  }

  /** Lets go without a word to the listener. */
  close(): void {
    if (this.#state === 'ended') return;
    this.#stop();
    this.#socket.destroy();
  }

  /** Gives this connection up for a reason that only its user can see. */
  giveUp(trouble: TroubleCode): void {
    this.#end(trouble);
  }

  #hear(bytes: Buffer): void {
    if (this.#state === 'ended') return;
    const at = this.#options.now();
    this.provenAt = at;
    this.#listener.spoke(this, at, bytes.length);
    this.isSilent = false;
    this.#watchFrom(at);
    for (const message of this.#parser.push(bytes)) {
      if (this.ended) return;
      this.#take(message, at);
    }
  }

  #take(message: Message, at: Instant): void {
    if (message.kind === 'greeting') return this.#greeted(message.name);
    const asked = message.actionId === undefined ? undefined : this.#asked.get(message.actionId);
    if (asked) return this.#answered(message, asked);
    if (message.kind !== 'event') return;
    const classes = message.first('Privilege');
    if (classes !== undefined) this.classes.add(classes.split(',')[0]!);
    if (message.name === 'FullyBooted') this.booted = { at, uptimeMs: (message.number('Uptime') ?? 0) * 1000 };
    if (message.name === 'Shutdown') this.#shuttingDown = true;
    this.#listener.event(this, message, at);
  }

  #greeted(greeting: string): void {
    if (!greeting.startsWith('Asterisk Call Manager')) return this.#end('not-an-ami');
    this.#state = 'signing-in';
    this.#options.timers.clearTimeout(this.#deadline);
    this.#deadline = this.#options.timers.setTimeout(() => this.#end('sign-in-unanswered'), signedInWithinMs);
    const { user, secret } = this.#options;
    this.#send(
      'Login',
      { Username: user, Secret: secret },
      one(({ response }) => this.#loggedIn(response))
    );
  }

  #loggedIn(response: Message): void {
    if (response.name !== 'Success') return this.#end('wrong-secret');
    this.#send(
      'Events',
      { EventMask: events },
      one(() => this.#listening())
    );
    this.#ping();
  }

  #listening(): void {
    this.#state = 'signed-in';
    this.#options.timers.clearTimeout(this.#deadline);
    this.#listener.signedIn(this);
  }

  #answered(message: Message, asked: Asked): void {
    if (message.kind === 'response') {
      asked.response = message;
      if (message.name === 'Success' && asked.complete !== null) return asked.begun?.();
    } else if (message.name !== asked.complete) {
      asked.list.push(message);
      return;
    }
    this.#asked.delete(message.actionId!);
    if (asked.response) asked.done({ response: asked.response, list: asked.list });
  }

  #ping(): void {
    const askedAt = (this.#pingedAt = this.#options.now());
    const answered = ({ response }: Answer) => {
      const theirs = response.number('Timestamp');
      if (theirs !== undefined) this.#options.skew.pinged(askedAt, this.#options.now(), theirs * 1000);
    };
    this.#send('Ping', {}, one(answered));
  }

  /** One timer per line, however many bytes come: when it falls it looks how long it really has been silent. */
  #watchFrom(at: Instant): void {
    if (this.#watch !== undefined || this.#state === 'dialling') return;
    const pinged = this.#pingedAt > this.provenAt;
    const pingAt = Math.min(this.provenAt + pingAfterMs, this.#pingedAt + pingEveryMs);
    this.#dueAt = Math.max(at + 1, pinged ? this.provenAt + silentAfterMs : pingAt);
    this.#watch = this.#options.timers.setTimeout(() => this.#look(), this.#dueAt - at);
  }

  #look(): void {
    this.#watch = undefined;
    const now = this.#options.now();
    const still = now - this.provenAt;
    if (still >= silentAfterMs && now - this.#dueAt > lateMs) {
      // It is we who slept: the bytes may already stand in the socket. Look again when it has been read.
      this.#dueAt = now;
      this.#watch = this.#options.timers.setTimeout(() => this.#look(), lookAgainMs);
      return;
    }
    if (still >= silentAfterMs) {
      this.isSilent = true;
      this.#listener.silent(this); // no more watching until it speaks
      return;
    }
    const unanswered = this.#pingedAt > this.provenAt;
    if (!unanswered && (still >= pingAfterMs || now - this.#pingedAt >= pingEveryMs)) this.#ping();
    this.#watchFrom(now);
  }

  #send(action: string, fields: Record<string, string>, asked: Asked): void {
    if (this.#state === 'ended') return;
    const id = `stamgaffel-${++this.#asks}`;
    this.#asked.set(id, asked);
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, '')}\r\n`);
    this.#socket.write(`Action: ${action}\r\nActionID: ${id}\r\n${lines.join('')}\r\n`);
  }

  #reason(code: string | undefined): TroubleCode {
    if (this.#state === 'signed-in') return this.#shuttingDown ? 'shutting-down' : 'connection-lost';
    if (code === 'ECONNREFUSED') return 'pbx-gone';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
    if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'ETIMEDOUT') return 'no-answer';
    return 'closed-at-once';
  }

  #end(trouble: TroubleCode): void {
    if (this.#state === 'ended') return;
    this.#stop();
    this.#socket.destroy();
    this.#listener.ended(this, trouble);
  }

  #stop(): void {
    this.#state = 'ended';
    this.#options.timers.clearTimeout(this.#deadline);
    this.#options.timers.clearTimeout(this.#watch);
    this.#asked.clear();
  }
}

function one(done: (answer: Answer) => void): Asked {
  return { complete: null, done, list: [] };
}
