import type { BoardLayout, KeyFigure, Screen } from '../../domain/board.ts';
import type { Opening } from '../../domain/opening-hours.ts';
import { builder } from './builder.ts';

const insider = { insider: true } as const;

export const keyFigure = builder.enumType('KeyFigure', {
  description: 'What can stand large at the top of a board.',
  values: {
    WAITING: { value: 'waiting' },
    LONGEST: { value: 'longest' },
    AVAILABLE: { value: 'available' },
    TALKING: { value: 'talking' },
    SERVICE_LEVEL: { value: 'service-level' },
    ANSWER_TIME: { value: 'answer-time' },
    OFFERED: { value: 'offered' },
    ANSWERED: { value: 'answered' },
    ABANDONED: { value: 'abandoned' },
    CLOCK: { value: 'clock' }
  } satisfies Record<string, { value: KeyFigure }>
});
export const boardRows = builder.enumType('BoardRows', {
  description: 'QUEUES: a row each; UNITS: a row each; FITTING: queues as long as they have room, else units.',
  values: {
    QUEUES: { value: 'queues' },
    UNITS: { value: 'units' },
    FITTING: { value: 'fitting' }
  } satisfies Record<string, { value: BoardLayout['rows'] }>
});

const screenSize = builder.objectRef<Screen>('ScreenSize').implement({
  description: 'A 16:9 screen and the farthest seat: all type on a wall follows from these two.',
  authScopes: insider,
  fields: (t) => ({
    inches: t.exposeFloat('inches', { description: 'Its diagonal.' }),
    metres: t.exposeFloat('metres', { description: 'How far away the farthest seat is.' })
  })
});

export const boardLayout = builder.objectRef<BoardLayout>('BoardLayout').implement({
  description: 'How a board is drawn.',
  authScopes: insider,
  fields: (t) => ({
    figures: t.field({
      type: [keyFigure],
      description: 'Key figures, from the left.',
      resolve: ({ figures }) => [...figures]
    }),
    rows: t.expose('rows', { type: boardRows, description: 'What a row of its list is.' }),
    side: t.exposeBoolean('side', { description: 'Whether answer times and arrivals stand beside the list.' }),
    announcements: t.exposeBoolean('announcements', { description: 'Whether announcements have a place on it.' }),
    rotateEveryMs: t.exposeInt('rotateEveryMs', {
      nullable: true,
      description: 'How long each thing that rotates stands, ms; null when nothing does.'
    }),
    calm: t.exposeBoolean('calm', { description: 'Calm mode: a sentence instead of how many wait and how long.' }),
    screen: t.expose('screen', { type: screenSize, description: 'Where it hangs.' })
  })
});

export const opening = builder.objectRef<Opening>('Opening').implement({
  description: 'Whether the telephones are open, by the hours that somebody has set. Without any they always are.',
  authScopes: insider,
  fields: (t) => ({
    open: t.boolean({ description: 'Open now.', resolve: ({ state }) => state === 'open' }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description: 'When it closes, or opens again; null when that is not within two weeks.'
    })
  })
});
