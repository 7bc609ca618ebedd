import { builder } from '../builder.ts';
import type { Colleague, RoundFrameView } from './views.ts';
import { insider } from './words.ts';

export const colleague = builder.objectRef<Colleague>('Colleague').implement({
  description: 'Somebody by name.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable for the life of the account.' }),
    name: t.exposeString('name', { description: 'As others see them.' })
  })
});

export const roundStateEnum = builder.enumType('RoundState', {
  description: 'CLOSING: no new draws, and what is handed in is late. CLOSED: nothing more.',
  values: {
    DRAFT: { value: 'draft' },
    OPEN: { value: 'open' },
    CLOSING: { value: 'closing' },
    CLOSED: { value: 'closed' }
  } satisfies Record<string, { value: RoundFrameView['state'] }>
});

export const roundFrame = builder.objectRef<RoundFrameView>('RoundFrame').implement({
  description: 'The frame of a round: what everybody in it may know.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable.' }),
    name: t.exposeString('name', { description: 'Such as “2027 vår”.' }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: 'When it begins.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'When it ends.' }),
    state: t.expose('state', { type: roundStateEnum, description: 'Whether it is open.' }),
    rubricVersion: t.exposeID('rubricVersion', {
      description: 'The version of the rubric; it never changes in a round.'
    })
  })
});
