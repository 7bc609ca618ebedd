import type { PassedOnHow } from '../../../domain/telephony/event.ts';
import type { Agenda } from './agenda.ts';
import type { Line, Waiting } from './line.ts';
import type { Seeded } from './seeded.ts';
import { showDevice, type Seat } from './seat.ts';
import type { Teller } from './teller.ts';

const SECOND = 1_000;

export interface TalkWork {
  agenda: Agenda;
  chance: Seeded;
  teller: Teller;
  /** The queue a caller is passed on to, or null for a person or function outside the contact centre. */
  passOnTo(from: Line): Line | null;
  /** The caller goes on into another queue. */
  onward(waiting: Waiting, to: Line): void;
  /** The agent's wrap-up begins. */
  talkOver(seat: Seat, wrapUpUntil: number): void;
}

/** A conversation from the answer to its end: perhaps a hold, and for two callers of three the right person at last. */
export function talk(work: TalkWork, seat: Seat, waiting: Waiting): void {
  const { agenda, chance, teller } = work;
  const { queue } = waiting.line;
  const { entry } = waiting;
  const agent = seat.agent;
  const length = Math.max(12 * SECOND, Math.min(50 * 60 * SECOND, chance.lognormal(queue.talkMsMedian, 0.65)));
  const endsAt = agenda.now + length;
  const passedOn = chance.chance(queue.passedOn);
  const how: PassedOnHow = (['blind', 'attended', 'redirect'] as const)[chance.weighted([0.55, 0.35, 0.1])]!;

  if (length > 60 * SECOND && chance.chance(0.16)) {
    const heldAt = agenda.now + length * chance.between(0.2, 0.5);
    agenda.at(heldAt, () => teller.tell({ kind: 'CallHeld', entry }));
    agenda.at(heldAt + chance.between(10, 25) * SECOND, () => teller.tell({ kind: 'CallResumed', entry }));
  }
  // Before an attended transfer the caller waits on hold while the agent asks the one who takes over.
  if (passedOn && how === 'attended' && length > 100 * SECOND)
    agenda.at(endsAt - chance.between(8, 28) * SECOND, () => teller.tell({ kind: 'CallHeld', entry }));

  agenda.at(endsAt, () => {
    const wrapUpUntil = agenda.now + queue.wrapUpMs;
    if (passedOn) {
      const to = work.passOnTo(waiting.line);
      teller.tell({ kind: 'CallPassedOn', entry, agent, how, to: to ? to.queue.pbxName : 'outside' });
      teller.tell({ kind: 'TalkEnded', entry, agent, by: 'passed-on', wrapUpUntil });
      if (to) work.onward(waiting, to);
    } else {
      const by = chance.chance(0.004) ? 'pbx' : chance.chance(0.72) ? 'caller' : 'agent';
      teller.tell({ kind: 'TalkEnded', entry, agent, by, wrapUpUntil });
    }
    showDevice(teller, seat, 'free');
    work.talkOver(seat, wrapUpUntil);
  });
}
