import { CRITERIA, ENDS_AT, STARTS_AT, WINDOW, type CoachingCity } from './coaching-city.ts';

/** What the tests ask about a participation, as it comes over the wire. */
export interface Seen {
  id: string;
  side: string;
  step: string;
  revealed: boolean;
  agent: { id: string; name: string };
  coach: { id: string; name: string };
  slots: {
    id: string;
    kind: string;
    state: string;
    draftId: string | null;
    ownState: string;
    agentReading: { strengths: { text: string; momentMs: number }[]; levels: { level: string }[] } | null;
    coachReading: { strengths: { text: string; momentMs: number }[]; levels: { level: string }[] } | null;
  }[];
  reflection: { answers: { question: number; text: string }[] } | null;
  reflectionDraftId: string | null;
  goalDraftId: string | null;
  goal: { version: number; when: string; try: string; state: string; proposedBy: string } | null;
  lastGoal: { when: string; try: string } | null;
  lastWords: { text: string }[];
  mustBeRight: { point: string; answer: string; text: string | null }[];
  listening: { who: { id: string }; slot: string }[];
  practice: { id: string; text: string; shared: boolean }[];
  help: { id: string; text: string; released: boolean }[];
  records: { version: number; acknowledgedAt: string | null; strengths: unknown[] }[];
  coachChange: { to: { id: string } } | null;
  lockedUntil: string | null;
  keepUntil: string | null;
  wishesAnotherCoach: boolean;
  sharedEarlier: { id: string }[];
}

export const roundInput = async (city: CoachingCity, over: Record<string, unknown> = {}) => {
  const { data } = await city.ask('nils', 'RoundMaterial');
  const { rubricVersions } = data?.roundMaterial as { rubricVersions: { id: string }[] };
  return {
    name: '2027 vår',
    rubricVersion: rubricVersions[0]?.id,
    startsAt: iso(STARTS_AT),
    endsAt: iso(ENDS_AT),
    callsPerAgent: 3,
    recording: true,
    negotiated: 'MBL 11 §, dnr 118/26',
    negotiatedOn: '2026-11-02',
    units: ['forskola', 'liten'].map((id) => ({ id, from: iso(WINDOW.from), to: iso(WINDOW.to) })),
    coaches: ['karin', 'fatima', 'leo'],
    ...over
  };
};
export const iso = (at: number): string => new Date(at).toISOString();

/** A round is made and opened by the method lead; its id, or why not. */
export async function openedRound(
  city: CoachingCity,
  over: Record<string, unknown> = {}
): Promise<{ id: string; refusal: string | null }> {
  const { data } = await city.ask('nils', 'SaveRound', { round: await roundInput(city, over) });
  const { id, outcome } = data?.saveRound as { id: string | null; outcome: { refusal: string | null } };
  if (id === null) return { id: '', refusal: outcome.refusal };
  return { id, refusal: await city.does('nils', 'OpenRound', { id }) };
}

/** The one that the agent sees first: the newest round. */
export async function own(city: CoachingCity, agent: string): Promise<Seen> {
  const { data } = await city.ask(agent, 'OwnDevelopment');
  return (data?.me as { participations: Seen[] }).participations[0]!;
}
export async function seenBy(city: CoachingCity, who: string, id: string): Promise<Seen | null> {
  const { data } = await city.ask(who, 'Participation', { id });
  return (data?.participation as Seen | undefined) ?? null;
}
export async function coachOf(city: CoachingCity, agent: string): Promise<string> {
  return (await own(city, agent)).coach.id;
}

/** The window ends, the recordings are in, and the calls are drawn. */
export async function drawn(city: CoachingCity): Promise<void> {
  city.clock.now = WINDOW.to + 3 * 3_600_000;
  await city.coaching.tick();
}

export const STRENGTH = 'Du stannade upp och väntade, och då berättade hon lugnare.';
export const readingFields = (of: string, over: Record<string, string | null> = {}): Record<string, string | null> => ({
  'strength/a/criterion': 'presence',
  'strength/a/momentMs': '12000',
  'strength/a/text': `${of} ett: ${STRENGTH}`,
  'strength/b/criterion': 'guidance',
  'strength/b/momentMs': '84000',
  'strength/b/text': `${of} två: ${STRENGTH}`,
  ...Object.fromEntries(CRITERIA.map((criterion, at) => [`level/${criterion}`, at === 0 ? 'not-applicable' : '3'])),
  ...over
});

/** The coach hears one call and hands in; null when it was done. */
export async function reads(
  city: CoachingCity,
  coach: string,
  participation: string,
  slot: string,
  fields = readingFields(`${coach} om ${slot.slice(0, 4)}`)
): Promise<string | null> {
  const seen = await city.writes(coach, `reading/${slot}`, fields);
  return city.does(coach, 'HandInReading', { participation, slot, seen: [seen] });
}
/** All calls that there are. */
export async function readsAll(city: CoachingCity, coach: string, participation: string): Promise<void> {
  const { slots } = (await seenBy(city, coach, participation))!;
  for (const { id, state } of slots) {
    if (state !== 'CHOSEN') continue;
    const refusal = await reads(city, coach, participation, id);
    if (refusal) throw new Error(`HandInReading: ${refusal}`);
  }
}
export async function reflects(
  city: CoachingCity,
  agent: string,
  words = 'En pappa som trodde att platsen var borta.'
) {
  const { id, slots } = await own(city, agent);
  const first = slots.find(({ state }) => state === 'CHOSEN')!;
  const seen = [
    await city.writes(agent, `reflection/${id}`, { 'q/1': words }),
    await city.writes(agent, `reading/${first.id}`, {
      ...readingFields(words),
      ...Object.fromEntries(CRITERIA.map((criterion) => [`level/${criterion}`, null]))
    })
  ];
  return city.does(agent, 'HandInReflection', { participation: id, seen });
}
/** Drawn, read and reflected on: both see each other's. */
export async function revealed(city: CoachingCity, agent: string): Promise<{ id: string; coach: string }> {
  const { id, coach } = await own(city, agent);
  await city.writes(coach.id, `goal/${id}`, {
    'goal/criterion': 'presence',
    'goal/when': 'jag letar i systemet',
    'goal/try': 'säga vad jag gör'
  });
  await readsAll(city, coach.id, id);
  const refusal = await reflects(city, agent);
  if (refusal) throw new Error(`HandInReflection: ${refusal}`);
  return { id, coach: coach.id };
}
export async function talked(city: CoachingCity, agent: string): Promise<{ id: string; coach: string }> {
  const at = await revealed(city, agent);
  await city.does(agent, 'AgreeGoal', { participation: at.id, version: 1 });
  await city.does(at.coach, 'HoldTalk', { participation: at.id });
  return at;
}
export async function acknowledged(city: CoachingCity, agent: string): Promise<{ id: string; coach: string }> {
  const at = await talked(city, agent);
  await city.does(agent, 'WriteLastWord', { participation: at.id, text: 'Det känns görbart.' });
  const refusal = await city.does(agent, 'Acknowledge', { participation: at.id, version: 1 });
  if (refusal) throw new Error(`Acknowledge: ${refusal}`);
  return at;
}
