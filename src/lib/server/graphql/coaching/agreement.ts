import { builder } from '../builder.ts';
import { strengthType } from './call.ts';
import type { GoalView, HelpView, LastWordView, MustBeRightView, RecordView, TalkView } from './views.ts';
import { answerEnum, insider, pointEnum, sideEnum } from './words.ts';

export const goalStateEnum = builder.enumType('GoalState', {
  description: 'PROPOSED: by one of the two. AGREED: the other one said yes.',
  values: { PROPOSED: { value: 'proposed' }, AGREED: { value: 'agreed' } } satisfies Record<
    string,
    { value: GoalView['state'] }
  >
});

export const goalType = builder.objectRef<GoalView>('Goal').implement({
  description: 'What is practised until the next round: “When …, try …”. There is at most one.',
  authScopes: insider,
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Counts the proposals: agreeing names the one that was read.' }),
    criterion: t.exposeID('criterion', { description: 'The criterion of the rubric that it belongs to.' }),
    when: t.exposeString('when', { description: 'A moment that returns: what follows “When”.' }),
    try: t.exposeString('try', { description: 'One thing to say or do: what follows “try”.' }),
    how: t.exposeString('how', { nullable: true, description: 'How it is practised; null when nothing is said.' }),
    state: t.expose('state', { type: goalStateEnum, description: 'Whether both have agreed.' }),
    proposedBy: t.expose('proposedBy', { type: sideEnum, description: 'Who proposed it; the other one agrees.' })
  })
});

export const lastGoalType = builder.objectRef<{ when: string; try: string }>('LastGoal').implement({
  description: 'The practice goal of the round before: its words only.',
  authScopes: insider,
  fields: (t) => ({
    when: t.exposeString('when', { description: 'What follows “When”.' }),
    try: t.exposeString('try', { description: 'What follows “try”.' })
  })
});

export const talkType = builder.objectRef<TalkView>('Talk').implement({
  description: 'The talk of the two about what they heard.',
  authScopes: insider,
  fields: (t) => ({
    bookedAt: t.expose('bookedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is to be; null: not booked.'
    }),
    heldAt: t.expose('heldAt', { type: 'DateTime', nullable: true, description: 'When it was held; null: not yet.' })
  })
});

export const lastWordType = builder.objectRef<LastWordView>('LastWord').implement({
  description: 'The agent’s last word, written in their own session. More may be added, none is changed.',
  authScopes: insider,
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The words.' }),
    writtenAt: t.expose('writtenAt', { type: 'DateTime', description: 'When they were given.' })
  })
});

const recordStrength = builder.objectRef<RecordView['strengths'][number]>('RecordedStrength').implement({
  description: 'A strength as it stands in a version of the record.',
  authScopes: insider,
  fields: (t) => ({
    slot: t.exposeID('slot', { description: 'The call that it was heard in.' }),
    by: t.expose('by', { type: sideEnum, description: 'Who heard it.' }),
    strength: t.field({ type: strengthType, description: 'What was heard.', resolve: (each) => each })
  })
});

export const recordType = builder.objectRef<RecordView>('CoachingRecord').implement({
  description: 'A version of what the two have come to. Acknowledged, it never changes; a correction is a new version.',
  authScopes: insider,
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'From 1.' }),
    acknowledgedAt: t.expose('acknowledgedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the agent acknowledged it; null while it is open.'
    }),
    open: t.exposeBoolean('open', { description: 'True while it can be corrected.' }),
    strengths: t.expose('strengths', { type: [recordStrength], description: 'By call and moment.' }),
    goal: t.expose('goal', {
      type: goalType,
      nullable: true,
      description: 'The practice goal; null when there is none.'
    })
  })
});

export const mustBeRightType = builder.objectRef<MustBeRightView>('MustBeRight').implement({
  description: 'A point that must be right for the caller’s sake. Only the two see it, and it is soon destroyed.',
  authScopes: insider,
  fields: (t) => ({
    slot: t.exposeID('slot', { description: 'The call.' }),
    point: t.expose('point', { type: pointEnum, description: 'Which.' }),
    answer: t.expose('answer', { type: answerEnum, description: 'What was heard.' }),
    text: t.exposeString('text', { nullable: true, description: 'What needs looking after; null when nothing does.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it is destroyed at the latest.' })
  })
});

export const helpToEnum = builder.enumType('HelpFrom', {
  description: 'Of whom help is asked.',
  values: { LEADER: { value: 'leader' }, METHOD_LEAD: { value: 'method-lead' } } satisfies Record<
    string,
    { value: HelpView['to'] }
  >
});

export const helpType = builder.objectRef<HelpView>('HelpRequest').implement({
  description: 'Something that others can do: knowledge, tools, time. It goes to nobody until the agent releases it.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it is released.' }),
    text: t.exposeString('text', { description: 'What would help.' }),
    to: t.expose('to', { type: helpToEnum, description: 'Of whom it is asked.' }),
    released: t.exposeBoolean('released', { description: 'Whether they can read it.' })
  })
});
