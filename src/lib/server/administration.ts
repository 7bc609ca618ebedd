import type { Viewer } from '../domain/access.ts';
import type { Instant } from '../domain/time.ts';
import type { ApiTokenKeeping } from './graphql/api-tokens.ts';
import type { Exchanges } from './graphql/exchanges.ts';
import type { RetentionKeeping } from './graphql/retention.ts';
import { EXPIRY_DAYS_MOST } from './identity/api-tokens.ts';
import type { Identity } from './identity/identity.ts';
import type { Engine } from './live/engine.ts';
import type { Register } from './live/ports.ts';
import type { Retention } from './store/retention.ts';

/** How we stand with the exchanges, for those who look after the machine. */
export function exchanges(engine: Engine, register: Register, now: () => Instant): Exchanges {
  return {
    all() {
      const queues = register.boardQueues(now());
      return engine.health().sources.map(({ name, status, health }) => ({
        name,
        status,
        trouble: health.trouble,
        drift: health.drift,
        gapRepairs: health.gapRepairs,
        reconnects: health.reconnects,
        bytes: health.bytes,
        anomalies: Object.entries(health.anomalies)
          .map(([code, count]) => ({ code, count }))
          .filter(({ count }) => count > 0)
          .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
        queues: queues.filter(({ source }) => source === name).length
      }));
    },
    log() {
      const { position, saved, unsaved } = engine.health();
      return { ...position, saved, unsaved: unsaved.count, oldestUnsavedAt: unsaved.oldestAt };
    }
  };
}

const NAME_LENGTH_MOST = 80;
/** More than any city has systems; a mistake in a script must not fill the page. */
const TOKENS_MOST = 100;

export function apiTokenKeeping({ tokens, account, audit }: Identity): ApiTokenKeeping {
  return {
    list: () => tokens.list(),
    async create(me, { name, scopes, days }) {
      const refused = (refusal: 'name' | 'scopes' | 'days' | 'too-many' | 'prove') =>
        ({ outcome: 'refused', refusal }) as const;
      if (!(await account.proven(me))) return refused('prove');
      if (!name.trim() || [...name.trim()].length > NAME_LENGTH_MOST) return refused('name');
      if (scopes.length === 0) return refused('scopes');
      if (days < 1 || days > EXPIRY_DAYS_MOST) return refused('days');
      if ((await tokens.list()).length >= TOKENS_MOST) return refused('too-many');
      const made = await tokens.create({ name, scopes: [...new Set(scopes)], days });
      await audit.write('token-made', { actor: me, about: `${made.id} ${scopes.join(' ')}` });
      return { outcome: 'made', ...made };
    },
    async revoke(me, id) {
      const ended = await tokens.revoke(id);
      if (ended) await audit.write('token-ended', { actor: me, about: id });
      return ended;
    }
  };
}

export function retentionKeeping(retention: Retention, { audit }: Identity, now: () => Instant): RetentionKeeping {
  return {
    rules: () => retention.rules(),
    async set(me: Extract<Viewer, { kind: 'person' }>, wish) {
      const refused = await retention.set(wish, now());
      if (refused === null)
        await audit.write('retention-changed', { actor: me, about: `${wish.kept} ${wish.period ?? 'always'}` });
      return refused;
    }
  };
}

/** What whoever starts a server without an administrator is told. */
export function firstStartNotice(origin: string, secret: string): string {
  return [
    '',
    '  Stämgaffeln has no administrator yet. Open this link to become the first one:',
    '',
    `  ${origin}/first-start#${secret}`,
    '',
    '  It holds once, for 24 hours and until the next start, and whoever has it gets in: keep it to yourself.',
    '',
    ''
  ].join('\n');
}
