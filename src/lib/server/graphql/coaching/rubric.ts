import { may } from '../../../domain/access.ts';
import { LEVELS } from '../../../domain/coaching/level.ts';
import type { WordingRefusal } from '../../../domain/coaching/rubric-wording.ts';
import type { Criterion, LevelText, RubricText, RubricVersion, Worded } from '../../../domain/coaching/rubric.ts';
import { builder } from '../builder.ts';
import type { PersonViewer } from './participation.ts';
import { insider } from './words.ts';

/** A version, and how many times it was saved while it was a draft. */
export interface RubricVersionView extends RubricVersion {
  revision: number;
}
export type RubricRefusal = WordingRefusal | 'no-draft' | 'stale' | 'no-such-place';
export interface RubricChangeView {
  version: RubricVersionView | null;
  refusal: RubricRefusal | null;
  /** Where the text is that refuses it. */
  place: string | null;
}
/** The versions of the rubric. `server/rubrics.ts` fulfils it with the store and the audit log. */
export interface Rubrics {
  published(): Promise<RubricVersionView | null>;
  draft(): Promise<RubricVersionView | null>;
  find(id: string): Promise<RubricVersionView | null>;
  all(): Promise<RubricVersionView[]>;
  makeDraft(): Promise<RubricVersionView>;
  rewrite(
    revision: number,
    words: ReadonlyMap<string, Worded>,
    meansAnew: readonly string[]
  ): Promise<RubricChangeView>;
  discard(): Promise<boolean>;
  publish(by: PersonViewer, revision: number): Promise<RubricChangeView>;
}

const reading = { act: 'read-rubric' } as const;
const keeping = { act: 'keep-rubric' } as const;

const worded = builder.objectRef<Worded>('RubricWords').implement({
  description: 'A text of the rubric in the two languages.',
  authScopes: insider,
  fields: (t) => ({
    sv: t.exposeString('sv', { description: 'In Swedish.' }),
    en: t.exposeString('en', { description: 'In English.' })
  })
});
const levelText = builder.objectRef<LevelText>('RubricLevelText').implement({
  description: 'How one level of one criterion is heard.',
  authScopes: insider,
  fields: (t) => ({
    behaviour: t.expose('behaviour', { type: worded, description: 'What is heard.' }),
    example: t.expose('example', { type: worded, description: 'What somebody could say, without quotation marks.' })
  })
});
const criterionType = builder.objectRef<Criterion>('RubricCriterion').implement({
  description: 'Something that a call is listened for.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The same over versions while the meaning is the same.' }),
    name: t.expose('name', { type: worded, description: 'What it is called.' }),
    survey: t.stringList({
      description:
        'The words of the national telephone survey that it feeds, the main one first: `meeting` (how one is met) and `ease`.',
      resolve: ({ survey }) => [...survey]
    }),
    promise: t.expose('promise', { type: worded, description: 'What it is to the caller, in the caller’s words.' }),
    situation: t.expose('situation', { type: worded, description: 'The call that its four examples are taken from.' }),
    talkQuestion: t.expose('talkQuestion', { type: worded, description: 'What the coach can ask about it.' }),
    notApplicableWhen: t.expose('notApplicableWhen', { type: worded, description: 'When the call gave no occasion.' }),
    levels: t.field({
      type: [levelText],
      description: 'Four, from Practise to Exemplary.',
      resolve: ({ levels }) => LEVELS.map((level) => levels[level])
    })
  })
});
const textType = builder.objectRef<RubricText>('RubricText').implement({
  description: 'All that is worded in a version.',
  authScopes: insider,
  fields: (t) => ({
    name: t.expose('name', { type: worded, description: 'What the rubric is called.' }),
    lead: t.expose('lead', { type: worded, description: 'What stands above the form.' }),
    levels: t.field({
      type: [worded],
      description: 'What a level is in every criterion: four, from Practise to Exemplary, and then Not applicable.',
      resolve: ({ levels }) => [...LEVELS.map((level) => levels[level]), levels['not-applicable']]
    }),
    criteria: t.field({
      type: [criterionType],
      description: 'In the order of a call.',
      resolve: ({ criteria }) => [...criteria]
    })
  })
});
const state = builder.enumType('RubricState', {
  description: 'RETIRED: not for new rounds; what was read by it stays readable by it.',
  values: {
    DRAFT: { value: 'draft' },
    PUBLISHED: { value: 'published' },
    RETIRED: { value: 'retired' }
  } satisfies Record<string, { value: RubricVersion['state'] }>
});
const versionType = builder.objectRef<RubricVersionView>('RubricVersion').implement({
  description: 'A version of the rubric. Once published its text never changes.',
  authScopes: insider,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'By which rounds and readings name it.' }),
    number: t.exposeInt('number', { description: 'Counts from 1; a draft has the number it will have.' }),
    state: t.expose('state', { type: state, description: 'Whether new rounds take it.' }),
    revision: t.exposeInt('revision', { description: 'How many times it was saved as a draft: saving names it.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true, description: 'Null for a draft.' }),
    text: t.expose('text', { type: textType, description: 'Its words.' })
  })
});
const reasons = builder.enumType('RubricRefusal', {
  description:
    'Why a draft was not saved or published. STALE: it is another than the one that was read. CITY: a place for the name of the city is left. UNCHANGED: not a word differs from what is published.',
  values: {
    EMPTY: { value: 'empty' },
    TOO_LONG: { value: 'too-long' },
    CITY: { value: 'city' },
    UNCHANGED: { value: 'unchanged' },
    NO_DRAFT: { value: 'no-draft' },
    STALE: { value: 'stale' },
    NO_SUCH_PLACE: { value: 'no-such-place' }
  } satisfies Record<string, { value: RubricRefusal }>
});
const change = builder.objectRef<RubricChangeView>('RubricChange').implement({
  description: 'What became of a wish to change the rubric: the version, or why not. One of them is null.',
  authScopes: insider,
  fields: (t) => ({
    version: t.expose('version', { type: versionType, nullable: true, description: 'The version as it is now.' }),
    refusal: t.expose('refusal', { type: reasons, nullable: true, description: 'Why not; null when it was done.' }),
    place: t.exposeString('place', { nullable: true, description: 'Where the text is that refuses it.' })
  })
});

