import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Viewer } from '../../domain/access.ts';
import {
  CODE_LIVES_MS,
  MATCH_LIVES_MS,
  PAIRING_LETTERS,
  ROOM_LENGTH,
  typedCode,
  type PairingRefusal,
  type PairingStep
} from '../../domain/pairing.ts';
import type { Instant } from '../../domain/time.ts';
import type { Audit } from './audit.ts';
import { networkOf } from './guessing.ts';
import { newScreen, type Screens } from './screens.ts';
import { hashed, randomSecret } from './secrets.ts';
import type { IdentityTables } from './tables.ts';

type PersonViewer = Extract<Viewer, { kind: 'person' }>;

/** What an administrator sees of a television before they approve it. */
export interface WaitingScreen {
  network: string;
  sameNetwork: boolean;
  browser: string;
  since: Instant;
}
export interface Approval {
  code: string;
  room: string;
  board: string;
  /** Somebody has said that a television in another network is meant. */
  otherNetwork: boolean;
}
export type Refused = { refusal: PairingRefusal };

export interface Pairings {
  /**
   * A television asks how it stands. `device` is the secret that it was given the first time; a new one comes back when
   * it brought none that is known. `token` comes with `paired`, again each time until it has been used.
   */
  ask(asking: { device: string | null; address: string; browser: string }): Promise<Asked>;
  /** What waits behind a code. Wrong codes are counted: an administrator's session is no door for guessing either. */
  look(by: PersonViewer, code: string, address: string): Promise<WaitingScreen | Refused>;
  /** Makes the television show two digits for a minute. */
  approve(by: PersonViewer, approval: Approval, address: string): Promise<{ until: Instant } | Refused>;
  /** The digits that stand on the television. There is one attempt: then it has a new code. */
  confirm(by: PersonViewer, code: string, digits: string): Promise<{ screenId: string } | Refused>;
  /** The screen has used its token: what it was paired by is forgotten. */
  done(screenId: string): Promise<void>;
}
export interface Asked {
  step: PairingStep;
  device: string;
  token?: string;
}

const DAY_MS = 86_400_000;
const PER_NETWORK = 20;
const IN_ALL = 200;
const WRONG_CODES = 10;
const WRONG_CODES_PER_MS = 10 * 60_000;

export interface PairingParts {
  db: Kysely<IdentityTables>;
  screens: Screens;
  audit: Audit;
  now: () => Instant;
}

