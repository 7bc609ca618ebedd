import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/**
 * The network between one typist and the server. Most requests pass; some are lost on the way there, some on the way
 * back, and some arrive long after their sender has stopped waiting, or is dead.
 */
export class Weather {
  readonly #server: Server;
  readonly #to: number;
  readonly #chance: () => number;
  #down = false;
  #sockets = new Set<Socket>();

  /** `roughness`: how many times as much is lost as on a usual day. */
  constructor(to: number, chance: () => number, roughness = 1) {
    this.#to = to;
    this.#chance = () => chance() / roughness;
    this.#server = createServer((request, response) => void this.#carry(request, response));
    this.#server.on('clientError', (_, socket) => socket.destroy());
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (this.#down) return socket.destroy();
      const onward = connect(this.#to, '127.0.0.1', () => {
        const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
        onward.write(`GET ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [socket, onward]) end.on('error', () => (socket.destroy(), onward.destroy()));
      for (const end of [socket, onward]) end.on('close', () => (socket.destroy(), onward.destroy()));
      return undefined;
    });
  }

  listen(): Promise<string> {
    return new Promise((resolve) =>
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      })
    );
  }

  /** Cuts the network: whatever is under way breaks off. */
  cut(): void {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
  }
  mend(): void {
    this.#down = false;
  }
  close(): void {
    this.cut();
    this.#server.close();
  }

  async #carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const luck = this.#chance();
    // The opening of a draft is always let through: what is tested is what was typed.
    const isSaving = body.includes('clientId');
    if (this.#down || (isSaving && luck < 0.05)) return void response.socket?.destroy();
    if (isSaving && luck < 0.12) {
      // Somewhere it is kept for a while: its sender hears nothing, and it arrives all the same.
      response.socket?.destroy();
      setTimeout(() => void this.#deliver(request, body).catch(() => undefined), 200 + luck * 8_000);
      return;
    }
    try {
      const answer = await this.#deliver(request, body);
      if (this.#down || (isSaving && luck < 0.2)) return void response.socket?.destroy();
      response.writeHead(answer.status, { 'content-type': answer.type });
      response.end(answer.body);
    } catch {
      response.socket?.destroy();
    }
  }

  #deliver(from: IncomingMessage, body: Buffer): Promise<{ status: number; type: string; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { connection: _, 'transfer-encoding': __, ...headers } = from.headers;
      const to = ask({ port: this.#to, host: '127.0.0.1', path: from.url, method: from.method, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 500,
            type: answer.headers['content-type'] ?? '',
            body: Buffer.concat(chunks)
          })
        );
      });
      to.on('error', reject);
      to.end(body);
    });
  }
}
