import { builder } from './builder.ts';
import { past, type QueueFigures } from './past.ts';
import { queue } from './queue.ts';
import { refusal } from './refusal.ts';
import { tally } from './tally.ts';
import type { Grain } from '../../domain/time.ts';

const queueTally = builder.objectRef<QueueFigures>('QueueTally').implement({
  description: 'Figures of one queue over one whole period.',
  authScopes: { insider: true },
  fields: (t) => ({
    queue: t.expose('queue', { type: queue, description: 'Which queue.' }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: "When the period began, in the centre's zone." }),
    tally: t.expose('tally', { type: tally, description: 'The figures.' }),
    revisedAt: t.expose('revisedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a late event or a correction last changed them; null when nothing did after the period ended.'
    }),
    transfersVisible: t.exposeBoolean('transfersVisible', {
      description:
        'False when a part of the period was not watched live but read from queue_log, which does not show transfers behind Local members: there were at least so many passed on as `passedOn` says, and at most so many solved directly.'
    })
  })
});

const grain = builder.enumType('Grain', {
  description: "How long a period is. Days, weeks (from Monday), months and years are those of the centre's zone.",
  values: ['QUARTER_HOUR', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const
});

const dayMs = 86_400_000;
/** The longest span per grain, in days: so that an answer has at most some thousand rows per queue. */
const longestDays: Record<Grain, number> = { QUARTER_HOUR: 32, HOUR: 93, DAY: 400, WEEK: 800, MONTH: 800, YEAR: 1200 };

builder.queryField('tallies', (t) =>
  t.field({
    type: [queueTally],
    description:
      'Figures of the past, by period and queue. Given are the whole periods that [from, to) touches, the running one included, and only those of which something is stored. What describes the agents is withheld where few answered, and in one part more where it could be had by subtraction; a queue in which one single person answered that day has no rows finer than DAY. PERIOD when the span is empty or too long for the grain: 32 days of quarters, 93 of hours, 400 of days, 800 of weeks and months, 1200 of years. NOT_FOUND for a queue that is not there or not for the viewer.',
    extensions: { cost: 100 },
    args: {
      from: t.arg({ type: 'DateTime', required: true, description: 'From this instant.' }),
      to: t.arg({ type: 'DateTime', required: true, description: 'Up to but not including this one.' }),
      grain: t.arg({ type: grain, required: true, description: 'How long each period is.' }),
      queues: t.arg.idList({ description: 'Which queues; all when not given.' })
    },
    authScopes: (_, { queues }) => ({ tallies: queues ?? 'all' }),
    resolve: (_, { from, to, grain, queues }, context) => {
      if (!(from < to)) throw refusal('PERIOD', '`from` must be before `to`');
      if (to - from > longestDays[grain] * dayMs) {
        throw refusal('PERIOD', `With ${grain} at most ${longestDays[grain]} days can be asked for at once`);
      }
      const all = context.queues.boardQueues(context.now());
      const unknown = queues?.find((id) => !all.some((each) => each.id === id));
      if (unknown !== undefined) throw refusal('NOT_FOUND', 'There is no such queue');
      const asked = queues ? all.filter(({ id }) => queues.includes(id)) : all;
      return past({ startsAt: from, endsAt: to }, grain, asked, context);
    }
  })
);
