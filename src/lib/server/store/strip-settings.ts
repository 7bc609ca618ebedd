import type { Kysely } from 'kysely';
import { DEFAULT_STRIP_SETTINGS, type StripSettings } from '../../domain/strip-settings.ts';
import type { Tables } from './tables.ts';

/** How this person wants the strip; the defaults until they have said otherwise. */
export async function stripSettings(db: Kysely<Tables>, personId: string): Promise<StripSettings> {
  const row = await db.selectFrom('person_strip').selectAll().where('person_id', '=', personId).executeTakeFirst();
  if (!row) return DEFAULT_STRIP_SETTINGS;
  return {
    figures: row.figures === 1,
    alerts: row.alerts === 1,
    sound: row.sound === 1,
    quietFrom: row.quiet_from,
    quietUntil: row.quiet_until
  };
}

export async function saveStripSettings(db: Kysely<Tables>, personId: string, settings: StripSettings): Promise<void> {
  const row = {
    figures: settings.figures ? 1 : 0,
    alerts: settings.alerts ? 1 : 0,
    sound: settings.sound ? 1 : 0,
    quiet_from: settings.quietFrom,
    quiet_until: settings.quietUntil
  } as const;
  await db
    .insertInto('person_strip')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}
