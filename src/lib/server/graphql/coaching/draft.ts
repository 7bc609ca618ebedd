import { FIELD_LENGTH_MOST, isFieldPath, type DraftEdit, type FieldValue } from '../../../domain/coaching/draft.ts';
import type { FieldAnswer, ServerDraft } from '../../../domain/coaching/draft-copy.ts';
import { personOf } from '../account.ts';
import { Broadcast } from '../broadcast.ts';
import { builder } from '../builder.ts';
import { refusal } from '../refusal.ts';
import type { DraftChange, DraftSaving, DraftView } from './draft-port.ts';

const insider = { insider: true } as const;
const scope = { act: 'write-draft' } as const;
const editsMost = 200;
/** The longest id that a page makes, and how many pages or conflicts an edit can name. */
const idLengthMost = 64;
const namedMost = 64;

const fieldType = builder.objectRef<ServerDraft['fields'][number]>('DraftField').implement({
  description: 'One field of a draft as it stands.',
  authScopes: insider,
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Such as `strength/<id>/text` or `q/1`.' }),
    value: t.exposeString('value', { nullable: true, description: 'Its text; null when it was taken away.' }),
    rev: t.exposeInt('rev', { description: 'One more for each value that it has had.' }),
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When it was saved, to the minute.' })
  })
});

const conflictType = builder.objectRef<ServerDraft['conflicts'][number]>('DraftConflict').implement({
  description: 'A text that met another one in the same field: both are kept until the author has chosen.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which a later edit settles it.' }),
    path: t.exposeString('path', { description: 'The field.' }),
    value: t.exposeString('value', { nullable: true, description: 'The text that does not stand.' }),
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When it was saved, to the minute.' })
  })
});

const draftType = builder.objectRef<DraftView>('Draft').implement({
  description: "What the viewer is writing and has not handed in. Nobody else's can be asked for.",
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', {
      nullable: true,
      description: "By which it is saved: another person's draft of the same thing has another. Null when it is closed."
    }),
    subject: t.exposeID('subject', { description: 'What it is a draft of.' }),
    rev: t.exposeInt('rev', {
      description: 'The sum of the revs of all fields: handing in says which sum the author has seen.'
    }),
    journalKey: t.exposeString('journalKey', {
      nullable: true,
      description:
        'AES-GCM key, base64, for what the browser keeps until the server has it: held in memory and never stored.'
    }),
    closed: t.exposeString('closed', {
      nullable: true,
      description: 'Why it can no longer be written, such as `revealed`; null while it can.'
    }),
    fields: t.field({ type: [fieldType], description: 'Every field.', resolve: ({ fields }) => [...fields] }),
    conflicts: t.field({
      type: [conflictType],
      description: 'What waits for a choice.',
      resolve: ({ conflicts }) => [...conflicts]
    })
  })
});

const verdictEnum = builder.enumType('DraftVerdict', {
  description:
    'What became of an edit. MASKED: an identity number was covered. CONFLICT: what stood there stands, and what came is kept beside it.',
  values: {
    TAKEN: { value: 'taken' },
    MASKED: { value: 'masked' },
    CONFLICT: { value: 'conflict' }
  } satisfies Record<string, { value: FieldAnswer['kind'] }>
});

const answerType = builder.objectRef<FieldAnswer>('DraftFieldSaved').implement({
  description: 'What became of one edit.',
  authScopes: insider,
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The field.' }),
    kind: t.expose('kind', { type: verdictEnum, description: 'Taken in, taken in and masked, or kept beside.' }),
    rev: t.exposeInt('rev', { description: 'The rev that stands there now.' }),
    value: t.string({
      nullable: true,
      description: 'What stands there, when it is another text than the one that came; else null.',
      resolve: (answer): FieldValue => (answer.kind === 'taken' ? null : answer.value)
    }),
    conflict: t.id({
      nullable: true,
      description: 'Under which the text is kept beside; null when it was taken in.',
      resolve: (answer) => (answer.kind === 'conflict' ? answer.conflict : null)
    }),
    at: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the text that stands there was saved; null when it is the one that came.',
      resolve: (answer) => (answer.kind === 'conflict' ? answer.at : null)
    })
  })
});

const outcomeEnum = builder.enumType('DraftSavingOutcome', {
  description:
    'SAVED: it is on the disk. SUPERSEDED: another page has gone on from this one, and nothing was taken in; send it again as a new client. CLOSED: it can no longer be written.',
  values: {
    SAVED: { value: 'saved' },
    SUPERSEDED: { value: 'superseded' },
    CLOSED: { value: 'closed' }
  } satisfies Record<string, { value: DraftSaving['outcome'] }>
});

