import { hoursProblem, type HoursProblem, type OpeningHours, type Span } from '../../domain/opening-hours.ts';
import { builder } from './builder.ts';
import { refusal } from './refusal.ts';

const insider = { insider: true } as const;

const span = builder.objectRef<Span>('OpenSpan').implement({
  description: 'Open from one time to another.',
  authScopes: insider,
  fields: (t) => ({
    from: t.exposeInt('from', { description: 'Minutes after 00:00.' }),
    to: t.exposeInt('to', { description: 'Minutes after 00:00; 1440 is the next midnight.' })
  })
});
const dayHours = builder.objectRef<{ day: string; spans: readonly Span[] }>('DayHours').implement({
  description: 'The hours of a day. No span: closed.',
  authScopes: insider,
  fields: (t) => ({
    day: t.exposeString('day', { description: '`1` to `7` from Monday, `holidays`, `eves`, or a date: `2026-12-24`.' }),
    spans: t.field({ type: [span], description: 'In order.', resolve: ({ spans }) => [...spans] })
  })
});

const scoped = builder.objectRef<{ unit: string | null; hours: OpeningHours | null }>('OpeningHours').implement({
  description: 'When the telephones are open: of the centre, or of a unit with hours of its own.',
  authScopes: insider,
  fields: (t) => ({
    unit: t.exposeID('unit', { nullable: true, description: 'Whose; null: the centre’s.' }),
    days: t.field({
      type: [dayHours],
      nullable: true,
      description: 'By weekday, for holidays and eves where they are set, and by date; null when nobody has set any.',
      resolve: ({ hours }) => hours && daysOf(hours)
    })
  })
});

const spanInput = builder.inputType('OpenSpanInput', {
  description: 'As OpenSpan.',
  fields: (t) => ({
    from: t.int({ required: true, description: 'Minutes after 00:00.' }),
    to: t.int({ required: true, description: 'Minutes after 00:00.' })
  })
});
const dayInput = builder.inputType('DayHoursInput', {
  description: 'As DayHours.',
  fields: (t) => ({
    day: t.string({ required: true, description: 'As DayHours.' }),
    spans: t.field({ type: [spanInput], required: true, description: 'In order.' })
  })
});
const problem = builder.enumType('OpeningHoursRefusal', {
  description:
    'What is wrong. WEEK: a weekday is missing. SPAN: it ends before it begins. OVERLAP. DAY: no such date, or twice.',
  values: {
    WEEK: { value: 'week' },
    SPAN: { value: 'span' },
    OVERLAP: { value: 'overlap' },
    DAY: { value: 'day' }
  } satisfies Record<string, { value: HoursProblem }>
});

builder.queryField('openingHours', (t) =>
  t.field({
    type: [scoped],
    description: "The centre's hours first, then each unit's, in their order.",
    authScopes: { act: 'keep-queues' },
    resolve: (_, __, { boardKeeping, queueKeeping }) =>
      [null, ...boardKeeping.units().map(({ id }) => id)].map((unit) => ({ unit, hours: queueKeeping.hours(unit) }))
  })
);

builder.mutationField('setOpeningHours', (t) =>
  t.field({
    type: problem,
    nullable: true,
    description: 'Says when the telephones are open; null when it is done, else what is wrong and nothing was changed.',
    authScopes: { act: 'keep-queues' },
    args: {
      unit: t.arg.id({ required: false, description: 'Whose; the centre’s when left out.' }),
      days: t.arg({
        type: [dayInput],
        required: false,
        description: 'All of them; null: as nobody had set any, and a unit has the centre’s.'
      })
    },
    resolve: async (_, { unit = null, days }, { viewer, boardKeeping, queueKeeping }) => {
      if (viewer === null || (unit !== null && !boardKeeping.units().some(({ id }) => id === unit)))
        throw refusal('NOT_FOUND', 'There is no such unit');
      const hours = days ? hoursOf(days) : null;
      const wrong = hours && hoursProblem(hours);
      if (!wrong) await queueKeeping.setHours(viewer, unit, hours);
      return wrong;
    }
  })
);

function daysOf({ week, holidays, eves, exceptions }: OpeningHours): { day: string; spans: readonly Span[] }[] {
  return [
    ...week.map((spans, index) => ({ day: String(index + 1), spans })),
    ...(holidays ? [{ day: 'holidays', spans: holidays }] : []),
    ...(eves ? [{ day: 'eves', spans: eves }] : []),
    ...exceptions
  ];
}

function hoursOf(days: readonly { day: string; spans: readonly Span[] }[]): OpeningHours {
  const named = (name: string) => days.find(({ day }) => day === name)?.spans;
  const weekdays = ['1', '2', '3', '4', '5', '6', '7'];
  return {
    week: weekdays.flatMap((day) => {
      const spans = named(day);
      return spans ? [spans] : [];
    }),
    holidays: named('holidays') ?? null,
    eves: named('eves') ?? null,
    exceptions: days.filter(({ day }) => ![...weekdays, 'holidays', 'eves'].includes(day))
  };
}
