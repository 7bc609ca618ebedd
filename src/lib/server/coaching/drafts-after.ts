import type { Kysely } from 'kysely';
import type { Fact } from '../../domain/coaching/facts.ts';
import type { Participation } from '../../domain/coaching/participation.ts';
import type { StoredDrafts } from '../store/coaching/drafts.ts';
import type { Tables } from '../store/tables.ts';

/** Subjects of drafts that end, of one person or (null) of both. */
interface Ended {
  subjects: string[];
  person: string | null;
}

/** Which drafts have nothing to be written for any more after these facts. */
export function endedDrafts(facts: readonly Fact[], { id, agent, coach, places, revealed }: Participation): Ended[] {
  const readings = places.map(({ slot }) => `reading/${slot}`);
  const [reflection, goal, lastWord] = [`reflection/${id}`, `goal/${id}`, `last-word/${id}`];
  const shown = revealed || facts.some(({ kind }) => kind === 'ReadingsRevealed');
  return facts.flatMap((fact): Ended[] => {
    switch (fact.kind) {
      case 'CallChosen':
        return fact.next === null ? [] : [{ subjects: [`reading/${fact.slot}`], person: null }];
      case 'CallWithdrawn':
      case 'CallVoided':
        return [{ subjects: [`reading/${fact.slot}`], person: null }];
      case 'ReadingsRevealed':
        return [
          { subjects: [...readings, reflection], person: null },
          { subjects: [goal], person: coach }
        ];
      case 'CoachChanged':
        return [{ subjects: [...readings, goal], person: fact.was }];
      case 'RecordAcknowledged':
        return [{ subjects: [goal, lastWord], person: null }];
      case 'ParticipationEnded':
      case 'ParticipationLapsed':
        // The agent's own unrevealed words are theirs for another thirty days.
        return [
          { subjects: [...readings, goal], person: coach },
          ...(shown ? [{ subjects: [...readings, reflection, lastWord], person: agent }] : [])
        ];
      case 'TextsDestroyed':
        return [{ subjects: [...readings, reflection, goal, lastWord], person: null }];
      default:
        return [];
    }
  });
}

/** Removes them inside the transaction; what is returned destroys their keys, once it has been committed. */
export async function draftsToDrop(
  inside: Kysely<Tables>,
  drafts: StoredDrafts,
  facts: readonly Fact[],
  state: Participation
): Promise<() => void> {
  const drops: (() => void)[] = [];
  for (const { subjects, person } of endedDrafts(facts, state))
    drops.push(await drafts.destroy(inside, subjects, person ?? undefined));
  return () => {
    for (const drop of drops) drop();
  };
}

/** A coach's stray notes were for listening: what is handed in goes on without them. */
export async function dropNotes(
  inside: Kysely<Tables>,
  facts: readonly Fact[],
  { coach }: Participation
): Promise<void> {
  for (const fact of facts) {
    if (fact.kind !== 'ReadingHandedIn') continue;
    await inside
      .deleteFrom('draft_field')
      .where('path', 'like', 'note/%')
      .where('draft_id', 'in', (query) =>
        query
          .selectFrom('draft')
          .select('id')
          .where('subject', '=', `reading/${fact.slot}`)
          .where('person_id', '=', coach)
      )
      .execute();
  }
}
