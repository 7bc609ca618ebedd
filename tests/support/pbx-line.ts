import type { Socket } from 'node:net';
import { Parser } from '../../src/lib/server/telephony/asterisk/parse.ts';
import type { Message } from '../../src/lib/server/telephony/asterisk/message.ts';
import type { PbxPicture } from './pbx-picture.ts';
import type { Script } from './pbx-script.ts';

export interface PbxLineOptions {
  number: number;
  read: string[];
  write: string[];
  user: string;
  secret: string;
  /** ms of the PBX's clock. */
  now(): number;
  booted(): boolean;
  startedAt(): number;
  picture: PbxPicture;
  heard(action: string, line: number): void;
  whileListing(action: string): void;
  /** A member is paused in all its queues, or no longer; false when there is none of that name. */
  pause(member: string, paused: boolean, reason: string): boolean;
}

/** The PBX's end of one connection: who signed in, what they may hear, and what is held back. */
export class PbxLine {
  readonly socket: Socket;
  #options: PbxLineOptions;
  #parser = new Parser();
  #signedIn = false;
  #mask: Set<string>;
  #muted = false;
  /** What a mute line would have said and heard, in order. */
  #held: (() => void)[] = [];
  #withinBlock = false;
  #playing = false;
  #answers: string[] = [];

  constructor(socket: Socket, options: PbxLineOptions) {
    this.socket = socket;
    this.#options = options;
    this.#mask = new Set(options.read);
    this.#parser.push(Buffer.from('a client does not greet\r\n'));
    socket.on('data', (bytes) => this.#whenNotMute(() => this.#read(bytes)));
    socket.on('error', () => socket.destroy());
  }

  greet(muted: boolean): void {
    this.#muted = muted;
    this.#whenNotMute(() => this.#write('Asterisk Call Manager/11.0.0\r\n'));
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    while (!this.#muted && this.#held.length > 0) this.#held.shift()!();
  }

  #whenNotMute(act: () => void): void {
    if (this.#muted) this.#held.push(act);
    else act();
  }

  say(bytes: string | Uint8Array): void {
    this.#whenNotMute(() => this.#signedIn && this.#write(bytes));
  }

  /** Plays the recorded bytes from start to end, without the blocks that this user does not get. */
  play(script: Script, start: number, end: number): void {
    this.#whenNotMute(() => {
      if (!this.#signedIn) return;
      const pieces: Buffer[] = [];
      this.#withinBlock = false;
      for (let i = firstEndingAfter(script, start); i < script.blocks.length; i++) {
        const block = script.blocks[i]!;
        if (block.start >= end) break;
        // Who signed in while a block was on its way gets the next one whole.
        if (block.start < start && !this.#playing) continue;
        if (block.forRecorder || !block.classes.some((name) => this.#mask.has(name))) continue;
        pieces.push(script.part.bytes.subarray(Math.max(start, block.start), Math.min(end, block.end)));
        if (block.end > end) this.#withinBlock = true;
      }
      this.#playing = true;
      if (pieces.length > 0) this.#write(Buffer.concat(pieces));
      if (!this.#withinBlock) for (const answer of this.#answers.splice(0)) this.#write(answer);
    });
  }

  #write(bytes: string | Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  #answer(text: string): void {
    if (this.#withinBlock) this.#answers.push(text);
    else this.#write(text);
  }

  #read(bytes: Buffer): void {
    for (const message of this.#parser.push(bytes)) {
      const action = message.first('Action') ?? '';
      this.#options.heard(action, this.#options.number);
      this.#whenNotMute(() =>
        this.#act(action, message, message.actionId === undefined ? '' : `ActionID: ${message.actionId}\r\n`)
      );
    }
  }

  #act(action: string, message: Message, id: string): void {
    const { picture, now, write, user, secret, booted } = this.#options;
    const error = (text: string) => this.#answer(`Response: Error\r\n${id}Message: ${text}\r\n\r\n`);
    if (action === 'Login') {
      if (message.first('Username') !== user || message.first('Secret') !== secret) {
        error('Authentication failed');
        this.socket.end();
        return;
      }
      this.#signedIn = true;
      this.#answer(`Response: Success\r\n${id}Message: Authentication accepted\r\n\r\n`);
      if (booted() && this.#mask.has('system')) this.#fullyBooted();
    } else if (!this.#signedIn) {
      error('Permission denied');
    } else if (action === 'Events') {
      const wanted = (message.first('EventMask') ?? '').split(',');
      this.#mask = new Set(this.#options.read.filter((name) => wanted.includes(name) || wanted.includes('on')));
      this.#answer(`Response: Success\r\n${id}Events: On\r\n\r\n`);
    } else if (action === 'Ping') {
      this.#answer(`Response: Success\r\n${id}Ping: Pong\r\nTimestamp: ${(now() / 1000).toFixed(6)}\r\n\r\n`);
    } else if (action === 'QueueStatus' && booted()) {
      this.#list(
        id,
        'Queue status will follow',
        picture.queueStatus(now(), message.first('Queue')),
        'QueueStatusComplete'
      );
    } else if (action === 'CoreShowChannels' && !write.includes('reporting') && !write.includes('system')) {
      error('Permission denied');
    } else if (action === 'CoreShowChannels') {
      this.#list(id, 'Channels will follow', picture.coreShowChannels(now()), 'CoreShowChannelsComplete');
    } else if (action === 'QueuePause' && !write.includes('agent')) {
      error('Permission denied');
    } else if (action === 'QueuePause') {
      const paused = message.first('Paused') === 'true';
      const found = this.#options.pause(message.first('Interface') ?? '', paused, message.first('Reason') ?? '');
      if (!found) error('Interface not found');
      else
        this.#answer(`Response: Success\r\n${id}Message: Interface ${paused ? '' : 'un'}paused successfully\r\n\r\n`);
    } else if (action === 'Logoff') {
      this.#answer(`Response: Goodbye\r\n${id}Message: Thanks for all the fish.\r\n\r\n`);
      this.socket.end();
    } else {
      error(`Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.`);
    }
  }

  #list(id: string, message: string, blocks: string[], complete: string): void {
    this.#answer(`Response: Success\r\n${id}EventList: start\r\nMessage: ${message}\r\n\r\n`);
    for (const block of blocks) this.#answer(`${block}${id}\r\n`);
    this.#options.whileListing(complete.replace('Complete', ''));
    this.#answer(`Event: ${complete}\r\n${id}EventList: Complete\r\nListItems: ${blocks.length}\r\n\r\n`);
  }

  #fullyBooted(): void {
    const uptime = Math.max(0, Math.floor((this.#options.now() - this.#options.startedAt()) / 1000));
    this.#answer(
      `Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: ${uptime}\r\nLastReload: ${uptime}\r\nStatus: Fully Booted\r\n\r\n`
    );
  }
}

/** The blocks are in order and dense, so the first one that reaches into a chunk is found by halving. */
function firstEndingAfter(script: Script, offset: number): number {
  let low = 0;
  let high = script.blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (script.blocks[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
