import type { Viewer } from '../../domain/access.ts';
import type { Authenticated, Credential, Identity, Revocation, Services } from './context.ts';
import type { Line } from './line.ts';
import { masked } from './refusal.ts';
import type { Pace } from './socket.ts';

/** More than this unsent for too long, and the viewer cannot follow. */
const heavyBytes = 256 * 1024;
/** How often slow lines are looked after, ms. Only while there are any. */
const slowEveryMs = 50;
/** The heartbeat's round is cut into this many turns, so that five thousand pings do not leave in one moment. */
const turnsOfRound = 12;
/** At a shutdown, the share that is closed each second (but one at least): eighty homes must not all come back at once. */
const closedPerSecond = 0.05;

/** Who came in, and by what: asked again when it ends, because a session is renewed by HTTP while its socket stays. */
export interface CameIn extends Authenticated {
  credential: Credential;
}

/** All sockets that are open: whose they are, which are alive, which are slow. */
export class Lines {
  /** Lines with something unsent. */
  #slow = new Set<Line>();
  #all = new Set<Line>();
  #byOwner = new Map<string, Set<Line>>();
  #pace: Pace;
  #services: Services;
  #identity: Identity;
  #turn = 0;
  #heartbeat: NodeJS.Timeout;
  #lookingAfter: NodeJS.Timeout | undefined;

  constructor(pace: Pace, services: Services, identity: Identity) {
    this.#pace = pace;
    this.#services = services;
    this.#identity = identity;
    this.#heartbeat = setInterval(() => this.#beat(), pace.heartbeatMs / turnsOfRound);
    // The sockets keep a process alive, not their clock.
    this.#heartbeat.unref();
  }

  get size(): number {
    return this.#all.size;
  }

  add(line: Line): void {
    this.#all.add(line);
  }

  /** The network has not taken all that was sent on this line: it is looked after until it has. */
  slowed(line: Line): void {
    this.#slow.add(line);
    this.#lookingAfter ??= setInterval(() => this.#lookAfterSlow(), slowEveryMs).unref();
  }

  /** The line is this viewer's from now on. */
  comeIn(line: Line, { viewer, expiresAt, credential }: CameIn): void {
    line.viewer = viewer;
    line.expiresAt = expiresAt;
    line.credential = credential;
    const owner = ownerOf(viewer);
    const own = this.#byOwner.get(owner) ?? new Set();
    this.#byOwner.set(owner, own.add(line));
  }

  remove(line: Line): void {
    this.#all.delete(line);
    this.#slow.delete(line);
    if (!line.viewer) return;
    const owner = ownerOf(line.viewer);
    const own = this.#byOwner.get(owner);
    own?.delete(line);
    if (own?.size === 0) this.#byOwner.delete(owner);
  }

  /** The open lines of the same person, token or screen. */
  of(viewer: Viewer): Line[] {
    return [...(this.#byOwner.get(ownerOf(viewer)) ?? [])];
  }

  /** The lines that a revocation is about. */
  named({ sessionId, personId, tokenId, screenId }: Revocation): Line[] {
    return [...this.#all].filter(({ viewer }) => {
      if (viewer?.kind === 'person') return viewer.sessionId === sessionId || viewer.personId === personId;
      if (viewer?.kind === 'integrator') return viewer.tokenId === tokenId;
      return viewer?.kind === 'screen' && viewer.screenId === screenId;
    });
  }

  /** Closes every line, in random order and at a pace, or at once; resolves when the last is gone. */
  async closeAll([code, reason]: readonly [number, string], fast: boolean): Promise<void> {
    const order = [...this.#all].map((line) => ({ line, place: Math.random() })).sort((a, b) => a.place - b.place);
    const pauseMs = fast ? 0 : 1000 / Math.max(1, order.length * closedPerSecond);
    let due = performance.now();
    for (const { line } of order) {
      if (pauseMs) {
        const early = due - performance.now();
        if (early > 0) await pause(early);
        due += pauseMs;
      }
      line.ws.close(code, reason);
    }
    while (this.#all.size) await pause(10);
    clearInterval(this.#heartbeat);
    clearInterval(this.#lookingAfter);
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % turnsOfRound;
    const now = this.#services.now();
    for (const line of this.#all) {
      if (line.expiresAt !== null && line.expiresAt <= now) void this.#askAgain(line);
      if (line.turn % turnsOfRound !== this.#turn || !line.open) continue;
      if (!line.alive) line.ws.terminate();
      else {
        line.alive = false;
        line.ws.ping();
      }
    }
  }

  /** The time is up, unless it was prolonged since: only the one who gave it knows. */
  async #askAgain(line: Line): Promise<void> {
    line.expiresAt = null;
    try {
      const who = line.credential && (await this.#identity.authenticate(line.credential));
      if (who && line.viewer && ownerOf(who.viewer) === ownerOf(line.viewer)) line.expiresAt = who.expiresAt;
      else line.ws.close(4401, 'Sign in again');
    } catch (error) {
      masked(error, this.#services.log);
      line.ws.close(1012, 'Restarting');
    }
  }

  #lookAfterSlow(): void {
    for (const line of this.#slow) {
      if (line.catchUp()) {
        line.heavySince = null;
        this.#slow.delete(line);
      } else if (line.unsent <= heavyBytes) line.heavySince = null;
      else {
        const now = performance.now();
        line.heavySince ??= now;
        if (now - line.heavySince >= this.#pace.heavyMs) line.ws.close(1013, 'Too slow to follow');
      }
    }
    if (this.#slow.size) return;
    clearInterval(this.#lookingAfter);
    this.#lookingAfter = undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function ownerOf(viewer: Viewer): string {
  if (viewer.kind === 'person') return `person ${viewer.personId}`;
  return viewer.kind === 'integrator' ? `token ${viewer.tokenId}` : `screen ${viewer.screenId}`;
}
