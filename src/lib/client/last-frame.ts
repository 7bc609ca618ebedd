/**
 * The one frame that a browser keeps, so that the offline shell can show what was last known, with its age.
 *
 * It is cut down before it is written: no agents, no talk times, no announcement and no person, because a shared
 * computer's storage is read by whoever sits there next. It is gone at sign-out, when the server no longer knows us,
 * and when it is twelve hours old.
 */
import type { Instant } from '../domain/time.ts';
import type { BoardFrame, BoardQueue, Figures, Position } from '../domain/wallboard.ts';

/** What is kept of a queue. `waiting` and `longestWaitSince` as of the frame; the counts are today's so far. */
export interface LastQueue {
  id: string;
  name: string;
  shortName: string;
  waiting: number | null;
  longestWaitSince: Instant | null;
  offered: number;
  answered: number;
  abandoned: number;
  abandonedShort: number;
  overflowed: number;
  lost: number;
}
export interface LastFrame {
  board: BoardFrame['board'];
  position: Position;
  asOf: Instant;
  provenAt: Instant | null;
  queues: LastQueue[];
}

/** What a frame must have to be kept: a board's has it, and a strip's. */
export interface Rememberable extends Pick<BoardFrame, 'board' | 'position' | 'asOf' | 'source'> {
  queues: readonly {
    queue: Pick<BoardQueue, 'id' | 'name' | 'shortName'>;
    waiting: number | null;
    longestWaitSince: Instant | null;
    today: Pick<Figures, 'offered' | 'answered' | 'abandoned' | 'abandonedShort' | 'overflowed' | 'lost'>;
  }[];
}

const prefix = 'stamgaffel.last-frame.';
const writtenAtMostEveryMs = 10_000;
const keptAtMostMs = 12 * 3_600_000;
const writtenAt = new Map<string, Instant>();

/** Keeps the frame, at most every ten seconds per board. `now` is the server's clock. Never throws: storage may be full or forbidden. */
export function rememberFrame(frame: Rememberable, now: Instant): void {
  const last = writtenAt.get(frame.board.id);
  if (last !== undefined && now >= last && now - last < writtenAtMostEveryMs) return;
  writtenAt.set(frame.board.id, now);
  try {
    localStorage.setItem(prefix + frame.board.id, JSON.stringify(cutDown(frame)));
  } catch {
    // A browser that keeps nothing has nothing to show offline, and the shell says so.
  }
}

/** The frame kept for a board, or null when there is none or it is older than twelve hours (then it is removed too). */
export function lastFrame(board: string, now: Instant): LastFrame | null {
  try {
    const kept = localStorage.getItem(prefix + board);
    if (kept === null) return null;
    const frame = JSON.parse(kept) as LastFrame;
    if (now - frame.asOf < keptAtMostMs) return frame;
    localStorage.removeItem(prefix + board);
  } catch {
    // Forbidden or unreadable storage is the same as none.
  }
  return null;
}

/** The newest frame that is kept of any board: a television that starts without a network knows no more. */
export function newestLastFrame(now: Instant): LastFrame | null {
  try {
    const boards = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    const frames = boards.flatMap((key) => lastFrame(key.slice(prefix.length), now) ?? []);
    return frames.sort((one, other) => other.asOf - one.asOf)[0] ?? null;
  } catch {
    return null;
  }
}

/** Removes every board's frame: at sign-out, at 401, 4401 and 4403. */
export function forgetFrames(): void {
  writtenAt.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept where storage is forbidden.
  }
}

function cutDown(frame: Rememberable): LastFrame {
  const { id, name, demo, timeZone } = frame.board;
  return {
    board: { id, name, demo, timeZone },
    position: { epoch: frame.position.epoch, offset: frame.position.offset },
    asOf: frame.asOf,
    provenAt: frame.source.provenAt,
    queues: frame.queues.map(({ queue, waiting, longestWaitSince, today }) => ({
      id: queue.id,
      name: queue.name,
      shortName: queue.shortName,
      waiting,
      longestWaitSince,
      offered: today.offered,
      answered: today.answered,
      abandoned: today.abandoned,
      abandonedShort: today.abandonedShort,
      overflowed: today.overflowed,
      lost: today.lost
    }))
  };
}
