import { definitionAt, DEFAULT_SERVICE_LEVEL } from '../../domain/statistics/service-level.ts';
import { dayStart, nextDayStart, type Zone } from '../../domain/time.ts';
import type { ServiceLevelVariant } from '../../domain/wallboard.ts';
import type { Database } from '../store/database.ts';
import { findQueue, setQueue, setServiceLevel, type QueueSettings } from '../store/queues.ts';
import { argumentsOf, CommandRefused, milliseconds, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

const VARIANTS = [
  'without-short',
  'abandoned-in-time-met',
  'answered-only',
  'all',
  'without-abandoned-in-time',
  'short-met'
] as const satisfies ServiceLevelVariant[];

export const queueSet: Command = {
  name: 'queue set',
  summary: 'Sets how a queue is shown and counted',
  help: `stamgaffel queue set QUEUE [settings]

Sets how a queue is shown and counted. QUEUE is its id or the PBX's name of it. What is left
out stays as it is; a running server takes it up within seconds.

  --name NAME              on screen
  --short-name NAME        for the wall, at most eleven letters
  --unit UNIT              the unit's id; "" for none
  --wrap-up-ms MS          how long an agent has after a call; "" for none
  --shared-wrap-up 1|0     whether that also keeps the agent from other queues
  --wrap-up-reason REASON  a pause with this reason is wrap-up; may be given several times,
                           and replaces the earlier ones

How the service level is counted, from a day on (figures that have been shown never change):

  --target-ms MS           answered within this is in time
  --short-abandon-ms MS    who hangs up within this did not give us a chance
  --variant VARIANT        ${VARIANTS.slice(0, 3).join(', ')},
                           ${VARIANTS.slice(3).join(', ')}
  --from YYYY-MM-DD        the first day it holds; tomorrow when left out`,

  async run(args, terminal) {
    const one = { type: 'string' } as const;
    const { values, positionals } = argumentsOf(
      args,
      {
        name: one,
        'short-name': one,
        unit: one,
        'wrap-up-ms': one,
        'shared-wrap-up': one,
        'wrap-up-reason': { type: 'string', multiple: true },
        'target-ms': one,
        'short-abandon-ms': one,
        variant: one,
        from: one
      },
      1
    );
    const shared = values['shared-wrap-up'];
    if (shared !== undefined && shared !== '1' && shared !== '0')
      throw new CommandRefused(`--shared-wrap-up "${shared}" is neither 1 nor 0.`);
    const wrapUp = values['wrap-up-ms'];
    const settings: QueueSettings = {
      name: values.name,
      shortName: values['short-name'],
      unit: values.unit === '' ? null : values.unit,
      wrapUpMs: wrapUp === '' ? null : milliseconds('wrap-up-ms', wrapUp),
      sharedWrapUp: shared === undefined ? undefined : shared === '1',
      wrapUpReasons: values['wrap-up-reason']
    };
    const level = {
      targetMs: milliseconds('target-ms', values['target-ms']),
      shortAbandonMs: milliseconds('short-abandon-ms', values['short-abandon-ms']),
      variant: variantOf(values.variant)
    };

    await withDatabase(terminal, async ({ database, config }) => {
      const { id } = await findQueue(database.kysely, positionals[0]!);
      await requireUnit(database, settings.unit);
      // The definition first: it may be refused, and then nothing at all is changed.
      if (Object.values(level).some((part) => part !== undefined)) {
        const from = firstDay(values.from, config.timeZone);
        await setServiceLevel(
          database.kysely,
          id,
          { ...(await heldAt(database, id, from)), ...given(level), from },
          config.timeZone
        );
      } else if (values.from !== undefined) {
        throw new CommandRefused(
          '--from says when a definition begins, and none was given: add --target-ms, --short-abandon-ms or --variant.'
        );
      }
      await setQueue(database.kysely, id, settings);
      terminal.err(`Queue ${id} is set.`);
    });
  }
};

const given = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };

function variantOf(text: string | undefined): ServiceLevelVariant | undefined {
  const variant = VARIANTS.find((each) => each === text);
  if (text === undefined || variant) return variant;
  throw new CommandRefused(`There is no variant ${text}. Use one of ${VARIANTS.join(', ')}.`);
}

async function requireUnit({ kysely }: Database, unit: string | null | undefined): Promise<void> {
  if (!unit) return;
  const units = await kysely.selectFrom('unit').select('id').orderBy('position').execute();
  if (units.some(({ id }) => id === unit)) return;
  throw new CommandRefused(
    `There is no unit ${unit}. ${units.length ? `There are ${units.map(({ id }) => id).join(', ')}.` : 'There is none yet.'}`
  );
}

/** The definition that would hold on that day without us: what is not given stays as it is. */
async function heldAt({ kysely }: Database, queue: string, at: number) {
  const rows = await kysely
    .selectFrom('service_level')
    .selectAll()
    .where('queue_id', '=', queue)
    .orderBy('from_at')
    .execute();
  const definitions = rows.map((row) => ({
    variant: row.variant,
    targetMs: row.target_ms,
    shortAbandonMs: row.short_abandon_ms,
    from: row.from_at
  }));
  return definitions.length > 0 ? definitionAt(definitions, at) : DEFAULT_SERVICE_LEVEL;
}

function firstDay(text: string | undefined, zone: Zone): number {
  if (text === undefined) return nextDayStart(Date.now(), zone);
  const noon = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T12:00:00Z`) : NaN;
  if (Number.isNaN(noon)) throw new CommandRefused(`--from "${text}" is not a day. Write it as 2026-12-01.`);
  return dayStart(noon, zone);
}
