import type { Instant } from '../../../domain/time.ts';
import { personOf } from '../account.ts';
import { builder } from '../builder.ts';
import { role } from '../role.ts';
import type { Role } from '../../../domain/access.ts';
import { helpToEnum } from './agreement.ts';
import type { PersonViewer } from './participation.ts';
import type { HelpView, ListeningView } from './views.ts';
import { insider } from './words.ts';

/** What everybody may know of how coaching is done here. Codes and numbers: the page has the sentences. */
export interface InsightView {
  recording: boolean;
  encryptedWith: 'given-key' | 'own-key';
  rules: { rule: string; amount: number | null; decision: string | null }[];
  queues: { name: string; decision: string | null }[];
  holders: { role: Role; names: string[] }[];
  listening: { purpose: ListeningView['purpose']; times: number }[];
  rounds: {
    name: string;
    startsAt: Instant;
    endsAt: Instant;
    people: number | null;
    negotiated: string | null;
    negotiatedOn: string | null;
    seal: string | null;
  }[];
  aggregates: AggregateView[];
}
/** A frozen figure, as it was published when its round closed. */
export interface AggregateView {
  round: string;
  /** Null is the whole centre. */
  unit: string | null;
  criterion: string;
  /** Of ten calls, in halves, for each level from the first; null when it is withheld. */
  ofTen: number[] | null;
  withheld: 'few' | 'alike' | 'complement' | null;
}
export interface Insight {
  read(me: PersonViewer): Promise<InsightView>;
  /** What agents have released to the viewer. */
  help(me: PersonViewer): Promise<{ id: string; text: string; to: HelpView['to'] }[]>;
}

const rule = builder.objectRef<InsightView['rules'][number]>('InsightRule').implement({
  description: 'A rule in force.',
  authScopes: insider,
  fields: (t) => ({
    rule: t.exposeID('rule', { description: 'A code that the page has the words for.' }),
    amount: t.exposeInt('amount', {
      nullable: true,
      description: 'How many, or how many days; null when it is no number.'
    }),
    decision: t.exposeString('decision', {
      nullable: true,
      description: 'By whose decision; null when it is the product’s own.'
    })
  })
});
const allowedQueue = builder.objectRef<InsightView['queues'][number]>('RecordedQueue').implement({
  description: 'A queue whose calls may be recorded.',
  authScopes: insider,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The queue.' }),
    decision: t.exposeString('decision', { nullable: true, description: 'By whose decision.' })
  })
});
const holders = builder.objectRef<InsightView['holders'][number]>('RoleHolders').implement({
  description: 'Who holds a role.',
  authScopes: insider,
  fields: (t) => ({
    role: t.expose('role', { type: role, description: 'The role.' }),
    names: t.exposeStringList('names', { description: 'By surname.' })
  })
});
const purposeCount = builder.objectRef<InsightView['listening'][number]>('ListeningCount').implement({
  description: 'How many times calls were listened to, in all rounds together.',
  authScopes: insider,
  fields: (t) => ({
    purpose: t.exposeID('purpose', { description: '`coaching`, `calibration` or `restore-test`.' }),
    times: t.exposeInt('times', { description: 'How many.' })
  })
});
const insightRound = builder.objectRef<InsightView['rounds'][number]>('InsightRound').implement({
  description: 'A round that is or has been.',
  authScopes: insider,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: 'When it begins.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'When it ends.' }),
    people: t.exposeInt('people', {
      nullable: true,
      description: 'How many were in it at its opening; null when few.'
    }),
    negotiated: t.exposeString('negotiated', { nullable: true, description: 'The number of the negotiation.' }),
    negotiatedOn: t.exposeString('negotiatedOn', { nullable: true, description: 'The day of it: 2026-11-02.' }),
    seal: t.exposeString('seal', { nullable: true, description: 'Binds the secret that the calls are drawn with.' })
  })
});
const withheldEnum = builder.enumType('AggregateWithheld', {
  description:
    'FEW: fewer than five people. ALIKE: all in one level. COMPLEMENT: another one could be worked out from it.',
  values: { FEW: { value: 'few' }, ALIKE: { value: 'alike' }, COMPLEMENT: { value: 'complement' } }
});
const aggregate = builder.objectRef<AggregateView>('FrozenAggregate').implement({
  description: 'A figure about many, published once when its round closed and never again.',
  authScopes: insider,
  fields: (t) => ({
    round: t.exposeString('round', { description: 'The round.' }),
    unit: t.exposeString('unit', { nullable: true, description: 'The unit; null for the whole centre.' }),
    criterion: t.exposeID('criterion', { description: 'The criterion.' }),
    ofTen: t.exposeFloatList('ofTen', {
      nullable: true,
      description: 'Of ten calls, how many at each level from the first, in halves.'
    }),
    withheld: t.expose('withheld', {
      type: withheldEnum,
      nullable: true,
      description: 'Why there is none; null when there is.'
    })
  })
});
const keyEnum = builder.enumType('KeyOrigin', {
  description:
    'GIVEN_KEY: the operator keeps the master key. OWN_KEY: it was made at the first start and lies beside the data.',
  values: { GIVEN_KEY: { value: 'given-key' }, OWN_KEY: { value: 'own-key' } }
});
const insightType = builder.objectRef<InsightView>('Insight').implement({
  description: 'How coaching is done here, for everybody who works here.',
  authScopes: insider,
  fields: (t) => ({
    recording: t.exposeBoolean('recording', { description: 'Whether calls can be recorded at all.' }),
    encryptedWith: t.expose('encryptedWith', { type: keyEnum, description: 'Who keeps the key of keys.' }),
    rules: t.expose('rules', { type: [rule], description: 'The rules in force.' }),
    queues: t.expose('queues', {
      type: [allowedQueue],
      description: 'The queues whose calls may be recorded, in their own order.'
    }),
    holders: t.expose('holders', { type: [holders], description: 'Who holds which role.' }),
    listening: t.expose('listening', { type: [purposeCount], description: 'How many times, by purpose.' }),
    rounds: t.expose('rounds', { type: [insightRound], description: 'The newest first.' }),
    aggregates: t.expose('aggregates', {
      type: [aggregate],
      description: 'What the viewer may see of what was published.'
    })
  })
});
builder.queryField('insight', (t) =>
  t.field({
    type: insightType,
    description: 'The rules in force, decisions, who holds which role.',
    authScopes: { act: 'read-insight' },
    resolve: (_, __, context) => context.insight.read(personOf(context))
  })
);

const receivedHelp = builder
  .objectRef<{ id: string; text: string; to: HelpView['to'] }>('ReceivedHelpRequest')
  .implement({
    description: 'Something that somebody asks for, with no link to whom or to which talk.',
    authScopes: insider,
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Stable.' }),
      text: t.exposeString('text', { description: 'What would help.' }),
      to: t.expose('to', { type: helpToEnum, description: 'Of whom it is asked.' })
    })
  });
builder.queryField('receivedHelpRequests', (t) =>
  t.field({
    type: [receivedHelp],
    description: 'What agents have released to the viewer, in no order that tells when.',
    authScopes: { act: 'receive-help' },
    resolve: (_, __, context) => context.insight.help(personOf(context))
  })
);
