import { may, type Role, type Viewer } from '../../domain/access.ts';
import type { BoardFrame } from '../../domain/wallboard.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';

const insider = { insider: true } as const;

const role = builder.enumType('Role', {
  description: 'What one is here. A person may be several; a token is an integrator and a paired television a screen.',
  values: {
    AGENT: { value: 'agent' },
    COACH: { value: 'coach' },
    LEADER: { value: 'leader' },
    METHOD_LEAD: { value: 'method-lead' },
    ADMINISTRATOR: { value: 'administrator' },
    INTEGRATOR: { value: 'integrator' },
    SCREEN: { value: 'screen' }
  } satisfies Record<string, { value: Role }>
});

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
    })
  })
});

export const board = builder.objectRef<BoardFrame['board']>('Board').implement({
  description: 'A board that can be looked at: of the whole centre, or of one unit.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: '`all`, or the id of the unit.' }),
    name: t.exposeString('name', { nullable: true, description: "The unit's name; null for `all`." }),
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
    description: 'The boards that the viewer may read: `all` first, then the units in their own order.',
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
