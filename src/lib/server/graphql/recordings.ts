import type { Viewer } from '../../domain/access.ts';
import type { RecordingWish, RecordingWishRefusal } from '../../domain/recording-wish.ts';
import type { Instant } from '../../domain/time.ts';
import { personOf } from './account.ts';
import { builder } from './builder.ts';

/** How recordings come in, for whoever looks after the machine: counts and decisions, never a call and never a person. */
export interface RecordingsView {
  /** A folder is watched. */
  watched: boolean;
  /** What was taken in stays readable in that folder too. */
  leftInFolder: boolean;
  /** How many are locked away here now. */
  kept: number;
  /** What became of the files of the last thirty days. */
  files: { outcome: string; files: number }[];
  /** Why recordings that were here are gone. */
  gone: { why: string; recordings: number }[];
  queues: {
    id: string;
    name: string;
    decision: string | null;
    callerNotice: string | null;
    allowedAt: Instant | null;
  }[];
}
export interface RecordingKeeping {
  read(): Promise<RecordingsView>;
  allow(me: Extract<Viewer, { kind: 'person' }>, wish: RecordingWish): Promise<RecordingWishRefusal | null>;
  /** False when it was not allowed. */
  forbid(me: Extract<Viewer, { kind: 'person' }>, queue: string): Promise<boolean>;
}

const insider = { insider: true } as const;
const files = builder.objectRef<RecordingsView['files'][number]>('RecordingFiles').implement({
  description: 'How many files of the watched folder came to one end.',
  authScopes: insider,
  fields: (t) => ({
    outcome: t.exposeID('outcome', { description: 'A code, such as `imported` or `queue-not-allowed`.' }),
    files: t.exposeInt('files', { description: 'How many.' })
  })
});
const gone = builder.objectRef<RecordingsView['gone'][number]>('RecordingsGone').implement({
  description: 'How many recordings were deleted for one reason.',
  authScopes: insider,
  fields: (t) => ({
    why: t.exposeID('why', { description: 'A code, such as `not-drawn` or `after-talk`.' }),
    recordings: t.exposeInt('recordings', { description: 'How many.' })
  })
});
const queue = builder.objectRef<RecordingsView['queues'][number]>('RecordingQueue').implement({
  description: 'A queue, and by whose decision its calls may be recorded.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The queue.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    decision: t.exposeString('decision', {
      nullable: true,
      description: 'What the decision is registered under; null where nothing may be recorded.'
    }),
    callerNotice: t.exposeString('callerNotice', {
      nullable: true,
      description: 'What callers hear before they are recorded.'
    }),
    allowedAt: t.expose('allowedAt', { type: 'DateTime', nullable: true, description: 'Since when.' })
  })
});
const recordings = builder.objectRef<RecordingsView>('Recordings').implement({
  description: 'How recordings come in. It tells of no call and of no person.',
  authScopes: insider,
  fields: (t) => ({
    watched: t.exposeBoolean('watched', { description: 'Whether a folder is watched; without one nothing comes in.' }),
    leftInFolder: t.exposeBoolean('leftInFolder', {
      description: 'Whether files stay readable in that folder after they were taken in.'
    }),
    kept: t.exposeInt('kept', { description: 'How many are locked away here now.' }),
    files: t.field({
      type: [files],
      description: 'What became of the files of the last thirty days.',
      resolve: (view) => view.files
    }),
    gone: t.field({ type: [gone], description: 'Why others are gone.', resolve: (view) => view.gone }),
    queues: t.field({ type: [queue], description: 'Every queue.', resolve: (view) => view.queues })
  })
});

builder.queryField('recordings', (t) =>
  t.field({
    type: recordings,
    description: 'How recordings come in.',
    authScopes: { act: 'keep-recordings' },
    resolve: (_, __, { recordingKeeping }) => recordingKeeping.read()
  })
);
builder.mutationField('allowRecording', (t) =>
  t.string({
    nullable: true,
    description:
      'From now on calls to a queue may be taken in. Null when it was done, else why not: `decision`, `notice` or ' +
      '`unknown`.',
    authScopes: { act: 'keep-recordings' },
    args: {
      queue: t.arg.id({ required: true, description: 'Which queue.' }),
      decision: t.arg.string({ required: true, description: 'At most 300 characters.' }),
      callerNotice: t.arg.string({ required: true, description: 'What callers hear; at most 300 characters.' })
    },
    resolve: (_, wish, context) => context.recordingKeeping.allow(personOf(context), wish)
  })
);
builder.mutationField('forbidRecording', (t) =>
  t.boolean({
    description: 'Takes no more recordings of a queue in; those that are here stay as long as their rounds keep them.',
    authScopes: { act: 'keep-recordings' },
    args: { queue: t.arg.id({ required: true, description: 'Which queue.' }) },
    resolve: (_, args, context) => context.recordingKeeping.forbid(personOf(context), args.queue)
  })
);
