import type { QueueId } from '../../domain/telephony/event.ts';
import type { BoardQueue } from '../../domain/wallboard.ts';
import type { Viewer } from '../../domain/access.ts';
import { builder } from './builder.ts';
import { queue } from './queue.ts';
import { refusal } from './refusal.ts';

/** A member of the PBX, and whose it is. */
export interface AgentMember {
  source: string;
  key: string;
  /** Where it is signed in now; empty when it is not, or was never seen. */
  queues: readonly QueueId[];
  person: AgentPerson | null;
}
export interface AgentPerson {
  id: string;
  name: string;
}
/** Whose telephone is whose. `app.ts` fulfils it with the store, the floor and the audit log. */
export interface Agents {
  members(): AgentMember[];
  people(): Promise<AgentPerson[]>;
  tie(viewer: Viewer, member: { source: string; key: string }, person: string): Promise<boolean>;
  untie(viewer: Viewer, member: { source: string; key: string }): Promise<boolean>;
}

const insider = { insider: true } as const;

const agentPerson = builder.objectRef<AgentPerson>('AgentPerson').implement({
  description: 'Somebody who answers.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Of the person.' }),
    name: t.exposeString('name', { description: 'Their name.' })
  })
});

const agentMember = builder.objectRef<AgentMember>('AgentMember').implement({
  description: 'A telephone that the PBX lets answer in queues. Its key is shown to administrators alone.',
  authScopes: insider,
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Which PBX.' }),
    key: t.exposeString('key', { description: "The PBX's own name of it, such as PJSIP/1201." }),
    queues: t.field({
      type: [queue],
      description: 'Where it is signed in now.',
      resolve: ({ queues }, _, context) =>
        context.queues.boardQueues(context.now()).filter(({ id }: BoardQueue) => queues.includes(id))
    }),
    person: t.expose('person', {
      type: agentPerson,
      nullable: true,
      description: 'Whose it is; null when nobody has said.'
    })
  })
});

builder.queryField('agentMembers', (t) =>
  t.field({
    type: [agentMember],
    description: 'The telephones that are signed in somewhere or belong to somebody, by their keys.',
    authScopes: { act: 'tie-agents' },
    resolve: (_, __, { agents }) => agents.members()
  })
);

builder.queryField('agentPeople', (t) =>
  t.field({
    type: [agentPerson],
    description: 'Those who answer and can sign in, by name.',
    authScopes: { act: 'tie-agents' },
    resolve: (_, __, { agents }) => agents.people()
  })
);

builder.mutationField('tieAgent', (t) =>
  t.boolean({
    description: 'From now on the telephone is this person’s, and nobody else’s. False when there is no such agent.',
    authScopes: { act: 'tie-agents' },
    args: {
      source: t.arg.string({ required: true, description: 'Which PBX.' }),
      key: t.arg.string({ required: true, description: 'The key of the telephone.' }),
      person: t.arg.id({ required: true, description: 'Whose it is.' })
    },
    resolve: (_, { source, key, person }, { agents, viewer }) => {
      if (viewer === null || !agents.members().some((each) => each.source === source && each.key === key))
        throw refusal('NOT_FOUND', 'There is no such telephone');
      return agents.tie(viewer, { source, key }, person);
    }
  })
);

builder.mutationField('untieAgent', (t) =>
  t.boolean({
    description: 'From now on the telephone is nobody’s. False when it was nobody’s already.',
    authScopes: { act: 'tie-agents' },
    args: {
      source: t.arg.string({ required: true, description: 'Which PBX.' }),
      key: t.arg.string({ required: true, description: 'The key of the telephone.' })
    },
    resolve: (_, { source, key }, { agents, viewer }) => {
      if (viewer === null) throw refusal('NOT_FOUND', 'There is no such thing');
      return agents.untie(viewer, { source, key });
    }
  })
);
