import type { Instant } from '../../../domain/time.ts';
import { personOf } from '../account.ts';
import { builder } from '../builder.ts';
import { roundFrame } from './people.ts';
import type { RoundFrameView } from './views.ts';
import { insider } from './words.ts';

export interface UnitProgressView {
  unit: { id: string; name: string };
  /** Null with fewer than five people. */
  counts: { notBegun: number; underWay: number; done: number } | null;
}
export interface RoundProgressView {
  round: RoundFrameView;
  /** The counts are of this instant, and stand for a week. */
  asOf: Instant;
  units: UnitProgressView[];
}
const progressCounts = builder.objectRef<NonNullable<UnitProgressView['counts']>>('ProgressCounts').implement({
  description: 'How many of a unit stand where.',
  authScopes: insider,
  fields: (t) => ({
    notBegun: t.exposeInt('notBegun', { description: 'Not begun.' }),
    underWay: t.exposeInt('underWay', { description: 'Under way.' }),
    done: t.exposeInt('done', { description: 'Acknowledged.' })
  })
});
const unitName = builder.objectRef<{ id: string; name: string }>('RoundUnitName').implement({
  description: 'A unit by name.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The unit.' }),
    name: t.exposeString('name', { description: 'Its name.' })
  })
});
const unitProgress = builder.objectRef<UnitProgressView>('UnitProgress').implement({
  description: 'How far a unit has come: counts, and never a name.',
  authScopes: insider,
  fields: (t) => ({
    unit: t.expose('unit', { type: unitName, description: 'The unit.' }),
    counts: t.expose('counts', {
      type: progressCounts,
      nullable: true,
      description: 'Null with fewer than five people.'
    })
  })
});
const roundProgress = builder.objectRef<RoundProgressView>('RoundProgress').implement({
  description: 'How far a round has come, once a week.',
  authScopes: insider,
  fields: (t) => ({
    round: t.expose('round', { type: roundFrame, description: 'The round.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: 'The counts are of this instant, the week’s beginning.' }),
    units: t.expose('units', {
      type: [unitProgress],
      description: 'The units that the viewer may see, in their own order.'
    })
  })
});
builder.queryField('roundProgress', (t) =>
  t.field({
    type: [roundProgress],
    description: 'How far open rounds have come: to a method lead every unit, to a leader their own.',
    authScopes: { anyAct: ['follow-rounds', 'keep-rounds'] },
    resolve: (_, __, context) => context.rounds.progress(personOf(context))
  })
);
