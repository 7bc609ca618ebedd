import type { Refusal } from '../../../domain/coaching/commands.ts';
import type { MustBeRightAnswer, MustBeRightPoint } from '../../../domain/coaching/level.ts';
import type { Instant } from '../../../domain/time.ts';
import { personOf } from '../account.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import type { PersonViewer } from './participation.ts';
import type { HelpView } from './views.ts';
import { answerEnum, type CoachingRefusalCode, insider, pointEnum, refusalEnum } from './words.ts';

/** What came of a command. A refusal tells where to look, as far as the viewer may know it. */
export interface Outcome {
  refusal: {
    code: CoachingRefusalCode;
    slot?: string;
    criterion?: string;
    path?: string;
    at?: number;
    most?: number;
    /** Whom or what it is about, by name: only where the one who asks sees these names anyway. */
    names?: string[];
  } | null;
}
/** A refusal of the domain is one of these as it stands. */
export type DomainRefusal = Refusal;

/** What somebody asks to be done with one participation, in the words of its page. */
export type Wish =
  | { kind: 'choose-call'; slot: string; call: string }
  | { kind: 'withdraw-call'; slot: string }
  | { kind: 'start-beside' | 'stop-beside'; slot: string }
  | { kind: 'hand-in-reflection'; seen: SeenDraft[] }
  | { kind: 'take-back-reflection' | 'skip-reflection' }
  | { kind: 'hand-in-reading'; slot: string; seen: SeenDraft[] }
  | { kind: 'take-back-reading'; slot: string }
  | {
      kind: 'answer-must-be-right';
      slot: string;
      point: MustBeRightPoint;
      answer: MustBeRightAnswer;
      text: string | null;
    }
  | { kind: 'book-talk'; at: Instant }
  | { kind: 'propose-goal'; criterion: string; when: string; try: string; how: string | null; replaces: number | null }
  | { kind: 'agree-goal'; version: number }
  | { kind: 'hold-talk' }
  | { kind: 'write-last-word'; text: string }
  | { kind: 'acknowledge'; version: number }
  | { kind: 'ask-correction' }
  | { kind: 'correct' }
  | { kind: 'agree-coach-change' | 'leave' | 'agree-resume' | 'keep-texts' | 'delete-texts' }
  | { kind: 'wish-another-coach'; wishes: boolean }
  | { kind: 'share-earlier'; shared: boolean }
  | { kind: 'write-practice'; text: string }
  | { kind: 'share-practice'; entry: string; shared: boolean }
  | { kind: 'delete-practice'; entry: string }
  | { kind: 'ask-help'; text: string; to: HelpView['to'] }
  | { kind: 'release-help'; help: string };
/** A draft as the one who hands in has seen it: the sum of its fields' revisions. */
export interface SeenDraft {
  draft: string;
  rev: number;
}
/** Carries wishes out. `server/coaching/` fulfils it. A `commandId` that came before is answered as it was then. */
export interface CoachingDesk {
  carryOut(me: PersonViewer, participation: string, commandId: string, wish: Wish): Promise<Outcome>;
}

export const outcomeType = builder.objectRef<Outcome>('CoachingOutcome').implement({
  description: 'What came of it: done, or why not and where.',
  authScopes: insider,
  fields: (t) => ({
    refusal: t.field({
      type: refusalEnum,
      nullable: true,
      description: 'Why it was not done; null when it was.',
      resolve: ({ refusal }) => refusal?.code ?? null
    }),
    slot: t.id({ nullable: true, description: 'In which call.', resolve: ({ refusal }) => refusal?.slot ?? null }),
    criterion: t.id({
      nullable: true,
      description: 'In which criterion.',
      resolve: ({ refusal }) => refusal?.criterion ?? null
    }),
    path: t.string({
      nullable: true,
      description: 'In which field of the draft.',
      resolve: ({ refusal }) => refusal?.path ?? null
    }),
    at: t.int({
      nullable: true,
      description: 'Which strength, from 0.',
      resolve: ({ refusal }) => refusal?.at ?? null
    }),
    most: t.int({
      nullable: true,
      description: 'How many characters there is room for.',
      resolve: ({ refusal }) => refusal?.most ?? null
    }),
    names: t.stringList({
      description: 'Whom or which units it is about, by name; none where it is about nobody.',
      resolve: ({ refusal }) => refusal?.names ?? []
    })
  })
});

const seenDraft = builder.inputType('SeenDraft', {
  description: 'A draft as it was on the screen of the one who hands it in.',
  fields: (t) => ({
    draft: t.id({ required: true, description: 'Which.' }),
    rev: t.int({ required: true, description: 'The sum of the revisions of all its fields.' })
  })
});

export const agent = { act: 'take-part' } as const;
export const coach = { act: 'coach' } as const;
export const both = { anyAct: ['take-part', 'coach'] } as const;

/** The arguments that every command has: which participation, and an id by which it counts once. */
export const common = (t: Parameters<Parameters<typeof builder.mutationField>[1]>[0]) => ({
  participation: t.arg.id({ required: true, description: 'Which participation.' }),
  commandId: t.arg.id({ required: true, description: 'Made by the page: sent again, it is answered as it was.' })
});
type Common = { participation: string; commandId: string };
export const carry = ({ participation, commandId }: Common, wish: Wish, context: Context) =>
  context.coachingDesk.carryOut(personOf(context), participation, commandId, wish);

