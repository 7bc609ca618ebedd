import type { BoardAnnouncement, Place } from '../../domain/announcement.ts';
import { ownState, stripFrame, type StripFrame } from '../../domain/strip.ts';
import type { AgentToken, QueueId, SourceName } from '../../domain/telephony/event.ts';
import type { Floor } from '../../domain/telephony/floor.ts';
import type { Instant } from '../../domain/time.ts';
import { createFeed, type Feed } from './feed.ts';
import { tokensOnFloor } from './new-month.ts';
import type { Register } from './ports.ts';

/** Whose strip it is, and what is theirs by their units. */
export interface StripPerson {
  personId: string;
  boards: readonly string[];
  queues: readonly QueueId[];
}
export interface StripsOptions {
  feed: Feed;
  floor(): Floor;
  register: Pick<Register, 'agentKey'>;
  /** The members of the PBX that are this person. */
  telephones(personId: string): readonly { source: SourceName; key: string }[];
  announcements(place: Place, now: Instant): BoardAnnouncement[];
  now(): Instant;
  after?: (ms: number, callback: () => void) => () => void;
}
/** The strip of each person who has it open. Nothing is kept of anybody else. */
export interface Strips {
  current(person: StripPerson): StripFrame | null;
  /** As a board is watched: at most four frames a second, and one every five seconds when nothing changes. */
  watch(person: StripPerson, onFrame: (frame: StripFrame) => void): () => void;
  changed(): void;
  close(): void;
}

export function createStrips(options: StripsOptions): Strips {
  const { feed, floor, register, now } = options;
  const people = new Map<string, StripPerson>();
  let watching = 0;
  let stopFollowing = () => {};
  let agents: Floor['agents'] | null = null;
  let tokens = new Map<string, AgentToken>();

  /** Everybody's tokens are looked up once for each floor, however many strips are open. */
  function tokenOf({ source, key }: { source: SourceName; key: string }): AgentToken | undefined {
    const present = floor();
    if (agents !== present.agents) {
      agents = present.agents;
      tokens = tokensOnFloor(present, register);
    }
    return tokens.get(`${source}|${key}`);
  }

  function frame(personId: string): StripFrame | null {
    const person = people.get(personId);
    const all = feed.current('all');
    if (!person || !all) return null;
    const telephones = options.telephones(personId);
    const here = telephones.flatMap((telephone) => {
      const token = tokenOf(telephone);
      return (token !== undefined && floor().agents.get(token)) || [];
    });
    const states = new Map(all.queues.map(({ queue, source }) => [queue.source, source.state]));
    const known = telephones.every(({ source }) => states.get(source) === 'CONNECTED');
    const signedInTo = new Set(here.flatMap(({ queues }) => [...queues.keys()]));
    const ofUnits = new Set(person.queues);
    const made = stripFrame(
      all,
      { own: ownState(telephones.length, here, known, now()), signedInTo, ofUnits },
      options.announcements({ boards: person.boards, queues: [...signedInTo, ...ofUnits] }, now())
    );
    return { ...made, asOf: now() };
  }

  const after =
    options.after ??
    ((ms: number, callback: () => void) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    });
  const strips = createFeed<StripFrame>({ boards: () => [...people.keys()], frame, now, after });

  return {
    current(person) {
      people.set(person.personId, person);
      return strips.current(person.personId);
    },
    watch(person, onFrame) {
      people.set(person.personId, person);
      // A strip is made from the whole centre's frame, so it is followed while anybody looks.
      if (watching++ === 0) stopFollowing = feed.watch('all', () => strips.changed());
      const stop = strips.watch(person.personId, onFrame);
      let stopped = false;
      return () => {
        if (stopped) return;
        stopped = true;
        stop();
        if (--watching === 0) stopFollowing();
      };
    },
    changed: () => strips.changed(),
    close: () => strips.close()
  };
}
