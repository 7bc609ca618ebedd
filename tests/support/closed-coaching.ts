import type { Services } from '../../src/lib/server/graphql/context.ts';

/** The coaching half where there is nobody and nothing in it: every question is answered with nothing. */
export const closedCoaching: Pick<
  Services,
  'participations' | 'coachingDesk' | 'drafts' | 'coachPlans' | 'rounds' | 'insight'
> = (() => {
  const gone = () => Promise.resolve({ refusal: { code: 'not-found' as const } });
  const none = () => Promise.resolve([]);
  const nothing = () => Promise.resolve(null);
  return {
    participations: { open: nothing, own: none, choices: none },
    coachingDesk: { carryOut: gone },
    drafts: { open: nothing, save: nothing, follow: nothing },
    coachPlans: { plans: none, reminders: none },
    rounds: {
      list: none,
      find: nothing,
      material: () => Promise.resolve({ units: [], coaches: [], rubricVersions: [] }),
      progress: none,
      save: () => Promise.resolve({ id: null, refusal: { code: 'not-found' as const } }),
      remove: gone,
      open: gone,
      close: gone,
      cancel: gone,
      addParticipant: gone,
      switchRubric: gone,
      changeCoach: gone,
      end: gone,
      resume: gone
    },
    insight: {
      read: () =>
        Promise.resolve({
          recording: false,
          encryptedWith: 'own-key' as const,
          rules: [],
          queues: [],
          holders: [],
          listening: [],
          rounds: [],
          aggregates: []
        }),
      help: none
    }
  };
})();
