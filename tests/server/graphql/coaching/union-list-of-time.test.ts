/** The union's list goes on: what disappears, what nobody else is told, and what is said of many. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Viewer } from '../../../../src/lib/domain/access.ts';
import { schema, schemaText } from '../../../../src/lib/server/graphql/schema.ts';
import { AGENTS, coachingCity, DAY_MS, ENDS_AT, nameOf } from '../../../support/coaching-city.ts';
import type { CoachingCity } from '../../../support/coaching-city.ts';
import {
  acknowledged,
  drawn,
  openedRound,
  own,
  readsAll,
  revealed,
  seenBy,
  talked
} from '../../../support/coaching-steps.ts';

// Each step is a request, on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let city: CoachingCity;
let round: string;
beforeEach(async () => {
  city = await coachingCity();
  round = (await openedRound(city)).id;
  await drawn(city);
});
afterEach(() => city.stop());

const hears = (who: string, slot: string, roles: readonly ('coach' | 'agent')[] = ['coach']) =>
  city.coaching.soundAuthority.mayHear({ kind: 'person', personId: who, sessionId: 's', name: who, roles }, slot);
/** Everything that lies in the database as it is on the disk. */
const onDisk = () => {
  if (city.database.dialect === 'sqlite') city.database.sqlite.pragma('wal_checkpoint(truncate)');
  return readFileSync(`${city.folder}/city.sqlite`).toString('latin1');
};
const closedRound = async () => {
  expect(await city.does('nils', 'CloseRound', { id: round })).toBeNull();
  expect(await city.does('nils', 'CloseRound', { id: round })).toBeNull();
};

