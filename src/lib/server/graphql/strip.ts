import type { Viewer } from '../../domain/access.ts';
import type { OwnState, OwnStateKind, StripFrame } from '../../domain/strip.ts';
import { isTimeOfDay, type StripSettings } from '../../domain/strip-settings.ts';
import { personOf } from './account.ts';
import { boardAnnouncement } from './announcement.ts';
import { Broadcast } from './broadcast.ts';
import { builder } from './builder.ts';
import { refusal } from './refusal.ts';
import { board } from './viewer.ts';
import { position, queueNow, sourceStatus } from './wallboard.ts';

type PersonViewer = Extract<Viewer, { kind: 'person' }>;

export type PauseOutcome = 'done' | 'refused' | 'not-member' | 'no-contact' | 'not-allowed';
/** The strip of whoever asks, and what they may do with their own telephone. `app.ts` fulfils it. */
export interface Strips {
  current(me: PersonViewer): StripFrame | null;
  watch(me: PersonViewer, onFrame: (frame: StripFrame) => void): () => void;
  settings(me: PersonViewer): Promise<StripSettings>;
  save(me: PersonViewer, settings: StripSettings): Promise<void>;
  pausing: { allowed: boolean; reasons: readonly string[] };
  pause(me: PersonViewer, paused: boolean, reason: string | null): Promise<PauseOutcome>;
}

const insider = { insider: true } as const;

const ownStateKind = builder.enumType('OwnStateKind', {
  description:
    'What one does, as the PBX tells it. NOT_TIED: nobody has said which telephone is the viewer’s. SIGNED_OUT: in no queue. UNKNOWN: the PBX is out of sight.',
  values: {
    AVAILABLE: { value: 'available' },
    RINGING: { value: 'ringing' },
    TALKING: { value: 'talking' },
    BUSY: { value: 'busy' },
    WRAPPING_UP: { value: 'wrappingUp' },
    PAUSED: { value: 'paused' },
    UNREACHABLE: { value: 'unreachable' },
    SIGNED_OUT: { value: 'signed-out' },
    NOT_TIED: { value: 'not-tied' },
    UNKNOWN: { value: 'unknown' }
  } satisfies Record<string, { value: OwnStateKind }>
});

const ownState = builder.objectRef<OwnState>('OwnState').implement({
  description: "The viewer's own state. Nobody else's can be asked for.",
  authScopes: insider,
  fields: (t) => ({
    kind: t.expose('kind', { type: ownStateKind, description: 'What the viewer does now.' }),
    wrapUpUntil: t.expose('wrapUpUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'When the wrap-up ends by itself; null in every other state.'
    }),
    paused: t.exposeBoolean('paused', {
      description: 'Paused in every queue, also while a talk still goes on: no new call rings.'
    })
  })
});

const strip = builder.objectRef<StripFrame>('Strip').implement({
  description: "A whole snapshot of the viewer's own small board.",
  authScopes: insider,
  fields: (t) => ({
    board: t.expose('board', { type: board, description: 'Zone, and whether it is a demonstration.' }),
    position: t.expose('position', { type: position, description: 'Where in the log it stands.' }),
    asOf: t.expose('asOf', { type: 'DateTime', description: "The server's clock when it was made." }),
    source: t.expose('source', { type: sourceStatus, description: 'The worst of its queues.' }),
    saved: t.exposeBoolean('saved', { description: 'As on a board.' }),
    own: t.expose('own', { type: ownState, description: "The viewer's own state." }),
    dayIsDone: t.exposeBoolean('dayIsDone', {
      description:
        'There have been calls today, nobody waits, and it is closed or, where no hours say so, nobody is signed in anywhere.'
    }),
    announcements: t.expose('announcements', {
      type: [boardAnnouncement],
      description: "What is said to everybody, to the viewer's units and about their queues, the newest first."
    }),
    queues: t.expose('queues', {
      type: [queueNow],
      description: 'The queues that the viewer is signed in to; else those of their units.'
    })
  })
});

builder.queryField('strip', (t) =>
  t.field({
    type: strip,
    description: "The viewer's own strip as it is now.",
    authScopes: { act: 'use-strip' },
    resolve: (_, __, context) => found(context.strips.current(personOf(context)))
  })
);

