/**
 * The words that every part of coaching is built of: who, which call, and how one criterion was heard in one call. A level
 * describes a call, never a human being, so no function in this folder adds, averages or orders levels.
 */

/** A person, by the id they have all through the product. */
export type PersonId = string;
export type RoundId = string;
export type ParticipationId = string;
/** One row of `slot`: a call that was drawn or chosen. Another call in its place is another row with another id. */
export type SlotId = string;
/** One row of `reading`: what one of the two heard in one slot. */
export type ReadingId = string;
/** One row of `text_body`: words, encrypted. A fact carries this and never the words. */
export type TextId = string;
/** The decision by which something was done, as the city's registry numbers it. */
export type DecisionReference = string;

export type Level = 1 | 2 | 3 | 4;
/** `not-applicable`: the call gave no occasion for it. It is an answer, unlike a level that was left out. */
export type LevelMark = Level | 'not-applicable';
export const LEVELS = [1, 2, 3, 4] as const satisfies readonly Level[];
/** A level below this one needs a moment, so that both can listen to the same thing. */
export const LEVEL_WITHOUT_MOMENT: Level = 2;

/** Which of the two sides of a participation: the agent whose calls they are, or the coach, whoever that is by then. */
export type Side = 'agent' | 'coach';

/**
 * Why a call is in the round. It says what the place in the sample is for; a place for a call one is proud of can still
 * hold a drawn one, when the agent chose none.
 */
export type SlotKind = 'random' | 'proud' | 'topic' | 'beside';

/** The private list about the caller, which no level knows of. */
export const MUST_BE_RIGHT_POINTS = ['secrecy', 'identity', 'facts', 'promises'] as const;
export type MustBeRightPoint = (typeof MUST_BE_RIGHT_POINTS)[number];
/** `in-private`: "let us talk in private", the only answer with a line of text. */
export type MustBeRightAnswer = 'was-right' | 'not-applicable' | 'in-private';
