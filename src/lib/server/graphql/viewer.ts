import { may, type Viewer } from '../../domain/access.ts';
import type { BoardFrame } from '../../domain/wallboard.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { role } from './role.ts';

const insider = { insider: true } as const;

const viewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The one who asks.',
  authScopes: insider,
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: "A person's name; null for a token or a screen, which have none.",
      resolve: (viewer) => (viewer.kind === 'person' ? viewer.name : null)
    }),
    roles: t.field({
      type: [role],
      description: 'What the viewer is here.',
      resolve: (viewer) => (viewer.kind === 'person' ? [...viewer.roles] : [viewer.kind])
    }),
    boards: t.idList({
      description: "The boards that are the viewer's own: of their units, or the one that a screen is paired with.",
      resolve: (viewer) =>
        viewer.kind === 'screen' ? [viewer.board] : viewer.kind === 'person' ? [...(viewer.ties?.boards ?? [])] : []
    }),
    firstSteps: t.boolean({
      description: 'Whether the viewer looks after a centre that has first steps left.',
      resolve: (viewer, _, { firstSteps }) => may(viewer, 'take-first-steps', {}) && firstSteps.left()
    }),
    namesByState: t.boolean({
      description: 'Whether the viewer leads a unit, and the site has chosen that leaders may know who is free.',
      resolve: (viewer, _, { namesOfUnits, boardKeeping }) =>
        namesOfUnits.allowed && boardKeeping.units().some(({ id }) => may(viewer, 'read-names-by-state', { unit: id }))
    })
  })
});

export const board = builder.objectRef<BoardFrame['board']>('Board').implement({
  description: 'A board that can be looked at: of the whole centre, of one unit, or one that somebody has made.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: '`all`, the id of a unit, or an id of its own.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: "What it is called, by itself the unit's name; null for `all`."
    }),
    demo: t.exposeBoolean('demo', { description: 'True when the telephones are simulated: every page must say so.' }),
    timeZone: t.exposeString('timeZone', { description: "The centre's zone, in which days begin. An IANA name." })
  })
});

builder.queryField('viewer', (t) =>
  t.field({
    type: viewerType,
    description: 'The one who asks.',
    authScopes: { viewer: true },
    resolve: (_, __, context) => asking(context)
  })
);

builder.queryField('boards', (t) =>
  t.field({
    type: [board],
    description:
      'The boards that the viewer may read: `all` first, then the units in their own order, then the others.',
    authScopes: { viewer: true },
    resolve: (_, __, { feed, viewer }) =>
      feed
        .boards()
        .filter((id) => may(viewer, 'read-board', { board: id }))
        .flatMap((id) => feed.current(id)?.board ?? [])
  })
);

function asking({ viewer }: Context): Viewer {
  // The scope has refused strangers already; a frame made for an audience has no one to name.
  if (viewer === null) throw new Error('viewer was read in an execution without one');
  return viewer;
}
