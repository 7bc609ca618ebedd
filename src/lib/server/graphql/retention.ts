import type { Viewer } from '../../domain/access.ts';
import {
  RETENTION_CLASSES,
  type RetentionRefusal,
  type RetentionRule,
  type RetentionWish
} from '../../domain/retention.ts';
import { personOf } from './account.ts';
import { builder } from './builder.ts';

/** How long what is kept, and by whose decision. The store fulfils it. */
export interface RetentionKeeping {
  rules(): Promise<RetentionRule[]>;
  set(me: Extract<Viewer, { kind: 'person' }>, wish: RetentionWish): Promise<RetentionRefusal | null>;
}

const retentionRule = builder.objectRef<RetentionRule>('RetentionRule').implement({
  description: 'How long one kind of thing is kept, and the decision that it rests on.',
  authScopes: { insider: true },
  fields: (t) => ({
    kept: t.exposeID('kept', {
      description: `What: ${RETENTION_CLASSES.map(({ kept }) => `\`${kept}\``).join(', ')}.`
    }),
    unit: t.string({ description: '`months` or `days`.', resolve: ({ unit }) => unit }),
    period: t.exposeInt('period', {
      nullable: true,
      description: 'How many; null for as long as the installation lives.'
    }),
    least: t.int({
      nullable: true,
      description: 'The shortest that can be chosen; null when there is no choice.',
      resolve: ({ choice }) => choice?.least ?? null
    }),
    most: t.int({
      nullable: true,
      description: 'The longest that can be chosen; null when there is no choice.',
      resolve: ({ choice }) => choice?.most ?? null
    }),
    decision: t.exposeString('decision', { description: 'What it rests on; empty while nobody has decided.' }),
    decidedOn: t.exposeString('decidedOn', { nullable: true, description: 'The day of the decision, `2026-11-21`.' }),
    changedAt: t.expose('changedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last changed here; null when it is as the program came.'
    })
  })
});

builder.queryField('retentionRules', (t) =>
  t.field({
    type: [retentionRule],
    description: 'How long what is kept. Everybody who works here may know.',
    authScopes: { act: 'read-retention' },
    resolve: (_, __, { retention }) => retention.rules()
  })
);

builder.mutationField('setRetentionRule', (t) =>
  t.string({
    nullable: true,
    description:
      'Sets a period with its decision. Null when it was done, else why not: `period`, `decision`, `date`, ' +
      '`not-adjustable` or `unknown`. What is older goes within the hour and does not come back.',
    authScopes: { act: 'change-retention' },
    args: {
      kept: t.arg.id({ required: true, description: 'Which of the rules.' }),
      period: t.arg.int({ description: 'As many months or days as the rule counts in; null where it has none.' }),
      decision: t.arg.string({ required: true, description: 'At most 300 characters.' }),
      decidedOn: t.arg.string({ description: 'A calendar day, `2026-11-21`.' })
    },
    resolve: (_, { kept, period, decision, decidedOn }, context) => {
      const known = RETENTION_CLASSES.find((each) => each.kept === kept);
      if (!known) return 'unknown';
      const wish = { kept: known.kept, period: period ?? null, decision, decidedOn: decidedOn ?? null };
      return context.retention.set(personOf(context), wish);
    }
  })
);
