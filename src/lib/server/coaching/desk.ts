import type { CoachingDesk, Outcome, Wish } from '../graphql/coaching/commands.ts';
import { act } from './acting.ts';
import { admit } from './admitting.ts';
import { carryBetween, type BetweenWish } from './between.ts';
import type { CoachingHouse } from './house.ts';
import { lockedUntil } from './people.ts';
import { preparing, type MachineWish } from './preparing.ts';

const BETWEEN: Record<BetweenWish['kind'], true> = {
  'start-beside': true,
  'stop-beside': true,
  'wish-another-coach': true,
  'share-earlier': true,
  'ask-correction': true,
  'write-practice': true,
  'share-practice': true,
  'delete-practice': true,
  'ask-help': true,
  'release-help': true
};
const isBetween = (wish: Wish): wish is BetweenWish => wish.kind in BETWEEN;
/** One may always leave, whoever has made whatever way in: it opens nothing. */
const NEVER_LOCKED: readonly Wish['kind'][] = ['leave'];

/** Carries out what the two ask of their participation. */
export function coachingDesk(house: CoachingHouse): CoachingDesk {
  return {
    async carryOut(me, participation, commandId, wish): Promise<Outcome> {
      const admitted = await admit(house, me, participation);
      if (!admitted || admitted.shared) return { refusal: { code: 'not-found' } };
      if (!NEVER_LOCKED.includes(wish.kind) && (await lockedUntil(house.db, me.personId, house.now())) !== null)
        return { refusal: { code: 'locked' } };
      if (isBetween(wish)) return carryBetween(house, admitted, commandId, wish);
      const outcome = await act(
        house,
        { id: participation, commandId, doer: me },
        preparing(house, me.personId, wish as MachineWish)
      );
      if (wish.kind === 'correct' && outcome.refusal === null) await correctionTaken(house, participation);
      return { refusal: outcome.refusal && withDraftPath(outcome.refusal) };
    }
  };
}

/** The agent’s asking has been heard. */
async function correctionTaken({ db }: CoachingHouse, participation: string): Promise<void> {
  await db
    .deleteFrom('participation_wish')
    .where('participation', '=', participation)
    .where('kind', '=', 'correction')
    .execute();
}

/** The field as the page wrote it: ids of strengths were made the reading's own, see `readingContent`. */
function withDraftPath(refusal: NonNullable<Outcome['refusal']>): NonNullable<Outcome['refusal']> {
  const { path } = refusal;
  return path === undefined ? refusal : { ...refusal, path: path.replace(/^strength\/[^/.]+\./, 'strength/') };
}
