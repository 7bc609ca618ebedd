import { hash, verify } from '@node-rs/argon2';
import { randomSecret } from './secrets.ts';

/** 64 MiB and three passes, argon2id: about a tenth of a second for us, and as much for everyone who steals the table. */
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
/** Two at once: a flood of sign-ins must take neither all memory nor all processors from the board. */
const SLOTS = 2;
/** How many may wait for a slot, each for about a tenth of a second, before the next is asked to come back. */
const WAITING_MOST = 40;

/** Too many people sign in at this moment; nothing was tried. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** `stored` is null for an account that does not exist or has no password: the same work, and never right. */
  right(stored: string | null, password: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  let free = SLOTS;
  const waiting: (() => void)[] = [];
  async function inSlot<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free--;
    else {
      if (waiting.length >= WAITING_MOST) throw new TooBusy('Too many people are signing in at this moment');
      // A slot is handed over, not freed and taken: nobody who comes later can slip in between.
      await new Promise<void>((turn) => waiting.push(turn));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  }
  // Made at the first need, once: what an unknown account's password is compared with.
  let decoy: Promise<string> | undefined;

  return {
    hash: (password) => inSlot(() => hash(password, COST)),
    async right(stored, password) {
      const against = stored ?? (await (decoy ??= inSlot(() => hash(randomSecret(), COST))));
      const matches = await inSlot(() => verify(against, password));
      return matches && stored !== null;
    }
  };
}
