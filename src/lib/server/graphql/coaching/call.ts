import { builder } from '../builder.ts';
import type { CallChoiceView, LevelView, ReadingView, SlotView, StrengthView } from './views.ts';
import { handedInEnum, insider, levelEnum, sideEnum, slotKindEnum, slotStateEnum, soundEnum } from './words.ts';

export const strengthType = builder.objectRef<StrengthView>('Strength').implement({
  description: 'Something that worked, at a moment of a call, and what it did for the caller.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable within its reading.' }),
    criterion: t.exposeID('criterion', { description: 'The criterion of the rubric that it belongs to.' }),
    momentMs: t.exposeInt('momentMs', { description: 'Where in the call it is heard, in ms from the answer.' }),
    text: t.exposeString('text', { description: 'The words, of whoever heard it.' })
  })
});

const readingLevel = builder.objectRef<LevelView>('ReadingLevel').implement({
  description: 'The level that one of the two heard, in one criterion of one call.',
  authScopes: insider,
  fields: (t) => ({
    criterion: t.exposeID('criterion', { description: 'The criterion of the rubric.' }),
    level: t.expose('level', { type: levelEnum, description: 'The level, in words.' }),
    momentMs: t.exposeInt('momentMs', {
      nullable: true,
      description: 'A moment to listen to, in ms from the answer; null when none was given.'
    })
  })
});

const reading = builder.objectRef<ReadingView>('Reading').implement({
  description: 'What one of the two heard in one call.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable.' }),
    by: t.expose('by', { type: sideEnum, description: 'Whose it is.' }),
    state: t.expose('state', {
      type: handedInEnum,
      description: 'DRAFT or IN; words that are not in stand in the draft.'
    }),
    rubricVersion: t.exposeID('rubricVersion', { description: 'The version of the rubric that it was read by.' }),
    strengths: t.expose('strengths', { type: [strengthType], description: 'By their moments.' }),
    levels: t.expose('levels', { type: [readingLevel], description: 'In the order of the rubric.' })
  })
});

export const slotType = builder.objectRef<SlotView>('Slot').implement({
  description: 'One of the calls that the two listen to. `/slots/{id}/sound` and `/slots/{id}/peaks` give its sound.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Another when the call is another.' }),
    kind: t.expose('kind', { type: slotKindEnum, description: 'How the call comes into the round.' }),
    state: t.expose('state', { type: slotStateEnum, description: 'Whether there is a call.' }),
    queue: t.exposeString('queue', { nullable: true, description: 'The queue’s name; null when there is no call.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was answered; null when there is no call.'
    }),
    lengthMs: t.exposeInt('lengthMs', { description: 'How long the talk with this agent is, in ms.' }),
    sound: t.expose('sound', { type: soundEnum, description: 'Whether it can be heard.' }),
    soundBeginsMs: t.exposeInt('soundBeginsMs', {
      nullable: true,
      description:
        'How long after the answer the recording begins, in ms: a clipped greeting is the telephone, not the person. Null when unknown.'
    }),
    draftId: t.exposeID('draftId', {
      nullable: true,
      description: 'The draft that the viewer writes their own reading on; null when there is nothing to write now.'
    }),
    ownState: t.expose('ownState', { type: handedInEnum, description: 'Whether the viewer’s own reading is in.' }),
    agentReading: t.expose('agentReading', {
      type: reading,
      nullable: true,
      description: 'What the agent heard; null to the coach until both are in.'
    }),
    coachReading: t.expose('coachReading', {
      type: reading,
      nullable: true,
      description: 'What the coach heard; null to the agent until both are in.'
    }),
    besideSince: t.expose('besideSince', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when the coach listens beside; null when they do not just now.'
    })
  })
});

export const callChoice = builder.objectRef<CallChoiceView>('CallChoice').implement({
  description: 'One of the agent’s own calls in the window, that they may choose.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it is chosen.' }),
    queue: t.exposeString('queue', { description: 'The queue’s name.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it was answered.' }),
    lengthMs: t.exposeInt('lengthMs', { description: 'How long the talk was, in ms.' }),
    recorded: t.exposeBoolean('recorded', { description: 'Whether it can be heard.' })
  })
});
