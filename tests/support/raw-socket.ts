import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Speaks graphql-transport-ws message by message, as no well-behaved client would let a test do. */
export class RawSocket {
  readonly ws: WebSocket;
  /** Every message as it came, as text. */
  readonly received: string[] = [];
  /** The code and reason of the closing, once closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  #waiting: { wanted: (message: Message) => boolean; found: (message: Message) => void }[] = [];
  #unread: Message[] = [];

  constructor(url: string, headers: Record<string, string> = {}, protocol = 'graphql-transport-ws') {
    this.ws = new WebSocket(url, protocol, { headers });
    this.ws.on('message', (data) => {
      const text = String(data);
      this.received.push(text);
      const message = JSON.parse(text) as Message;
      const index = this.#waiting.findIndex(({ wanted }) => wanted(message));
      if (index >= 0) this.#waiting.splice(index, 1)[0]?.found(message);
      else this.#unread.push(message);
    });
    this.closed = new Promise((resolve) =>
      this.ws.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
    );
    this.ws.on('error', () => {});
  }

  /** Opened and acknowledged. */
  static async acknowledged(url: string, headers: Record<string, string> = {}, payload?: object): Promise<RawSocket> {
    const socket = new RawSocket(url, headers);
    await once(socket.ws, 'open');
    socket.send({ type: 'connection_init', payload });
    await socket.next('connection_ack');
    return socket;
  }

  /** The status that the server answered instead of opening. */
  static async refused(url: string, headers: Record<string, string> = {}): Promise<number> {
    const ws = new WebSocket(url, 'graphql-transport-ws', { headers });
    ws.on('error', () => {});
    const [, response] = (await once(ws, 'unexpected-response')) as [unknown, { statusCode: number }];
    ws.terminate();
    return response.statusCode;
  }

  send(message: object | string): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, payload: object): void {
    this.send({ id, type: 'subscribe', payload });
  }

  /** The first message of this type (and id), among those that nobody has asked for yet or still to come. */
  next(type: string, id?: string): Promise<Message> {
    const wanted = (message: Message) => message.type === type && (id === undefined || message.id === id);
    const index = this.#unread.findIndex(wanted);
    const [unread] = index >= 0 ? this.#unread.splice(index, 1) : [];
    if (unread) return Promise.resolve(unread);
    return new Promise((resolve) => this.#waiting.push({ wanted, found: resolve }));
  }

  close(): void {
    this.ws.terminate();
  }
}

export interface Message {
  type: string;
  id?: string;
  // What a payload holds differs by type and operation; a test says which it expects by looking.
  payload?: { data?: Record<string, Record<string, unknown>>; errors?: WireError[] } & WireError[];
}
interface WireError {
  message: string;
  extensions?: { code?: string };
}
