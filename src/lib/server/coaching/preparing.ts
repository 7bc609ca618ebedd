import type { Refusal } from '../../domain/coaching/commands.ts';
import { readingContent, reflectionAnswers } from '../../domain/coaching/draft-content.ts';
import type { Participation } from '../../domain/coaching/participation.ts';
import type { SeenDraft, Wish } from '../graphql/coaching/commands.ts';
import { besideSpan } from './beside.ts';
import { heldDraft, revsOf, type HeldDraft } from './draft-authority.ts';
import { poolOf, redraw, sha256 } from './drawing.ts';
import type { CoachingHouse } from './house.ts';
import type { Prepare, Prepared } from './acting.ts';
import { slotCall } from '../../domain/coaching/sampling.ts';

/** The wishes that are commands of the participation's machine; the others are kept beside it. */
export type MachineWish = Extract<
  Wish,
  {
    kind:
      | 'choose-call'
      | 'withdraw-call'
      | 'hand-in-reflection'
      | 'take-back-reflection'
      | 'skip-reflection'
      | 'hand-in-reading'
      | 'take-back-reading'
      | 'answer-must-be-right'
      | 'book-talk'
      | 'propose-goal'
      | 'agree-goal'
      | 'hold-talk'
      | 'write-last-word'
      | 'acknowledge'
      | 'correct'
      | 'agree-coach-change'
      | 'leave'
      | 'agree-resume'
      | 'keep-texts'
      | 'delete-texts';
  }
>;

const plain = {
  'take-back-reflection': { kind: 'takeBackReflection' },
  'skip-reflection': { kind: 'skipReflection' },
  'hold-talk': { kind: 'holdTalk' },
  correct: { kind: 'correct' },
  'agree-coach-change': { kind: 'completeCoachChange' },
  leave: { kind: 'endParticipation' },
  'agree-resume': { kind: 'agreeToResume' },
  'keep-texts': { kind: 'keepTexts' },
  'delete-texts': { kind: 'deleteTexts' }
} as const;

/** Makes the command of a wish, with what is known about it: the words of a hand-in come from the drafts, not from the wish. */
export function preparing(house: CoachingHouse, me: string, wish: MachineWish): Prepare {
  const { newId } = house;
  const text = (words: string) => ({ text: newId(), words: words.trim() });
  return async (state): Promise<Prepared | { refusal: Refusal }> => {
    switch (wish.kind) {
      case 'choose-call':
        return chosen(house, state, wish);
      case 'withdraw-call': {
        const { call, records } = await redraw(house, state, wish.slot, 'withdrawn');
        return {
          command: { kind: 'withdrawCall', slot: wish.slot, next: newId() },
          known: { redraw: call },
          draws: records
        };
      }
      case 'hand-in-reading':
        return reading(house, me, state, { ...wish, seen: await named(house, me, wish.seen) });
      case 'hand-in-reflection':
        return reflection(house, me, state, await named(house, me, wish.seen));
      case 'take-back-reading':
        return { command: { kind: 'takeBackReading', slot: wish.slot } };
      case 'answer-must-be-right': {
        const { slot, point, answer } = wish;
        const words = wish.text?.trim() ? text(wish.text) : null;
        return { command: { kind: 'answerMustBeRight', slot, point, answer, text: words } };
      }
      case 'book-talk':
        return { command: { kind: 'bookTalk', talkAt: wish.at } };
      case 'propose-goal': {
        const { criterion, how, replaces } = wish;
        const goal = { criterion, when: text(wish.when), try: text(wish.try), how: how?.trim() ? text(how) : null };
        return { command: { kind: 'proposeGoal', goal, replaces } };
      }
      case 'agree-goal':
        return { command: { kind: 'agreeGoal', version: wish.version } };
      case 'write-last-word':
        return { command: { kind: 'writeLastWord', text: text(wish.text) } };
      case 'acknowledge': {
        // What stands is told by its ids: no word is hashed, so a hash tells nothing when the words are gone.
        const { goal, places, lastWords } = state;
        const snapshot = JSON.stringify([wish.version, goal, places, lastWords]);
        const version = state.correction?.version ?? Math.max(1, state.acknowledged);
        if (wish.version !== version) return { refusal: { code: 'stale-draft' } };
        return { command: { kind: 'acknowledge', snapshotHash: sha256(snapshot) } };
      }
      default:
        return { command: plain[wish.kind] };
    }
  };
}