builder.queryFields((t) => ({
  rubric: t.field({
    type: versionType,
    nullable: true,
    description: 'The version that new rounds take; null until one is published.',
    authScopes: reading,
    resolve: (_, __, { rubrics }) => rubrics.published()
  }),
  rubricVersion: t.field({
    type: versionType,
    nullable: true,
    description: 'One version; null when there is none, and for a draft that is not the viewer’s to read.',
    authScopes: reading,
    args: { id: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: async (_, { id }, { rubrics, viewer }) => {
      const found = await rubrics.find(id);
      return found?.state === 'draft' && !may(viewer, 'keep-rubric', {}) ? null : found;
    }
  }),
  rubricVersions: t.field({
    type: [versionType],
    description: 'The one that is published and those that were, the newest first.',
    authScopes: reading,
    resolve: (_, __, { rubrics }) => rubrics.all()
  }),
  rubricDraft: t.field({
    type: versionType,
    nullable: true,
    description: 'The draft of the next version; null when there is none.',
    authScopes: keeping,
    resolve: (_, __, { rubrics }) => rubrics.draft()
  })
}));

const wordsInput = builder.inputType('RubricWordsInput', {
  description: 'A text of the draft, as it is to be.',
  fields: (t) => ({
    place: t.string({ required: true, description: 'Such as `lead`, `levels/1` or `criteria/0/levels/3/example`.' }),
    sv: t.string({ required: true, description: 'In Swedish.' }),
    en: t.string({ required: true, description: 'In English.' })
  })
});

builder.mutationFields((t) => ({
  draftRubric: t.field({
    type: versionType,
    description: 'Makes a draft of the next version, or gives the one there is.',
    authScopes: keeping,
    resolve: (_, __, { rubrics }) => rubrics.makeDraft()
  }),
  saveRubricDraft: t.field({
    type: change,
    description: 'Changes words of the draft. What is left out stays as it is.',
    authScopes: keeping,
    args: {
      revision: t.arg.int({ required: true, description: 'The one that was read.' }),
      words: t.arg({ type: [wordsInput], required: true, description: 'The texts that change.' }),
      meansAnew: t.arg.idList({
        required: true,
        description: 'All criteria of the published version that mean something else now: they get new ids.'
      })
    },
    resolve: (_, { revision, words, meansAnew }, { rubrics }) =>
      rubrics.rewrite(revision, new Map(words.map(({ place, sv, en }) => [place, { sv, en }])), meansAnew)
  }),
  discardRubricDraft: t.boolean({
    description: 'Throws the draft away. False when there is none.',
    authScopes: keeping,
    resolve: (_, __, { rubrics }) => rubrics.discard()
  }),
  publishRubric: t.field({
    type: change,
    description: 'Publishes the draft and retires the version before it. Open rounds keep theirs.',
    authScopes: keeping,
    args: { revision: t.arg.int({ required: true, description: 'The one whose difference was read.' }) },
    resolve: (_, { revision }, { rubrics, viewer }) => rubrics.publish(viewer as PersonViewer, revision)
  })
}));
