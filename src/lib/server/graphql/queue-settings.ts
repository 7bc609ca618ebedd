import type { Viewer } from '../../domain/access.ts';
import { boardIdOf, type Sensitivity } from '../../domain/board.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import type { QueueId } from '../../domain/telephony/event.ts';
import { nextDayStart, type Instant } from '../../domain/time.ts';
import type { ServiceLevelDefinition, ServiceLevelVariant } from '../../domain/wallboard.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { serviceLevelType, unit as unitType } from './queue.ts';
import { refusal } from './refusal.ts';

/** A queue as whoever looks after it sees it: also when the PBX no longer has it. */
export interface KeptQueue {
  id: QueueId;
  pbxName: string;
  source: string;
  name: string;
  shortName: string;
  unit: string | null;
  wrapUpMs: number | null;
  sensitivity: Sensitivity;
  goneAt: Instant | null;
  /** Every definition it has had and will have, oldest first. */
  serviceLevels: readonly ServiceLevelDefinition[];
}
export interface QueueWish {
  id: QueueId;
  name: string;
  shortName: string;
  unit: string | null;
  wrapUpMs: number | null;
  sensitivity: Sensitivity;
  /** From that day on; null leaves what is promised as it is. */
  serviceLevel: ServiceLevelDefinition | null;
}
/** What is decided about queues, units and hours. `app.ts` fulfils it; each act is on every board at once. */
export interface QueueKeeping {
  queues(): Promise<KeptQueue[]>;
  /** `counted-already`: calls of that day have been counted by what held then, and shown figures are never rewritten. */
  setQueue(by: Viewer, wish: QueueWish): Promise<'kept' | 'counted-already'>;
  setUnit(by: Viewer, unit: { id: string; name: string }): Promise<void>;
  orderUnits(by: Viewer, ids: readonly string[]): Promise<void>;
  hours(unit: string | null): OpeningHours | null;
  setHours(by: Viewer, unit: string | null, hours: OpeningHours | null): Promise<void>;
}

const insider = { insider: true } as const;
/** Letters that have room under a figure on the wall. */
const SHORT_NAME_LETTERS = 11;
const VARIANTS = [
  'without-short',
  'abandoned-in-time-met',
  'answered-only',
  'all',
  'without-abandoned-in-time',
  'short-met'
] as const satisfies ServiceLevelVariant[];

const sensitivity = builder.enumType('Sensitivity', {
  description: 'How readily a queue is called pressed: LOW takes twice as many callers, HIGH half as many.',
  values: {
    LOW: { value: 'low' },
    ORDINARY: { value: 'ordinary' },
    HIGH: { value: 'high' }
  } satisfies Record<string, { value: Sensitivity }>
});

const keptQueue = builder.objectRef<KeptQueue>('QueueSettings').implement({
  description: 'A queue that was found in a PBX, and what is decided about it.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'As Queue.' }),
    pbxName: t.exposeString('pbxName', { description: 'What its PBX calls it.' }),
    source: t.exposeString('source', { description: 'Which PBX.' }),
    name: t.exposeString('name', { description: 'As it is called on screens.' }),
    shortName: t.exposeString('shortName', { description: 'At most eleven letters.' }),
    unit: t.exposeID('unit', { nullable: true, description: 'The unit that owns it.' }),
    wrapUpMs: t.exposeInt('wrapUpMs', { nullable: true, description: 'Wrap-up by the clock, ms; null: not by it.' }),
    sensitivity: t.expose('sensitivity', { type: sensitivity, description: 'How readily it is called pressed.' }),
    goneAt: t.expose('goneAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when its PBX has it no longer.'
    }),
    serviceLevels: t.field({
      type: [serviceLevelType],
      description: 'What it has promised and will, the oldest first.',
      resolve: ({ serviceLevels }) => [...serviceLevels]
    })
  })
});

const why = builder.enumType('QueueRefusal', {
  description:
    'Why nothing was changed. COUNTED_ALREADY: calls of that day are counted, and figures are never rewritten.',
  values: {
    NO_NAME: { value: 'no-name' },
    SHORT_NAME: { value: 'short-name' },
    UNIT: { value: 'unit' },
    TARGET: { value: 'target' },
    WRAP_UP: { value: 'wrap-up' },
    VARIANT: { value: 'variant' },
    COUNTED_ALREADY: { value: 'counted-already' }
  } satisfies Record<string, { value: string }>
});
type Why = typeof why.$inferType;

