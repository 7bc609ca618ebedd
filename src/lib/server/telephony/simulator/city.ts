/**
 * The demonstration city: one general answer group that is the way in to the whole city, and ten special groups in
 * three more units whose agents work inside the city's own systems. The figures are those of a Swedish city's contact
 * centre: about 80 agents, 1 000 to 1 400 calls a weekday, two callers of three passed on to the right person.
 */
export interface CityQueue {
  /** The PBX's name of it. */
  pbxName: string;
  name: string;
  /** For the wall, at most eleven letters. */
  shortName: string;
  unit: string;
  /** Share of those who call in directly, of the whole day. */
  share: number;
  /** How many may wait; the next caller is refused. */
  limit: number;
  /** How long a caller may wait before the queue sends them on; null: until somebody answers. */
  timeOutMs: number | null;
  talkMsMedian: number;
  wrapUpMs: number;
  /** Share of the answered who are passed on: that is the job, not a failure. */
  passedOn: number;
}
export interface CityUnit {
  id: string;
  name: string;
}
export interface CityAgent {
  /** The PBX's key of the telephone. */
  key: string;
  unit: string;
  /** By the PBX's name. */
  queues: readonly string[];
  /** Works from home: a line that is unreachable now and then. */
  home: boolean;
}

export const units: readonly CityUnit[] = [
  { id: 'allmanna', name: 'Allmänna svarsgruppen' },
  { id: 'forskola-och-skola', name: 'Förskola och skola' },
  { id: 'vard-och-omsorg', name: 'Vård och omsorg' },
  { id: 'stad-och-fritid', name: 'Stad och fritid' }
];

/** The general group: every call that is not for a special group's own number. */
export const general = 'vaxel';

export const queues: readonly CityQueue[] = [
  {
    pbxName: general,
    name: 'Huvudnumret',
    shortName: 'Huvudnumret',
    unit: 'allmanna',
    share: 0.58,
    limit: 30,
    timeOutMs: null,
    talkMsMedian: 190_000,
    wrapUpMs: 30_000,
    passedOn: 0.7
  },
  special('forskola', 'Förskola', 'Förskola', 'forskola-och-skola', 0.07, 400_000),
  special('grundskola', 'Grundskola', 'Grundskola', 'forskola-och-skola', 0.05, 330_000),
  special('vuxenutbildning', 'Vuxenutbildning', 'Vuxenutb.', 'forskola-och-skola', 0.025, 300_000),
  special('aldreomsorg', 'Äldreomsorg', 'Äldreomsorg', 'vard-och-omsorg', 0.055, 380_000),
  special('funktionsstod', 'Funktionsstöd', 'Funktionsst', 'vard-och-omsorg', 0.03, 400_000),
  special('ekonomiskt-stod', 'Ekonomiskt stöd', 'Ekonomiskt', 'vard-och-omsorg', 0.055, 420_000),
  special('parkering', 'Parkering', 'Parkering', 'stad-och-fritid', 0.055, 250_000),
  special('avfall', 'Avfall', 'Avfall', 'stad-och-fritid', 0.035, 230_000),
  special('bygglov', 'Bygglov', 'Bygglov', 'stad-och-fritid', 0.025, 420_000),
  special('kultur-fritid', 'Kultur och fritid', 'Kultur', 'stad-och-fritid', 0.02, 240_000)
];

function special(
  pbxName: string,
  name: string,
  shortName: string,
  unit: string,
  share: number,
  talkMsMedian: number
): CityQueue {
  const timeOutMs = 9 * 60_000;
  return {
    pbxName,
    name,
    shortName,
    unit,
    share,
    limit: 14,
    timeOutMs,
    talkMsMedian,
    wrapUpMs: 60_000,
    passedOn: 0.58
  };
}

const agentsOf: readonly { unit: string; count: number }[] = [
  { unit: 'allmanna', count: 20 },
  { unit: 'forskola-och-skola', count: 21 },
  { unit: 'vard-och-omsorg', count: 20 },
  { unit: 'stad-och-fritid', count: 19 }
];

/** Eighty, of whom every fifth is in the house. In the special units most answer in two or three queues. */
export const agents: readonly CityAgent[] = agentsOf.flatMap(({ unit, count }, at) => {
  const before = agentsOf.slice(0, at).reduce((sum, other) => sum + other.count, 0);
  const inUnit = queues.filter((queue) => queue.unit === unit).map((queue) => queue.pbxName);
  return Array.from({ length: count }, (_, index) => {
    const number = before + index + 1;
    // One leaves out a queue of the unit in turn, every third agent knows them all.
    const known =
      index % 3 === 2 ? inUnit : inUnit.filter((_, which) => inUnit.length < 3 || which !== index % inUnit.length);
    return { key: `PJSIP/agent${String(number).padStart(2, '0')}`, unit, queues: known, home: number % 5 !== 0 };
  });
});
