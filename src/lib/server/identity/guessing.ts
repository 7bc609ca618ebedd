import type { Instant } from '../../domain/time.ts';

/** Wrong attempts that cost nothing: everybody mistypes. */
const FREE = 3;
const LONGEST_MS = 25_000;
/** A whole office shares one address, so a network is slowed only far above what people mistype. */
const NETWORK_PER_HOUR = 100;
const HOUR_MS = 3_600_000;
/** Attempts of one lane that may wait at the same time. */
const WAITING_MOST = 3;
/** Counters kept at most; the ones that were quiet longest go first. */
const COUNTERS_MOST = 20_000;
/** A device that is known, and still wrong this often, is treated as any other. */
const DEVICE_MOST = 10;

export interface Attempt {
  /** The account as it was typed, whether it exists or not. */
  account: string;
  /** The caller's address. */
  address: string;
  /** A device that this account signed in from before; null when it is not known. */
  device: string | null;
}
/** Somebody is already trying this account from there: come back in `waitMs`. Nothing was tried. */
export class TooManyAttempts extends Error {
  override readonly name = 'TooManyAttempts';
  readonly waitMs: number;
  constructor(waitMs: number) {
    super('Too many attempts at the same time');
    this.waitMs = waitMs;
  }
}

/**
 * Makes guessing slow without ever locking anybody out. Each wrong password makes the account's next attempt wait
 * longer, to 25 s; attempts from one network wait in one lane, one after the other, so that a flood from elsewhere does
 * not stand in the owner's way; and a device that the account is known by has a lane and a counter of its own, so that
 * other people's guesses cost its owner nothing.
 */
export class Guessing {
  readonly #now: () => Instant;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #failures = new Map<string, { count: number; at: Instant }>();
  readonly #lanes = new Map<string, { tail: Promise<void>; waiting: number }>();

  constructor(now: () => Instant, wait: (ms: number) => Promise<void>) {
    this.#now = now;
    this.#wait = wait;
  }

  /** Waits as long as this attempt costs, then lets `check` look at the password; counts what it says. */
  async attempt<T>(who: Attempt, check: () => Promise<T | null>): Promise<T | null> {
    const network = networkOf(who.address);
    const known = who.device !== null && this.#count(`device ${who.device}`) < DEVICE_MOST;
    const counter = known ? `device ${who.device}` : `account ${who.account}`;
    const lane = known ? counter : `${counter} from ${network}`;
    return this.#oneByOne(
      lane,
      async () => {
        const cost = known ? this.#delay(counter) : Math.max(this.#delay(counter), this.#networkDelay(network));
        if (cost > 0) await this.#wait(cost);
        const result = await check();
        if (result !== null) this.#failures.delete(counter);
        else for (const key of [counter, `network ${network}`]) this.#fail(key);
        return result;
      },
      () => this.#delay(counter)
    );
  }

  async #oneByOne<T>(name: string, work: () => Promise<T>, cost: () => number): Promise<T> {
    const lane = this.#lanes.get(name) ?? { tail: Promise.resolve(), waiting: 0 };
    if (lane.waiting >= WAITING_MOST) throw new TooManyAttempts(Math.max(1000, cost() * lane.waiting));
    this.#lanes.set(name, lane);
    lane.waiting++;
    const turn = lane.tail.then(work);
    lane.tail = turn.then(
      () => {},
      () => {}
    );
    try {
      return await turn;
    } finally {
      if (--lane.waiting === 0) this.#lanes.delete(name);
    }
  }

  #delay(counter: string): number {
    const count = this.#count(counter);
    return count < FREE ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** (count - FREE));
  }
  #networkDelay(network: string): number {
    return this.#count(`network ${network}`) >= NETWORK_PER_HOUR ? LONGEST_MS : 0;
  }
  /** Wrong attempts, each hour of quiet forgiving them all. */
  #count(key: string): number {
    const failures = this.#failures.get(key);
    return failures && this.#now() - failures.at < HOUR_MS ? failures.count : 0;
  }
  #fail(key: string): void {
    const count = this.#count(key) + 1;
    const began = this.#failures.get(key)?.at;
    this.#failures.delete(key);
    // A network's hour counts from its first failure, an account's from its last.
    const at = key.startsWith('network ') && count > 1 && began !== undefined ? began : this.#now();
    this.#failures.set(key, { count, at });
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= COUNTERS_MOST) break;
      this.#failures.delete(oldest);
    }
  }
}

/** One network: an IPv4 address, or the /64 that one IPv6 customer owns and can roam in as they please. */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped || !plain.includes(':')) return mapped ?? plain;
  const [head = '', tail] = plain.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return (
    groups
      .slice(0, 4)
      .map((group) => group.replace(/^0+(?=.)/, ''))
      .join(':') + '::/64'
  );
}
