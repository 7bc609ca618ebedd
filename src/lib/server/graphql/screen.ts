import type { Viewer } from '../../domain/access.ts';
import type { Instant } from '../../domain/time.ts';
import { Broadcast } from './broadcast.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { refusal } from './refusal.ts';
import { personOf } from './account.ts';

/** A screen, as it sees itself. */
export interface OwnScreen {
  id: string;
  room: string;
  board: string;
  identifyUntil: Instant | null;
  reloadAskedAt: Instant | null;
}
export interface ScreenRow extends OwnScreen {
  pairedAt: Instant;
  seenAt: Instant | null;
  frameAt: Instant | null;
  version: string | null;
  lagMs: number | null;
}
/** Screens that hang on walls. `identity/` fulfils it. */
export interface Screens {
  list(): Promise<ScreenRow[]>;
  own(id: string): Promise<OwnScreen | null>;
  watch(id: string, onChange: (own: OwnScreen) => void): () => void;
  report(id: string, report: { frameAt: Instant | null; version: string; lagMs: number }): Promise<void>;
  identify(id: string): Promise<boolean>;
  reload(id: string): Promise<boolean>;
  move(by: Viewer, id: string, board: string): Promise<boolean>;
  revoke(by: Viewer, id: string): Promise<boolean>;
}
const insider = { insider: true } as const;
const keeper = { act: 'keep-screens' } as const;
const itself = { act: 'be-screen' } as const;
/** A version is ours to write, and as long as a hash. */
const VERSION_LENGTH = 64;

const screen = builder.objectRef<ScreenRow>('Screen').implement({
  description: 'A television on a wall, paired with one board.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it is moved or revoked; it opens nothing.' }),
    room: t.exposeString('room', { description: 'Where it hangs.' }),
    board: t.exposeID('board', { description: 'The board that it shows.' }),
    pairedAt: t.expose('pairedAt', { type: 'DateTime', description: 'When it was approved.' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', nullable: true, description: 'When it last told of itself.' }),
    frameAt: t.expose('frameAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the frame that it showed then was made.'
    }),
    version: t.exposeString('version', { nullable: true, description: 'The build whose page it runs.' }),
    lagMs: t.exposeInt('lagMs', {
      nullable: true,
      description: 'How much later than the swiftest of the last minute its newest frame came, ms.'
    })
  })
});

const ownScreen = builder.objectRef<OwnScreen>('OwnScreen').implement({
  description: 'A screen, as it sees itself.',
  authScopes: insider,
  fields: (t) => ({
    room: t.exposeString('room', { description: 'Where it hangs.' }),
    board: t.exposeID('board', { description: 'The board that it shows.' }),
    identifyUntil: t.expose('identifyUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until then it shows its room large, because somebody asks which one it is.'
    }),
    reloadAskedAt: t.expose('reloadAskedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'A page that was loaded before this is to be loaded anew.'
    })
  })
});

builder.queryFields((t) => ({
  screens: t.field({
    type: [screen],
    description: 'Every paired screen, by room.',
    authScopes: keeper,
    resolve: (_, __, { screens }) => screens.list()
  }),
  ownScreen: t.field({
    type: ownScreen,
    description: 'The screen that asks.',
    authScopes: itself,
    resolve: (_, __, context) => ownOf(context)
  })
}));

builder.subscriptionField('ownScreen', (t) =>
  t.field({
    type: ownScreen,
    description: 'The screen that asks, at once and whenever somebody wants something of it.',
    authScopes: itself,
    subscribe: async (_, __, context) => {
      const id = screenOf(context);
      let newest = await ownOf(context);
      return new Broadcast(
        `screen ${id}`,
        { screen: id },
        () => newest,
        (onChange) =>
          context.screens.watch(id, (changed) => {
            newest = changed;
            onChange(changed);
          })
      );
    },
    resolve: (own) => own
  })
);

builder.mutationFields((t) => ({
  identifyScreen: t.boolean({
    description: 'Lets a screen show the name of its room large, for ten seconds. False when there is no such screen.',
    authScopes: keeper,
    args: { id: t.arg.id({ description: 'The screen.', required: true }) },
    resolve: (_, { id }, { screens }) => screens.identify(id)
  }),
  reloadScreen: t.boolean({
    description: 'Lets a screen load its page anew. False when there is no such screen.',
    authScopes: keeper,
    args: { id: t.arg.id({ description: 'The screen.', required: true }) },
    resolve: (_, { id }, { screens }) => screens.reload(id)
  }),
  moveScreen: t.boolean({
    description: 'Lets a screen show another board, at once. False when there is no such screen or board.',
    authScopes: keeper,
    args: {
      id: t.arg.id({ description: 'The screen.', required: true }),
      board: t.arg.id({ description: 'The board that it is to show, by id.', required: true })
    },
    resolve: (_, { id, board }, context) =>
      context.feed.boards().includes(board) && context.screens.move(personOf(context), id, board)
  }),
  revokeScreen: t.boolean({
    description: 'Takes a screen off its wall: its sockets are closed with 4403. False when there is no such screen.',
    authScopes: keeper,
    args: { id: t.arg.id({ description: 'The screen.', required: true }) },
    resolve: (_, { id }, context) => context.screens.revoke(personOf(context), id)
  }),
  reportScreen: t.boolean({
    description: 'A screen tells how it is, at most every ten seconds.',
    authScopes: itself,
    args: {
      frameAt: t.arg({ type: 'DateTime', description: 'When the frame that it shows was made; absent without one.' }),
      version: t.arg.string({ description: 'The version of the page that it runs.', required: true }),
      lagMs: t.arg.int({ description: 'How long a frame took to reach it, in ms.', required: true })
    },
    resolve: async (_, { frameAt, version, lagMs }, context) => {
      const report = { frameAt: frameAt ?? null, version: version.slice(0, VERSION_LENGTH), lagMs };
      await context.screens.report(screenOf(context), report);
      return true;
    }
  })
}));

function screenOf({ viewer }: Context): string {
  if (viewer?.kind !== 'screen') throw refusal('NOT_FOUND', 'There is no such thing');
  return viewer.screenId;
}

async function ownOf(context: Context): Promise<OwnScreen> {
  const own = await context.screens.own(screenOf(context));
  if (own === null) throw refusal('NOT_FOUND', 'There is no such thing');
  return own;
}
