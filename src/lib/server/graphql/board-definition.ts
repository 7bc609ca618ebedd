import { may } from '../../domain/access.ts';
import {
  boardIdOf,
  boardProblem,
  queuesOf,
  rowCounts,
  type BoardDefinition,
  type BoardPart,
  type BoardProblem,
  type Thresholds
} from '../../domain/board.ts';
import { legibility, type LegibilityRefusal } from '../../domain/legibility.ts';
import type { BoardFrame } from '../../domain/wallboard.ts';
import { boardInput, type BoardInput } from './board-input.ts';
import { boardLayout } from './board-layout.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { refusal } from './refusal.ts';
import { wallboardFrame } from './wallboard.ts';

/** How boards are made. `app.ts` fulfils it. */
export interface BoardKeeping {
  /** How a board is made: as somebody has said, or as it is by itself. Null when there is no such board. */
  definition(board: string): BoardDefinition | null;
  preview(definition: BoardDefinition): BoardFrame;
  units(): readonly { id: string; name: string }[];
  /** False when it is not theirs, or (`isNew`) there is one of that id. On every screen at once. */
  save(by: NonNullable<Context['viewer']>, definition: BoardDefinition, isNew: boolean): Promise<boolean>;
  remove(by: NonNullable<Context['viewer']>, board: string): Promise<boolean>;
}

const insider = { insider: true } as const;

const partType = builder.objectRef<BoardPart>('BoardPart').implement({
  description: 'A queue, or a unit with all its queues. One of the two is null.',
  authScopes: insider,
  fields: (t) => ({
    queue: t.id({ nullable: true, description: 'A queue.', resolve: ({ kind, id }) => (kind === 'queue' ? id : null) }),
    unit: t.id({ nullable: true, description: 'A unit.', resolve: ({ kind, id }) => (kind === 'unit' ? id : null) })
  })
});

const thresholdsType = builder.objectRef<Thresholds>('Thresholds').implement({
  description: 'When a queue is busy or strained, and for how long before a wall says so.',
  authScopes: insider,
  fields: (t) => ({
    ordinaryWaiting: t.exposeInt('ordinaryWaiting', {
      description: 'So many who wait are nothing out of the ordinary.'
    }),
    farTooLong: t.exposeFloat('farTooLong', {
      description: 'From this many times the target a single wait strains the queue.'
    }),
    easedByCallers: t.int({
      description: 'So many fewer must wait before it counts as less.',
      resolve: ({ easedBy }) => easedBy.callers
    }),
    easedByShare: t.float({
      description: 'So much of the target (0 to 0.9) a wait must be shorter before it counts as less.',
      resolve: ({ easedBy }) => easedBy.share
    }),
    worseAfterMs: t.exposeInt('worseAfterMs', { description: 'How long before a worse word is shown, ms.' }),
    betterAfterMs: t.exposeInt('betterAfterMs', { description: 'How long before a better word is shown, ms.' })
  })
});

const definitionType = builder.objectRef<BoardDefinition>('BoardDefinition').implement({
  description: 'How a board is made.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'In the address: `/board/<id>`.' }),
    name: t.exposeString('name', { nullable: true, description: 'Null for the board of everything.' }),
    unit: t.exposeID('unit', {
      nullable: true,
      description: 'The unit whose leaders look after it; null: the centre.'
    }),
    parts: t.field({
      type: [partType],
      description: 'What it shows, in order; nothing means all queues there are.',
      resolve: ({ parts }) => [...parts]
    }),
    layout: t.expose('layout', { type: boardLayout, description: 'How it is drawn, and on what screen it hangs.' }),
    thresholds: t.expose('thresholds', {
      type: thresholdsType,
      description: 'When a queue on it is busy or strained.'
    }),
    mayEdit: t.boolean({
      description: 'Whether the viewer may change it.',
      resolve: ({ unit }, _, { viewer }) => may(viewer, 'edit-board', { unit })
    }),
    queues: t.int({
      description: 'How many queues it shows now.',
      resolve: ({ parts }, _, context) => queuesOf(parts, context.queues.boardQueues(context.now())).length
    })
  })
});

type Refusal = { code: BoardProblem } | LegibilityRefusal;
const refusalCode = builder.enumType('BoardRefusalCode', {
  description: 'Why a board was not kept. The last four: the one in the farthest seat could not read it.',
  values: {
    NO_NAME: { value: 'no-name' },
    NAME_TAKEN: { value: 'name-taken' },
    UNKNOWN_PART: { value: 'unknown-part' },
    NO_QUEUES: { value: 'no-queues' },
    NO_CLOCK: { value: 'no-clock' },
    THRESHOLDS: { value: 'thresholds' },
    SCREEN: { value: 'screen' },
    ROTATION: { value: 'rotation' },
    FIGURES_TWICE: { value: 'figures-twice' },
    NO_FIGURES: { value: 'no-figures' },
    TOO_MANY_FIGURES: { value: 'too-many-figures' },
    TOO_MANY_ROWS: { value: 'too-many-rows' },
    TOO_NARROW: { value: 'too-narrow' }
  } satisfies Record<string, { value: Refusal['code'] }>
});
const refusalType = builder.objectRef<Refusal>('BoardRefusal').implement({
  description: 'Why a board was not kept, with the numbers that a sentence about it needs.',
  authScopes: insider,
  fields: (t) => ({
    code: t.expose('code', { type: refusalCode, description: 'Why.' }),
    fit: t.int({
      nullable: true,
      description: 'So many figures, or rows, have room.',
      resolve: (why) => ('fit' in why ? why.fit : null)
    }),
    over: t.int({
      nullable: true,
      description: 'So many are too many.',
      resolve: (why) => ('over' in why ? why.over : null)
    }),
    metres: t.float({
      nullable: true,
      description: 'From this distance all of it could be read; null when no distance would help.',
      resolve: (why) => ('metres' in why ? why.metres : null)
    })
  })
});

