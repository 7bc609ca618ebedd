/**
 * The list that the union keeps, in its own words and with its numbers; asked over the real API, each with a control that
 * succeeds for the one who has the right.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  AGENTS,
  BEGINNING,
  coachingCity,
  DAY_MS,
  ENDS_AT,
  FEW,
  nameOf,
  WINDOW
} from '../../../support/coaching-city.ts';
import type { CoachingCity } from '../../../support/coaching-city.ts';
import {
  acknowledged,
  coachOf,
  drawn,
  iso,
  openedRound,
  own,
  readingFields,
  reads,
  readsAll,
  reflects,
  revealed,
  roundInput,
  seenBy,
  talked,
  type Seen
} from '../../../support/coaching-steps.ts';

// Each step is a request, on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let city: CoachingCity;
let round: string;
beforeAll(async () => {
  city = await coachingCity();
  const opened = await openedRound(city);
  expect(opened.refusal).toBeNull();
  round = opened.id;
  await drawn(city);
});
afterAll(() => city.stop());

const notTheirs = async (who: string, id: string) => (await city.ask(who, 'Participation', { id })).code;
/** A coach of the round who is not this agent’s. */
const otherCoach = (coach: string) => (coach === 'karin' ? 'fatima' : 'karin');

describe('what a leader cannot', () => {
  test('1 a leader sees how many in the unit are done and no name', async () => {
    await acknowledged(city, 'amina');
    city.clock.now += 7 * DAY_MS;
    const { data, text } = await city.ask('maria', 'RoundProgress');
    expect(data?.roundProgress).toMatchObject([
      { units: [{ unit: { id: 'forskola' }, counts: { done: 1, underWay: 9, notBegun: 0 } }] }
    ]);
    for (const id of [...AGENTS, ...FEW, 'karin', 'fatima']) expect(text).not.toContain(nameOf(id));
    expect((await city.ask('amina', 'RoundProgress')).code).toBe('NOT_FOUND');
  });

  test('2 a leader of a unit of four sees nothing', async () => {
    const { data } = await city.ask('lisa', 'RoundProgress');
    expect(data?.roundProgress).toMatchObject([{ units: [{ unit: { id: 'liten' }, counts: null }] }]);
    const control = await city.ask('maria', 'RoundProgress');
    expect(JSON.stringify(control.data)).toContain('"done":1');
  });

  test('3 a leader cannot open a review, a reflection, a goal or a recording, not by id either', async () => {
    const mine = await own(city, 'amina');
    for (const who of ['maria', 'lisa', 'nils', 'hanna']) {
      expect(await notTheirs(who, mine.id), who).toBe('NOT_FOUND');
      expect((await city.ask(who, 'OwnDevelopment')).code, who).toBe('NOT_FOUND');
      expect((await city.ask(who, 'Draft', { subject: `reading/${mine.slots[0]!.id}` })).code, who).toBe('NOT_FOUND');
      const viewer = { kind: 'person' as const, personId: who, sessionId: 's', name: who, roles: ['leader' as const] };
      expect(await city.coaching.soundAuthority.mayHear(viewer, mine.slots[0]!.id)).toBeNull();
    }
    expect((await seenBy(city, mine.coach.id, mine.id))?.goal?.when).toBe('jag letar i systemet');
  });

  test('4 a leader who is also a coach cannot coach anyone in their own line', async () => {
    const { data } = await city.ask('nils', 'Round', { id: round });
    const { participants } = data?.round as {
      participants: { id: string; agent: { id: string }; coach: { id: string } }[];
    };
    const ofLeo = participants.filter(({ coach }) => coach.id === 'leo').map(({ agent }) => agent.id);
    expect(ofLeo.length).toBeGreaterThan(0);
    expect(ofLeo.filter((id) => FEW.includes(id))).toEqual([]);
    const kalle = participants.find(({ agent }) => agent.id === 'kalle')!;
    expect(await city.does('nils', 'ChangeCoach', { id: kalle.id, to: 'leo' })).toBe('OWN_MANAGER');
    expect(await city.does('nils', 'ChangeCoach', { id: kalle.id, to: otherCoach(kalle.coach.id) })).toBeNull();
  });
});

