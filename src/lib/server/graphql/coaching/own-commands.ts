import { builder } from '../builder.ts';
import { helpToEnum } from './agreement.ts';
import { agent, both, carry, common, outcomeType } from './commands.ts';

builder.mutationField('wishAnotherCoach', (t) =>
  t.field({
    type: outcomeType,
    description: 'Tells the method lead that the agent wants another coach, or takes it back. No reason is asked for.',
    authScopes: agent,
    args: { ...common(t), wishes: t.arg.boolean({ required: true, description: 'False takes it back.' }) },
    resolve: (_, { wishes, ...args }, context) => carry(args, { kind: 'wish-another-coach', wishes }, context)
  })
);
builder.mutationField('shareEarlier', (t) =>
  t.field({
    type: outcomeType,
    description: 'Lets the coach of a later round read this one, or no longer.',
    authScopes: agent,
    args: { ...common(t), shared: t.arg.boolean({ required: true, description: 'Whether they may.' }) },
    resolve: (_, { shared, ...args }, context) => carry(args, { kind: 'share-earlier', shared }, context)
  })
);
builder.mutationField('writePractice', (t) =>
  t.field({
    type: outcomeType,
    description: 'Writes in the practice log.',
    authScopes: agent,
    args: { ...common(t), text: t.arg.string({ required: true, description: 'A minute’s words.' }) },
    resolve: (_, { text, ...args }, context) => carry(args, { kind: 'write-practice', text }, context)
  })
);
builder.mutationField('sharePractice', (t) =>
  t.field({
    type: outcomeType,
    description: 'Lets the coach read an entry of the log, or no longer.',
    authScopes: agent,
    args: {
      ...common(t),
      entry: t.arg.id({ required: true, description: 'Which.' }),
      shared: t.arg.boolean({ required: true, description: 'Whether they may.' })
    },
    resolve: (_, { entry, shared, ...args }, context) => carry(args, { kind: 'share-practice', entry, shared }, context)
  })
);
builder.mutationField('deletePractice', (t) =>
  t.field({
    type: outcomeType,
    description: 'Destroys an entry of the log.',
    authScopes: agent,
    args: { ...common(t), entry: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: (_, { entry, ...args }, context) => carry(args, { kind: 'delete-practice', entry }, context)
  })
);
builder.mutationField('askForHelp', (t) =>
  t.field({
    type: outcomeType,
    description: 'Writes down what others could do. Nobody else reads it until the agent releases it.',
    authScopes: both,
    args: {
      ...common(t),
      text: t.arg.string({ required: true, description: 'What would help.' }),
      to: t.arg({ type: helpToEnum, required: true, description: 'Of whom it is asked.' })
    },
    resolve: (_, { text, to, ...args }, context) => carry(args, { kind: 'ask-help', text, to }, context)
  })
);
builder.mutationField('releaseHelp', (t) =>
  t.field({
    type: outcomeType,
    description: 'Lets the one who was asked read it, without saying whose talk it came from.',
    authScopes: agent,
    args: { ...common(t), help: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: (_, { help, ...args }, context) => carry(args, { kind: 'release-help', help }, context)
  })
);
