import type { Told } from '../../../domain/telephony/event.ts';
import { agenda as newAgenda } from './agenda.ts';
import { general, queues } from './city.ts';
import type { CityDay } from './city-day.ts';
import { demand } from './demand.ts';
import { enter, leave, sendAway, type Caller, type Line, type LineWork, type Waiting } from './line.ts';
import { roster } from './roster.ts';
import { seatOf, showDevice, type Seat } from './seat.ts';
import { seeded } from './seeded.ts';
import { talk, type TalkWork } from './talk.ts';
import { teller as newTeller } from './teller.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A whole day of the city's telephone exchange, worked through in virtual time: everything that a PBX would have told,
 * in order. A pure function of its arguments, so a restart makes the same day again and the log drops what it has.
 */
export function exchangeDay(seed: string, day: CityDay, source: string): Told[] {
  const agenda = newAgenda(day.startsAt - HOUR);
  const teller = newTeller(day.plan, agenda);
  const chance = seeded(seed, day.plan, 'exchange');
  const lines = new Map<string, Line>(
    queues.map((queue) => [queue.pbxName, { queue, waiting: [], seats: new Set<Seat>() }])
  );
  const generalLine = lines.get(general)!;
  const specialLines = [...lines.values()].filter((line) => line !== generalLine);
  const specialShares = specialLines.map((line) => line.queue.share);

  // The longest free telephone rings for the one who has waited longest.
  const match = (line: Line): void => {
    for (const waiting of line.waiting) {
      if (waiting.ringing) continue;
      const free = [...line.seats].filter((seat) => seat.state === 'free');
      if (free.length === 0) return;
      ring(
        free.reduce((a, b) => (b.freeSince < a.freeSince ? b : a)),
        waiting
      );
    }
  };

  const ring = (seat: Seat, waiting: Waiting): void => {
    const id = `${source}/${teller.newName('r')}`;
    const since = agenda.now;
    waiting.ringing = seat;
    seat.state = 'ringing';
    seat.ring = { id, since, of: waiting };
    teller.tell({ kind: 'AgentRung', entry: waiting.entry, agent: seat.agent, ring: id });
    showDevice(teller, seat, 'ringing');
    const missed = chance.chance(0.025);
    agenda.at(since + (missed ? 15 * SECOND : Math.min(12 * SECOND, chance.lognormal(2.6 * SECOND, 0.5))), () => {
      if (seat.ring?.id !== id) return;
      seat.ring = null;
      const rangMs = agenda.now - since;
      teller.tell({ kind: 'RingEnded', ring: id, how: missed ? 'no-answer' : 'answered', rangMs });
      waiting.ringing = null;
      if (missed) {
        showDevice(teller, seat, 'free');
        // Nobody there: back after a moment, and the next telephone rings meanwhile.
        seat.duePause ??= { at: agenda.now, ms: chance.between(1, 3) * MINUTE, wrapUp: false };
        free(seat);
        match(waiting.line);
        return;
      }
      leave(lineWork, waiting);
      teller.tell({ kind: 'CallAnswered', entry: waiting.entry, agent: seat.agent });
      seat.state = 'talking';
      showDevice(teller, seat, 'busy');
      talk(talkWork, seat, waiting);
    });
  };

  const lineWork: LineWork = {
    agenda,
    chance,
    teller,
    source,
    match,
    stopRinging(seat) {
      if (!seat.ring) return;
      const { id, since } = seat.ring;
      seat.ring = null;
      teller.tell({ kind: 'RingEnded', ring: id, how: 'cancelled', rangMs: agenda.now - since });
      showDevice(teller, seat, 'free');
      // At the same instant, after the caller's own end has been told.
      agenda.at(agenda.now, () => free(seat));
    },
    overflowTo: () => (generalLine.seats.size > 0 ? generalLine : null)
  };

  const talkWork: TalkWork = {
    agenda,
    chance,
    teller,
    passOnTo(from) {
      // The general group passes on to the special ones; those pass on to whoever handles the matter, outside.
      if (from !== generalLine || !chance.chance(0.46)) return null;
      const to = specialLines[chance.weighted(specialShares)]!;
      return to.seats.size > 0 ? to : null;
    },
    onward: (waiting, to) =>
      agenda.at(agenda.now + chance.between(0.4, 2) * SECOND, () => enter(lineWork, waiting.caller, to, waiting.line)),
    talkOver(seat, wrapUpUntil) {
      seat.state = 'wrapping-up';
      // Now and then a matter takes longer than the wrap-up: the agent pauses for as long as it takes.
      const longer = chance.chance(0.05) ? { at: wrapUpUntil, ms: chance.between(1, 4) * MINUTE, wrapUp: true } : null;
      agenda.at(wrapUpUntil, () => {
        seat.duePause ??= longer;
        free(seat);
      });
    }
  };

  /** The agent has put the telephone down: home, a pause that was due, or the next caller. */
  const free = (seat: Seat): void => {
    if (seat.leaving) return signOut(seat);
    if (seat.duePause) return pause(seat);
    seat.state = 'free';
    seat.freeSince = agenda.now;
    const longest = seat.lines
      .flatMap((line) => line.waiting.find((waiting) => !waiting.ringing) ?? [])
      .reduce<Waiting | null>((a, b) => (a && a.since <= b.since ? a : b), null);
    if (longest) ring(seat, longest);
  };

  const pause = (seat: Seat): void => {
    const { ms, wrapUp } = seat.duePause!;
    seat.duePause = null;
    seat.state = 'paused';
    for (const { queue } of seat.lines)
      teller.tell({ kind: 'AgentPaused', agent: seat.agent, queue: queue.pbxName, wrapUp });
    agenda.at(agenda.now + ms, () => {
      if (seat.state !== 'paused') return;
      for (const { queue } of seat.lines)
        teller.tell({ kind: 'AgentUnpaused', agent: seat.agent, queue: queue.pbxName });
      free(seat);
    });
  };

  const signOut = (seat: Seat): void => {
    seat.state = 'away';
    for (const line of seat.lines) {
      line.seats.delete(seat);
      teller.tell({ kind: 'AgentLeftQueue', agent: seat.agent, queue: line.queue.pbxName });
      if (line.seats.size === 0) sendAway(lineWork, line);
    }
  };

  const signIn = (seat: Seat): void => {
    for (const line of seat.lines) {
      line.seats.add(seat);
      teller.tell({ kind: 'AgentJoinedQueue', agent: seat.agent, queue: line.queue.pbxName });
    }
    showDevice(teller, seat, 'free');
    free(seat);
  };

  /** For a while the telephone cannot be rung: a line at home that is gone, or a call of the agent's own. */
  const occupied = (seat: Seat, state: 'unreachable' | 'own-call', ms: number): void => {
    if (seat.state !== 'free') return;
    seat.state = state;
    showDevice(teller, seat, state === 'unreachable' ? 'unreachable' : 'busy');
    agenda.at(agenda.now + ms, () => {
      showDevice(teller, seat, 'free');
      free(seat);
    });
  };

  for (const shift of roster(seed, day)) {
    const seat = seatOf(
      shift,
      shift.queues.map((name) => lines.get(name)!)
    );
    const hours = (shift.until - shift.from) / HOUR;
    agenda.at(shift.from, () => signIn(seat));
    agenda.at(shift.until, () => {
      seat.leaving = true;
      if (seat.state === 'free' || seat.state === 'paused') signOut(seat);
    });
    for (const { at, ms } of shift.pauses) {
      agenda.at(at, () => {
        seat.duePause = { at, ms, wrapUp: false };
        if (seat.state === 'free') pause(seat);
      });
    }
    const during = (): number => chance.between(shift.from + 5 * MINUTE, shift.until - 10 * MINUTE);
    for (let n = 0; n < hours / 2; n++)
      agenda.at(during(), () => occupied(seat, 'own-call', chance.between(0.7, 3) * MINUTE));
    if (shift.agent.home && chance.chance(hours / 25))
      agenda.at(during(), () => occupied(seat, 'unreachable', chance.between(0.6, 5) * MINUTE));
  }
  for (const { at, queue, number } of demand(seed, day).arrivals) {
    agenda.at(at, () => {
      const channel = teller.newName('c');
      const caller: Caller = { call: `${source}/${channel}`, channel, number };
      enter(lineWork, caller, lines.get(queue)!);
    });
  }
  agenda.run();
  return teller.told;
}
