import type { Actor, Command } from '../../../domain/coaching/commands.ts';
import type { Fact } from '../../../domain/coaching/facts.ts';
import type { TextId } from '../../../domain/coaching/level.ts';
import type { Participation } from '../../../domain/coaching/participation.ts';
import type { GoalWish, ReadingContent } from '../../../domain/coaching/reading.ts';
import type { EntryId, QueueId } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { NewWords } from './texts.ts';

/** What was decided, with the words that the facts name by id only. */
export interface Act {
  /** As it was when it was decided: another's act since then makes this one stale. */
  state: Participation;
  facts: readonly Fact[];
  command: Command;
  /** Of the one who asks, new for each command: the same again is a second delivery. */
  commandId: string;
  actor: Actor;
  /** The coach's goal draft that the decision was made with. */
  goalDraft: GoalWish | null;
  /** What is answered now and to every second delivery: JSON. */
  answer: string;
  /** Where the calls of the facts are from, for those whose entry the database does not hold. */
  calls?: readonly KnownCall[];
}
export interface KnownCall {
  entry: EntryId;
  queue: QueueId;
  answeredAt: Instant;
}

/** What was answered about a point of the private list, as it stands among the locked words. */
export interface PrivateAnswer {
  answer: string;
  text: string | null;
}
export const privateAnswerId = (commandId: string): TextId => `point-${commandId}`;

/** The goal that a fact proposes: of the command, or of the draft that the reveal turned into a proposal. */
export function proposedGoal({ command, goalDraft }: Act): GoalWish | null {
  return command.kind === 'proposeGoal' ? command.goal : goalDraft;
}

/** Every text that the facts name and the database does not hold yet. */
export function newWords(act: Act): NewWords[] {
  const { command, commandId } = act;
  return act.facts.flatMap(({ kind }): NewWords[] => {
    if (kind === 'GoalProposed') {
      const goal = proposedGoal(act);
      return [goal?.when, goal?.try, goal?.how].flatMap((part) => (part ? [{ id: part.text, words: part.words }] : []));
    }
    if (kind === 'ReflectionHandedIn' && command.kind === 'handInReflection')
      return [
        ...command.answers.map(({ text, words }) => ({ id: text, words })),
        ...command.readings.flatMap(({ content }) => strengthsOf(content))
      ];
    if (kind === 'ReadingHandedIn' && command.kind === 'handInReading') return strengthsOf(command.content);
    if (kind === 'LastWordWritten' && command.kind === 'writeLastWord')
      return [{ id: command.text.text, words: command.text.words }];
    if (kind === 'MustBeRightNoted' && command.kind === 'answerMustBeRight') {
      const said: PrivateAnswer = { answer: command.answer, text: command.text?.words ?? null };
      return [{ id: privateAnswerId(commandId), words: JSON.stringify(said) }];
    }
    return [];
  });
}

const strengthsOf = ({ strengths }: ReadingContent): NewWords[] =>
  strengths.map(({ text, words }) => ({ id: text, words }));

export const actorName = (actor: Actor): string => (actor.kind === 'person' ? `person ${actor.person}` : 'system');
