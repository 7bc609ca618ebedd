/**
 * The sockets at `/graphql`. `graphql-ws` speaks the protocol and carries out what is asked once; boards are followed
 * through `shared-execution.ts`, whose bytes are written past it. Who comes in is decided before the socket opens.
 */
import { execute, type ExecutionArgs } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Server } from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Viewer } from '../../domain/access.ts';
import type { Admission } from './admission.ts';
import type { Context, Identity, Revocation, Services } from './context.ts';
import { Line, Seat } from './line.ts';
import { type CameIn, Lines } from './lines.ts';
import { masked, refusal } from './refusal.ts';
import { type Audience, SharedExecution, wireResult } from './shared-execution.ts';

export const closing = {
  signIn: [4401, 'Sign in again'],
  screenRevoked: [4403, 'This screen was taken off its wall'],
  tooMany: [4429, 'Too many sockets'],
  restarting: [1012, 'Restarting'],
  overloaded: [1013, 'Too slow to follow']
} as const;

export interface SocketOptions {
  services: Services;
  admit: Admission;
  identity: Identity;
  /** Where our pages come from, such as `https://board.example`; null takes any page of the same host (development). */
  origin: string | null;
  /** Closes all at once at a shutdown, for tests and machines without patience. */
  shutdownFast: boolean;
  /** Milliseconds, for tests that cannot wait. */
  pace?: Partial<Pace>;
}
export interface Pace {
  /** How long a socket without a credential may wait with its token. */
  initMs: number;
  /** How often each socket is pinged; it must have answered by the next. */
  heartbeatMs: number;
  /** How long more than 256 KB may lie unsent. */
  heavyMs: number;
}
export interface Sockets {
  /** For the server's `upgrade` event; never throws. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes the sockets of whoever this names. The identity's own revocations arrive here by themselves. */
  closeFor(revocation: Revocation): void;
  /** Takes no more, and closes all with 1012: in random order, at most a twentieth of them a second. */
  close(): Promise<void>;
  /** For /metrics. */
  count(): { sockets: number; audiences: number };
  /** What is being made for all; for the tests and the benchmark. */
  audiences(): Audience[];
}

const mostSubscriptions = 20;
const mostSockets = 10;
/** Distinct live operations of one token: each is an execution of its own for every frame. */
const mostAudiences = 20;

interface Extra {
  line: Line;
}
/** What `graphql-ws` hands from one hook to the next. */
interface LiveArgs extends ExecutionArgs {
  line: Line;
  id: string;
  key: string;
}