describe('what is between the two, and for how long', () => {
  test('7 a new coach does not see earlier rounds unless the agent shares them', async () => {
    const { id, coach } = await acknowledged(city, 'amina');
    await closedRound();
    city.clock.now = ENDS_AT + DAY_MS;
    const at = ENDS_AT + 9 * DAY_MS;
    const day = (ms: number) => new Date(at + ms).toISOString();
    const next = await openedRound(city, {
      name: '2027 höst',
      startsAt: day(-7 * DAY_MS),
      endsAt: day(60 * DAY_MS),
      coaches: ['leo', 'karin', 'fatima'].filter((each) => each !== coach),
      units: [{ id: 'forskola', from: day(0), to: day(14 * DAY_MS) }]
    });
    expect(next.refusal).toBeNull();
    const newest = await own(city, 'amina');
    const successor = newest.coach.id;
    expect(successor).not.toBe(coach);
    expect((await city.ask(successor, 'Participation', { id })).code).toBe('NOT_FOUND');
    // The coach of then is let go as well, when the next round opens; the words of the goal go on.
    expect((await city.ask(coach, 'Participation', { id })).code).toBe('NOT_FOUND');
    expect(newest.lastGoal).toMatchObject({ when: 'jag letar i systemet' });
    expect(await city.does('amina', 'ShareEarlier', { participation: id, shared: true })).toBeNull();
    const shared = await seenBy(city, successor, id);
    expect(shared?.slots[0]?.coachReading?.strengths).toHaveLength(2);
    expect(shared?.mustBeRight).toEqual([]);
    expect(await hears(successor, shared!.slots[0]!.id)).toBeNull();
    expect(await city.does(successor, 'OpenCorrection', { participation: id })).toBe('NOT_FOUND');
    expect((await seenBy(city, successor, newest.id))?.sharedEarlier).toMatchObject([{ id }]);
    expect(await city.does('amina', 'ShareEarlier', { participation: id, shared: false })).toBeNull();
    expect((await city.ask(successor, 'Participation', { id })).code).toBe('NOT_FOUND');
  });

  test('14 the must-be-right list is gone when the review is acknowledged, also from a backup', async () => {
    const { id, coach, slots } = await own(city, 'amina');
    const said = { participation: id, slot: slots[0]!.id, point: 'IDENTITY', answer: 'IN_PRIVATE' };
    expect(await city.does(coach.id, 'AnswerMustBeRight', { ...said, text: 'Ring upp Svea igen.' })).toBeNull();
    // The agent sees it at once, before anything else.
    expect((await own(city, 'amina')).mustBeRight).toMatchObject([{ point: 'IDENTITY', text: 'Ring upp Svea igen.' }]);
    const reminded = await city.ask(coach.id, 'CoachingReminders');
    expect(reminded.data?.coachingReminders).toMatchObject([{ kind: 'MUST', about: nameOf('amina') }]);
    const backup = await city.database.kysely.selectFrom('text_body').selectAll().execute();
    await acknowledged(city, 'amina');
    expect((await own(city, 'amina')).mustBeRight).toEqual([]);
    expect((await seenBy(city, coach.id, id))?.mustBeRight).toEqual([]);
    // The rows of the backup, with the keys of today.
    for (const row of backup)
      expect(city.keys.key('text', `${row.participation}/${row.id}`), 'what the list said is unreadable').toBeNull();
    expect(onDisk()).not.toContain('Ring upp Svea');
  });

  test('24 every listening by someone else is on my page before the sound starts', async () => {
    const { id, coach, slots } = await own(city, 'amina');
    expect(await hears(coach.id, slots[0]!.id)).toMatchObject({ logged: true });
    await city.coaching.listening.heard(coach.id, slots[0]!.id, city.clock.now);
    expect((await own(city, 'amina')).listening).toMatchObject([{ who: { id: coach.id }, slot: slots[0]!.id }]);
    expect(await hears('amina', slots[0]!.id, ['agent'])).toMatchObject({ logged: false });
    expect((await seenBy(city, coach.id, id))?.listening).toHaveLength(1);
    const told = await city.audit.read({ subject: 'amina', most: 10 });
    expect(told.map(({ act }) => act)).toContain('call-heard');
  });

  test('31 when I leave the round nobody is told why, because it is stored nowhere', async () => {
    const { id, coach } = await own(city, 'amina');
    expect(await city.does('amina', 'LeaveRound', { participation: id })).toBeNull();
    expect((await own(city, 'amina')).step).toBe('WITHDRAWN');
    expect((await city.ask(coach.id, 'Participation', { id })).code).toBe('NOT_FOUND');
    const rows = await city.database.kysely
      .selectFrom('participation_event')
      .selectAll()
      .where('kind', '=', 'ParticipationEnded')
      .execute();
    expect(rows.map(({ data }) => data)).toEqual(['{}']);
    // There is nowhere to say it: neither the agent's own command nor the method lead's takes a word.
    const args = (name: string) =>
      schema
        .getMutationType()
        ?.getFields()
        [name]?.args.map((each) => each.name);
    expect([args('leaveRound'), args('endParticipation'), args('withdrawCall')]).toEqual([
      ['participation', 'commandId'],
      ['id'],
      ['participation', 'commandId', 'slot']
    ]);
    // The leader sees only the smaller denominator, and only in the week after.
    city.clock.now += 7 * DAY_MS;
    const { data } = await city.ask('maria', 'RoundProgress');
    expect(data?.roundProgress).toMatchObject([{ units: [{ counts: { underWay: 9 } }] }]);
  });

  test('32 what my coach wrote but never talked to me about disappears when the round closes, unless I had seen it and choose to keep it', async () => {
    const unseen = await own(city, 'bodil');
    await readsAll(city, unseen.coach.id, unseen.id);
    const seen = await revealed(city, 'carl');
    await closedRound();
    expect((await city.ask('bodil', 'Participation', { id: unseen.id })).text).not.toContain(`${unseen.coach.id} om`);
    const strengths = await city.database.kysely
      .selectFrom('strength')
      .innerJoin('reading', 'reading.id', 'strength.reading')
      .innerJoin('slot', 'slot.id', 'reading.slot')
      .select('strength.id')
      .where('slot.participation', '=', unseen.id)
      .execute();
    expect(strengths).toEqual([]);
    const kept = await own(city, 'carl');
    expect(kept.slots[0]?.coachReading?.strengths).toHaveLength(2);
    expect(kept.keepUntil).not.toBeNull();
    expect((await city.ask(seen.coach, 'Participation', { id: seen.id })).code).toBe('NOT_FOUND');
    expect(await city.does('carl', 'KeepTexts', { participation: seen.id })).toBeNull();
    city.clock.now += 40 * DAY_MS;
    await city.coaching.tick();
    expect((await own(city, 'carl')).slots[0]?.coachReading?.strengths).toHaveLength(2);
  });

  test('what is seen and not kept goes after thirty days', async () => {
    await talked(city, 'carl');
    await closedRound();
    city.clock.now += 31 * DAY_MS;
    await city.coaching.tick();
    expect((await own(city, 'carl')).slots.map(({ coachReading }) => coachReading)).toEqual([null, null, null]);
  });
});

