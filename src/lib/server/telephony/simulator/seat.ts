import type { Device, RingId } from '../../../domain/telephony/event.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Line, Waiting } from './line.ts';
import type { Pause, Shift } from './roster.ts';
import type { Teller } from './teller.ts';

/** An agent at the telephone, for one shift. */
export interface Seat {
  shift: Shift;
  /** The PBX's key. */
  agent: string;
  lines: readonly Line[];
  state: 'away' | 'free' | 'ringing' | 'talking' | 'wrapping-up' | 'paused' | 'unreachable' | 'own-call';
  freeSince: Instant;
  ring: { id: RingId; since: Instant; of: Waiting } | null;
  device: Device;
  /** A pause that was due while a caller was on the line. */
  duePause: (Pause & { wrapUp: boolean }) | null;
  /** The shift is over as soon as the caller is. */
  leaving: boolean;
}

export function seatOf(shift: Shift, lines: readonly Line[]): Seat {
  return {
    shift,
    agent: shift.agent.key,
    lines,
    state: 'away',
    freeSince: shift.from,
    ring: null,
    device: 'unknown',
    duePause: null,
    leaving: false
  };
}

/** A PBX reports a telephone once, and only when it changes. */
export function showDevice(teller: Teller, seat: Seat, device: Device): void {
  if (seat.device === device) return;
  seat.device = device;
  teller.tell({ kind: 'DeviceChanged', agent: seat.agent, device });
}
