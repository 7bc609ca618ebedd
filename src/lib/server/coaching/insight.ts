import { PERSON_ROLES } from '../../domain/access.ts';
import { PURGE_MS, COACH_NOTICE_MS } from '../../domain/coaching/decide-taking-part.ts';
import { LAPSE_MS } from '../../domain/coaching/decide-talk.ts';
import { FIGURE_PEOPLE_LEAST } from '../../domain/coaching/frozen-figures.ts';
import { CALLS_MOST, LATE_MS, NOTICE_MS, PEOPLE_LEAST } from '../../domain/coaching/round.ts';
import type { AggregateView, Insight, InsightView } from '../graphql/coaching/insight.ts';
import type { PersonViewer } from '../graphql/coaching/participation.ts';
import type { RoundWish } from '../graphql/coaching/rounds.ts';
import { lockedTexts } from '../store/coaching/texts.ts';
import type { CoachingHouse } from './house.ts';
import { holdersOf, RESET_LOCK_MS } from './people.ts';

const DAY_MS = 86_400_000;
/** By their codes, with how many or how many days: the page has the sentences. */
const RULES: readonly (readonly [rule: string, amount: number | null])[] = [
  ['blind-until-both-are-in', null],
  ['no-order-of-people', null],
  ['no-reason-kept', null],
  ['pdf-without-levels', null],
  ['people-least', PEOPLE_LEAST],
  ['calls-most', CALLS_MOST],
  ['rounds-a-year', 2],
  ['window-notice-days', NOTICE_MS / DAY_MS],
  ['late-days', LATE_MS / DAY_MS],
  ['coach-notice-days', COACH_NOTICE_MS / DAY_MS],
  ['acknowledge-days', LAPSE_MS / DAY_MS],
  ['ended-kept-days', PURGE_MS / DAY_MS],
  ['coach-hears-days', LAPSE_MS / DAY_MS],
  ['reset-lock-days', RESET_LOCK_MS / DAY_MS],
  ['figure-people-least', FIGURE_PEOPLE_LEAST]
];

/** What everybody who works here may know of how coaching is done. */
export function insight(house: CoachingHouse): Insight {
  const { db, keys, rounds, listening, now } = house;
  return {
    async read(me): Promise<InsightView> {
      const all = (await rounds.all()).filter(({ state }) => state !== 'draft');
      const wishes = await db.selectFrom('round_wish').selectAll().execute();
      const negotiationOf = (id: string) => {
        const wish = wishes.find((each) => each.round === id);
        const told = wish ? (JSON.parse(wish.wish) as Partial<RoundWish>) : {};
        return { negotiated: told.negotiated ?? null, negotiatedOn: told.negotiatedOn ?? null };
      };
      const queues = await db
        .selectFrom('recording_queue')
        .innerJoin('queue', 'queue.id', 'recording_queue.queue_id')
        .select(['queue.id', 'queue.name', 'decision'])
        .orderBy('queue.position')
        .orderBy('queue.id')
        .execute();
      return {
        recording: queues.length > 0,
        encryptedWith: house.keyOrigin,
        rules: RULES.map(([rule, amount]) => ({ rule, amount, decision: null })),
        queues: queues.map(({ id, name, decision }) => ({ name: name ?? id, decision })),
        holders: await Promise.all(
          PERSON_ROLES.filter((role) => role !== 'agent').map(async (role) => ({
            role,
            names: (await holdersOf(db, role)).map(({ name }) => name)
          }))
        ),
        listening: [{ purpose: 'coaching', times: await listening.count(0, now()) }],
        rounds: await Promise.all(
          all.map(async ({ id, name, startsAt, endsAt, commitment: seal }) => {
            const rows = await db.selectFrom('participation').select('id').where('round', '=', id).execute();
            const people = rows.length >= PEOPLE_LEAST ? rows.length : null;
            return { name, startsAt, endsAt, people, ...negotiationOf(id), seal };
          })
        ),
        aggregates: await figuresFor(house, me)
      };
    },

    async help(me) {
      const units = me.ties?.boards ?? [];
      const texts = lockedTexts(keys);
      let rows = db.selectFrom('released_help').selectAll();
      rows = rows.where((query) =>
        query.or([
          ...(me.roles.includes('method-lead') ? [query('receiver', '=', 'method-lead')] : []),
          ...(me.roles.includes('leader') && units.length > 0
            ? [query.and([query('receiver', '=', 'leader'), query('unit_id', 'in', [...units])])]
            : []),
          query.lit(false)
        ])
      );
      // By the id, which is random: the order tells nothing.
      return (await rows.orderBy('id').execute()).flatMap(({ id, receiver, ciphertext }) => {
        const text = texts.open({ id, participation: `help ${id}`, ciphertext });
        return text === null ? [] : [{ id, text, to: receiver }];
      });
    }
  };
}

/** The centre to everybody; a unit to its own leader, and to the method lead. */
async function figuresFor({ db }: CoachingHouse, me: PersonViewer): Promise<AggregateView[]> {
  const rows = await db
    .selectFrom('round_figure')
    .innerJoin('round', 'round.id', 'round_figure.round')
    .leftJoin('unit', 'unit.id', 'round_figure.part')
    .select(['round.name as round', 'part', 'unit.name as unit', 'criterion', 'of_ten', 'withheld'])
    .orderBy('round.starts_at', 'desc')
    .orderBy('unit.name')
    .orderBy('criterion')
    .execute();
  const lead = me.roles.includes('method-lead');
  const own = me.roles.includes('leader') ? (me.ties?.boards ?? []) : [];
  return rows
    .filter(({ part }) => part === 'all' || lead || own.includes(part))
    .map(({ round, unit, criterion, of_ten, withheld }) => ({
      round,
      unit,
      criterion,
      ofTen: of_ten === null ? null : (JSON.parse(of_ten) as number[]),
      withheld
    }));
}
