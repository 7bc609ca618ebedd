import type { Step } from '../../../domain/coaching/participation.ts';
import type { Instant } from '../../../domain/time.ts';
import { personOf } from '../account.ts';
import { builder } from '../builder.ts';
import type { PersonViewer } from './participation.ts';
import { colleague, roundFrame } from './people.ts';
import type { Colleague, RoundFrameView } from './views.ts';
import { insider, stepEnum } from './words.ts';

/** Somebody in a coach's plan: who, and what is next. Nothing of what anybody heard. */
export interface PlannedView {
  id: string;
  agent: Colleague;
  step: Step;
  next: 'window' | 'draw' | 'reflection' | 'listen' | 'book' | 'talk' | 'acknowledgement' | 'practice' | 'over';
  /** When that is, or is due; null when it has no time. */
  nextAt: Instant | null;
  recording: boolean;
  /** The calls with their readings: in the order of the round. */
  slots: { id: string; readable: boolean; readIn: boolean }[];
}
export interface CoachPlanView {
  round: RoundFrameView;
  people: PlannedView[];
}
/** What is in a person's own week: reminders, at most two of a kind. */
export interface ReminderView {
  kind: 'reflection' | 'reading' | 'talk' | 'acknowledge' | 'must' | 'coach-change' | 'resume' | 'draw-empty' | 'goal';
  participation: string;
  about: string | null;
  until: Instant | null;
}
export interface CoachPlans {
  plans(me: PersonViewer): Promise<CoachPlanView[]>;
  reminders(me: PersonViewer): Promise<ReminderView[]>;
}

const nextEnum = builder.enumType('PlannedNext', {
  description: 'What comes next, in the coach’s plan.',
  values: {
    WINDOW: { value: 'window' },
    DRAW: { value: 'draw' },
    REFLECTION: { value: 'reflection' },
    LISTEN: { value: 'listen' },
    BOOK: { value: 'book' },
    TALK: { value: 'talk' },
    ACKNOWLEDGEMENT: { value: 'acknowledgement' },
    PRACTICE: { value: 'practice' },
    OVER: { value: 'over' }
  } satisfies Record<string, { value: PlannedView['next'] }>
});
const plannedCall = builder.objectRef<PlannedView['slots'][number]>('PlannedCall').implement({
  description: 'A call in the coach’s plan.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The slot.' }),
    readable: t.exposeBoolean('readable', { description: 'Whether there is a call to read.' }),
    readIn: t.exposeBoolean('readIn', { description: 'Whether the coach’s own reading of it is in.' })
  })
});
const planned = builder.objectRef<PlannedView>('PlannedParticipation').implement({
  description: 'Somebody whom the viewer coaches: what is next, and nothing of what anybody heard.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The participation.' }),
    agent: t.expose('agent', { type: colleague, description: 'Who.' }),
    step: t.expose('step', { type: stepEnum, description: 'Where it stands.' }),
    next: t.expose('next', { type: nextEnum, description: 'What comes next.' }),
    nextAt: t.expose('nextAt', { type: 'DateTime', nullable: true, description: 'When; null when it has no time.' }),
    recording: t.exposeBoolean('recording', { description: 'False: the two listen side by side.' }),
    slots: t.expose('slots', { type: [plannedCall], description: 'The calls, in the round’s order.' })
  })
});
const coachPlan = builder.objectRef<CoachPlanView>('CoachPlan').implement({
  description: 'A round as its coach has it before them.',
  authScopes: insider,
  fields: (t) => ({
    round: t.expose('round', { type: roundFrame, description: 'The round.' }),
    people: t.expose('people', { type: [planned], description: 'Whom the viewer coaches, by surname.' })
  })
});
builder.queryField('coachPlans', (t) =>
  t.field({
    type: [coachPlan],
    description: 'The rounds in which the viewer coaches, the newest first.',
    authScopes: { act: 'coach' },
    resolve: (_, __, context) => context.coachPlans.plans(personOf(context))
  })
);

const reminderEnum = builder.enumType('ReminderKind', {
  description: 'What somebody is reminded of. MUST: something needs looking after today, call instead of waiting.',
  values: {
    REFLECTION: { value: 'reflection' },
    READING: { value: 'reading' },
    TALK: { value: 'talk' },
    ACKNOWLEDGE: { value: 'acknowledge' },
    MUST: { value: 'must' },
    COACH_CHANGE: { value: 'coach-change' },
    RESUME: { value: 'resume' },
    DRAW_EMPTY: { value: 'draw-empty' },
    GOAL: { value: 'goal' }
  } satisfies Record<string, { value: ReminderView['kind'] }>
});
const reminder = builder.objectRef<ReminderView>('CoachingReminder').implement({
  description: 'Something that waits for the viewer. Each is shown at most twice, and nobody sees another’s.',
  authScopes: insider,
  fields: (t) => ({
    kind: t.expose('kind', { type: reminderEnum, description: 'Of what.' }),
    participation: t.exposeID('participation', { description: 'Where.' }),
    about: t.exposeString('about', {
      nullable: true,
      description: 'The name of the other one; null when it is about oneself.'
    }),
    until: t.expose('until', { type: 'DateTime', nullable: true, description: 'Until when; null when it has no day.' })
  })
});
builder.queryField('coachingReminders', (t) =>
  t.field({
    type: [reminder],
    description: 'What waits for the viewer in coaching.',
    authScopes: { anyAct: ['take-part', 'coach'] },
    resolve: (_, __, context) => context.coachPlans.reminders(personOf(context))
  })
);
