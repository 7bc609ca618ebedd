import { may, type Viewer } from '../../domain/access.ts';
import {
  announcement as decided,
  type Announcement,
  type AnnouncementRefusal,
  type AnnouncementWish,
  type BoardAnnouncement
} from '../../domain/announcement.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { refusal } from './refusal.ts';

export interface PostedAnnouncement extends Announcement {
  /** The name of who posted it; null for a token, and when the person is erased. */
  postedBy: string | null;
  replaces: string | null;
}
/** What is said on the boards. `app.ts` fulfils it with the store and the audit log. */
export interface Announcements {
  post(viewer: Viewer, wish: AnnouncementWish, replaces: string | null): Promise<PostedAnnouncement | null>;
  takeDown(viewer: Viewer, id: string): Promise<boolean>;
  /** What the viewer may read of it, the latest first. */
  history(viewer: Viewer, most: number): Promise<PostedAnnouncement[]>;
  find(id: string): Promise<PostedAnnouncement | null>;
}

const insider = { insider: true } as const;
const mostShown = 200;

export const boardAnnouncement = builder.objectRef<BoardAnnouncement>('BoardAnnouncement').implement({
  description: 'A message that stands on a board: its words and how long, never who wrote it.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The same on every board.' }),
    text: t.exposeString('text', { description: 'At most four lines of the wall; a line break may stand in it.' }),
    from: t.expose('from', { type: 'DateTime', description: 'Since when it stands.' }),
    until: t.expose('until', { type: 'DateTime', description: 'When it ends by itself.' })
  })
});

const announcementType = builder.objectRef<PostedAnnouncement>('Announcement').implement({
  description: 'A message on the boards, as it was posted. Its words never change: another wording replaces it.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which it is taken down or replaced.' }),
    text: t.exposeString('text', { description: 'What stands on the boards.' }),
    boards: t.idList({
      description: 'The boards it is for: `all` for every screen, or the ids of units.',
      resolve: ({ boards }) => [...boards]
    }),
    queues: t.idList({
      description: 'The queues it is about: it stands on every board that shows one of them.',
      resolve: ({ queues }) => [...queues]
    }),
    from: t.expose('from', { type: 'DateTime', description: 'From when it stands.' }),
    until: t.expose('until', { type: 'DateTime', description: 'When it ends by itself.' }),
    postedAt: t.expose('postedAt', { type: 'DateTime', description: 'When it was written.' }),
    postedBy: t.string({
      nullable: true,
      description: 'Who posted it; null for a token, and when the person is no longer here.',
      // No token reads a person's name, whoever the person is.
      resolve: ({ postedBy }, _, { viewer }) => (viewer?.kind === 'person' ? postedBy : null)
    }),
    takenDownAt: t.expose('takenDownAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken down or replaced; null while nobody has.'
    }),
    replaces: t.exposeID('replaces', { nullable: true, description: 'The one whose place it took.' })
  })
});

const reasons = builder.enumType('AnnouncementRefusal', {
  description:
    'Why an announcement was not posted. GONE: what it should replace no longer stands. TOO_MANY_LINES: more than four lines of the wall.',
  values: {
    NO_TEXT: { value: 'no-text' },
    TOO_MANY_LINES: { value: 'too-many-lines' },
    NO_PLACE: { value: 'no-place' },
    ENDS_BEFORE_IT_BEGINS: { value: 'ends-before-it-begins' },
    OVER_ALREADY: { value: 'over-already' },
    TOO_LONG_TIME: { value: 'too-long-time' },
    GONE: { value: 'gone' }
  } satisfies Record<string, { value: AnnouncementRefusal }>
});

interface Posting {
  announcement: PostedAnnouncement | null;
  refusal: AnnouncementRefusal | null;
}
const posting = builder.objectRef<Posting>('Posting').implement({
  description: 'What became of a wish to post: the announcement, or why not. One of them is null.',
  authScopes: insider,
  fields: (t) => ({
    announcement: t.expose('announcement', {
      type: announcementType,
      nullable: true,
      description: 'As it stands on the boards; null when it was refused.'
    }),
    refusal: t.expose('refusal', { type: reasons, nullable: true, description: 'Why not; null when it was posted.' })
  })
});

builder.queryField('announcements', (t) =>
  t.field({
    type: [announcementType],
    description:
      'What stands, is to come and has been, the latest posted first. A leader reads what is for every screen and for their own units.',
    authScopes: { act: 'read-announcements' },
    args: { most: t.arg.int({ required: true, defaultValue: 50, description: 'How many, at most 200.' }) },
    resolve: (_, { most }, context) =>
      context.announcements.history(asking(context), Math.min(mostShown, Math.max(1, most)))
  })
);

builder.mutationField('postAnnouncement', (t) =>
  t.field({
    type: posting,
    description: 'Posts an announcement: within a second it stands on its boards. NOT_FOUND for a board of others.',
    authScopes: (_, { boards, queues }) => ({ announce: { boards, queues } }),
    args: {
      text: t.arg.string({ required: true, description: 'At most four lines of about thirty letters.' }),
      boards: t.arg.idList({ required: true, description: '`all` for every screen, or the ids of units.' }),
      queues: t.arg.idList({ required: true, description: 'Queues: every board that shows one of them.' }),
      from: t.arg({ type: 'DateTime', required: false, description: 'Now when left out, and never in the past.' }),
      until: t.arg({ type: 'DateTime', required: true, description: 'At most 31 days later.' }),
      replaces: t.arg.id({ required: false, description: 'One that is taken down in the same instant.' })
    },
    resolve: (_, { text, boards, queues, from, until, replaces }, context) =>
      post({ text, boards, queues, from: from ?? context.now(), until }, replaces ?? null, context)
  })
);

async function post(wish: AnnouncementWish, replaces: string | null, context: Context): Promise<Posting> {
  const viewer = asking(context);
  const there = new Set(context.feed.boards());
  const queues = new Set(context.queues.boardQueues(context.now()).map(({ id }) => id));
  if (!wish.boards.every((board) => there.has(board)) || !wish.queues.every((queue) => queues.has(queue)))
    throw refusal('NOT_FOUND', 'There is no such board or queue');
  if (replaces !== null) await ownOne(replaces, context);
  const fit = decided(wish, context.now());
  if (typeof fit === 'string') return { announcement: null, refusal: fit };
  const announcement = await context.announcements.post(viewer, fit, replaces);
  return { announcement, refusal: announcement ? null : 'gone' };
}

builder.mutationField('takeDownAnnouncement', (t) =>
  t.boolean({
    description:
      'Takes an announcement down, before its time. False when it has ended already. NOT_FOUND when it is not for the viewer to take down.',
    authScopes: { act: 'read-announcements' },
    args: { id: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: async (_, { id }, context) => {
      await ownOne(id, context);
      return context.announcements.takeDown(asking(context), id);
    }
  })
);

/** Whoever may post in all its places may also take it down or replace it. */
async function ownOne(id: string, context: Context): Promise<void> {
  const found = await context.announcements.find(id);
  if (!found || !may(context.viewer, 'write-announcement', found)) throw refusal('NOT_FOUND', 'There is no such thing');
}

function asking({ viewer }: Context): Viewer {
  if (viewer === null) throw refusal('NOT_FOUND', 'There is no such thing');
  return viewer;
}
