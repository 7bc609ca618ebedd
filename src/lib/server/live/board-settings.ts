import type { BoardDefinition, Sensitivity } from '../../domain/board.ts';
import type { HolidayKind, Holidays, OpeningHours } from '../../domain/opening-hours.ts';
import type { QueueId } from '../../domain/telephony/event.ts';

/** What an administrator has decided about boards, read from memory whenever a frame is made. The store fulfils it. */
export interface BoardSettings {
  /** The boards that somebody has defined, by name; `all` or a unit's may be among them. */
  definitions(): readonly BoardDefinition[];
  /** The units, in their own order. */
  units(): readonly { id: string; name: string }[];
  /** A unit's own hours, or the centre's (`null`); null when nobody has set any. */
  hours(unit: string | null): OpeningHours | null;
  sensitivity(queue: QueueId): Sensitivity;
  holidays: Holidays;
}

const noHolidays = new Map<string, HolidayKind>();

/** Where nobody can decide anything: every board as it is by itself, and always open. */
export const noBoardSettings: BoardSettings = {
  definitions: () => [],
  units: () => [],
  hours: () => null,
  sensitivity: () => 'ordinary',
  holidays: () => noHolidays
};
