import { formTime, instantOfForm } from '$lib/domain/form-time';
import type { Instant, Zone } from '$lib/domain/time';
import type { WireRound, WireRoundMaterial } from '$lib/operations/coaching-persisted';

/** A round as its form has it: days as the fields write them, and the last day is the last one that counts. */
export interface Plan {
  name: string;
  rubricVersion: string;
  first: string;
  last: string;
  calls: number;
  recording: boolean;
  negotiated: string;
  negotiatedOn: string;
  /** In the order of the centre; `chosen` is whether the unit takes part. */
  units: { id: string; name: string; agents: number; chosen: boolean; from: string; to: string }[];
  coaches: string[];
}

const USUAL_CALLS = 4;

export function planOf(round: WireRound | null, { units, rubricVersions }: WireRoundMaterial, zone: Zone): Plan {
  const day = (at: string, beforeMs: number) => formTime(Date.parse(at) - beforeMs, zone).slice(0, 10);
  return {
    name: round?.frame.name ?? '',
    rubricVersion: round?.frame.rubricVersion ?? rubricVersions[0]?.id ?? '',
    first: round ? day(round.frame.startsAt, 0) : '',
    last: round ? day(round.frame.endsAt, 1) : '',
    calls: round?.callsPerAgent ?? USUAL_CALLS,
    recording: round?.recording ?? true,
    negotiated: round?.negotiated ?? '',
    negotiatedOn: round?.negotiatedOn ?? '',
    units: units.map((unit) => {
      const own = round?.units.find(({ id }) => id === unit.id);
      const { from = null, to = null } = own ?? {};
      return { ...unit, chosen: !!own, from: from ? day(from, 0) : '', to: to ? day(to, 1) : '' };
    }),
    coaches: round?.coaches.map(({ id }) => id) ?? []
  };
}

/** What the server is asked to save; null while a day or a name is missing. */
export function inputOf(plan: Plan, zone: Zone) {
  const wanted = plan.units.filter(({ chosen }) => chosen);
  const units = wanted.map(({ id, from, to }) => ({
    id,
    from: plan.recording ? startOf(from, zone) : null,
    to: plan.recording ? endOf(to, zone) : null
  }));
  const [startsAt, endsAt] = [startOf(plan.first, zone), endOf(plan.last, zone)];
  if (startsAt === null || endsAt === null || plan.name.trim() === '' || plan.rubricVersion === '') return null;
  if (plan.recording && units.some(({ from, to }) => from === null || to === null)) return null;
  return {
    name: plan.name,
    rubricVersion: plan.rubricVersion,
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
    callsPerAgent: plan.calls,
    recording: plan.recording,
    negotiated: plan.negotiated.trim() || null,
    negotiatedOn: plan.negotiatedOn || null,
    units: units.map(({ id, from, to }) => ({
      id,
      from: from === null ? null : iso(from),
      to: to === null ? null : iso(to)
    })),
    coaches: plan.coaches
  };
}

const iso = (at: Instant): string => new Date(at).toISOString();
const startOf = (day: string, zone: Zone): Instant | null => instantOfForm(`${day}T00:00`, zone);
/** The first instant after the day; a clock that is turned back does not matter in the last minute. */
function endOf(day: string, zone: Zone): Instant | null {
  const minute = instantOfForm(`${day}T23:59`, zone);
  return minute === null ? null : minute + 60_000;
}
