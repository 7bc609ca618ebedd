import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { step } from '../../../../src/lib/domain/coaching/participation.ts';
import { contentsFor } from '../../../../src/lib/server/store/coaching/contents.ts';
import { databasesForTests } from '../../../support/databases.ts';
import {
  acknowledged,
  agent,
  call,
  coach,
  DAY_MS,
  does,
  draw,
  ENDS_AT,
  goal,
  knownCall,
  methodLead,
  participant,
  recorded,
  reads,
  reflects,
  revealed,
  roundAt,
  STARTS_AT,
  system,
  words,
  type OpenRound
} from '../../../support/coaching-round.ts';

const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-coaching-'));
const opened: OpenRound[] = [];
afterAll(async () => {
  for (const { database, keys } of opened) {
    await database.close();
    keys.close();
  }
  rmSync(folder, { recursive: true });
});

for (const { name, skip, location } of await databasesForTests()) {
  describe.skipIf(skip)(`a participation on ${name}`, { timeout: 60_000 }, () => {
    async function open(): Promise<OpenRound> {
      const at = await roundAt(await location(), folder);
      opened.push(at);
      return at;
    }
    const seen = (at: OpenRound, who: string) => contentsFor(at.database.kysely, at.keys, who, 'host-amina');

    test('goes through a whole round, and the rows say what the fold says', async () => {
      const at = await open();
      const state = await acknowledged(at);
      expect(step(state)).toBe('acknowledged');
      expect(await at.participations.load('host-amina')).toEqual(state);
      const theirs = (await seen(at, 'amina'))!;
      expect(theirs.readings.map(({ id, by, strengths }) => [id, by, strengths.length])).toEqual([
        ['agent-1', 'agent', 2],
        ['coach-1', 'coach', 2],
        ['coach-2', 'coach', 2]
      ]);
      expect(theirs.readings[1]!.strengths[0]).toMatchObject({ momentMs: 1000, words: words('coach-1 1') });
      expect(theirs.readings[1]!.levels).toHaveLength(7);
      expect(theirs.readings[1]!.levels.find(({ criterion }) => criterion === 'recognition')?.mark).toBe(
        'not-applicable'
      );
      expect(theirs.goal).toMatchObject({ criterion: 'passing-on', when: words('first när'), how: null });
      expect(theirs.reflection).toEqual([{ question: 1, words: words('mitt bästa samtal') }]);
      expect(theirs.lastWords.map((each) => each.words)).toEqual([words('sista ordet')]);
      expect(theirs.records).toMatchObject([{ version: 1, snapshotHash: 'hash', goal: { when: words('first när') } }]);
      expect(await seen(at, 'karin')).toEqual({ ...theirs, side: 'coach' });
    });

    test('before both are in, neither can read a word of what the other wrote', async () => {
      const at = await open();
      await draw(at);
      await reflects(at);
      await reads(at, 1);
      const [theirs, coaches] = [JSON.stringify(await seen(at, 'amina')), JSON.stringify(await seen(at, 'karin'))];
      expect(theirs).toContain(words('agent-1 1'));
      expect(theirs).not.toContain('coach-1');
      expect(coaches).toContain(words('coach-1 1'));
      expect(coaches).not.toMatch(/agent-1|bästa samtal/);
    });

    test('nobody but the two opens it: not another agent, another coach or the leader', async () => {
      const at = await open();
      await revealed(at);
      for (const who of ['elin', 'bo', 'maria']) {
        expect(await seen(at, who)).toBeNull();
        expect(await at.participations.loadFor(who, 'host-amina')).toBeNull();
      }
      expect((await at.participations.loadFor('amina', 'host-amina'))?.id).toBe('host-amina');
      expect((await at.participations.loadFor('karin', 'host-amina'))?.id).toBe('host-amina');
    });

    test('a former coach and one who has come to lead the agent read nothing from that second', async () => {
      const at = await open();
      await revealed(at);
      await does(at, methodLead, { kind: 'changeCoach', coach: 'bo' });
      expect(await seen(at, 'karin')).not.toBeNull();
      expect(await seen(at, 'bo')).toBeNull();
      await does(at, agent, { kind: 'completeCoachChange' });
      expect(await seen(at, 'karin')).toBeNull();
      expect((await seen(at, 'bo'))?.readings).toHaveLength(3);
      await at.database.kysely.insertInto('person_role').values({ person_id: 'bo', role: 'leader' }).execute();
      await at.database.kysely.insertInto('person_unit').values({ person_id: 'bo', unit_id: 'vaxeln' }).execute();
      expect(await seen(at, 'bo')).toBeNull();
      expect(await at.participations.ofCoach('bo')).toEqual([]);
    });

    test('a coach has their own by name, an agent their own, and a round its steps without names', async () => {
      const at = await open();
      await draw(at);
      const coached = await at.participations.ofCoach('karin');
      expect(coached.map(({ agent: each }) => each.id).slice(0, 3)).toEqual(['amina', 'elin', 'fatima']);
      expect(coached).toHaveLength(10);
      expect((await at.participations.ofAgent('amina')).map(({ id }) => id)).toEqual(['host-amina']);
      const steps = await at.participations.steps('host');
      expect(steps).toHaveLength(10);
      expect(steps.find(({ id }) => id === 'host-amina')).toEqual({
        id: 'host-amina',
        unit: 'vaxeln',
        step: 'reflecting'
      });
      expect(await at.participations.ofSlot('host-amina-1')).toBe('host-amina');
      expect(await at.participations.underWay()).toHaveLength(10);
    });

    test('the same command twice is answered alike and does nothing; another that was decided on old ground is stale', async () => {
      const at = await open();
      await draw(at);
      const state = (await at.participations.load('host-amina'))!;
      const talkAt = STARTS_AT + 30 * DAY_MS;
      const act = {
        state,
        facts: [{ kind: 'TalkBooked' as const, at: STARTS_AT, talkAt }],
        command: { kind: 'bookTalk' as const, talkAt },
        commandId: 'once',
        actor: agent,
        goalDraft: null,
        answer: '{"ok":true}'
      };
      let audits = 0;
      const audit = () => Promise.resolve(void (audits += 1));
      expect(await at.participations.append(act, audit)).toMatchObject({ outcome: 'written' });
      const after = await at.participations.load('host-amina');
      expect(await at.participations.append(act, audit)).toEqual({ outcome: 'replayed', answer: '{"ok":true}' });
      expect(await at.participations.append({ ...act, commandId: 'other' }, audit)).toEqual({ outcome: 'stale' });
      expect(await at.participations.load('host-amina')).toEqual(after);
      expect(audits).toBe(1);
      expect(await at.participations.answered('host-amina', 'once', agent)).toBe('{"ok":true}');
      expect(await at.participations.answered('host-amina', 'once', coach)).toBeNull();
    });

    test('of several at the same time one is written and the others are stale', async () => {
      const at = await open();
      await draw(at);
      const state = (await at.participations.load('host-amina'))!;
      const outcomes = await Promise.all(
        [1, 2, 3, 4].map((n) =>
          at.participations.append(
            {
              state,
              facts: [{ kind: 'ReflectionSkipped', at: STARTS_AT }],
              command: { kind: 'skipReflection' },
              commandId: `skip-${n}`,
              actor: agent,
              goalDraft: null,
              answer: '1'
            },
            recorded
          )
        )
      );
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['stale', 'stale', 'stale', 'written']);
      expect((await at.participations.load('host-amina'))!.seq).toBe(state.seq + 1);
    });

    test('when the audit refuses, neither facts nor rows nor words are there', async () => {
      const at = await open();
      await draw(at);
      const before = await at.participations.load('host-amina');
      const state = before!;
      const { kysely } = at.database;
      const command = {
        kind: 'handInReading' as const,
        slot: 'host-amina-1',
        reading: 'coach-1',
        revs: 'revs',
        content: { strengths: [], levels: {} }
      };
      const fact = {
        kind: 'ReadingHandedIn' as const,
        at: 1,
        slot: 'host-amina-1',
        reading: 'coach-1',
        author: 'karin'
      };
      const act = { state, facts: [fact], command, commandId: 'c', actor: coach, goalDraft: null, answer: '1' };
      // The domain would not have let it through; the database does not either, and nothing of it stays.
      await expect(at.participations.append(act, recorded)).rejects.toThrow(/two-strengths|level-missing/);
      const booked = {
        ...act,
        command: { kind: 'bookTalk' as const, talkAt: 5 },
        facts: [{ kind: 'TalkBooked' as const, at: 1, talkAt: 5 }]
      };
      await expect(at.participations.append(booked, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
      expect(await at.participations.load('host-amina')).toEqual(before);
      for (const table of ['reading', 'text_body', 'talk'] as const)
        expect(await kysely.selectFrom(table).selectAll().execute()).toEqual([]);
      expect(await at.participations.answered('host-amina', 'c', coach)).toBeNull();
    });

    test('a withdrawn call leaves nothing of what was read in it, and the next one is its own row', async () => {
      const at = await open();
      await draw(at);
      await reads(at, 1);
      const { kysely } = at.database;
      expect(at.keys.has('text', 'host-amina/coach-1-text-1')).toBe(true);
      await does(at, agent, { kind: 'withdrawCall', slot: 'host-amina-1', next: 'next-1' }, { redraw: call('e3') });
      expect(at.keys.has('text', 'host-amina/coach-1-text-1')).toBe(false);
      const rows = await kysely.selectFrom('slot').selectAll().where('n', '=', 1).orderBy('draw_no').execute();
      expect(rows.filter(({ participation }) => participation === 'host-amina')).toMatchObject([
        { id: 'host-amina-1', state: 'withdrawn', entry: null, queue: null, span_from: null },
        { id: 'next-1', state: 'chosen', entry: 'e3', queue: 'forskola', draw_no: 1 }
      ]);
      for (const table of ['strength', 'reading_level', 'text_body'] as const)
        expect(await kysely.selectFrom(table).selectAll().execute()).toEqual([]);
      expect((await seen(at, 'karin'))?.slots.map(({ entry }) => entry)).toEqual(['e3', 'e2']);
      expect(JSON.stringify(await seen(at, 'karin'))).not.toContain('e1');
    });

    test('what is taken back can be handed in again, as another reading', async () => {
      const at = await open();
      await draw(at);
      await reads(at, 1);
      await does(at, coach, { kind: 'takeBackReading', slot: 'host-amina-1' });
      expect((await seen(at, 'karin'))?.readings).toEqual([]);
      await reflects(at);
      await does(at, agent, { kind: 'takeBackReflection' });
      expect(await seen(at, 'amina')).toMatchObject({ readings: [], reflection: [] });
    });

    test('the private list is the agent’s at once, another coach’s never, and gone when it is acknowledged', async () => {
      const at = await open();
      await draw(at);
      const note = (text: string | null, id: string) =>
        does(at, coach, {
          kind: 'answerMustBeRight',
          slot: 'host-amina-1',
          point: 'secrecy',
          answer: text ? 'in-private' : 'was-right',
          text: text ? { text: id, words: text } : null
        });
      await note(null, 'm1');
      await note('Vi talar om det för oss själva', 'm2');
      expect((await seen(at, 'amina'))?.mustBeRight).toEqual([
        {
          slot: 'host-amina-1',
          point: 'secrecy',
          answer: 'in-private',
          text: 'Vi talar om det för oss själva',
          expiresAt: ENDS_AT + 30 * DAY_MS
        }
      ]);
      const { kysely } = at.database;
      expect(await kysely.selectFrom('text_body').selectAll().execute()).toHaveLength(1);
      expect(await at.participations.tidy(ENDS_AT + 29 * DAY_MS)).toEqual({ expired: 0, keys: 0 });
      expect(await at.participations.tidy(ENDS_AT + 30 * DAY_MS)).toMatchObject({ expired: 1 });
      expect((await seen(at, 'amina'))?.mustBeRight).toEqual([]);
      await note('Igen', 'm3');
      await reflects(at);
      await reads(at, 1);
      await reads(at, 2, { goalDraft: goal('first') });
      await does(at, agent, { kind: 'agreeGoal', version: 1 });
      await does(at, coach, { kind: 'holdTalk' });
      expect((await seen(at, 'amina'))?.mustBeRight).toHaveLength(1);
      await does(at, agent, { kind: 'acknowledge', snapshotHash: 'hash' });
      expect(await kysely.selectFrom('must_be_right').selectAll().execute()).toEqual([]);
    });

    test('a correction leaves the version before it readable, with the words of its goal', async () => {
      const at = await open();
      await acknowledged(at);
      await does(at, coach, { kind: 'correct' });
      const changed = goal('second');
      await does(at, coach, { kind: 'proposeGoal', goal: changed, replaces: 1 });
      await does(at, agent, { kind: 'agreeGoal', version: 2 });
      await does(at, agent, { kind: 'acknowledge', snapshotHash: 'hash-2' });
      expect((await seen(at, 'amina'))?.records).toMatchObject([
        { version: 1, snapshotHash: 'hash', goal: { when: words('first när') } },
        { version: 2, snapshotHash: 'hash-2', goal: { when: words('second när') } }
      ]);
    });

    test('when it ends before the reveal, what the coach wrote is gone and the coach finds nothing', async () => {
      const at = await open();
      await draw(at);
      await reads(at, 1);
      await does(at, agent, { kind: 'endParticipation' });
      expect(await seen(at, 'karin')).toBeNull();
      expect((await seen(at, 'amina'))?.readings).toEqual([]);
      expect(at.keys.has('text', 'host-amina/coach-1-text-1')).toBe(false);
      const { reason, ...rest } = { reason: undefined, ...(await at.participations.load('host-amina'))!.end };
      expect([reason, Object.keys(rest).sort()]).toEqual([undefined, ['agreedToResume', 'at', 'how', 'texts']]);
    });

    test('a text that is taken away after a decision is gone, and its place stands', async () => {
      const at = await open();
      await acknowledged(at);
      const second = { kind: 'person' as const, person: 'admin', roles: ['administrator' as const] };
      await does(at, second, {
        kind: 'redact',
        text: 'coach-1-text-1',
        decision: 'KS 2026/1',
        second: 'other-admin',
        hash: 'h'
      });
      const read = (await seen(at, 'amina'))!.readings.find(({ id }) => id === 'coach-1')!;
      expect(read.strengths.map(({ words: each }) => each)).toEqual([null, words('coach-1 2')]);
      expect(at.keys.has('text', 'host-amina/coach-1-text-1')).toBe(false);
    });

    test('a person is added to an open round once, and a call that is not known is refused', async () => {
      const at = await open();
      const { kysely } = at.database;
      await kysely
        .insertInto('person')
        .values({
          id: 'ny',
          name: 'Ny Nysson',
          email: 'ny@x',
          password_hash: null,
          created_at: 0,
          disabled_at: null,
          access_version: 1
        })
        .execute();
      expect(await at.round.addParticipant('host', participant('ny'), STARTS_AT, recorded)).toBe(true);
      expect(await at.round.addParticipant('host', participant('ny'), STARTS_AT, recorded)).toBe(false);
      expect(await at.round.find('host')).toMatchObject({ state: 'open', units: ['vaxeln'], coaches: ['bo', 'karin'] });
      expect((await at.round.startsOf(['ny'])).get('ny')).toEqual([STARTS_AT]);
      const drawn = [{ slot: 'host-ny-1', call: call('unknown') }];
      await expect(does(at, system, { kind: 'drawSample' }, { drawn }, 'host-ny')).rejects.toThrow('no answered call');
      expect(knownCall('unknown').queue).toBe('forskola');
    });
  });
}
