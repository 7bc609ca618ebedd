import type { Pressure } from '../../domain/pressure.ts';
import type {
  AgentCounts,
  BoardFigures,
  BoardFrame,
  BoardNow,
  Position,
  QueueNow,
  SourceStatus
} from '../../domain/wallboard.ts';
import { boardAnnouncement } from './announcement.ts';
import { boardLayout, opening } from './board-layout.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { queue } from './queue.ts';
import { refusal } from './refusal.ts';
import { Broadcast } from './broadcast.ts';
import { tally } from './tally.ts';
import { board } from './viewer.ts';

const insider = { insider: true } as const;

export const position = builder.objectRef<Position>('Position').implement({
  description:
    'Where in the log a frame stands. Another epoch than the one held: take the frame. A smaller offset, or an equal one with an older asOf: drop it.',
  authScopes: insider,
  fields: (t) => ({
    epoch: t.exposeID('epoch', { description: 'The life of the log: new only when it is created or restored.' }),
    offset: t.exposeInt('offset', { description: 'The last event in the frame.' })
  })
});

const sourceState = builder.enumType('SourceState', {
  description:
    'CONNECTED: the numbers are proven. STARTING: the PBX is being read. LOST: no contact, nothing is known.',
  values: ['CONNECTED', 'STARTING', 'LOST'] as const
});

export const sourceStatus = builder.objectRef<SourceStatus>('SourceStatus').implement({
  description: 'How it stands with the PBX that the numbers come from.',
  authScopes: insider,
  fields: (t) => ({
    state: t.expose('state', { type: sourceState, description: 'The worst, where several PBXs are concerned.' }),
    since: t.expose('since', { type: 'DateTime', description: 'When that state began.' }),
    provenAt: t.expose('provenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The last byte from the PBX: every age is counted from here. Null when there never was one.'
    })
  })
});

const agentCounts = builder.objectRef<AgentCounts>('AgentCounts').implement({
  description:
    'Agents signed in, by state. Null means unknown. With fewer than three signed in to a queue only available and talking are told; the others are in busy.',
  authScopes: insider,
  fields: (t) => ({
    available: t.exposeInt('available', { nullable: true, description: 'Free to take a call.' }),
    ringing: t.exposeInt('ringing', { nullable: true, description: 'Being rung.' }),
    talking: t.exposeInt('talking', { nullable: true, description: 'On a call from one of our queues.' }),
    busy: t.exposeInt('busy', { nullable: true, description: 'On some other call, or not told apart.' }),
    wrappingUp: t.exposeInt('wrappingUp', { nullable: true, description: 'In work after a call.' }),
    paused: t.exposeInt('paused', { nullable: true, description: 'Paused.' }),
    unreachable: t.exposeInt('unreachable', {
      nullable: true,
      description: 'Signed in with a telephone that does not answer the PBX.'
    })
  })
});

const lastKnown = builder.objectRef<NonNullable<BoardFigures['lastKnown']>>('LastKnown').implement({
  description: 'What was known when contact was lost.',
  authScopes: insider,
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'The last instant we were sure of.' }),
    waiting: t.exposeInt('waiting', { description: 'How many waited then.' }),
    longestWaitMs: t.exposeInt('longestWaitMs', {
      nullable: true,
      description: 'How long the oldest had waited then, ms; null when nobody waited.'
    })
  })
});

const answerTimes = builder.objectRef<BoardNow['answerTimes'][number]>('AnswerTimes').implement({
  description: 'One step of the answer-time histogram: longer than fromMs, at most toMs.',
  authScopes: insider,
  fields: (t) => ({
    fromMs: t.exposeInt('fromMs', { description: 'Lower bound, ms.' }),
    toMs: t.exposeInt('toMs', { nullable: true, description: 'Upper bound, ms; null for the last, open step.' }),
    answered: t.exposeInt('answered', { description: 'How many were answered in this step.' })
  })
});

const boardFigures = builder.interfaceRef<BoardFigures>('BoardFigures').implement({
  description: 'What is shown of a queue, and of all of them together.',
  fields: (t) => ({
    waiting: t.exposeInt('waiting', {
      nullable: true,
      description: 'Callers waiting now; null while a PBX concerned is not CONNECTED. Unknown is never 0.'
    }),
    longestWaitSince: t.expose('longestWaitSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the oldest waiting caller entered; null when nobody waits or waiting is null. Count on the screen.'
    }),
    agents: t.expose('agents', { type: agentCounts, description: 'Agents signed in now, each counted once.' }),
    today: t.expose('today', { type: tally, description: "Since the centre's midnight." }),
    recent: t.expose('recent', { type: tally, description: 'The last 30 minutes, sliding on whole minutes.' }),
    imbalance: t.exposeInt('imbalance', {
      nullable: true,
      description:
        'carriedIn + offered − answered − abandoned − overflowed − lost − waiting, of today: 0, or a count is wrong and the board says so. Null while waiting is.'
    }),
    lastKnown: t.expose('lastKnown', {
      type: lastKnown,
      nullable: true,
      description: 'What was known when contact was lost; null while there is contact.'
    })
  })
});

