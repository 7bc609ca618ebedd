/**
 * How a page speaks with the server: questions by POST, live answers over one socket. Only persisted operations, so
 * this carries neither parser nor printer. There is no cache: a board is a whole snapshot each time.
 */
import { type Client, createClient } from 'graphql-ws';
import type { Persisted } from '../operations/persisted.ts';

/**
 * Why the server, or the way to it, gave no answer. `sign-in`: it does not know us (any more). `revoked`: this screen
 * was taken off its wall. `not-found`: no such thing, or not for us. `outdated`: the server was renewed and no longer
 * knows this page's operations, so the page must be loaded again. `network`: nothing came back. `failed`: the server
 * made a mistake and has noted it.
 */
export type RefusalCode = 'sign-in' | 'revoked' | 'not-found' | 'outdated' | 'network' | 'failed';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One question, one answer. Throws a `Refusal`. `fetch` is SvelteKit's in a load, so that the first paint asks too. */
export async function ask<Result, Variables>(
  fetch: typeof globalThis.fetch,
  operation: Persisted<Result, Variables>,
  variables: Variables
): Promise<Result> {
  let response: Response;
  let body: { data?: Result | null; errors?: WireError[] };
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      // The header cannot be set from a foreign page without the server's permission: it proves that we sent this.
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-stamgaffel': '1' },
      body: JSON.stringify({ variables, extensions: persistedQuery(operation) })
    });
    body = await response.json();
  } catch (cause) {
    throw new Refusal('network', `${operation.name} got no answer`, { cause });
  }
  if (response.status === 401) throw new Refusal('sign-in', 'The session has ended');
  if (body.errors?.length) throw refusalOf(body.errors);
  if (!body.data) throw new Refusal('failed', `${operation.name} was answered with nothing`);
  return body.data;
}

/** What a subscriber is told. `refused` is the last it hears, unless the code is `failed`. */
export interface Told<Result> {
  next(data: Result): void;
  connected(): void;
  lost(): void;
  refused(refusal: Refusal): void;
}
export interface Live {
  /** Goes on for ever, through every broken line, until the returned function is called or the server refuses us. */
  subscribe<Result, Variables>(
    operation: Persisted<Result, Variables>,
    variables: Variables,
    told: Told<Result>
  ): () => void;
  /** Leaves the present line as it is and begins everything anew on another: for when it is silent for too long. */
  renew(): void;
}
export interface LiveOptions {
  /** A socket class where the platform has none of its own (tests on old Node), or a special one. */
  webSocketImpl?: unknown;
  /** How often the line is tried, ms; the answer must come within half of it. */
  keepAliveMs?: number;
  /** The longest wait between two attempts, ms. */
  longestWaitMs?: number;
}

/** One socket to `url` (`wss://…/graphql`) for everything live on a page. */
export function live(url: string, options: LiveOptions = {}): Live {
  const { keepAliveMs = 10_000, longestWaitMs = 15_000 } = options;
  // Full jitter: after a restart eighty homes and ten walls must not all come back in the same second.
  const jitter = (attempt: number) => orOnline(Math.random() * Math.min(longestWaitMs, 500 * 2 ** attempt));
  let client: Client | undefined;
  const renewals = new Set<() => void>();

  function freshClient(): Client {
    let unanswered: ReturnType<typeof setTimeout> | undefined;
    const made: Client = createClient({
      url,
      webSocketImpl: options.webSocketImpl,
      keepAlive: keepAliveMs,
      // By itself it gives up after five attempts, and not every code is worth another; see `again` for those.
      retryAttempts: Infinity,
      shouldRetry: (closing) => refusalOfClosing(closing).code === 'network',
      retryWait: jitter,
      on: {
        ping: (received) => {
          if (!received) unanswered = setTimeout(() => made.terminate(), keepAliveMs / 2);
        },
        pong: (received) => {
          if (received) clearTimeout(unanswered);
        },
        closed: () => clearTimeout(unanswered)
      }
    });
    return made;
  }

  return {
    renew() {
      const silent = client;
      client = undefined;
      for (const anew of [...renewals]) anew();
      silent?.terminate();
    },

    subscribe<Result, Variables>(operation: Persisted<Result, Variables>, variables: Variables, told: Told<Result>) {
      let stopped = false;
      let fatal = 0;
      let stop: () => void = () => {};
      let current: Client | undefined;
      const anew = () => {
        current = undefined;
        stop();
        told.lost();
        begin();
      };
      renewals.add(anew);

      function begin(): void {
        if (stopped) return;
        const mine = (client ??= freshClient());
        current = mine;
        const silence = [mine.on('connected', () => told.connected()), mine.on('closed', () => told.lost())];
        const unsubscribe = mine.subscribe<Result>(
          { query: '', variables: variables as Record<string, unknown>, extensions: persistedQuery(operation) },
          {
            next: ({ data, errors }) => {
              fatal = 0;
              if (data) told.next(data);
              else if (errors?.length) told.refused(refusalOf(errors));
            },
            error: (error) => again(refusalOfClosing(error)),
            complete: () => again(null)
          }
        );
        stop = () => {
          for (const each of silence) each();
          unsubscribe();
        };

        // The client lies down for good after a code that it thinks fatal, or the server ended what should not end:
        // unless we were sent away, a new client begins from nothing.
        function again(refusal: Refusal | null): void {
          for (const each of silence) each();
          // Of a line that was given up nothing more is heard.
          if (stopped || mine !== current) return;
          if (refusal && refusal.code !== 'network' && refusal.code !== 'failed') {
            stopped = true;
            renewals.delete(anew);
            told.refused(refusal);
            return;
          }
          if (client === mine) client = undefined;
          told.lost();
          void jitter(++fatal).then(begin);
        }
      }

      begin();
      return () => {
        stopped = true;
        renewals.delete(anew);
        stop();
      };
    }
  };
}

interface WireError {
  message: string;
  extensions?: Record<string, unknown>;
}

const codes: Record<string, RefusalCode> = {
  SIGN_IN: 'sign-in',
  NOT_FOUND: 'not-found',
  PERSISTED_OPERATION_NOT_FOUND: 'outdated'
};

function refusalOf(errors: readonly WireError[]): Refusal {
  const [first] = errors;
  return new Refusal(codes[String(first?.extensions?.code)] ?? 'failed', first?.message ?? 'Unexplained refusal');
}

/** An array: the server refused the operation. A close event: it, or the network, closed the socket. */
function refusalOfClosing(error: unknown): Refusal {
  if (Array.isArray(error)) return refusalOf(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 4401) return new Refusal('sign-in', 'The session has ended');
  if (code === 4403) return new Refusal('revoked', 'This screen was taken off its wall');
  return new Refusal('network', 'The socket was closed', { cause: error });
}

function persistedQuery(operation: { hash: string }) {
  return { persistedQuery: { version: 1, sha256Hash: operation.hash } };
}

/** Waits, or until the browser says that the network is back. */
function orOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener?.('online', done);
  });
}
