import { CONVERSATION_TECHNIQUE } from '../domain/coaching/default-rubric/conversation-technique.ts';
import { CITY, filledIn } from '../domain/coaching/rubric-wording.ts';
import type { Instant } from '../domain/time.ts';
import type { Config } from './config.ts';
import type { Rubrics } from './graphql/coaching/rubric.ts';
import type { Identity } from './identity/identity.ts';
import { openRubricVersions } from './store/coaching/rubric-versions.ts';
import type { Database } from './store/database.ts';

/** The demonstration city has coached for a while: its rubric is older than its first round. */
const DEMO_PAST_MS = 500 * 86_400_000;

/** The versions of the rubric, with a row in the audit log for each that is published; there is a first one already. */
export async function openRubrics(
  { kysely }: Pick<Database, 'kysely'>,
  audit: Identity['audit'],
  { kind, city }: Pick<Config, 'kind' | 'city'>,
  now: () => Instant
): Promise<Rubrics> {
  const stored = openRubricVersions(kysely);
  const first = filledIn(CONVERSATION_TECHNIQUE, city ?? CITY);
  await makeFirst();

  return {
    published: stored.published,
    draft: stored.draft,
    find: stored.find,
    all: stored.all,
    discard: stored.discard,
    makeDraft: () => stored.makeDraft(first),
    async rewrite(revision, words, meansAnew) {
      const done = await stored.rewrite({ revision, words, meansAnew });
      if ('refusal' in done) return { version: null, refusal: done.refusal, place: null };
      return { version: done.draft, refusal: null, place: null };
    },
    async publish(by, revision) {
      const done = await stored.publish(revision, now(), (inside, id) =>
        audit.write('rubric-published', { actor: by, about: id }, inside)
      );
      if ('refusal' in done) return { version: null, ...done };
      return { version: done.version, refusal: null, place: null };
    }
  };

  /**
   * A real site reads the first version before it publishes it, because a city answers for what it promises; the
   * demonstration has it published, so that there is something to listen by.
   */
  async function makeFirst(): Promise<void> {
    if ((await stored.published()) || (await stored.draft())) return;
    const { revision } = await stored.makeDraft(first);
    if (kind === 'demo')
      await stored.publish(revision, now() - DEMO_PAST_MS, (inside, id) =>
        audit.write('rubric-published', { actor: 'stamgaffel', about: id }, inside)
      );
  }
}