export function createPairings({ db, screens, audit, now }: PairingParts): Pairings {
  const wrong = new Map<string, Instant[]>();

  const fresh = () => ({
    code: newCode(),
    began_at: now(),
    expires_at: now() + CODE_LIVES_MS,
    ...{ room: null, board: null, approver: null, digits: null, match_until: null, screen_id: null }
  });

  /** A new code for a television that has one already: the old is worth nothing. */
  async function renew(device_hash: string): Promise<PairingStep> {
    const next = fresh();
    await db.updateTable('screen_pairing').set(next).where('device_hash', '=', device_hash).execute();
    return { step: 'code', code: next.code, until: next.expires_at };
  }

  async function begin(address: string, browser: string): Promise<Asked> {
    const [device, network] = [randomSecret(), subnetOf(address)];
    const step = await db.transaction().execute(async (inside): Promise<PairingStep> => {
      await inside.deleteFrom('screen_pairing').where('expires_at', '<=', now()).execute();
      const all = await inside.selectFrom('screen_pairing').select('network').execute();
      if (all.length >= IN_ALL || all.filter((row) => row.network === network).length >= PER_NETWORK)
        return { step: 'full' };
      const row = { device_hash: hashed(device), network, browser, ...fresh() };
      await inside.insertInto('screen_pairing').values(row).execute();
      return { step: 'code', code: row.code, until: row.expires_at };
    });
    return { step, device };
  }

  /** The television that shows a code, for somebody who may guess only so often. */
  async function showing(by: PersonViewer, text: string) {
    const recent = (wrong.get(by.personId) ?? []).filter((at) => now() - at < WRONG_CODES_PER_MS);
    if (recent.length >= WRONG_CODES) return 'too-many';
    const code = typedCode(text);
    const row =
      code &&
      (await db
        .selectFrom('screen_pairing')
        .selectAll()
        .where('code', '=', code)
        .where('expires_at', '>', now())
        .where('screen_id', 'is', null)
        .executeTakeFirst());
    if (row) return row;
    wrong.set(by.personId, [...recent, now()]);
    return 'unknown-code';
  }

  return {
    async ask({ device, address, browser }) {
      const row = device
        ? await db.selectFrom('screen_pairing').selectAll().where('device_hash', '=', hashed(device)).executeTakeFirst()
        : undefined;
      if (!device || !row) return begin(address, browser);
      if (row.screen_id !== null)
        return { device, step: { step: 'paired' }, token: await screens.token(row.screen_id) };
      const { digits, match_until, code, expires_at } = row;
      if (digits !== null && match_until !== null && match_until > now())
        return { device, step: { step: 'digits', digits, until: match_until } };
      if (digits !== null || expires_at <= now()) return { device, step: await renew(row.device_hash) };
      return { device, step: { step: 'code', code, until: expires_at } };
    },

    async look(by, code, address) {
      const row = await showing(by, code);
      if (typeof row === 'string') return { refusal: row };
      const { network, browser, began_at: since } = row;
      return { network, browser, since, sameNetwork: network === subnetOf(address) };
    },

    async approve(by, { code, room, board, otherNetwork }, address) {
      const row = await showing(by, code);
      if (typeof row === 'string') return { refusal: row };
      if (!room.trim() || room.trim().length > ROOM_LENGTH) return { refusal: 'room' };
      if (row.network !== subnetOf(address) && !otherNetwork) return { refusal: 'other-network' };
      const until = now() + MATCH_LIVES_MS;
      await db
        .updateTable('screen_pairing')
        .set({
          ...{ room: room.trim(), board, approver: by.personId, match_until: until },
          digits: String(randomInt(10, 100)),
          // The digits may outlive the code that led to them, and then end with it.
          expires_at: Math.max(row.expires_at, until)
        })
        .where('device_hash', '=', row.device_hash)
        .execute();
      return { until };
    },

    async confirm(by, code, digits) {
      const row = await showing(by, code);
      if (typeof row === 'string') return { refusal: row };
      const { device_hash, room, board, match_until } = row;
      if (row.approver !== by.personId || room === null || board === null || match_until === null)
        return { refusal: 'unknown-code' };
      if (match_until <= now()) return { refusal: 'late' };
      if (digits.trim() !== row.digits) {
        await renew(device_hash);
        return { refusal: 'wrong-digits' };
      }
      const screen = newScreen(room, board, now());
      return db.transaction().execute(async (inside) => {
        await inside.insertInto('screen').values(screen).execute();
        const { numUpdatedRows } = await inside
          .updateTable('screen_pairing')
          // The television fetches its token at its next question; a day, should its network be away just then.
          .set({ screen_id: screen.id, expires_at: now() + DAY_MS })
          .where('device_hash', '=', device_hash)
          .where('screen_id', 'is', null)
          .executeTakeFirst();
        // Pressed twice: the second finds that there is a screen already.
        if (numUpdatedRows === 0n) throw new Error('The television was paired meanwhile');
        await audit.write('screen-paired', { actor: by, about: `screen ${screen.id} board ${board}` }, inside);
        return { screenId: screen.id };
      });
    },

    async done(screenId) {
      await db.deleteFrom('screen_pairing').where('screen_id', '=', screenId).execute();
    }
  };
}

/** Eight letters of twenty: 26 thousand million codes, of which two hundred at most mean anything at a time. */
const newCode = (): string =>
  Array.from({ length: 8 }, () => PAIRING_LETTERS[randomInt(PAIRING_LETTERS.length)]).join('');

/** Those who are neighbours: 256 addresses of IPv4, or a /64. */
export function subnetOf(address: string): string {
  return networkOf(address).replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0/24');
}
