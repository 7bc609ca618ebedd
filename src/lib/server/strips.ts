import type { Kysely } from 'kysely';
import type { Viewer } from '../domain/access.ts';
import type { Instant } from '../domain/time.ts';
import type { Config } from './config.ts';
import type { Agents } from './graphql/agents.ts';
import type { Strips } from './graphql/strip.ts';
import type { Identity } from './identity/identity.ts';
import type { Engine } from './live/engine.ts';
import type { Register } from './live/ports.ts';
import { createStrips } from './live/strips.ts';
import type { StoredAgentTies } from './store/agent-ties.ts';
import type { StoredAnnouncements } from './store/announcements.ts';
import { saveStripSettings, stripSettings } from './store/strip-settings.ts';
import type { Tables } from './store/tables.ts';

export interface StripParts {
  db: Kysely<Tables>;
  engine: Engine;
  register: Register;
  ties: StoredAgentTies;
  announcements: StoredAnnouncements;
  pausing: Config['pausing'];
  now: () => Instant;
}

/** The strips of those who answer at home, and what they may do with their own telephones. */
export function strips({ db, engine, register, ties, announcements, pausing, now }: StripParts): Strips & {
  close(): void;
} {
  const live = createStrips({
    feed: engine.feed,
    floor: engine.floor,
    register,
    telephones: ties.telephones,
    announcements: announcements.shown,
    now
  });
  const stopListening = engine.onChanged(live.changed);
  const whose = ({ personId, ties: own }: Extract<Viewer, { kind: 'person' }>) => ({
    personId,
    boards: own?.boards ?? [],
    queues: own?.queues ?? []
  });
  return {
    current: (me) => live.current(whose(me)),
    watch: (me, onFrame) => live.watch(whose(me), onFrame),
    settings: ({ personId }) => stripSettings(db, personId),
    save: ({ personId }, settings) => saveStripSettings(db, personId, settings),
    pausing,
    async pause({ personId }, paused, reason) {
      if (!pausing.allowed || (paused && (reason === null || !pausing.reasons.includes(reason)))) return 'not-allowed';
      const telephones = ties.telephones(personId);
      const answers = await Promise.all(
        telephones.map(({ source, key }) => engine.pause(source, key, paused, paused ? reason : null))
      );
      // Neither written down nor logged: nobody is to know afterwards who was on a break, and when.
      const worst = (['done', 'refused', 'no-contact'] as const).find((answer) => answers.includes(answer));
      return worst ?? 'not-member';
    },
    close() {
      stopListening();
      live.close();
    }
  };
}

/** Whose telephone is whose: what the floor knows, what is tied, and a row in the audit log for each change. */
export function agents(
  { engine, register, ties, now }: Pick<StripParts, 'engine' | 'register' | 'ties' | 'now'>,
  identity: Identity
): Agents {
  return {
    members() {
      const members = new Map<string, ReturnType<Agents['members']>[number]>();
      const present = new Map(ties.present().map((tie) => [`${tie.source}|${tie.key}`, tie]));
      const add = (source: string, key: string, queues: readonly string[]) => {
        const tie = present.get(`${source}|${key}`);
        members.set(`${source}|${key}`, {
          source,
          key,
          queues,
          person: tie ? { id: tie.personId, name: tie.name } : null
        });
      };
      for (const { source, key } of present.values()) add(source, key, []);
      for (const [token, { queues }] of engine.floor().agents) {
        const known = register.agentKey(token);
        if (known) add(known.source, known.key, [...queues.keys()]);
      }
      const { compare } = new Intl.Collator('sv', { numeric: true });
      return [...members.values()].sort((a, b) => compare(a.source, b.source) || compare(a.key, b.key));
    },
    people: () => ties.people(),
    tie: (viewer, telephone, person) =>
      ties.tie(telephone, person, now(), (inside, subject) =>
        identity.audit.write('agent-tied', { actor: viewer, subject }, inside)
      ),
    untie: (viewer, telephone) =>
      ties.untie(telephone, now(), (inside, subject) =>
        identity.audit.write('agent-untied', { actor: viewer, subject }, inside)
      )
  };
}
