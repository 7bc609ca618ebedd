import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { coachingCity, type CoachingCity, nameOf } from '../../../support/coaching-city.ts';
import { databasesForTests } from '../../../support/databases.ts';
import { acknowledged, coachOf, drawn, openedRound, own, seenBy } from '../../../support/coaching-steps.ts';

// Each step is a request, on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

for (const { name, skip, location } of await databasesForTests())
  describe.skipIf(skip)(`a round on ${name}, from its opening to an acknowledgement`, () => {
    let city: CoachingCity;
    beforeAll(async () => {
      city = await coachingCity(await location());
    });
    afterAll(() => city.stop());

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

    test('what stands beside it works as well: the log, help, wishes, plans, reminders and what everybody may know', async () => {
      const { id, coach } = await own(city, 'amina');
      expect(await city.does('amina', 'WritePractice', { participation: id, text: 'Andades.' })).toBeNull();
      expect((await seenBy(city, coach.id, id))?.practice).toEqual([]);
      const entry = (await own(city, 'amina')).practice[0]!.id;
      expect(await city.does('amina', 'SharePractice', { participation: id, entry, shared: true })).toBeNull();
      expect((await seenBy(city, coach.id, id))?.practice).toMatchObject([{ text: 'Andades.', shared: true }]);
      expect(await city.does('amina', 'DeletePractice', { participation: id, entry })).toBeNull();
      expect((await own(city, 'amina')).practice).toEqual([]);

      const wanted = { participation: id, text: 'Tid mellan samtalen.', to: 'LEADER' };
      expect(await city.does(coach.id, 'AskForHelp', wanted)).toBeNull();
      expect((await city.ask('maria', 'ReceivedHelp')).data).toEqual({ receivedHelpRequests: [] });
      const help = (await own(city, 'amina')).help[0]!.id;
      expect(await city.does('amina', 'ReleaseHelp', { participation: id, help })).toBeNull();
      const received = await city.ask('maria', 'ReceivedHelp');
      expect(received.data?.receivedHelpRequests).toMatchObject([{ text: 'Tid mellan samtalen.', to: 'LEADER' }]);
      for (const secret of [id, help, nameOf('amina')]) expect(received.text).not.toContain(secret);
      expect((await city.ask('lisa', 'ReceivedHelp')).data).toEqual({ receivedHelpRequests: [] });

      expect((await city.ask(coach.id, 'CoachPlans')).text).toContain('PRACTICE');
      expect((await city.ask('elin', 'CoachingReminders')).code).toBeUndefined();
      expect((await city.ask('nils', 'RoundProgress')).text).toContain('underWay');
      expect((await city.ask('elin', 'Insight')).text).toContain('KS 2026-118');
      expect(await city.does('amina', 'AskForCorrection', { participation: id })).toBeNull();
      expect(await city.does(coach.id, 'OpenCorrection', { participation: id })).toBeNull();
      expect((await own(city, 'amina')).records).toMatchObject([{ version: 1 }, { version: 2 }]);
      expect(await city.does('amina', 'Acknowledge', { participation: id, version: 2 })).toBeNull();
    });

    test('the round closes, and what may be said of many is frozen', async () => {
      const { data } = await city.ask('nils', 'Rounds');
      const [{ id }] = data?.rounds as [{ id: string }];
      expect(await city.does('nils', 'CloseRound', { id })).toBeNull();
      expect(await city.does('nils', 'CloseRound', { id })).toBeNull();
      expect((await own(city, 'bodil')).step).toBe('WITHDRAWN');
      expect((await own(city, 'amina')).step).toBe('ACKNOWLEDGED');
      expect((await city.ask('nils', 'Insight')).text).toContain('FEW');
    });
  });
