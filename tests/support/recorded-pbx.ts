import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Capture } from './captures.ts';
import type { FakeClock } from './fake-clock.ts';
import { PbxLine } from './pbx-line.ts';
import { PbxPicture } from './pbx-picture.ts';
import { listingOf, scriptOf, type Script } from './pbx-script.ts';
import { Parser } from '../../src/lib/server/telephony/asterisk/parse.ts';

export interface RecordedPbxOptions {
  /** What the PBX lets this user hear: the real classes, `agent`, `call`, `system`, …. Everything unless told. */
  read?: string[];
  /** What the user may do: `reporting` for CoreShowChannels. Everything unless told. */
  write?: string[];
  user?: string;
  secret?: string;
  /** How far the PBX's own clock is ahead of ours. */
  skewMs?: number;
  /** Awaited whenever all is quiet, before time goes on: the durable end of whoever listens. */
  alsoSettled?: () => Promise<void>;
}
/**
 * `mute`: answers nothing and holds back what is played; `mute-present`: only on the connections there are now;
 * `refusing`: nobody listens; `closing`: closes each new connection at once; `garbage`: greets with bytes of no AMI.
 */
export type Misbehaviour = 'mute' | 'mute-present' | 'refusing' | 'closing' | 'garbage';

/**
 * A PBX on a real TCP port that says what a real Asterisk once said, at the same moments of a fake clock, and answers
 * whoever is connected now from the state which those words leave. What it once answered to the recorder is not played.
 *
 *     const clock = new FakeClock(startOf(capture));
 *     const pbx = await RecordedPbx.start(capture, clock);
 *     // connect with pbx.dial to pbx.host, pbx.port; the timers and the time are the clock's
 *     await pbx.playToEnd();    // at each instant every byte has arrived and every promise has run
 *     await pbx.close();
 *
 * Where the recorder's connection was cut, ours is closed too, and nobody listens until the recording goes on.
 */
export class RecordedPbx {
  readonly host = '127.0.0.1';
  readonly picture = new PbxPicture();
  /** Every action that was sent to us, in order, for tests that ask what a client did. */
  readonly heard: { at: number; action: string; line: number }[] = [];
  /** How many times somebody connected. */
  connections = 0;
  port = 0;
  /** Called with each action before it is answered. */
  onAction: ((action: string) => void) | null = null;
  /** Called when an answer with a list is nearly finished: what happens then is in no list, and said before its end. */
  whileListing: ((action: string) => void) | null = null;

  #clock: FakeClock;
  #options: Required<RecordedPbxOptions>;
  #scripts: Script[];
  #script: Script;
  #agenda: { at: number; run: () => void | Promise<void> }[] = [];
  #server: Server | null = null;
  #lines: PbxLine[] = [];
  #dialled: { client: Socket; done: boolean }[] = [];
  #how: Misbehaviour | null = null;
  #own = new Parser();
  /** How much later than it happened the recorder was told of what is played now. */
  #lateMs = 0;

  static async start(capture: Capture, clock: FakeClock, options: RecordedPbxOptions = {}): Promise<RecordedPbx> {
    const pbx = new RecordedPbx(capture, clock, options);
    await pbx.#listen();
    return pbx;
  }