const levelInput = builder.inputType('ServiceLevelInput', {
  description: 'What is promised from a day on.',
  fields: (t) => ({
    variant: t.string({ required: true, description: 'As ServiceLevel.' }),
    targetMs: t.int({ required: true, description: 'In time is within this, ms.' }),
    shortAbandonMs: t.int({ required: true, description: 'Hanging up within this is a short abandon, ms.' }),
    from: t.field({ type: 'DateTime', required: false, description: 'A midnight; the next one when left out.' })
  })
});
const queueInput = builder.inputType('QueueInput', {
  description: 'What is decided about a queue.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which.' }),
    name: t.string({ required: true, description: 'As it is called on screens.' }),
    shortName: t.string({ required: true, description: 'At most eleven letters.' }),
    unit: t.id({ required: false, description: 'The unit that owns it.' }),
    wrapUpMs: t.int({ required: false, description: 'Wrap-up by the clock, ms; null: not by it.' }),
    sensitivity: t.field({ type: sensitivity, required: true, description: 'How readily it is called pressed.' }),
    serviceLevel: t.field({ type: levelInput, required: false, description: 'What it promises; null: as before.' })
  })
});

builder.queryField('queueSettings', (t) =>
  t.field({
    type: [keptQueue],
    description: "Every queue that was ever found in a PBX, in the PBX's order.",
    authScopes: { act: 'keep-queues' },
    resolve: (_, __, { queueKeeping }) => queueKeeping.queues()
  })
);
builder.queryField('units', (t) =>
  t.field({
    type: [unitType],
    description: 'The units, in their own order.',
    authScopes: { act: 'keep-boards' },
    resolve: (_, __, { boardKeeping }) => [...boardKeeping.units()]
  })
);

builder.mutationField('setQueue', (t) =>
  t.field({
    type: why,
    nullable: true,
    description: 'Decides about a queue; null when it is done, else why nothing was changed.',
    authScopes: { act: 'keep-queues' },
    args: { queue: t.arg({ type: queueInput, required: true, description: 'What is decided.' }) },
    resolve: (_, { queue }, context) => setQueue(queue, context)
  })
);

builder.mutationField('saveUnit', (t) =>
  t.field({
    type: unitType,
    nullable: true,
    description: 'Names a unit, or makes one. Null when the name is empty or makes an address that is taken.',
    authScopes: { act: 'keep-queues' },
    args: {
      id: t.arg.id({ required: false, description: 'Which; a new one when left out.' }),
      name: t.arg.string({ required: true, description: 'As it is called on screens.' })
    },
    resolve: async (_, { id, name }, context) => {
      const { boardKeeping, queueKeeping, feed } = context;
      const units = boardKeeping.units();
      const unit = { id: id ?? boardIdOf(name), name: name.trim() };
      if (id != null && !units.some((each) => each.id === id)) throw refusal('NOT_FOUND', 'There is no such unit');
      const taken = id == null && [...units.map((each) => each.id), ...feed.boards()].includes(unit.id);
      if (unit.name === '' || unit.id === '' || [...unit.name].length > 60 || taken) return null;
      await queueKeeping.setUnit(asking(context), unit);
      return unit;
    }
  })
);

builder.mutationField('orderUnits', (t) =>
  t.boolean({
    description: 'Puts the units in this order. False when these are not all the units there are.',
    authScopes: { act: 'keep-queues' },
    args: { units: t.arg.idList({ required: true, description: 'All of them, in order.' }) },
    resolve: async (_, { units }, context) => {
      const there = context.boardKeeping.units().map(({ id }) => id);
      if (there.length !== units.length || !there.every((id) => units.includes(id))) return false;
      await context.queueKeeping.orderUnits(asking(context), units);
      return true;
    }
  })
);

async function setQueue(input: typeof queueInput.$inferInput, context: Context): Promise<Why | null> {
  const { queueKeeping, boardKeeping, now, timeZone } = context;
  const { id, wrapUpMs = null, unit = null, serviceLevel: level } = input;
  const [name, shortName] = [input.name.trim(), input.shortName.trim()];
  if (!(await queueKeeping.queues()).some((queue) => queue.id === id))
    throw refusal('NOT_FOUND', 'There is no such queue');
  if (name === '' || [...name].length > 60) return 'no-name';
  if (shortName === '' || [...shortName].length > SHORT_NAME_LETTERS) return 'short-name';
  if (unit !== null && !boardKeeping.units().some((each) => each.id === unit)) return 'unit';
  if (wrapUpMs !== null && (wrapUpMs < 0 || wrapUpMs > 3_600_000)) return 'wrap-up';
  const variant = VARIANTS.find((each) => each === level?.variant);
  if (level && variant === undefined) return 'variant';
  if (level && (level.targetMs < 1_000 || level.targetMs > 3_600_000 || level.shortAbandonMs < 0)) return 'target';
  const from = level?.from ?? nextDayStart(now(), timeZone);
  const serviceLevel =
    level && variant ? { variant, targetMs: level.targetMs, shortAbandonMs: level.shortAbandonMs, from } : null;
  const wish = { id, name, shortName, unit, wrapUpMs, sensitivity: input.sensitivity, serviceLevel };
  return (await queueKeeping.setQueue(asking(context), wish)) === 'kept' ? null : 'counted-already';
}

function asking({ viewer }: Context): Viewer {
  if (viewer === null) throw refusal('NOT_FOUND', 'There is no such thing');
  return viewer;
}