const boardNow = builder.objectRef<BoardNow>('BoardNow').implement({
  description: 'All queues of a board together, added by the server: an agent in three queues is one agent.',
  interfaces: [boardFigures],
  authScopes: insider,
  fields: (t) => ({
    calls: t.exposeInt('calls', { description: 'Distinct calls today, each counted by its first entry.' }),
    arrivals: t.exposeIntList('arrivals', {
      description: 'Offered per quarter hour, from dayStartsAt through the running quarter.'
    }),
    answerTimes: t.expose('answerTimes', { type: [answerTimes], description: 'Answer times of today, by steps.' })
  })
});

const pressure = builder.enumType('Pressure', {
  description:
    'CALM; BUSY: more wait than are free, or longer than the target; STRAINED: both, or far too long; UNKNOWN: no contact; CLOSED: nobody is signed in.',
  values: {
    CALM: { value: 'calm' },
    BUSY: { value: 'busy' },
    STRAINED: { value: 'strained' },
    UNKNOWN: { value: 'unknown' },
    CLOSED: { value: 'closed' }
  } satisfies Record<string, { value: Pressure }>
});

export const queueNow = builder.objectRef<QueueNow>('QueueNow').implement({
  description: 'One queue, now.',
  interfaces: [boardFigures],
  authScopes: insider,
  fields: (t) => ({
    queue: t.expose('queue', { type: queue, description: 'Which queue.' }),
    source: t.expose('source', { type: sourceStatus, description: 'How it stands with its PBX.' }),
    pressure: t.expose('pressure', {
      type: pressure,
      description: "How hard pressed it is by the board's own thresholds, once it has lasted: the same on every screen."
    })
  })
});

export const wallboardFrame = builder.objectRef<BoardFrame>('WallboardFrame').implement({
  description: 'A whole snapshot of a board: nothing before it is needed, and no person is in it.',
  authScopes: insider,
  fields: (t) => ({
    board: t.expose('board', { type: board, description: 'Which board.' }),
    position: t.expose('position', { type: position, description: 'Where in the log it stands.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: "The server's clock when it was made." }),
    dayStartsAt: t.expose('dayStartsAt', { type: 'DateTime', description: "The centre's midnight that began today." }),
    source: t.expose('source', { type: sourceStatus, description: 'The worst of its queues.' }),
    saved: t.exposeBoolean('saved', {
      description: 'False while the disk refuses and the server goes on from memory.'
    }),
    announcements: t.expose('announcements', {
      type: [boardAnnouncement],
      description: 'What is said on this board now, the newest first.'
    }),
    layout: t.expose('layout', {
      type: boardLayout,
      description: 'How it is to be drawn, and on what screen it hangs.'
    }),
    opening: t.expose('opening', {
      type: opening,
      description: 'Whether the telephones of any of its queues are open. Closed is not the same as no contact.'
    }),
    total: t.expose('total', { type: boardNow, description: 'All its queues together.' }),
    queues: t.expose('queues', {
      type: [queueNow],
      description: "Its queues, in its own order, which is the PBX's unless somebody has said otherwise."
    })
  })
});

const boardArgument = 'Which board: `all`, the id of a unit, or of a board that somebody has made.';

builder.queryField('wallboard', (t) =>
  t.field({
    type: wallboardFrame,
    description: 'A board as it is now. NOT_FOUND when there is no such board, or it is not for the viewer.',
    args: { board: t.arg.id({ required: true, defaultValue: 'all', description: boardArgument }) },
    authScopes: (_, { board }) => ({ board }),
    resolve: (_, { board }, context) => currentFrame(board, context)
  })
);

builder.subscriptionField('wallboard', (t) =>
  t.field({
    type: wallboardFrame,
    description:
      'A board, for as long as one looks: a whole frame at once, then at most four a second when something changed, and one every five seconds when nothing did. On a slow line the frames between are left out. NOT_FOUND as for the query.',
    args: { board: t.arg.id({ required: true, defaultValue: 'all', description: boardArgument }) },
    authScopes: (_, { board }) => ({ board }),
    subscribe: (_, { board }, context) => {
      currentFrame(board, context);
      return new Broadcast(
        `board ${board}`,
        { board },
        () => context.feed.current(board),
        (onFrame) => context.feed.watch(board, onFrame)
      );
    },
    resolve: (frame) => frame
  })
);

function currentFrame(board: string, { feed }: Context): BoardFrame {
  const frame = feed.current(board);
  if (frame === null) throw refusal('NOT_FOUND', 'There is no such board');
  return frame;
}
