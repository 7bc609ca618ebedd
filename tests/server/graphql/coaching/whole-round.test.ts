import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coachingCity, type CoachingCity, nameOf } from '../../../support/coaching-city.ts';
import { acknowledged, coachOf, drawn, openedRound, own, seenBy } from '../../../support/coaching-steps.ts';

let city: CoachingCity;
beforeAll(async () => {
  city = await coachingCity();
});
afterAll(() => city.stop());

describe('a round, from its opening to an acknowledgement', () => {
  test('everybody in its units takes part, and coaches share them equally', async () => {
    const { id, refusal } = await openedRound(city);
    expect(refusal).toBeNull();
    const { data } = await city.ask('nils', 'Round', { id });
    const { participants } = data?.round as { participants: { agent: { name: string }; coach: { id: string } }[] };
    expect(participants).toHaveLength(14);
    const names = participants.map(({ agent }) => agent.name);
    expect(names[0]).toBe(nameOf('doris'));
    expect(names.slice(-2)).toEqual([nameOf('amina'), nameOf('bodil')]);
    const loads = Object.values(Object.groupBy(participants, ({ coach }) => coach.id)).map((own) => own?.length);
    expect(loads.sort()).toEqual([4, 5, 5]);
  });

  test('the calls are drawn when the window has ended, not before', async () => {
    expect((await own(city, 'amina')).step).toBe('PLANNED');
    await city.coaching.tick();
    expect((await own(city, 'amina')).step).toBe('PLANNED');
    await drawn(city);
    const mine = await own(city, 'amina');
    expect(mine.step).toBe('REFLECTING');
    expect(mine.slots.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'RANDOM CHOSEN',
      'PROUD CHOSEN',
      'TOPIC CHOSEN'
    ]);
  });

  test('it goes on to the talk when both are in, with the coach’s goal proposed, and to the agent’s own word', async () => {
    const { id, coach } = await acknowledged(city, 'amina');
    expect(coach).toBe(await coachOf(city, 'amina'));
    const mine = await seenBy(city, 'amina', id);
    expect(mine).toMatchObject({
      step: 'ACKNOWLEDGED',
      revealed: true,
      goal: { when: 'jag letar i systemet', state: 'AGREED', proposedBy: 'COACH' },
      lastWords: [{ text: 'Det känns görbart.' }],
      reflection: { answers: [{ question: 1 }] }
    });
    expect(mine?.records).toMatchObject([{ version: 1 }]);
    const theirs = await seenBy(city, coach, id);
    expect(theirs?.slots[0]?.agentReading?.strengths).toHaveLength(2);
    expect(theirs?.slots[0]?.coachReading?.levels).toHaveLength(7);
  });
});