  private constructor(capture: Capture, clock: FakeClock, options: RecordedPbxOptions) {
    const everything = ['agent', 'call', 'system', 'user', 'dialplan', 'reporting', 'security', 'command'];
    this.#clock = clock;
    this.#options = {
      read: everything,
      write: everything,
      user: 'stamgaffel',
      secret: 'hemlig',
      skewMs: 0,
      alsoSettled: () => Promise.resolve(),
      ...options
    };
    this.#scripts = capture.parts.map(scriptOf);
    this.#script = this.#scripts[0]!;
    this.#own.push(Buffer.from('greeting\r\n'));
    this.#scripts.forEach((script, n) => this.#plan(script, n));
    this.#agenda.sort((a, b) => a.at - b.at);
    this.#seed(this.#script);
  }

  /** Lets `settle` see the client's end of the connection. */
  readonly dial = (to: { host: string; port: number }): Socket => {
    const client = connect(to);
    const entry = { client, done: false };
    this.#dialled.push(entry);
    client.once('close', () => (entry.done = true));
    return client;
  };

  /** How many connections are open now. */
  get open(): number {
    return this.#lines.length;
  }

  #plan(script: Script, n: number): void {
    const { chunks, marks } = script.part;
    const first = chunks[0]!.at;
    const later = (at: number, run: () => void | Promise<void>) => this.#agenda.push({ at, run });
    if (n > 0) {
      later(first, async () => {
        this.#script = script;
        this.#seed(script);
        await this.#listen();
      });
      if (script.bootedAt > first) later(script.bootedAt, () => this.#seed(script));
    }
    let next = 0;
    for (const chunk of chunks) {
      const from = next;
      while (next < script.blocks.length && script.blocks[next]!.end <= chunk.end) next++;
      const [lo, hi] = [from, next];
      later(chunk.at, () => this.#play(script, chunk.start, chunk.end, lo, hi));
    }
    for (const { at, mark } of marks) {
      if (mark === 'link silent') later(at, () => this.misbehave('mute'));
      // TCP tries again only when its own timer falls: the line speaks when the next recorded bytes came. They come in
      // one burst, and whatever is asked meanwhile is answered behind them, as on any connection.
      if (mark === 'link open') later(endOfBurst(chunks.filter((chunk) => chunk.at > at)), () => this.misbehave(null));
    }
    if (n + 1 < this.#scripts.length) {
      const cut = marks.find(({ mark }) => mark === 'closed' || mark.startsWith('client cuts'))!;
      later(cut.at, () => this.#refuse());
    }
  }

  /** What the PBX knew when the recording began is in the first answer that the recorder got. */
  #seed(script: Script): void {
    const at = this.#pbxNow();
    const anew = script.startedAt > script.part.chunks[0]!.at - 5_000;
    if (anew && script !== this.#scripts[0]) this.picture.clear();
    if (script.bootedAt > this.#clock.now() && script !== this.#scripts[0]) return;
    this.picture.take(script.firstQueueStatus, at, false);
    if (script.firstChannels) this.picture.takeChannels(script.firstChannels, at);
  }

  #play(script: Script, start: number, end: number, from: number, to: number): void {
    for (const line of this.#lines) line.play(script, start, end);
    for (let i = from; i < to; i++) {
      const { message } = script.blocks[i]!;
      if (message.name === 'Newchannel') this.#lateMs = lateness(message.first('Uniqueid') ?? '', this.#clock.now());
      this.picture.hear(message, this.#pbxNow() - this.#lateMs);
      if (message.name === 'QueueStatusComplete')
        this.picture.take(listingOf(script, message), this.#pbxNow(), this.#clock.now() >= script.bootedAt + 3_000);
    }
  }

  #pbxNow(): number {
    return this.#clock.now() + this.#options.skewMs;
  }

  async #listen(): Promise<void> {
    if (this.#server) return;
    const server = (this.#server = createServer((socket) => this.#accept(socket)));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.port, this.host, resolve);
    });
    const address = server.address();
    if (typeof address === 'object' && address) this.port = address.port;
  }

  #accept(socket: Socket): void {
    this.connections++;
    const line = new PbxLine(socket, {
      ...this.#options,
      number: this.connections,
      now: () => this.#pbxNow(),
      picture: this.picture,
      booted: () => this.#clock.now() >= this.#script.bootedAt,
      startedAt: () => this.#script.startedAt + this.#options.skewMs,
      whileListing: (action) => this.whileListing?.(action),
      pause: (member, paused, reason) => {
        const queues = [...this.picture.members].filter(([, members]) => members.has(member));
        for (const [queue, members] of queues) {
          const known = members.get(member)!;
          const fields = {
            ...known,
            Queue: queue,
            Interface: member,
            Paused: paused ? '1' : '0',
            PausedReason: reason
          };
          this.happens('QueueMemberPause', fields);
        }
        return queues.length > 0;
      },
      heard: (action, number) => {
        this.heard.push({ at: this.#clock.now(), action, line: number });
        this.onAction?.(action);
      }
    });
    this.#lines.push(line);
    socket.on('close', () => (this.#lines = this.#lines.filter((other) => other !== line)));
    if (this.#how === 'closing') socket.destroy();
    else if (this.#how === 'garbage') socket.write('SSH-2.0-OpenSSH_9.2p1\r\n\u0000\u0001\u0002\r\n');
    else line.greet(this.#how === 'mute');
  }

  #refuse(): void {
    this.#server?.close();
    this.#server = null;
    for (const line of this.#lines) line.socket.destroy();
  }

  /** Until told otherwise; `null` is good behaviour again, and what was held back is said at once. */
  async misbehave(how: Misbehaviour | null): Promise<void> {
    this.#how = how;
    if (how === 'refusing') this.#refuse();
    else await this.#listen();
    for (const line of [...this.#lines]) line.mute(how === 'mute' || how === 'mute-present');
  }

  /** Something happens in the PBX that was not recorded; `unheard` when no connection is told of it. */
  happens(event: string, fields: Record<string, string>, unheard = false): void {
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    const text = `Event: ${event}\r\nPrivilege: ${event.startsWith('Queue') || event.startsWith('Agent') ? 'agent' : 'call'},all\r\n${lines.join('')}\r\n`;
    for (const message of this.#own.push(Buffer.from(text))) this.picture.hear(message, this.#pbxNow());
    if (!unheard) this.say(text);
  }

  /** Raw bytes to everybody who has signed in. */
  say(bytes: string | Uint8Array): void {
    for (const line of this.#lines) line.say(bytes);
  }

  /** Waits until every byte written at either end has been read at the other, and promises have run. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#dialled = this.#dialled.filter((entry) => !entry.done || this.#lineOf(entry.client));
      quiet = this.#dialled.every((entry) => this.#quiet(entry.client)) ? quiet + 1 : 0;
      if (quiet === 2) await this.#options.alsoSettled();
    }
  }

  #lineOf(client: Socket): PbxLine | undefined {
    return this.#lines.find(({ socket }) => socket.remotePort !== undefined && socket.remotePort === client.localPort);
  }

  #quiet(client: Socket): boolean {
    if (client.destroyed || client.connecting) return false;
    const line = this.#lineOf(client);
    if (!line || line.socket.destroyed) return false;
    return client.bytesWritten === line.socket.bytesRead && line.socket.bytesWritten === client.bytesRead;
  }

  /** Lets the clock run to `at`: what was recorded on the way is played, every timer falls, all settles after each. */
  async playUntil(at: number): Promise<void> {
    await this.settle();
    for (;;) {
      const next = Math.min(this.#agenda[0]?.at ?? Infinity, this.#clock.nextAt() ?? Infinity);
      if (next > at) break;
      this.#clock.moveTo(next);
      while (this.#agenda[0] && this.#agenda[0].at <= this.#clock.now()) await this.#agenda.shift()!.run();
      await this.settle();
      while (this.#clock.fireDue()) await this.settle();
    }
    this.#clock.moveTo(at);
    await this.settle();
  }

  async pass(ms: number): Promise<void> {
    await this.playUntil(this.#clock.now() + ms);
  }

  /** Plays all there is and `afterMs` more, so that what waits for a timer is decided. */
  async playToEnd(afterMs = 3_000): Promise<void> {
    await this.playUntil((this.#agenda.at(-1)?.at ?? this.#clock.now()) + afterMs);
  }

  async close(): Promise<void> {
    this.#refuse();
    for (const { client } of this.#dialled) client.destroy();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** When the first byte of a capture came, in ms: where a fake clock should start. */
export function startOf(capture: Capture): number {
  return capture.parts[0]!.chunks[0]!.at;
}

function endOfBurst(chunks: readonly { at: number }[]): number {
  const last = chunks.findIndex((chunk, n) => (chunks[n + 1]?.at ?? Infinity) - chunk.at > 20);
  return chunks[last]!.at;
}

/** The PBX itself knows when it made a channel: its Uniqueid has the second. */
function lateness(uniqueid: string, heardAt: number): number {
  const late = heardAt - Number(/(\d+)\.\d+$/.exec(uniqueid)?.[1] ?? 0) * 1000 - 500;
  return late > 2_500 ? late : 0;
}