const savingType = builder.objectRef<DraftSaving>('DraftSaving').implement({
  description: 'What became of a saving.',
  authScopes: insider,
  fields: (t) => ({
    outcome: t.expose('outcome', { type: outcomeEnum, description: 'Whether it was taken in.' }),
    seq: t.int({
      nullable: true,
      description:
        'The request that is answered; null when none was taken in. A later one than was asked about carried all of it.',
      resolve: (saving) => (saving.outcome === 'saved' ? saving.seq : null)
    }),
    savedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When; null when nothing was taken in.',
      resolve: (saving) => (saving.outcome === 'saved' ? saving.savedAt : null)
    }),
    closed: t.string({
      nullable: true,
      description: 'Why it can no longer be written; null while it can.',
      resolve: (saving) => (saving.outcome === 'closed' ? saving.why : null)
    }),
    fields: t.field({
      type: [answerType],
      description: 'What became of each edit.',
      resolve: (saving) => (saving.outcome === 'saved' ? [...saving.fields] : [])
    })
  })
});

const editInput = builder.inputType('DraftEdit', {
  description: 'One whole field, as the author wants it.',
  fields: (t) => ({
    path: t.string({ required: true, description: 'The field.' }),
    baseRev: t.int({ required: true, description: 'The rev that the author had seen; 0 for a new field.' }),
    value: t.string({ description: 'At most 10 000 characters; null takes the field away.' }),
    supersedes: t.idList({ required: true, description: 'Pages whose unanswered values this one goes on from.' }),
    resolves: t.idList({ required: true, description: 'Conflicts that it settles.' })
  })
});

builder.queryField('draft', (t) =>
  t.field({
    type: draftType,
    description: "The viewer's own draft, made at the first look. NOT_FOUND when it is not theirs to write.",
    authScopes: scope,
    args: { subject: t.arg.id({ required: true, description: 'What it is a draft of.' }) },
    resolve: async (_, { subject }, context) => found(await context.drafts.open(personOf(context).personId, subject))
  })
);

builder.mutationField('saveDraft', (t) =>
  t.field({
    type: savingType,
    description:
      'Keeps what was typed; what it answers is on the disk. Asked again with the same `seq` it answers the same and changes nothing. It refuses no text.',
    authScopes: scope,
    args: {
      draftId: t.arg.id({ required: true, description: 'Which: the id of a `Draft`.' }),
      clientId: t.arg.id({ required: true, description: 'The page that writes: made anew at each load.' }),
      seq: t.arg.int({ required: true, description: '1 and up, one more for each new request.' }),
      edits: t.arg({ type: [editInput], required: true, description: 'At most 200.' })
    },
    async resolve(_, { draftId, clientId, seq, edits }, context) {
      const asked = edits.map((edit) => ({ ...edit, value: edit.value ?? null }));
      const why = misshapen(clientId, seq, asked);
      if (why) throw refusal('BAD_REQUEST', why);
      return found(await context.drafts.save(personOf(context).personId, draftId, { clientId, seq, edits: asked }));
    }
  })
);

const changeType = builder.objectRef<DraftChange>('DraftChange').implement({
  description: 'That a draft was changed, by whichever page. It carries no word of it.',
  authScopes: insider,
  fields: (t) => ({ rev: t.exposeInt('rev', { description: 'The sum of the revs of all fields.' }) })
});

builder.subscriptionField('draftChanged', (t) =>
  t.field({
    type: changeType,
    description: "That the viewer's own draft was changed on another page or device. To its author only.",
    authScopes: scope,
    args: { draftId: t.arg.id({ required: true, description: 'Which: the id of a `Draft`.' }) },
    async subscribe(_, { draftId }, context) {
      const { personId } = personOf(context);
      const followed = found(await context.drafts.follow(personId, draftId));
      return new Broadcast(
        `draft ${followed.id}`,
        { person: personId },
        () => followed.rev(),
        (onChange) => followed.watch(onChange)
      );
    },
    resolve: (change) => change
  })
);

function misshapen(clientId: string, seq: number, edits: readonly DraftEdit[]): string | null {
  if (seq < 1 || clientId.length > idLengthMost) return 'A request has an id and a number from 1 on';
  if (edits.length > editsMost) return `At most ${editsMost} edits at a time`;
  for (const { path, baseRev, value, supersedes, resolves } of edits) {
    if (!isFieldPath(path)) return 'There is no such path in a draft';
    if (baseRev < 0 || (value?.length ?? 0) > FIELD_LENGTH_MOST) return 'A field is longer than anybody writes';
    const named = [...supersedes, ...resolves];
    if (named.length > namedMost || named.some((id) => id.length > idLengthMost)) return 'Too much is named in an edit';
  }
  return null;
}

function found<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw refusal('NOT_FOUND', 'There is no such thing');
  return thing;
}
