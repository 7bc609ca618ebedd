import type { Viewer } from '../../domain/access.ts';
import type { PairingRefusal } from '../../domain/pairing.ts';
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
type Person = Extract<Viewer, { kind: 'person' }>;
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
interface Waiting {
  network: string;
  sameNetwork: boolean;
  browser: string;
  since: Instant;
}
type Refused = { refusal: PairingRefusal };
export interface Pairings {
  look(by: Person, code: string, address: string): Promise<Waiting | Refused>;
  approve(
    by: Person,
    approval: { code: string; room: string; board: string; otherNetwork: boolean },
    address: string
  ): Promise<{ until: Instant } | Refused>;
  confirm(by: Person, code: string, digits: string): Promise<{ screenId: string } | Refused>;
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

const pairingRefusal = builder.enumType('PairingRefusal', {
  description: 'Why a code or its digits were not taken.',
  values: {
    UNKNOWN_CODE: { value: 'unknown-code' },
    TOO_MANY: { value: 'too-many' },
    OTHER_NETWORK: { value: 'other-network' },
    UNKNOWN_BOARD: { value: 'unknown-board' },
    ROOM: { value: 'room' },
    WRONG_DIGITS: { value: 'wrong-digits' },
    LATE: { value: 'late' }
  } satisfies Record<string, { value: PairingRefusal }>
});

const waiting = builder.objectRef<Waiting>('WaitingScreen').implement({
  description: 'A television that shows a code and waits.',
  authScopes: insider,
  fields: (t) => ({
    network: t.exposeString('network', { description: 'The network that it asks from.' }),
    sameNetwork: t.exposeBoolean('sameNetwork', { description: 'Whether that is the network of the one who looks.' }),
    browser: t.exposeString('browser', { description: 'Its browser and system; empty when they cannot be told.' }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when it shows this code.' })
  })
});

/** One step of a pairing: either what comes of it, or why nothing does. */
interface Step {
  refusal?: PairingRefusal;
  waiting?: Waiting;
  until?: Instant;
  screen?: string;
}
const step = builder.objectRef<Step>('PairingStep').implement({
  description: 'What came of a step on the way to a paired screen. `refusal` is null when it was taken.',
  authScopes: insider,
  fields: (t) => ({
    refusal: t.field({
      type: pairingRefusal,
      nullable: true,
      description: 'Why not.',
      resolve: (told) => told.refusal ?? null
    }),
    waiting: t.field({
      type: waiting,
      nullable: true,
      description: 'What waits behind the code.',
      resolve: (told) => told.waiting ?? null
    }),
    until: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the digits on the television may be typed.',
      resolve: (told) => told.until ?? null
    }),
    screen: t.id({
      nullable: true,
      description: 'The screen that there is now.',
      resolve: (told) => told.screen ?? null
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
  lookUpPairing: t.field({
    type: step,
    description: 'What waits behind the code that a television shows. Wrong codes are counted.',
    authScopes: keeper,
    args: { code: t.arg.string({ required: true }) },
    resolve: async (_, { code }, context) => {
      const found = await context.pairings.look(personOf(context), code, addressOf(context));
      return 'refusal' in found ? found : { waiting: found };
    }
  }),
  approvePairing: t.field({
    type: step,
    description: 'Approves a television. It shows two digits for a minute, which `confirmPairing` asks for.',
    authScopes: keeper,
    args: {
      code: t.arg.string({ required: true }),
      room: t.arg.string({ required: true }),
      board: t.arg.id({ required: true }),
      otherNetwork: t.arg.boolean({ required: true, description: 'Somebody has seen that it is in another network.' })
    },
    resolve: (_, approval, context): Promise<Step> | Step => {
      if (!context.feed.boards().includes(approval.board)) return { refusal: 'unknown-board' };
      return context.pairings.approve(personOf(context), approval, addressOf(context));
    }
  }),
  confirmPairing: t.field({
    type: step,
    description: 'The two digits that stand on the television. There is one attempt.',
    authScopes: keeper,
    args: { code: t.arg.string({ required: true }), digits: t.arg.string({ required: true }) },
    resolve: async (_, { code, digits }, context) => {
      const confirmed = await context.pairings.confirm(personOf(context), code, digits);
      return 'refusal' in confirmed ? confirmed : { screen: confirmed.screenId };
    }
  }),
  identifyScreen: t.boolean({
    description: 'Lets a screen show the name of its room large, for ten seconds. False when there is no such screen.',
    authScopes: keeper,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { screens }) => screens.identify(id)
  }),
  reloadScreen: t.boolean({
    description: 'Lets a screen load its page anew. False when there is no such screen.',
    authScopes: keeper,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { screens }) => screens.reload(id)
  }),
  moveScreen: t.boolean({
    description: 'Lets a screen show another board, at once. False when there is no such screen or board.',
    authScopes: keeper,
    args: { id: t.arg.id({ required: true }), board: t.arg.id({ required: true }) },
    resolve: (_, { id, board }, context) =>
      context.feed.boards().includes(board) && context.screens.move(personOf(context), id, board)
  }),
  revokeScreen: t.boolean({
    description: 'Takes a screen off its wall: its sockets are closed with 4403. False when there is no such screen.',
    authScopes: keeper,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => context.screens.revoke(personOf(context), id)
  }),
  reportScreen: t.boolean({
    description: 'A screen tells how it is, at most every ten seconds.',
    authScopes: itself,
    args: {
      frameAt: t.arg({ type: 'DateTime', description: 'When the frame that it shows was made; absent without one.' }),
      version: t.arg.string({ required: true }),
      lagMs: t.arg.int({ required: true })
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

/** Where the question comes from: only by HTTP is that known. */
function addressOf({ address }: Context): string {
  if (address === undefined) throw refusal('BAD_REQUEST', 'Screens are approved over HTTP');
  return address;
}