describe('those around', () => {
  test('15 the method lead sees no person’s levels, and no figure over fewer than five people', async () => {
    const { id } = await acknowledged(city, 'amina');
    for (const who of ['nils', 'maria', 'hanna'])
      expect((await city.ask(who, 'Participation', { id })).code).toBe('NOT_FOUND');
    await closedRound();
    const { data, text } = await city.ask('nils', 'Insight');
    const { aggregates } = data?.insight as { aggregates: { withheld: string | null; ofTen: number[] | null }[] };
    expect(aggregates.length).toBeGreaterThan(0);
    expect(aggregates.every(({ withheld, ofTen }) => withheld === 'FEW' && ofTen === null)).toBe(true);
    expect(text).not.toContain(nameOf('amina'));
    expect((await own(city, 'amina')).slots[0]?.coachReading?.levels).toHaveLength(7);
  });

  test('16 no two published figures can be subtracted to reach four people', { timeout: 60_000 }, async () => {
    for (const agent of [...AGENTS, 'kalle', 'lotta']) await acknowledged(city, agent);
    await closedRound();
    const { data } = await city.ask('nils', 'Insight');
    const { aggregates } = data?.insight as {
      aggregates: { unit: string | null; criterion: string; withheld: string | null }[];
    };
    const of = (unit: string | null) =>
      aggregates.find((each) => each.unit === unit && each.criterion === 'presence')?.withheld;
    // Two of the small unit are few; the centre without the large one would be those two.
    expect([of(null), of('Förskola'), of('Liten')]).toEqual(['ALIKE', 'ALIKE', 'FEW']);
    const { data: leaders } = await city.ask('maria', 'Insight');
    const units = (leaders?.insight as { aggregates: { unit: string | null }[] }).aggregates.map(({ unit }) => unit);
    expect([...new Set(units)].sort()).toEqual(['Förskola', null].sort());
  });

  test('19 an administrator cannot listen, read a review, or make themselves a coach', async () => {
    const { id, slots, coach } = await own(city, 'amina');
    expect((await city.ask('hanna', 'Participation', { id })).code).toBe('NOT_FOUND');
    const admin: Viewer = {
      kind: 'person',
      personId: 'hanna',
      sessionId: 's',
      name: '',
      roles: ['administrator', 'coach']
    };
    expect(await city.coaching.soundAuthority.mayHear(admin, slots[0]!.id)).toBeNull();
    expect(await city.does('hanna', 'ChangeCoach', { id, to: 'hanna' })).toBe('NOT_FOUND');
    // Not by the method lead's hand either: whoever is no coach is none.
    expect(await city.does('nils', 'ChangeCoach', { id, to: 'hanna' })).toBe('NOT_FOUND');
    expect((await seenBy(city, coach.id, id))?.id).toBe(id);
  });

  test('20 an administrator who resets a password is named to the person, who finds the content locked for a day', async () => {
    const { id, coach } = await revealed(city, 'amina');
    const reset = (at: number) =>
      city.database.kysely
        .updateTable('person')
        .set({ password_reset_at: at, password_reset_by: 'hanna' })
        .where('id', '=', 'amina')
        .execute();
    await reset(city.clock.now);
    const locked = await city.ask('amina', 'OwnDevelopment');
    expect(locked.text).not.toContain(`${coach} om`);
    expect((await own(city, 'amina')).lockedUntil).toBe(new Date(city.clock.now + DAY_MS).toISOString());
    expect(await city.does('amina', 'Acknowledge', { participation: id, version: 1 })).toBe('LOCKED');
    expect(await city.does('amina', 'WriteLastWord', { participation: id, text: 'Nej.' })).toBe('LOCKED');
    const draft = await city.ask('amina', 'Draft', { subject: `last-word/${id}` });
    expect(draft.data?.draft).toMatchObject({ closed: 'locked' });
    const { slots } = await own(city, 'amina');
    expect(await hears('amina', slots[0]!.id, ['agent'])).toBeNull();
    city.clock.now += DAY_MS;
    expect((await city.ask('amina', 'OwnDevelopment')).text).toContain(`${coach} om`);
  });

  test('22 a screen cannot learn any name', async () => {
    const { id } = await own(city, 'amina');
    const screen = city.server.identity.screen('tv', 'all');
    for (const [name, variables] of [
      ['Participation', { id }],
      ['OwnDevelopment', {}],
      ['CoachPlans', {}],
      ['Round', { id: round }],
      ['RoundProgress', {}],
      ['Insight', {}]
    ] as const)
      expect((await city.ask(screen, name, variables)).code, name).toBe('NOT_FOUND');
    expect((await city.ask(screen, 'Wallboard', { board: 'all' })).data).not.toBeNull();
  });

  test('23 one agent cannot see that another agent exists in coaching', async () => {
    const theirs = await own(city, 'bodil');
    const asked = await city.ask('amina', 'Participation', { id: theirs.id });
    const nothing = await city.ask('amina', 'Participation', { id: 'no-such-thing' });
    expect(asked.text).toBe(nothing.text);
    for (const name of ['OwnDevelopment', 'CoachingReminders', 'Insight'] as const)
      for (const agent of AGENTS.slice(1)) expect((await city.ask('amina', name)).text).not.toContain(nameOf(agent));
    expect(await city.does('amina', 'LeaveRound', { participation: theirs.id })).toBe('NOT_FOUND');
    expect((await own(city, 'bodil')).step).toBe('REFLECTING');
  });

  test('26 no field is a percentage, total, mean or rank of a person', async () => {
    await acknowledged(city, 'amina');
    const numbers: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'number') numbers.push(path);
      if (Array.isArray(value)) value.forEach((each) => walk(each, path));
      else if (value && typeof value === 'object') for (const [key, each] of Object.entries(value)) walk(each, key);
    };
    walk((await city.ask('amina', 'OwnDevelopment')).data, '');
    expect([...new Set(numbers)].sort()).toEqual(['lengthMs', 'momentMs', 'question', 'soundBeginsMs', 'version']);
    walk((await city.ask('karin', 'CoachPlans')).data, 'plan');
    expect(numbers).not.toContain('plan');
  });

  test('28 nobody can see who was on a break yesterday', async () => {
    const columns = readFileSync('schema/database.sql', 'utf8');
    const events = /create table "?event"?[^;]*;/i.exec(columns)?.[0] ?? '';
    expect(events).not.toBe('');
    // What is kept of a pause is a token that changes each month; no projection ties a person to one.
    expect(columns).not.toMatch(/create table "?(pause|break|state)/i);
    expect(schemaText()).not.toMatch(/pausedSince|pausedAt|breaks\b/);
    expect((await own(city, 'amina')).id).not.toBe('');
  });

  test('30 the PDF holds no levels: what it is made from stands without them in the record', async () => {
    await acknowledged(city, 'amina');
    const { records } = await own(city, 'amina');
    expect(records[0]?.strengths.length).toBeGreaterThan(0);
    expect(JSON.stringify(records)).not.toMatch(/level|STRONG|EXEMPLARY|PRACTISE|ON_THE_WAY/i);
    expect(JSON.stringify((await own(city, 'amina')).slots)).toContain('STRONG');
  });
});
