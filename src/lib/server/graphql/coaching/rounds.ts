import type { Instant } from '../../../domain/time.ts';
import { builder } from '../builder.ts';
import { refusal } from '../refusal.ts';
import type { Outcome } from './commands.ts';
import type { PersonViewer } from './participation.ts';
import { colleague, roundFrame } from './people.ts';
import type { RoundProgressView } from './round-progress.ts';
import type { Colleague, RoundFrameView } from './views.ts';
import { insider } from './words.ts';

/** A unit with its announced window: calls of it may be recorded and drawn then. */
export interface RoundUnit {
  id: string;
  name: string;
  window: { from: Instant; to: Instant } | null;
}
/** Who takes part, for whoever assigns coaches: names, and nothing of where they stand. */
export interface RoundParticipant {
  id: string;
  agent: Colleague;
  coach: Colleague;
  ended: boolean;
  wishesAnotherCoach: boolean;
  coachToBe: Colleague | null;
}
export interface RoundView {
  frame: RoundFrameView;
  callsPerAgent: number;
  recording: boolean;
  /** The negotiation with the union that the round rests on, and its day; null while nobody has said it. */
  negotiated: string | null;
  negotiatedOn: string | null;
  /** What was shown when the round opened and binds its draws; null before. */
  seal: string | null;
  units: RoundUnit[];
  coaches: Colleague[];
  participants: RoundParticipant[];
  /** Who has come to a unit of the round since it opened, and could join it. */
  mayJoin: Colleague[];
}
/** What a round is made of, for the form. */
export interface RoundMaterialView {
  units: { id: string; name: string; agents: number }[];
  coaches: Colleague[];
  rubricVersions: { id: string; number: number }[];
}
export interface RoundWish {
  name: string;
  rubricVersion: string;
  startsAt: Instant;
  endsAt: Instant;
  callsPerAgent: number;
  recording: boolean;
  negotiated: string | null;
  /** `2026-11-02`. */
  negotiatedOn: string | null;
  units: { id: string; from: Instant | null; to: Instant | null }[];
  coaches: string[];
}
/** Rounds, for method leads; progress also for leaders of their own units. `server/coaching/` fulfils it. */
export interface Rounds {
  list(): Promise<RoundFrameView[]>;
  find(id: string): Promise<RoundView | null>;
  material(): Promise<RoundMaterialView>;
  progress(me: PersonViewer): Promise<RoundProgressView[]>;
  save(me: PersonViewer, id: string | null, wish: RoundWish): Promise<Outcome & { id: string | null }>;
  remove(me: PersonViewer, id: string): Promise<Outcome>;
  open(me: PersonViewer, id: string): Promise<Outcome>;
  close(me: PersonViewer, id: string): Promise<Outcome>;
  cancel(me: PersonViewer, id: string): Promise<Outcome>;
  addParticipant(me: PersonViewer, round: string, agent: string): Promise<Outcome>;
  switchRubric(me: PersonViewer, round: string, version: string): Promise<Outcome>;
  changeCoach(me: PersonViewer, participation: string, coach: string): Promise<Outcome>;
  end(me: PersonViewer, participation: string): Promise<Outcome>;
  resume(me: PersonViewer, participation: string): Promise<Outcome>;
}

export const keeping = { act: 'keep-rounds' } as const;
const roundUnit = builder.objectRef<RoundUnit>('RoundUnit').implement({
  description: 'A whole unit that takes part, with its announced window.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The unit.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    from: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The window’s first instant.',
      resolve: ({ window }) => window?.from ?? null
    }),
    to: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The first instant after it.',
      resolve: ({ window }) => window?.to ?? null
    })
  })
});
const participant = builder.objectRef<RoundParticipant>('RoundParticipant').implement({
  description: 'Who takes part and by whom they are coached: all that the method lead sees of one person.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The participation.' }),
    agent: t.expose('agent', { type: colleague, description: 'Who.' }),
    coach: t.expose('coach', { type: colleague, description: 'By whom.' }),
    ended: t.exposeBoolean('ended', { description: 'Whether it has ended. Why is stored nowhere.' }),
    wishesAnotherCoach: t.exposeBoolean('wishesAnotherCoach', {
      description: 'Whether the agent wants another coach.'
    }),
    coachToBe: t.expose('coachToBe', {
      type: colleague,
      nullable: true,
      description: 'Who takes over; null when nobody does.'
    })
  })
});
const roundType = builder.objectRef<RoundView>('Round').implement({
  description: 'A round, for those who look after it.',
  authScopes: insider,
  fields: (t) => ({
    frame: t.expose('frame', { type: roundFrame, description: 'What everybody in it knows.' }),
    callsPerAgent: t.exposeInt('callsPerAgent', { description: 'The same for all, from 1 to 6.' }),
    recording: t.exposeBoolean('recording', { description: 'False: nothing is recorded in this round.' }),
    negotiated: t.exposeString('negotiated', {
      nullable: true,
      description: 'The number of the negotiation with the union; no round opens without one.'
    }),
    negotiatedOn: t.exposeString('negotiatedOn', { nullable: true, description: 'The day of it: 2026-11-02.' }),
    seal: t.exposeString('seal', {
      nullable: true,
      description: 'Binds the secret that the calls are drawn with, since the opening; null before it.'
    }),
    units: t.expose('units', { type: [roundUnit], description: 'The units, in their own order.' }),
    coaches: t.expose('coaches', { type: [colleague], description: 'Who coaches, by surname.' }),
    participants: t.expose('participants', { type: [participant], description: 'Who takes part, by surname.' }),
    mayJoin: t.expose('mayJoin', { type: [colleague], description: 'Who could still join, by surname.' })
  })
});
const materialUnit = builder.objectRef<RoundMaterialView['units'][number]>('MaterialUnit').implement({
  description: 'A unit that can take part.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The unit.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    agents: t.exposeInt('agents', { description: 'How many answer in it.' })
  })
});
const materialVersion = builder
  .objectRef<RoundMaterialView['rubricVersions'][number]>('MaterialRubricVersion')
  .implement({
    description: 'A published version of the rubric.',
    authScopes: insider,
    fields: (t) => ({
      id: t.exposeID('id', { description: 'By which a round names it.' }),
      number: t.exposeInt('number', { description: 'Counts from 1.' })
    })
  });
const material = builder.objectRef<RoundMaterialView>('RoundMaterial').implement({
  description: 'What a round can be made of.',
  authScopes: insider,
  fields: (t) => ({
    units: t.expose('units', { type: [materialUnit], description: 'The units, in their own order.' }),
    coaches: t.expose('coaches', { type: [colleague], description: 'Who is a coach, by surname.' }),
    rubricVersions: t.expose('rubricVersions', { type: [materialVersion], description: 'The newest first.' })
  })
});

builder.queryField('rounds', (t) =>
  t.field({
    type: [roundFrame],
    description: 'Every round, the newest first.',
    authScopes: keeping,
    resolve: (_, __, { rounds }) => rounds.list()
  })
);
builder.queryField('round', (t) =>
  t.field({
    type: roundType,
    description: 'One round.',
    authScopes: keeping,
    args: { id: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: async (_, { id }, { rounds }) => {
      const found = await rounds.find(id);
      if (!found) throw refusal('NOT_FOUND', 'There is no such round');
      return found;
    }
  })
);
builder.queryField('roundMaterial', (t) =>
  t.field({
    type: material,
    description: 'What a round can be made of.',
    authScopes: keeping,
    resolve: (_, __, { rounds }) => rounds.material()
  })
);
