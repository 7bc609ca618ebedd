import type { Viewer } from '../../../domain/access.ts';
import { personOf } from '../account.ts';
import { builder } from '../builder.ts';
import { refusal } from '../refusal.ts';
import { goalType, helpType, lastGoalType, lastWordType, mustBeRightType, recordType, talkType } from './agreement.ts';
import { callChoice, slotType } from './call.ts';
import {
  coachChange,
  listeningEntry,
  practiceEntry,
  reflectionType,
  sharedEarlier,
  span
} from './participation-parts.ts';
import { colleague, roundFrame } from './people.ts';
import type { CallChoiceView, ParticipationView } from './views.ts';
import { handedInEnum, insider, sideEnum, stepEnum } from './words.ts';

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;

/** Participations as one viewer may see them. `server/coaching/` fulfils it. */
export interface Participations {
  /** Null for one that is not there, and for one that is not theirs. */
  open(me: PersonViewer, id: string): Promise<ParticipationView | null>;
  /** The viewer's own as an agent, the newest round first. */
  own(me: PersonViewer): Promise<ParticipationView[]>;
  /** The agent's own calls in the window; empty for anybody else. */
  choices(me: PersonViewer, id: string): Promise<CallChoiceView[]>;
}

const waitsForEnum = builder.enumType('WaitsFor', {
  description: 'Whose turn it is. TIME: the calls are drawn when the window ends.',
  values: {
    AGENT: { value: 'agent' },
    COACH: { value: 'coach' },
    BOTH: { value: 'both' },
    TIME: { value: 'time' },
    NOBODY: { value: 'nobody' }
  } satisfies Record<string, { value: ParticipationView['waitsFor'] }>
});

