import type { BoardQueue, ServiceLevelDefinition } from '../../domain/wallboard.ts';
import { builder } from './builder.ts';

const insider = { insider: true } as const;

export const unit = builder.objectRef<{ id: string; name: string }>('Unit').implement({
  description: 'An organisational unit, which owns queues. Its id is also the id of its board.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable for the life of the unit.' }),
    name: t.exposeString('name', { description: 'As it is called on screens.' })
  })
});

export const serviceLevelType = builder.objectRef<ServiceLevelDefinition>('ServiceLevel').implement({
  description: 'What counts as served as promised, and from when that holds. A change never rewrites what was.',
  authScopes: insider,
  fields: (t) => ({
    variant: t.exposeString('variant', {
      description:
        'Who counts: without-short (answered in time of answered and abandoned, short abandons left out), abandoned-in-time-met, answered-only, all, without-abandoned-in-time or short-met.'
    }),
    targetMs: t.exposeInt('targetMs', { description: 'In time is within this, from entering the queue. In ms.' }),
    shortAbandonMs: t.exposeInt('shortAbandonMs', { description: 'Hanging up within this is a short abandon. In ms.' }),
    from: t.expose('from', { type: 'DateTime', description: 'The midnight from which it holds.' })
  })
});

export const queue = builder.objectRef<BoardQueue>('Queue').implement({
  description: 'A queue in the PBX, answered by a group of agents.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: "The PBX's queue name; `name@source` if a second PBX has it too." }),
    name: t.exposeString('name', { description: 'As it is called on screens.' }),
    shortName: t.exposeString('shortName', { description: 'At most eleven letters, for narrow places.' }),
    source: t.exposeString('source', { description: 'The PBX it is in, by its name in the configuration.' }),
    unit: t.expose('unit', { type: unit, nullable: true, description: 'The unit that owns it; null when none does.' }),
    serviceLevel: t.expose('serviceLevel', { type: serviceLevelType, description: 'The definition valid now.' }),
    wrapUpMs: t.exposeInt('wrapUpMs', {
      nullable: true,
      description: 'How long after a talk an agent is in wrap-up, in ms; null when it is not by the clock.'
    })
  })
});

builder.queryField('queues', (t) =>
  t.field({
    type: [queue],
    description: "All queues there are, in the PBX's order.",
    authScopes: { queues: true },
    resolve: (_, __, { queues, now }) => queues.boardQueues(now())
  })
);
