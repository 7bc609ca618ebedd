import type { Participations } from '../graphql/coaching/participation.ts';
import { pooledCalls } from '../store/coaching/pool.ts';
import { isUsed } from '../../domain/coaching/places.ts';
import { admit } from './admitting.ts';
import type { CoachingHouse } from './house.ts';
import { participationView } from './sight.ts';

/** Participations to the two whose they are. */
export function participations(house: CoachingHouse): Participations {
  return {
    async open(me, id) {
      const admitted = await admit(house, me, id);
      return admitted && participationView(house, me, admitted);
    },

    async own(me) {
      const states = await house.participations.ofAgent(me.personId);
      const views = [];
      for (const state of states) {
        const view = await participationView(house, me, { state, side: 'agent', shared: false });
        if (view) views.push(view);
      }
      return views;
    },

    async choices(me, id) {
      const admitted = await admit(house, me, id);
      if (admitted?.side !== 'agent') return [];
      const { state } = admitted;
      const calls = await pooledCalls(house.db, id);
      const left = calls.filter(({ entry, spanMs }) => !isUsed(state, { entry, spanMs }));
      const [ready, names] = [
        await house.recordings.ready(left.map(({ entry }) => entry)),
        new Map((await house.db.selectFrom('queue').select(['id', 'name']).execute()).map((row) => [row.id, row.name]))
      ];
      return left.map(({ entry, queue, answeredAt, spanMs }) => ({
        id: entry,
        queue: names.get(queue) ?? queue,
        startedAt: answeredAt,
        lengthMs: spanMs,
        recorded: ready.has(entry)
      }));
    }
  };
}
