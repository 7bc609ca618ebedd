import type { Instant } from '../../../domain/time.ts';
import { builder } from '../builder.ts';
import { colleague } from './people.ts';
import type { ListeningView, ParticipationView, PracticeEntryView, ReflectionAnswer } from './views.ts';
import { insider } from './words.ts';

export const reflectionType = builder.objectRef<ReflectionAnswer[]>('Reflection').implement({
  description: 'What the agent thought before the talk. Hidden from the coach until both are in.',
  authScopes: insider,
  fields: (t) => ({
    answers: t.field({
      type: [reflectionAnswer],
      description: 'In the order of the questions; those without an answer are missing.',
      resolve: (answers) => answers
    })
  })
});
const reflectionAnswer = builder.objectRef<ReflectionAnswer>('ReflectionAnswer').implement({
  description: 'An answer to one of the questions before the talk.',
  authScopes: insider,
  fields: (t) => ({
    question: t.exposeInt('question', { description: 'The question, from 1.' }),
    text: t.exposeString('text', { description: 'The words.' })
  })
});

const purposeEnum = builder.enumType('ListeningPurpose', {
  description: 'Why somebody listened.',
  values: {
    COACHING: { value: 'coaching' },
    CALIBRATION: { value: 'calibration' },
    RESTORE_TEST: { value: 'restore-test' }
  } satisfies Record<string, { value: ListeningView['purpose'] }>
});
export const listeningEntry = builder.objectRef<ListeningView>('ListeningEntry').implement({
  description: 'Somebody listened to a call. It stands here before the sound starts, and never how long.',
  authScopes: insider,
  fields: (t) => ({
    who: t.expose('who', { type: colleague, description: 'Who.' }),
    purpose: t.expose('purpose', { type: purposeEnum, description: 'Why.' }),
    slot: t.exposeID('slot', { description: 'Which call.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When they began.' })
  })
});

export const practiceEntry = builder.objectRef<PracticeEntryView>('PracticeEntry').implement({
  description: 'A minute’s writing on how the practice went. The agent’s alone until they share it.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it is shared.' }),
    text: t.exposeString('text', { description: 'The words.' }),
    writtenAt: t.expose('writtenAt', { type: 'DateTime', description: 'When it was written.' }),
    shared: t.exposeBoolean('shared', { description: 'Whether the coach may read it.' })
  })
});

export const span = builder.objectRef<{ from: Instant; to: Instant }>('Window').implement({
  description: 'A stretch of days in which calls may be recorded and drawn.',
  authScopes: insider,
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime', description: 'Its first instant.' }),
    to: t.expose('to', { type: 'DateTime', description: 'The first instant after it.' })
  })
});
export const coachChange = builder.objectRef<NonNullable<ParticipationView['coachChange']>>('CoachChange').implement({
  description: 'Another coach is to take over.',
  authScopes: insider,
  fields: (t) => ({
    to: t.expose('to', { type: colleague, description: 'Who.' }),
    takesEffectAt: t.expose('takesEffectAt', {
      type: 'DateTime',
      description: 'When, unless the agent says ok before.'
    })
  })
});
export const sharedEarlier = builder.objectRef<{ id: string; roundName: string }>('SharedEarlier').implement({
  description: 'A round before this one that the agent lets the coach of this one read.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The participation.' }),
    roundName: t.exposeString('roundName', { description: 'The round.' })
  })
});
