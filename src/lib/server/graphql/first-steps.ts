import { FIRST_STEPS, type FirstStep } from '../../domain/first-steps.ts';
import { builder } from './builder.ts';

/** What leads administrators from an empty centre to a board. `app.ts` fulfils it. */
export interface FirstSteps {
  steps(): Promise<{ step: FirstStep; done: boolean }[]>;
  /** Whether administrators are still led. */
  left(): Promise<boolean>;
  end(): Promise<void>;
}

const firstStep = builder.objectRef<{ step: FirstStep; done: boolean }>('FirstStep').implement({
  description: 'One thing that a new centre needs.',
  authScopes: { insider: true },
  fields: (t) => ({
    step: t.exposeID('step', { description: `Which: ${FIRST_STEPS.map((step) => `\`${step}\``).join(', ')}.` }),
    done: t.exposeBoolean('done', { description: 'Whether nothing is left of it.' })
  })
});

builder.queryField('firstSteps', (t) =>
  t.field({
    type: [firstStep],
    description: 'What a new centre needs, in the order in which one needs the other.',
    authScopes: { act: 'take-first-steps' },
    resolve: (_, __, { firstSteps }) => firstSteps.steps()
  })
);

builder.mutationField('endFirstSteps', (t) =>
  t.boolean({
    description: 'Administrators are not led through the first steps any more. Always true.',
    authScopes: { act: 'take-first-steps' },
    resolve: async (_, __, { firstSteps }) => {
      await firstSteps.end();
      return true;
    }
  })
);