describe('what a coach cannot', () => {
  test('5 a coach cannot see a colleague’s agents', async () => {
    const { id, coach } = await own(city, 'bodil');
    const other = otherCoach(coach.id);
    expect(await notTheirs(other, id)).toBe('NOT_FOUND');
    expect((await city.ask(other, 'CoachPlans')).text).not.toContain(nameOf('bodil'));
    expect((await city.ask(coach.id, 'CoachPlans')).text).toContain(nameOf('bodil'));
    expect((await seenBy(city, coach.id, id))?.agent.id).toBe('bodil');
  });

  test('6 a former coach loses sound and drafts the second the agent gets a new coach', async () => {
    const { id, coach, slots } = await own(city, 'carl');
    const [slot, next] = [slots[0]!.id, otherCoach(coach.id)];
    await city.writes(coach.id, `reading/${slot}`, readingFields('Utkast'));
    const hears = (who: string) =>
      city.coaching.soundAuthority.mayHear(
        { kind: 'person', personId: who, sessionId: 's', name: who, roles: ['coach'] },
        slot
      );
    expect(await hears(coach.id)).toMatchObject({ logged: true });
    expect(await city.does('nils', 'ChangeCoach', { id, to: next })).toBeNull();
    expect((await own(city, 'carl')).coachChange?.to.id).toBe(next);
    const felt = city.felt.times;
    const versionOf = async (person: string) =>
      (
        await city.database.kysely
          .selectFrom('person')
          .select('access_version')
          .where('id', '=', person)
          .executeTakeFirst()
      )?.access_version ?? 0;
    const version = await versionOf(coach.id);
    expect(await city.does('carl', 'AgreeToCoachChange', { participation: id })).toBeNull();
    expect(await hears(coach.id)).toBeNull();
    expect((await city.ask(coach.id, 'Draft', { subject: `reading/${slot}` })).code).toBe('NOT_FOUND');
    expect(await notTheirs(coach.id, id)).toBe('NOT_FOUND');
    // Sockets that were let in on the older version of their rights are closed, on every node.
    expect(await versionOf(coach.id)).toBe(version + 1);
    expect(city.felt.times).toBe(felt + 1);
    const drafts = await city.database.kysely
      .selectFrom('draft')
      .selectAll()
      .where('subject', '=', `reading/${slot}`)
      .execute();
    expect(drafts).toEqual([]);
    expect(await hears(next)).toMatchObject({ logged: true });
  });

  test('8 a coach cannot see the reflection before handing in, and the agent cannot see the review before handing in', async () => {
    const { id, coach } = await own(city, 'doris');
    await readsAll(city, coach.id, id);
    const blind = await city.ask('doris', 'Participation', { id });
    expect(blind.text).not.toContain(`${coach.id} om`);
    expect((blind.data?.participation as Seen).slots.map(({ coachReading }) => coachReading)).toEqual([
      null,
      null,
      null
    ]);
    const before = await city.ask(coach.id, 'Participation', { id });
    expect(before.text).toContain(`${coach.id} om`);
    expect(await reflects(city, 'doris', 'En hemlig tanke.')).toBeNull();
    expect((await city.ask('doris', 'Participation', { id })).text).toContain(`${coach.id} om`);
    expect((await city.ask(coach.id, 'Participation', { id })).text).toContain('En hemlig tanke.');

    const elin = await own(city, 'elin');
    expect(await reflects(city, 'elin', 'En annan tanke.')).toBeNull();
    expect((await city.ask(elin.coach.id, 'Participation', { id: elin.id })).text).not.toContain('En annan tanke.');
    expect((await city.ask('elin', 'Participation', { id: elin.id })).text).toContain('En annan tanke.');
  });

  test('9 a coach cannot listen to a call that was not drawn or chosen', async () => {
    const { id, coach, slots } = await own(city, 'farid');
    const viewer = { kind: 'person' as const, personId: coach.id, sessionId: 's', name: '', roles: ['coach' as const] };
    expect(await city.coaching.soundAuthority.mayHear(viewer, slots[0]!.id)).not.toBeNull();
    expect(await city.does('farid', 'WithdrawCall', { participation: id, slot: slots[0]!.id })).toBeNull();
    expect(await city.coaching.soundAuthority.mayHear(viewer, slots[0]!.id)).toBeNull();
    expect(await city.coaching.soundAuthority.mayHear(viewer, 'pbx/farid-7/forskola/1')).toBeNull();
    // Nor what there was to choose among.
    const { data } = await city.ask(coach.id, 'CallChoices', { id });
    expect((data?.participation as { callChoices: unknown[] }).callChoices).toEqual([]);
    const { data: control } = await city.ask('farid', 'CallChoices', { id });
    expect((control?.participation as { callChoices: unknown[] }).callChoices.length).toBeGreaterThan(0);
  });

  test('10 a coach never learns which call was withdrawn, how many, or why', async () => {
    const { id, coach, slots } = await own(city, 'greta');
    const listener = { personId: coach.id, slot: slots[0]!.id };
    await city.coaching.listening.heard(listener.personId, listener.slot, city.clock.now);
    expect((await seenBy(city, coach.id, id))?.listening).toHaveLength(1);
    const gone = slots[0]!.id;
    expect(await city.does('greta', 'WithdrawCall', { participation: id, slot: gone })).toBeNull();
    const after = await city.ask(coach.id, 'Participation', { id });
    expect(after.text).not.toContain(gone);
    expect((after.data?.participation as Seen).slots.map(({ state }) => state)).toEqual(['CHOSEN', 'CHOSEN', 'CHOSEN']);
    expect(after.text).not.toMatch(/withdraw|drawNo|redraw/i);
    // To the agent it stays told who had listened.
    expect((await seenBy(city, 'greta', id))?.listening).toMatchObject([{ slot: gone, who: { id: coach.id } }]);
  });

  test('11 a coach cannot write the agent’s last word or acknowledge for the agent', async () => {
    const { id, coach } = await talked(city, 'hugo');
    const word = { participation: id, text: 'Jag är mycket nöjd.' };
    expect(await city.does(coach, 'WriteLastWord', word)).toBe('NOT_FOUND');
    expect(await city.does(coach, 'Acknowledge', { participation: id, version: 1 })).toBe('NOT_FOUND');
    expect(await city.does('hugo', 'WriteLastWord', word)).toBeNull();
    expect(await city.does('hugo', 'Acknowledge', { participation: id, version: 1 })).toBeNull();
  });

  test('12 a review without two timed strengths cannot be handed in by form, API, or SQL', async () => {
    const { id, coach, slots } = await own(city, 'ingrid');
    const slot = slots[0]!.id;
    const one = readingFields('En', {
      'strength/b/criterion': null,
      'strength/b/momentMs': null,
      'strength/b/text': null
    });
    expect(await reads(city, coach.id, id, slot, one)).toBe('TWO_STRENGTHS');
    const untimed = readingFields('Två', { 'strength/b/momentMs': null });
    expect(await reads(city, coach.id, id, slot, untimed)).toBe('STRENGTH_MOMENT');
    const { kysely } = city.database;
    await kysely
      .insertInto('reading')
      .values({ id: 'by-hand', slot, author: coach.id, role: 'coach', rubric_version: 'x', state: 'draft' })
      .execute();
    await expect(
      kysely.updateTable('reading').set({ state: 'in' }).where('id', '=', 'by-hand').execute()
    ).rejects.toThrow();
    await kysely.deleteFrom('reading').where('id', '=', 'by-hand').execute();
    expect(await reads(city, coach.id, id, slot)).toBeNull();
  });

  test('13 there is never more than one practice goal', async () => {
    const { id, coach } = await revealed(city, 'jonas');
    const another = { participation: id, criterion: 'closing', when: 'det är klart', try: 'säga nästa steg' };
    expect(await city.does(coach, 'ProposeGoal', another)).toBe('SECOND_GOAL');
    expect(await city.does('jonas', 'ProposeGoal', another)).toBe('SECOND_GOAL');
    expect(await city.does('jonas', 'ProposeGoal', { ...another, replaces: 1 })).toBeNull();
    const goals = await city.database.kysely.selectFrom('goal').selectAll().where('participation', '=', id).execute();
    expect(goals).toHaveLength(1);
    expect((await seenBy(city, coach, id))?.goal).toMatchObject({ when: 'det är klart', version: 2 });
  });
});