const until = 'DateTime' as const;
export const participationType = builder.objectRef<ParticipationView>('Participation').implement({
  description: 'One agent in one round, as the agent or the coach of it sees it. It is nobody else’s.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable.' }),
    side: t.expose('side', { type: sideEnum, description: 'Which of the two the viewer is.' }),
    round: t.expose('round', { type: roundFrame, description: 'The round.' }),
    agent: t.expose('agent', { type: colleague, description: 'Whose calls they are.' }),
    coach: t.expose('coach', { type: colleague, description: 'Who coaches now.' }),
    step: t.expose('step', { type: stepEnum, description: 'Where it stands.' }),
    waitsFor: t.expose('waitsFor', { type: waitsForEnum, description: 'Whose turn it is.' }),
    window: t.expose('window', {
      type: span,
      nullable: true,
      description: 'When calls may be recorded; null: no recording.'
    }),
    recording: t.exposeBoolean('recording', {
      description: 'False: nothing is recorded, the two listen side by side.'
    }),
    reflectionUntil: t.expose('reflectionUntil', {
      type: until,
      nullable: true,
      description: 'The reflection’s last day.'
    }),
    readingUntil: t.expose('readingUntil', { type: until, nullable: true, description: 'The coach’s last day.' }),
    talkUntil: t.expose('talkUntil', { type: until, nullable: true, description: 'By when the talk should be held.' }),
    acknowledgeUntil: t.expose('acknowledgeUntil', {
      type: until,
      nullable: true,
      description: 'When what is not acknowledged becomes the agent’s alone; null before the talk.'
    }),
    revealed: t.exposeBoolean('revealed', { description: 'Whether the two see each other’s reading.' }),
    reflectionState: t.expose('reflectionState', {
      type: handedInEnum,
      description: 'Whether the agent’s reflection is in.'
    }),
    readingsIn: t.exposeBoolean('readingsIn', { description: 'Whether the coach has handed in for every call.' }),
    reflection: t.expose('reflection', {
      type: reflectionType,
      nullable: true,
      description: 'Null to the coach until both are in, and while it is a draft.'
    }),
    reflectionDraftId: t.exposeID('reflectionDraftId', { nullable: true, description: 'The agent’s draft of it.' }),
    goalDraftId: t.exposeID('goalDraftId', {
      nullable: true,
      description: 'The coach’s draft of the practice goal: one for all calls. Null to the agent.'
    }),
    lastWordDraftId: t.exposeID('lastWordDraftId', {
      nullable: true,
      description: 'The agent’s draft; null to the coach.'
    }),
    slots: t.expose('slots', { type: [slotType], description: 'The calls, in the round’s order.' }),
    callChoices: t.field({
      type: [callChoice],
      description: 'The agent’s own calls in the window, by time; empty to anybody else.',
      resolve: ({ id }, _, context) => context.participations.choices(personOf(context), id)
    }),
    goal: t.expose('goal', {
      type: goalType,
      nullable: true,
      description: 'The practice goal; null when there is none yet.'
    }),
    lastGoal: t.expose('lastGoal', {
      type: lastGoalType,
      nullable: true,
      description: 'Last round’s, its words only.'
    }),
    talk: t.expose('talk', { type: talkType, description: 'The talk.' }),
    lastWords: t.expose('lastWords', {
      type: [lastWordType],
      description: 'The agent’s last word, and what was added.'
    }),
    records: t.expose('records', { type: [recordType], description: 'Every version, the first one first.' }),
    correctionAsked: t.exposeBoolean('correctionAsked', { description: 'Whether the agent asks for a correction.' }),
    mustBeRight: t.expose('mustBeRight', {
      type: [mustBeRightType],
      description: 'The private list, until it is destroyed.'
    }),
    listening: t.expose('listening', {
      type: [listeningEntry],
      description: 'Who has listened, the latest first. To a coach only their own.'
    }),
    practice: t.expose('practice', {
      type: [practiceEntry],
      description: 'The practice log, the latest first. To the coach only what is shared.'
    }),
    help: t.expose('help', { type: [helpType], description: 'What others could do.' }),
    coachChange: t.expose('coachChange', {
      type: coachChange,
      nullable: true,
      description: 'A change of coach to come.'
    }),
    wishesAnotherCoach: t.exposeBoolean('wishesAnotherCoach', { description: 'False to everybody but the agent.' }),
    resumeAsked: t.exposeBoolean('resumeAsked', { description: 'Whether the agent is asked to take it up again.' }),
    keepUntil: t.expose('keepUntil', {
      type: until,
      nullable: true,
      description: 'Until when the agent may keep what the coach wrote; null when there is nothing to decide.'
    }),
    sharedWithCoach: t.exposeBoolean('sharedWithCoach', { description: 'Whether a later coach may read this round.' }),
    sharedEarlier: t.expose('sharedEarlier', {
      type: [sharedEarlier],
      description: 'Rounds that the agent shares with the coach.'
    }),
    lockedUntil: t.expose('lockedUntil', {
      type: until,
      nullable: true,
      description: 'Somebody else has reset the password: what was written rests until then. Null when it does not.'
    })
  })
});

const me = builder.objectRef<PersonViewer>('Me').implement({
  description: 'One’s own development.',
  authScopes: insider,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'One’s own name.' }),
    participations: t.field({
      type: [participationType],
      description: 'One’s own, the newest round first.',
      resolve: (viewer, _, { participations }) => participations.own(viewer)
    })
  })
});

builder.queryField('me', (t) =>
  t.field({
    type: me,
    description: 'One’s own development: what nobody else can ask for.',
    authScopes: { act: 'take-part' },
    resolve: (_, __, context) => personOf(context)
  })
);

builder.queryField('participation', (t) =>
  t.field({
    type: participationType,
    description: 'One participation. NOT_FOUND unless the viewer is the agent or the coach of it.',
    authScopes: { anyAct: ['take-part', 'coach'] },
    args: { id: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: async (_, { id }, context) => {
      const found = await context.participations.open(personOf(context), id);
      if (!found) throw refusal('NOT_FOUND', 'There is no such participation');
      return found;
    }
  })
);