interface Saving {
  board: BoardDefinition | null;
  refusal: Refusal | null;
}
const saving = builder.objectRef<Saving>('BoardSaving').implement({
  description: 'What became of a board that somebody wanted: the board, or why not. One of them is null.',
  authScopes: insider,
  fields: (t) => ({
    board: t.expose('board', { type: definitionType, nullable: true, description: 'As it is kept.' }),
    refusal: t.expose('refusal', { type: refusalType, nullable: true, description: 'Why not.' })
  })
});

builder.queryField('boardDefinitions', (t) =>
  t.field({
    type: [definitionType],
    description: 'How each board is made, in the order of `boards`.',
    authScopes: { act: 'keep-boards' },
    resolve: (_, __, { feed, boardKeeping }) => feed.boards().flatMap((id) => boardKeeping.definition(id) ?? [])
  })
);

builder.queryField('boardPreview', (t) =>
  t.field({
    type: wallboardFrame,
    description: 'How a board would look now. It is not kept, and what cannot be read is shown too.',
    authScopes: { act: 'keep-boards' },
    args: { board: t.arg({ type: boardInput, required: true, description: 'How it would be made.' }) },
    resolve: (_, { board }, { boardKeeping }) => boardKeeping.preview(wanted(board))
  })
);

builder.mutationField('saveBoard', (t) =>
  t.field({
    type: saving,
    description: 'Makes a board, or changes one: every screen that shows it does so within a second.',
    authScopes: (_, { board }) => ({ editBoard: { unit: board.unit ?? null } }),
    args: { board: t.arg({ type: boardInput, required: true, description: 'How it is to be made.' }) },
    resolve: (_, { board }, context) => save(wanted(board), board.id == null, context)
  })
);

builder.mutationField('removeBoard', (t) =>
  t.boolean({
    description:
      'Removes a board; one of everything or of a unit is then as it is by itself. False: nobody had made it.',
    authScopes: { act: 'keep-boards' },
    args: { board: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: (_, { board }, context) => {
      const present = context.boardKeeping.definition(board);
      const { viewer } = context;
      if (!viewer || !present || !may(viewer, 'edit-board', present))
        throw refusal('NOT_FOUND', 'There is no such board');
      return context.boardKeeping.remove(viewer, board);
    }
  })
);

async function save(definition: BoardDefinition, isNew: boolean, context: Context): Promise<Saving> {
  const { viewer, boardKeeping, feed, queues } = context;
  const present = boardKeeping.definition(definition.id);
  if (viewer === null || (!isNew && (!present || !may(viewer, 'edit-board', present))))
    throw refusal('NOT_FOUND', 'There is no such board');
  const refused = (why: Refusal): Saving => ({ board: null, refusal: why });

  const problem = boardProblem(definition);
  if (problem) return refused({ code: problem });
  const units = boardKeeping.units();
  // `/boards/new` is where boards are made.
  if (isNew && ['new', ...feed.boards(), ...units.map(({ id }) => id)].includes(definition.id))
    return refused({ code: 'name-taken' });
  const all = queues.boardQueues(context.now());
  const isKnown = ({ kind, id }: BoardPart) => (kind === 'unit' ? units : all).some((each) => each.id === id);
  if (!definition.parts.every(isKnown) || (definition.unit !== null && !units.some(({ id }) => id === definition.unit)))
    return refused({ code: 'unknown-part' });
  const shown = queuesOf(definition.parts, all);
  if (definition.parts.length > 0 && shown.length === 0) return refused({ code: 'no-queues' });
  const unreadable = legibility(definition.layout, rowCounts(shown));
  if (unreadable) return refused(unreadable);
  return (await boardKeeping.save(viewer, definition, isNew))
    ? { board: definition, refusal: null }
    : refused({ code: 'name-taken' });
}

function wanted(input: BoardInput): BoardDefinition {
  const { id, name, unit, parts, layout, thresholds } = input;
  const { easedByCallers, easedByShare, ...rest } = thresholds;
  return {
    id: id ?? boardIdOf(name ?? ''),
    name: name?.trim() ?? null,
    unit: unit ?? null,
    parts: parts.flatMap(({ queue, unit }): BoardPart[] => {
      if (queue != null) return [{ kind: 'queue', id: queue }];
      return unit == null ? [] : [{ kind: 'unit', id: unit }];
    }),
    layout: { ...layout, rotateEveryMs: layout.rotateEveryMs ?? null },
    thresholds: { ...rest, easedBy: { callers: easedByCallers, share: easedByShare } }
  };
}