describe('rounds and draws', () => {
  test('18 nobody can draw the calls again to get others', async () => {
    const before = await own(city, 'ingrid');
    for (let n = 0; n < 3; n++) await city.coaching.tick();
    expect((await own(city, 'ingrid')).slots.map(({ id }) => id)).toEqual(before.slots.map(({ id }) => id));
    for (const who of ['nils', before.coach.id, 'hanna'])
      expect(await city.does(who, 'WithdrawCall', { participation: before.id, slot: before.slots[1]!.id })).toBe(
        'NOT_FOUND'
      );
    const { data } = await city.ask('ingrid', 'Participation', { id: before.id });
    expect(data).not.toBeNull();
  });

  test('25 no list of people can be sorted by anything but name', async () => {
    const { data } = await city.ask('nils', 'Round', { id: round });
    const { participants } = data?.round as { participants: { agent: { name: string } }[] };
    const surnames = participants.map(({ agent }) => agent.name.split(' ').at(-1)!);
    expect(surnames).toEqual(surnames.toSorted(new Intl.Collator('sv').compare));
    expect(surnames.at(-1)).toBe('Öberg');
    expect((await city.ask('nils', 'Round', { id: round, orderBy: 'step' })).text).toBe(
      (await city.ask('nils', 'Round', { id: round })).text
    );
  });

  test('the wish for another coach reaches the method lead, without a reason', async () => {
    const { id, coach } = await own(city, 'ingrid');
    expect(await city.does('ingrid', 'WishAnotherCoach', { participation: id, wishes: true })).toBeNull();
    const { data } = await city.ask('nils', 'Round', { id: round });
    const { participants } = data?.round as { participants: { id: string; wishesAnotherCoach: boolean }[] };
    expect(participants.filter(({ wishesAnotherCoach }) => wishesAnotherCoach).map((each) => each.id)).toEqual([id]);
    expect((await seenBy(city, coach.id, id))?.wishesAnotherCoach).toBe(false);
    expect((await roundInput(city)).negotiated).toContain('MBL');
    expect(await coachOf(city, 'ingrid')).toBe(coach.id);
  });

  test('17 nobody can open a round for fewer than ten people, for the past, or a third time in a year', async () => {
    const few = { name: 'Få', units: [{ id: 'liten', from: iso(WINDOW.from), to: iso(WINDOW.to) }] };
    const later = { startsAt: iso(ENDS_AT + DAY_MS), endsAt: iso(ENDS_AT + 60 * DAY_MS) };
    const unit = (from: number) => [{ id: 'forskola', from: iso(from), to: iso(from + 14 * DAY_MS) }];
    const fewer = await openedRound(city, {
      ...later,
      ...few,
      units: [{ ...unit(ENDS_AT + 9 * DAY_MS)[0], id: 'liten' }]
    });
    expect(fewer.refusal).toBe('TOO_FEW');
    const past = {
      startsAt: iso(BEGINNING - 60 * DAY_MS),
      endsAt: iso(BEGINNING - DAY_MS),
      units: unit(BEGINNING - 59 * DAY_MS)
    };
    expect((await openedRound(city, past)).refusal).toBe('RETROACTIVE_WINDOW');
    const second = await openedRound(city, { ...later, name: '2027 höst', units: unit(ENDS_AT + 9 * DAY_MS) });
    expect(second.refusal).toBeNull();
    const third = {
      startsAt: iso(ENDS_AT + 70 * DAY_MS),
      endsAt: iso(ENDS_AT + 130 * DAY_MS),
      units: unit(ENDS_AT + 80 * DAY_MS)
    };
    expect((await openedRound(city, third)).refusal).toBe('TOO_SOON');
    expect(await city.does('nils', 'CancelRound', { id: second.id })).toBeNull();
  });
});