builder.subscriptionField('strip', (t) =>
  t.field({
    type: strip,
    description: "The viewer's own strip, for as long as one looks: as a board.",
    authScopes: { act: 'use-strip' },
    subscribe: (_, __, context) => {
      const me = personOf(context);
      return new Broadcast(
        `strip ${me.personId}`,
        { person: me.personId },
        () => context.strips.current(me),
        (onFrame) => context.strips.watch(me, onFrame)
      );
    },
    resolve: (frame) => frame
  })
);

function found(frame: StripFrame | null): StripFrame {
  if (frame === null) throw refusal('NOT_FOUND', 'There is no such thing');
  return frame;
}

const settings = builder.objectRef<StripSettings>('StripSettings').implement({
  description: 'How the viewer wants the strip.',
  authScopes: insider,
  fields: (t) => ({
    figures: t.exposeBoolean('figures', { description: 'Rows with figures, or the sentence alone.' }),
    alerts: t.exposeBoolean('alerts', { description: 'Whether the browser may say something by itself.' }),
    sound: t.exposeBoolean('sound', { description: 'A soft tone with each alert.' }),
    quietFrom: t.exposeString('quietFrom', { description: "`HH:MM` in the centre's zone: from here on, silence." }),
    quietUntil: t.exposeString('quietUntil', { description: '`HH:MM`: until here. Equal to quietFrom: never quiet.' })
  })
});

const pausing = builder.objectRef<Strips['pausing']>('Pausing').implement({
  description: 'Whether agents may pause themselves from here, and why they may.',
  authScopes: insider,
  fields: (t) => ({
    allowed: t.exposeBoolean('allowed', { description: 'As the site has decided.' }),
    reasons: t.stringList({
      description: 'The reasons there are to choose from.',
      resolve: ({ reasons }) => [...reasons]
    })
  })
});

builder.queryField('stripSettings', (t) =>
  t.field({
    type: settings,
    description: 'How the viewer wants the strip.',
    authScopes: { act: 'use-strip' },
    resolve: (_, __, context) => context.strips.settings(personOf(context))
  })
);

builder.queryField('pausing', (t) =>
  t.field({
    type: pausing,
    description: 'Whether the viewer may pause from the strip.',
    authScopes: { act: 'use-strip' },
    resolve: (_, __, { strips }) => strips.pausing
  })
);

builder.mutationField('saveStripSettings', (t) =>
  t.field({
    type: settings,
    description: 'Keeps how the viewer wants the strip.',
    authScopes: { act: 'use-strip' },
    args: {
      figures: t.arg.boolean({ required: true, description: 'Rows with figures.' }),
      alerts: t.arg.boolean({ required: true, description: 'Whether the browser may say something by itself.' }),
      sound: t.arg.boolean({ required: true, description: 'A soft tone with each alert.' }),
      quietFrom: t.arg.string({ required: true, description: '`HH:MM`.' }),
      quietUntil: t.arg.string({ required: true, description: '`HH:MM`.' })
    },
    async resolve(_, wish, context) {
      if (!isTimeOfDay(wish.quietFrom) || !isTimeOfDay(wish.quietUntil))
        throw refusal('BAD_REQUEST', 'A time of the day is written as HH:MM');
      await context.strips.save(personOf(context), wish);
      return wish;
    }
  })
);

const pauseAnswer = builder.enumType('PauseAnswer', {
  description:
    'What the PBX answered. DONE: it has taken it, and the state follows as an event. REFUSED: it does not let us. NOT_MEMBER: the viewer has no telephone, or is signed in to no queue. NOT_ALLOWED: the site has not switched it on.',
  values: {
    DONE: { value: 'done' },
    REFUSED: { value: 'refused' },
    NOT_MEMBER: { value: 'not-member' },
    NO_CONTACT: { value: 'no-contact' },
    NOT_ALLOWED: { value: 'not-allowed' }
  } satisfies Record<string, { value: PauseOutcome }>
});

builder.mutationField('pauseSelf', (t) =>
  t.field({
    type: pauseAnswer,
    description: "Asks the PBX to pause the viewer's own telephone, or to end the pause. It is written down nowhere.",
    authScopes: { act: 'use-strip' },
    args: {
      paused: t.arg.boolean({ required: true, description: 'True for a break, false for the end of one.' }),
      reason: t.arg.string({ required: false, description: 'One of `pausing.reasons`; not needed to end a pause.' })
    },
    resolve: (_, { paused, reason }, context) => context.strips.pause(personOf(context), paused, reason ?? null)
  })
);
