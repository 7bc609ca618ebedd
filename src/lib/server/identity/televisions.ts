import { Cookie } from 'lucia';
import type { Viewer } from '../../domain/access.ts';
import { SCREEN_LIVES_MS, type PairingStep } from '../../domain/pairing.ts';
import { browserOf } from './browser.ts';
import { cookieValue } from './cookies.ts';
import type { Authenticated } from './identity.ts';
import type { Pairings } from './pairings.ts';
import type { Revocations } from './revocations.ts';
import type { Screens } from './screens.ts';

export interface Televisions {
  authenticate(cookie: string | null | undefined): Promise<Authenticated | null>;
  visit(cookie: string | null): Promise<{ viewer: Viewer | null; cookies: Cookie[] }>;
  ask(asking: { cookie: string | null; address: string; userAgent: string | null }): Promise<{
    step: PairingStep;
    cookies: Cookie[];
  }>;
}

/**
 * What a television carries: while it waits, a cookie with the secret by which it asks; once it is paired, another with
 * its token. No script reads either, so nothing that runs on the page can carry them away, and `/tv/lite` needs none.
 */
export function createTelevisions(parts: {
  screens: Screens;
  pairings: Pairings;
  revocations: Revocations;
  secure: boolean;
}): Televisions {
  const { screens, pairings, revocations, secure } = parts;
  const name = (plain: string) => (secure ? `__Host-${plain}` : plain);
  const cookie = (plain: string, value: string, seconds: number) =>
    new Cookie(name(plain), value, { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: seconds });
  const month = SCREEN_LIVES_MS / 1000;

  return {
    async authenticate(header) {
      const found = await screens.viewer(cookieValue(header, name('screen')) ?? '');
      if (!found) return null;
      revocations.letIn({ screenId: found.viewer.screenId }, found.version);
      return { viewer: found.viewer, expiresAt: found.expiresAt };
    },

    async visit(header) {
      const token = cookieValue(header, name('screen'));
      const found = token && (await screens.viewer(token));
      if (!token || !found) return { viewer: null, cookies: [] };
      const { viewer, worn } = found;
      const cookies: Cookie[] = [];
      if (worn) {
        await screens.renew(token);
        cookies.push(cookie('screen', token, month));
      }
      // It has its token and uses it, so what it was paired by has done its work.
      if (cookieValue(header, name('pairing'))) {
        await pairings.done(viewer.screenId);
        cookies.push(cookie('pairing', '', 0));
      }
      return { viewer, cookies };
    },

    async ask({ cookie: header, address, userAgent }) {
      const known = cookieValue(header, name('pairing'));
      const browser = browserOf(userAgent) ?? '';
      const { step, device, token } = await pairings.ask({ device: known, address, browser });
      const cookies = step.step === 'full' || device === known ? [] : [cookie('pairing', device, month)];
      if (token) cookies.push(cookie('screen', token, month));
      return { step, cookies };
    }
  };
}
