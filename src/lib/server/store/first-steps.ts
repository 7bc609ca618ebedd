import type { Begun } from '../../domain/first-steps.ts';
import type { Instant } from '../../domain/time.ts';
import type { Database } from './database.ts';

export interface StoredFirstSteps {
  /** What is there already of all that the database knows. */
  begun(): Promise<Omit<Begun, 'exchanges' | 'connected'>>;
  /** Whether nobody needs to be led through them any more. */
  ended(): Promise<boolean>;
  end(now: Instant): Promise<void>;
}

export function storedFirstSteps({ kysely }: Pick<Database, 'kysely'>): StoredFirstSteps {
  return {
    async begun() {
      const [units, queues, hours, people, screens] = await Promise.all([
        kysely.selectFrom('unit').select('id').execute(),
        kysely.selectFrom('queue').select('unit_id').where('gone_at', 'is', null).execute(),
        kysely.selectFrom('opening_hours').select('scope').where('scope', '=', 'all').executeTakeFirst(),
        kysely.selectFrom('person').select('id').where('disabled_at', 'is', null).limit(2).execute(),
        kysely.selectFrom('screen').select('id').limit(1).execute()
      ]);
      return {
        units: units.length,
        queues: queues.length,
        withoutUnit: queues.filter(({ unit_id }) => unit_id === null).length,
        hours: hours !== undefined,
        people: people.length,
        screens: screens.length
      };
    },
    async ended() {
      return (await kysely.selectFrom('first_steps').select('id').executeTakeFirst()) !== undefined;
    },
    async end(now) {
      await kysely
        .insertInto('first_steps')
        .values({ id: 1, ended_at: now })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    }
  };
}