export function createSockets(options: SocketOptions): Sockets {
  const { services, admit, identity, origin, shutdownFast } = options;
  const pace: Pace = { initMs: 3_000, heartbeatMs: 12_000, heavyMs: 10_000, ...options.pace };
  const shared = new SharedExecution(services);
  const lines = new Lines(pace, services, identity);
  const followed = new Map<string, Map<string, number>>();
  const server: Server<Extra> = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: pace.initMs,
    onConnect: async ({ connectionParams, extra: { line } }) => {
      if (line.viewer === null && !(await comeIn(line, connectionParams))) return false;
      return true;
    },
    onSubscribe: ({ subscriptions, extra: { line } }, id, payload) => {
      const { viewer } = line;
      if (viewer === null) return [refusal('SIGN_IN', 'Sign in again')];
      if (Object.keys(subscriptions).length > mostSubscriptions) {
        return [refusal('TOO_MANY_SUBSCRIPTIONS', `At most ${mostSubscriptions} operations at a time on a socket`)];
      }
      const admitted = admit(payload, viewer);
      if (!('document' in admitted)) return admitted;
      const contextValue: Context = { ...services, viewer };
      const { document, operationName, key, schema } = admitted;
      const variableValues = payload.variables ?? undefined;
      return { schema, document, operationName, variableValues, contextValue, line, id, key } satisfies LiveArgs;
    },
    execute: async (args) => wireResult(await execute(args), services),
    subscribe: (args) => follow(args as LiveArgs)
  });
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: 64 * 1024,
    perMessageDeflate: false,
    handleProtocols,
    clientTracking: false,
    // A peer that does not answer our closing is let go of: whoever lost the right to be here is gone within a second.
    closeTimeout: 900
  } as ConstructorParameters<typeof WebSocketServer>[0]);
  const stopListening = identity.onRevoked(closeFor);
  const slowed = (line: Line) => lines.slowed(line);
  let turns = 0;
  let closed: Promise<void> | null = null;

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (closed) return refuse(socket, '503 Service Unavailable');
    const [path, asked] = request.url?.split('?') ?? [];
    if (path !== '/graphql') return refuse(socket, '404 Not Found');
    if (!comesFromUs(request.headers.origin, request.headers.host, origin)) return refuse(socket, '403 Forbidden');
    const { cookie, authorization } = request.headers;
    if (cookie === undefined && authorization === undefined) return open(request, socket, head, null);
    // A television says that it is one, so that it stays one also where somebody has signed in on it.
    const credential = asked === 'screen' ? { cookie, screen: true } : { cookie, authorization };
    identity.authenticate(credential).then(
      (who) => {
        if (socket.destroyed) return;
        if (closed) refuse(socket, '503 Service Unavailable');
        else if (who === null) refuse(socket, '401 Unauthorized');
        else if (lines.of(who.viewer).length >= mostSockets) refuse(socket, '429 Too Many Requests');
        else open(request, socket, head, { ...who, credential });
      },
      (error: unknown) => {
        masked(error, services.log);
        refuse(socket, '503 Service Unavailable');
      }
    );
  }

  function open(request: IncomingMessage, socket: Duplex, head: Buffer, who: CameIn | null): void {
    wss.handleUpgrade(request, socket, head, (ws) => {
      const line = new Line(ws, socket, slowed, turns++);
      lines.add(line);
      if (who) lines.comeIn(line, who);
      else setTimeout(() => line.viewer === null && ws.close(...closing.signIn), pace.initMs);
      serve(line, ws);
    });
  }

  function serve(line: Line, ws: WebSocket): void {
    const left = server.opened(
      {
        protocol: ws.protocol,
        send: (text) =>
          new Promise((resolve, reject) => {
            if (!line.open) return resolve();
            ws.send(text, (error) => (error && line.open ? reject(error) : resolve()));
          }),
        close: (code, reason) => ws.close(code, reason),
        onMessage: (received) =>
          ws.on('message', (data) => {
            // After our closing a peer may still talk, but nobody listens: its right may be why we closed.
            if (!line.open) return;
            received(String(data)).catch((error: unknown) => {
              masked(error, services.log);
              ws.close(CloseCode.InternalServerError, 'Internal server error');
            });
          })
      },
      { line }
    );
    ws.on('pong', () => (line.alive = true));
    ws.on('error', () => ws.terminate());
    ws.once('close', (code, reason) => {
      lines.remove(line);
      left(code, String(reason)).catch((error: unknown) => masked(error, services.log));
    });
  }

  /** A socket that brought no credential has its token in `connection_init`. */
  async function comeIn(line: Line, params: Record<string, unknown> | undefined): Promise<boolean> {
    const authorization = params?.authorization ?? params?.Authorization;
    const who = typeof authorization === 'string' ? await identity.authenticate({ authorization }) : null;
    if (who === null) line.ws.close(...closing.signIn);
    else if (lines.of(who.viewer).length >= mostSockets) line.ws.close(...closing.tooMany);
    else lines.comeIn(line, { ...who, credential: { authorization: String(authorization) } });
    return line.viewer !== null && line.open;
  }

  async function follow(args: LiveArgs) {
    const { line, id, key } = args;
    const invited = await shared.admit(args, key).catch((error: unknown) => [masked(error, services.log)]);
    if (!('source' in invited)) return { errors: invited.map((error) => masked(error, services.log)) };
    const release = reserve(line.viewer, invited.key);
    if (!release) {
      const message = `At most ${mostAudiences} different live operations per token`;
      return { errors: [refusal('TOO_MANY_SUBSCRIPTIONS', message)] };
    }
    const seat = new Seat(line, id, release);
    if (line.open) seat.sit((listener) => shared.join(invited, listener));
    else await seat.return();
    return seat;
  }

  /** Counts a token's distinct live operations; null when there are too many. Only tokens can write new ones. */
  function reserve(viewer: Viewer | null, audience: string): (() => void) | null {
    if (viewer?.kind !== 'integrator') return nothing;
    const own = followed.get(viewer.tokenId) ?? new Map<string, number>();
    if (!own.has(audience) && own.size >= mostAudiences) return null;
    followed.set(viewer.tokenId, own);
    own.set(audience, (own.get(audience) ?? 0) + 1);
    return () => {
      const rest = (own.get(audience) ?? 1) - 1;
      if (rest > 0) own.set(audience, rest);
      else own.delete(audience);
      if (own.size === 0) followed.delete(viewer.tokenId);
    };
  }

  function closeFor(revocation: Revocation): void {
    for (const line of lines.named(revocation)) {
      // Changed rights are asked for anew by a client that comes back; ended ones cannot be.
      const [code, reason] =
        revocation.why === 'changed'
          ? closing.restarting
          : line.viewer?.kind === 'screen'
            ? closing.screenRevoked
            : closing.signIn;
      line.ws.close(code, reason);
    }
  }

  return {
    handleUpgrade,
    closeFor,
    close: () => (closed ??= lines.closeAll(closing.restarting, shutdownFast).finally(stopListening)),
    count: () => ({ sockets: lines.size, audiences: shared.audiences.length }),
    audiences: () => shared.audiences
  };
}

const nothing = () => {};

/**
 * Whether a page of ours opened the socket. A browser always says where a page comes from, and sends the cookie along
 * whoever that is; programs say nothing, and have no cookie of somebody else's. `null` and nonsense are not us.
 */
function comesFromUs(from: string | undefined, host: string | undefined, origin: string | null): boolean {
  if (from === undefined) return true;
  if (origin !== null) return from === origin;
  return URL.canParse(from) && new URL(from).host === host;
}

function refuse(socket: Duplex, status: string): void {
  // The other end may never close its half.
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
