import type { Viewer } from '../../domain/access.ts';
import type { PairingRefusal } from '../../domain/pairing.ts';
import type { Instant } from '../../domain/time.ts';
import { personOf } from './account.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { refusal } from './refusal.ts';

type Person = Extract<Viewer, { kind: 'person' }>;
interface Waiting {
  network: string;
  sameNetwork: boolean;
  browser: string;
  since: Instant;
}
type Refused = { refusal: PairingRefusal };
/** How a television becomes a screen. `identity/` fulfils it. */
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

const pairingRefusal = builder.enumType('PairingRefusal', {
  description: 'Why a code or its digits were not taken. PROVE: say the password again first.',
  values: {
    PROVE: { value: 'prove' },
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

builder.mutationFields((t) => ({
  lookUpPairing: t.field({
    type: step,
    description: 'What waits behind the code that a television shows. Wrong codes are counted.',
    authScopes: keeper,
    args: {
      code: t.arg.string({
        description: 'The code that the television shows, with or without its hyphen.',
        required: true
      })
    },
    resolve: async (_, { code }, context): Promise<Step> => {
      if (!(await context.account.proven(personOf(context)))) return { refusal: 'prove' };
      const found = await context.pairings.look(personOf(context), code, addressOf(context));
      return 'refusal' in found ? found : { waiting: found };
    }
  }),
  approvePairing: t.field({
    type: step,
    description: 'Approves a television. It shows two digits for a minute, which `confirmPairing` asks for.',
    authScopes: keeper,
    args: {
      code: t.arg.string({ description: 'The code that the television shows.', required: true }),
      room: t.arg.string({ description: 'What the place is called.', required: true }),
      board: t.arg.id({ description: 'The board to show, by id.', required: true }),
      otherNetwork: t.arg.boolean({ required: true, description: 'Somebody has seen that it is in another network.' })
    },
    resolve: async (_, approval, context): Promise<Step> => {
      if (!(await context.account.proven(personOf(context)))) return { refusal: 'prove' };
      if (!context.feed.boards().includes(approval.board)) return { refusal: 'unknown-board' };
      return context.pairings.approve(personOf(context), approval, addressOf(context));
    }
  }),
  confirmPairing: t.field({
    type: step,
    description: 'The two digits that stand on the television. There is one attempt.',
    authScopes: keeper,
    args: {
      code: t.arg.string({ description: 'The code that was approved.', required: true }),
      digits: t.arg.string({
        description: 'The two digits that the television shows after the approval.',
        required: true
      })
    },
    resolve: async (_, { code, digits }, context): Promise<Step> => {
      const confirmed = await context.pairings.confirm(personOf(context), code, digits);
      return 'refusal' in confirmed ? confirmed : { screen: confirmed.screenId };
    }
  })
}));

/** Where the question comes from: only by HTTP is that known. */
function addressOf({ address }: Context): string {
  if (address === undefined) throw refusal('BAD_REQUEST', 'Screens are approved over HTTP');
  return address;
}
