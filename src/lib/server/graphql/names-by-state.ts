import type { Viewer } from '../../domain/access.ts';
import type { NamesByState } from '../../domain/names-by-state.ts';
import { builder } from './builder.ts';
import { refusal } from './refusal.ts';

/** Who of a unit is free now. `app.ts` fulfils it. */
export interface NamesOfUnits {
  /** Whether the site has chosen that leaders may know. */
  readonly allowed: boolean;
  /** Null when the unit is not this leader's, or the site has not chosen it. */
  of(leader: Extract<Viewer, { kind: 'person' }>, unit: string): Promise<NamesByState | null>;
}

const namesByState = builder.objectRef<NamesByState>('NamesByState').implement({
  description:
    'Who of a unit is free now, for its leader. Without why and since when, and as it was up to half a minute ago.',
  authScopes: { insider: true },
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'DateTime', description: 'When it was so.' }),
    known: t.exposeBoolean('known', { description: 'False while an exchange concerned is out of sight.' }),
    available: t.stringList({ description: 'By name.', resolve: ({ available }) => [...available] }),
    talking: t.stringList({ description: 'By name.', resolve: ({ talking }) => [...talking] }),
    notAvailable: t.stringList({
      description: 'Signed in and neither free nor talking, whatever the reason. By name.',
      resolve: (names) => [...names.notAvailable]
    })
  })
});

builder.queryField('namesByState', (t) =>
  t.field({
    type: namesByState,
    description: "Who of the leader's own unit is free now; where the site has chosen that leaders may know.",
    args: { unit: t.arg.id({ required: true, description: 'One of the units that are the leader’s own.' }) },
    authScopes: (_, { unit }) => ({ namesOf: unit }),
    resolve: async (_, { unit }, { namesOfUnits, viewer }) => {
      const names = viewer?.kind === 'person' ? await namesOfUnits.of(viewer, unit) : null;
      if (names === null) throw refusal('NOT_FOUND', 'There is no such thing');
      return names;
    }
  })
);