/** A command that needs nothing but the participation. */
function plain(
  name: string,
  authScopes: typeof agent | typeof coach | typeof both,
  wish: Wish,
  description: string
): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: outcomeType,
      description,
      authScopes,
      args: common(t),
      resolve: (_, args, context) => carry(args, wish, context)
    })
  );
}
/** A command on one call. */
function onSlot(
  name: string,
  authScopes: typeof agent | typeof coach | typeof both,
  wish: (slot: string) => Wish,
  description: string
): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: outcomeType,
      description,
      authScopes,
      args: { ...common(t), slot: t.arg.id({ required: true, description: 'Which call.' }) },
      resolve: (_, args, context) => carry(args, wish(args.slot), context)
    })
  );
}

onSlot(
  'withdrawCall',
  agent,
  (slot) => ({ kind: 'withdraw-call', slot }),
  'Takes a call out of the round. Nobody is told why, because nobody is asked.'
);
onSlot(
  'takeBackReading',
  coach,
  (slot) => ({ kind: 'take-back-reading', slot }),
  'Takes a reading back, until both are in.'
);
onSlot(
  'startBeside',
  agent,
  (slot) => ({ kind: 'start-beside', slot }),
  'The coach listens beside the agent from now on; the caller is told.'
);
onSlot('stopBeside', agent, (slot) => ({ kind: 'stop-beside', slot }), 'The coach listens no longer.');
plain('takeBackReflection', agent, { kind: 'take-back-reflection' }, 'Takes the reflection back, until both are in.');
plain(
  'skipReflection',
  both,
  { kind: 'skip-reflection' },
  'Goes on without a reflection: the agent any time, the coach a week after its day.'
);
plain('holdTalk', both, { kind: 'hold-talk' }, 'Says that the talk has been held.');
plain('askForCorrection', agent, { kind: 'ask-correction' }, 'Asks the coach to correct what stands.');
plain('openCorrection', coach, { kind: 'correct' }, 'Opens a new version; what was acknowledged stays readable.');
plain('agreeToCoachChange', agent, { kind: 'agree-coach-change' }, 'Says that the new coach may begin at once.');
plain('leaveRound', agent, { kind: 'leave' }, 'Leaves the round. Nobody is told why, because it is stored nowhere.');
plain('agreeToResume', agent, { kind: 'agree-resume' }, 'Says yes to taking it up again.');
plain('keepTexts', agent, { kind: 'keep-texts' }, 'Keeps what the coach wrote, for oneself alone.');
plain('deleteTexts', agent, { kind: 'delete-texts' }, 'Destroys what the coach wrote, now.');

builder.mutationField('chooseCall', (t) =>
  t.field({
    type: outcomeType,
    description: 'Chooses one of the agent’s own calls of the window.',
    authScopes: agent,
    args: {
      ...common(t),
      slot: t.arg.id({ required: true, description: 'The place for it.' }),
      call: t.arg.id({ required: true, description: 'Which, of `callChoices`.' })
    },
    resolve: (_, args, context) => carry(args, { kind: 'choose-call', slot: args.slot, call: args.call }, context)
  })
);
builder.mutationField('handInReflection', (t) =>
  t.field({
    type: outcomeType,
    description: 'Hands in the reflection and what the agent heard in each call: the words are taken from the drafts.',
    authScopes: agent,
    args: {
      ...common(t),
      seen: t.arg({ type: [seenDraft], required: true, description: 'The drafts as they were read.' })
    },
    resolve: (_, args, context) => carry(args, { kind: 'hand-in-reflection', seen: args.seen }, context)
  })
);
builder.mutationField('handInReading', (t) =>
  t.field({
    type: outcomeType,
    description: 'Hands in what the coach heard in one call: the words are taken from the draft.',
    authScopes: coach,
    args: {
      ...common(t),
      slot: t.arg.id({ required: true, description: 'Which call.' }),
      seen: t.arg({ type: [seenDraft], required: true, description: 'The drafts as they were read.' })
    },
    resolve: (_, args, context) => carry(args, { kind: 'hand-in-reading', slot: args.slot, seen: args.seen }, context)
  })
);
builder.mutationField('answerMustBeRight', (t) =>
  t.field({
    type: outcomeType,
    description: 'Answers a point of the private list. The agent sees it at once.',
    authScopes: coach,
    args: {
      ...common(t),
      slot: t.arg.id({ required: true, description: 'Which call.' }),
      point: t.arg({ type: pointEnum, required: true, description: 'Which point.' }),
      answer: t.arg({ type: answerEnum, required: true, description: 'What was heard.' }),
      text: t.arg.string({ required: false, description: 'With IN_PRIVATE: what needs looking after, and for whom.' })
    },
    resolve: (_, { slot, point, answer, text, ...args }, context) =>
      carry(args, { kind: 'answer-must-be-right', slot, point, answer, text: text ?? null }, context)
  })
);
