import type { Socket } from 'node:net';
import type { Message } from '../../src/lib/server/telephony/asterisk/message.ts';
import { Parser } from '../../src/lib/server/telephony/asterisk/parse.ts';
import type { RecordedPbx } from './recorded-pbx.ts';

/** The simplest client there is: signs in, asks what it is told to ask, and keeps what it hears. */
export class BareClient {
  readonly messages: { at: number; message: Message }[] = [];
  readonly socket: Socket;
  closed = false;
  #parser = new Parser();

  constructor(pbx: RecordedPbx, now: () => number) {
    this.socket = pbx.dial(pbx);
    this.socket.on('data', (bytes) => {
      for (const message of this.#parser.push(bytes)) this.messages.push({ at: now(), message });
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => (this.closed = true));
  }

  ask(action: string, fields: Record<string, string> = {}): void {
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    this.socket.write(`Action: ${action}\r\nActionID: ${action}\r\n${lines.join('')}\r\n`);
  }

  signIn(): void {
    this.ask('Login', { Username: 'stamgaffel', Secret: 'hemlig' });
    this.ask('Events', { EventMask: 'agent,call,system,user' });
  }

  named(name: string): Message[] {
    return this.messages.map(({ message }) => message).filter((message) => message.name === name);
  }
}
