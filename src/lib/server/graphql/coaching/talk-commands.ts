import { builder } from '../builder.ts';
import { agent, both, carry, common, outcomeType } from './commands.ts';

builder.mutationField('bookTalk', (t) =>
  t.field({
    type: outcomeType,
    description: 'Books the talk, or moves it.',
    authScopes: both,
    args: { ...common(t), at: t.arg({ type: 'DateTime', required: true, description: 'When it begins.' }) },
    resolve: (_, { at, ...args }, context) => carry(args, { kind: 'book-talk', at }, context)
  })
);
builder.mutationField('proposeGoal', (t) =>
  t.field({
    type: outcomeType,
    description: 'Proposes the practice goal. There is at most one: a new wording takes the place of the one it names.',
    authScopes: both,
    args: {
      ...common(t),
      criterion: t.arg.id({ required: true, description: 'The criterion that it practises.' }),
      when: t.arg.string({ required: true, description: 'A moment that returns.' }),
      try: t.arg.string({ required: true, description: 'One thing to say or do.' }),
      how: t.arg.string({ required: false, description: 'In which calls, how often, with whom.' }),
      replaces: t.arg.int({
        required: false,
        description: 'The version that it takes the place of; null for the first.'
      })
    },
    resolve: (_, { criterion, when, try: attempt, how, replaces, ...args }, context) =>
      carry(
        args,
        { kind: 'propose-goal', criterion, when, try: attempt, how: how ?? null, replaces: replaces ?? null },
        context
      )
  })
);
builder.mutationField('agreeGoal', (t) =>
  t.field({
    type: outcomeType,
    description: 'Agrees to the goal that the other one has proposed.',
    authScopes: both,
    args: { ...common(t), version: t.arg.int({ required: true, description: 'The version that was read.' }) },
    resolve: (_, { version, ...args }, context) => carry(args, { kind: 'agree-goal', version }, context)
  })
);
builder.mutationField('writeLastWord', (t) =>
  t.field({
    type: outcomeType,
    description: 'The agent’s last word. After acknowledging, it is added as a dated comment.',
    authScopes: agent,
    args: { ...common(t), text: t.arg.string({ required: true, description: 'The words.' }) },
    resolve: (_, { text, ...args }, context) => carry(args, { kind: 'write-last-word', text }, context)
  })
);
builder.mutationField('acknowledge', (t) =>
  t.field({
    type: outcomeType,
    description: 'Acknowledges the record in the agent’s own session. From then on it never changes.',
    authScopes: agent,
    args: { ...common(t), version: t.arg.int({ required: true, description: 'The version that was read.' }) },
    resolve: (_, { version, ...args }, context) => carry(args, { kind: 'acknowledge', version }, context)
  })
);