async function chosen(
  house: CoachingHouse,
  state: Participation,
  wish: Extract<Wish, { kind: 'choose-call' }>
): Promise<Prepared> {
  const from = await poolOf(house.db, state.id);
  const call = from.find(({ entry }) => entry === wish.call);
  const span = state.sound === 'beside' ? await besideSpan(house.db, wish.slot, house.now()) : null;
  const listened = call && (span === null || (span.from <= call.answeredAt && call.answeredAt < span.to));
  const may = state.sound === 'beside' ? span !== null && listened : listened;
  return {
    command: { kind: 'chooseCall', slot: wish.slot, next: house.newId() },
    known: { choice: call && may ? slotCall(call) : null }
  };
}

/** A page may name a draft by what it is of, or by the id that the draft has. */
async function named({ drafts }: CoachingHouse, me: string, seen: readonly SeenDraft[]): Promise<SeenDraft[]> {
  return Promise.all(
    seen.map(async ({ draft, rev }) => ({
      draft: draft.includes('/') ? draft : ((await drafts.subjectOf(draft, me)) ?? draft),
      rev
    }))
  );
}

/** Whether the page had seen every draft as it stands. A draft that nobody has written in needs not be named. */
function asSeen(held: readonly HeldDraft[], seen: readonly SeenDraft[]): string {
  return revsOf(held.map(({ subject }) => ({ subject, rev: seen.find(({ draft }) => draft === subject)?.rev ?? 0 })));
}

async function reading(
  house: CoachingHouse,
  me: string,
  state: Participation,
  { slot, seen }: Extract<Wish, { kind: 'hand-in-reading' }>
): Promise<Prepared> {
  const owner = { personId: me, participation: state.id };
  const draft = await heldDraft(house, house.db, owner, { of: 'reading', slot });
  const goal = await heldDraft(house, house.db, owner, { of: 'goal' });
  // The goal is on every call's form, but only who changed it there has seen it change.
  const held = seen.some((each) => each.draft === goal.subject) ? [draft, goal] : [draft];
  const id = house.newId();
  const content = readingContent(draft.document, id, house.newId);
  return {
    command: { kind: 'handInReading', slot, reading: id, revs: asSeen(held, seen), content },
    known: { draftRevs: revsOf(held) },
    drafts: held
  };
}

async function reflection(
  house: CoachingHouse,
  me: string,
  state: Participation,
  seen: readonly SeenDraft[]
): Promise<Prepared> {
  const owner = { personId: me, participation: state.id };
  const own = await heldDraft(house, house.db, owner, { of: 'reflection' });
  const chosenSlots = state.places.filter(({ call }) => call !== null).map(({ slot }) => slot);
  const readings = await Promise.all(
    chosenSlots.map(async (slot) => ({
      slot,
      draft: await heldDraft(house, house.db, owner, { of: 'reading', slot })
    }))
  );
  const held = [own, ...readings.map(({ draft }) => draft)];
  return {
    command: {
      kind: 'handInReflection',
      revs: asSeen(held, seen),
      answers: reflectionAnswers(own.document, house.newId),
      readings: readings.map(({ slot, draft }) => {
        const id = house.newId();
        return { slot, reading: id, content: readingContent(draft.document, id, house.newId) };
      })
    },
    known: { draftRevs: revsOf(held) },
    drafts: held
  };
}
