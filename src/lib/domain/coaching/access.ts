/**
 * The coaching half of the access table. A participation is two people's and nobody else's: the agent whose calls they
 * are, and the coach they have now. Leaders, method leads and administrators have no cell where there is content.
 */
import type { Table, Viewer } from '../access.ts';

/** The two whose participation it is. */
export interface Pair {
  agent: string;
  coach: string;
}

export interface CoachingActs {
  /** One's own development: `me`, and what an agent does in a round. */
  'take-part': object;
  /** To have people to coach: one's own plan, by name. */
  coach: object;
  /** To open one participation by its id. An earlier one is the coach's of today only while the agent shares it. */
  'open-participation': Pair & { sharedWith: string | null };
  /** What the agent heard and thought: hidden from the coach until both are in. */
  'read-reflection': Pair & { revealed: boolean };
  /** What a coach heard: hidden from the agent until both are in, and from a successor as well. */
  'read-coach-reading': Pair & { author: string; revealed: boolean };
  /** The private list about the call: the agent's at once, and the author's; no successor's. */
  'read-must-be-right': Pair & { author: string };
  /** Who has listened: everybody to the agent, to a coach their own listening only. */
  'read-listening': Pair & { listener: string };
  /** An entry of the practice log: the agent's alone until they share it. */
  'read-practice': Pair & { shared: boolean };
  /** Which calls were answered in one's own window: nobody chooses among another's. */
  'read-call-choices': Pair;
  /** To hear a call and see its peaks: the agent's any chosen one, the coach's until `until` (null: no end is set yet). */
  'hear-call': Pair & { chosen: boolean; until: number | null; now: number };
  /** To write drafts of one's own; which, and until when, is asked of whoever knows the participation. */
  'write-draft': object;
  /** To make, open and close rounds, assign coaches, end and resume. */
  'keep-rounds': object;
  /** To follow how far one's own units have come. */
  'follow-rounds': object;
  /** How many of a unit are done: counts of five or more, never names. */
  'read-round-progress': { unit: string };
  /** To be asked for help by agents who have released it. */
  'receive-help': object;
  /** The rules in force, decisions, who holds which role: for everybody who works here. */
  'read-insight': object;
  'read-rubric': object;
  'keep-rubric': object;
}

const yes = () => true;
const isAgent = (viewer: Viewer, { agent }: Pair) => viewer.kind === 'person' && viewer.personId === agent;
const isCoach = (viewer: Viewer, { coach }: Pair) => viewer.kind === 'person' && viewer.personId === coach;
const is = (viewer: Viewer, person: string) => viewer.kind === 'person' && viewer.personId === person;

export const COACHING_ACCESS: Table<CoachingActs> = {
  'take-part': { agent: yes },
  coach: { coach: yes },
  'open-participation': {
    agent: isAgent,
    coach: (viewer, on) => isCoach(viewer, on) || (on.sharedWith !== null && is(viewer, on.sharedWith))
  },
  'read-reflection': { agent: isAgent, coach: (viewer, on) => isCoach(viewer, on) && on.revealed },
  'read-coach-reading': {
    agent: (viewer, on) => isAgent(viewer, on) && on.revealed,
    coach: (viewer, on) => is(viewer, on.author) || (isCoach(viewer, on) && on.revealed)
  },
  'read-must-be-right': { agent: isAgent, coach: (viewer, on) => is(viewer, on.author) },
  'read-listening': { agent: isAgent, coach: (viewer, on) => is(viewer, on.listener) },
  'read-practice': { agent: isAgent, coach: (viewer, on) => isCoach(viewer, on) && on.shared },
  'read-call-choices': { agent: isAgent },
  'hear-call': {
    agent: (viewer, on) => isAgent(viewer, on) && on.chosen,
    coach: (viewer, on) => isCoach(viewer, on) && on.chosen && (on.until === null || on.now < on.until)
  },
  'write-draft': { agent: yes, coach: yes },
  'keep-rounds': { 'method-lead': yes },
  'read-round-progress': {
    leader: (viewer, { unit }) => viewer.kind === 'person' && (viewer.ties?.boards.includes(unit) ?? false),
    'method-lead': yes
  },
  'follow-rounds': { leader: yes },
  'receive-help': { leader: yes, 'method-lead': yes },
  'read-insight': { agent: yes, coach: yes, leader: yes, 'method-lead': yes, administrator: yes },
  'read-rubric': { agent: yes, coach: yes, leader: yes, 'method-lead': yes },
  'keep-rubric': { 'method-lead': yes }
};
