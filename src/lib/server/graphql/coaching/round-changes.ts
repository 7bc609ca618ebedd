import { personOf } from '../account.ts';
import { builder } from '../builder.ts';
import { outcomeType, type Outcome } from './commands.ts';
import { keeping } from './rounds.ts';
import { insider } from './words.ts';

const unitWish = builder.inputType('RoundUnitInput', {
  description: 'A unit that takes part, and when its calls may be recorded.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The unit.' }),
    from: t.field({
      type: 'DateTime',
      required: false,
      description: 'The window’s first instant; null without recording.'
    }),
    to: t.field({ type: 'DateTime', required: false, description: 'The first instant after it.' })
  })
});
const roundWish = builder.inputType('RoundInput', {
  description: 'A round as it is to be.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Such as “2027 vår”.' }),
    rubricVersion: t.id({ required: true, description: 'A published version.' }),
    startsAt: t.field({ type: 'DateTime', required: true, description: 'When it begins.' }),
    endsAt: t.field({ type: 'DateTime', required: true, description: 'When it ends: 4 to 20 weeks later.' }),
    callsPerAgent: t.int({ required: true, description: 'From 1 to 6, the same for all.' }),
    recording: t.boolean({ required: true, description: 'False: the two listen side by side.' }),
    negotiated: t.string({ required: false, description: 'The number of the negotiation with the union.' }),
    negotiatedOn: t.string({ required: false, description: 'The day of it: 2026-11-02.' }),
    units: t.field({ type: [unitWish], required: true, description: 'Whole units.' }),
    coaches: t.idList({ required: true, description: 'Who coaches.' })
  })
});
const saved = builder.objectRef<Outcome & { id: string | null }>('RoundSaved').implement({
  description: 'What came of saving a round.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { nullable: true, description: 'The round; null when it was refused.' }),
    outcome: t.field({ type: outcomeType, description: 'Done, or why not.', resolve: (each) => each })
  })
});
builder.mutationField('saveRound', (t) =>
  t.field({
    type: saved,
    description: 'Makes a draft of a round, or changes one.',
    authScopes: keeping,
    args: {
      id: t.arg.id({ required: false, description: 'Which; null for a new one.' }),
      round: t.arg({ type: roundWish, required: true, description: 'As it is to be.' })
    },
    resolve: (_, { id, round }, context) =>
      context.rounds.save(personOf(context), id ?? null, {
        ...round,
        negotiated: round.negotiated?.trim() || null,
        negotiatedOn: round.negotiatedOn?.trim() || null,
        units: round.units.map(({ id: unit, from, to }) => ({ id: unit, from: from ?? null, to: to ?? null }))
      })
  })
);

type OneId = 'remove' | 'open' | 'close' | 'cancel' | 'end' | 'resume';
function onOne(name: string, act: OneId, description: string): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: outcomeType,
      description,
      authScopes: keeping,
      args: { id: t.arg.id({ required: true, description: 'Which.' }) },
      resolve: (_, { id }, context) => context.rounds[act](personOf(context), id)
    })
  );
}
onOne('removeRound', 'remove', 'Throws a draft of a round away.');
onOne('openRound', 'open', 'Opens a round: everybody in its units takes part, and each gets a coach.');
onOne('closeRound', 'close', 'Closes a round: what is not acknowledged ends, and the pool of recordings is deleted.');
onOne('cancelRound', 'cancel', 'Ends a round for everybody in it.');
onOne('endParticipation', 'end', 'Ends somebody’s part in a round. There is nowhere to say why.');
onOne('resumeParticipation', 'resume', 'Takes an ended part up again, once the agent has said yes.');

type TwoIds = 'addParticipant' | 'switchRubric' | 'changeCoach';
function onTwo(name: TwoIds, first: string, second: string, description: string): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: outcomeType,
      description,
      authScopes: keeping,
      args: {
        id: t.arg.id({ required: true, description: first }),
        to: t.arg.id({ required: true, description: second })
      },
      resolve: (_, { id, to }, context) => context.rounds[name](personOf(context), id, to)
    })
  );
}
onTwo('addParticipant', 'The round.', 'Who joins.', 'Lets somebody new join, before the last window begins.');
onTwo(
  'switchRubric',
  'The round.',
  'The version.',
  'Changes the version of the rubric, while nobody has begun to read.'
);
onTwo(
  'changeCoach',
  'The participation.',
  'The new coach.',
  'Gives somebody another coach, in 24 hours or when the agent says ok.'
);
