import type { Selectable } from 'kysely';
import type { Entry } from '../../domain/telephony/call.ts';
import type { EntryTable, Tables } from './tables.ts';

/** The columns of an entry, in the order in which `rowOfEntry` gives their values. */
export const entryColumns = [
  'id',
  'call',
  'source',
  'queue',
  'channel',
  'from_queue',
  'adopted',
  'caller',
  'offered_at',
  'offered_quality',
  'outcome',
  'answered_at',
  'answered_quality',
  'agent',
  'left_at',
  'why',
  'pressed',
  'held_since',
  'held_ms',
  'passed_on',
  'passed_on_to',
  'talk_ended_at',
  'ended_by',
  'wrap_up_until',
  'revised_at',
  'last_at'
] as const satisfies readonly (keyof EntryTable)[];

export function rowOfEntry(entry: Entry): (string | number | null)[] {
  return [
    entry.id,
    entry.call,
    entry.source,
    entry.queue,
    entry.channel,
    entry.from,
    entry.adopted ? 1 : 0,
    entry.caller,
    entry.offeredAt,
    entry.offeredQuality,
    entry.outcome,
    entry.answeredAt,
    entry.answeredQuality,
    entry.agent,
    entry.leftAt,
    entry.why,
    entry.pressed,
    entry.heldSince,
    entry.heldMs,
    entry.passedOn,
    entry.passedOnTo,
    entry.talkEndedAt,
    entry.by,
    entry.wrapUpUntil,
    entry.revisedAt,
    Math.max(entry.offeredAt, entry.answeredAt ?? 0, entry.leftAt ?? 0, entry.talkEndedAt ?? 0)
  ];
}

export function entryOfRow(row: Selectable<Tables['entry']>): Entry {
  return {
    id: row.id,
    call: row.call,
    source: row.source,
    queue: row.queue,
    channel: row.channel,
    from: row.from_queue,
    adopted: row.adopted === 1,
    caller: row.caller,
    offeredAt: row.offered_at,
    offeredQuality: row.offered_quality,
    outcome: row.outcome,
    answeredAt: row.answered_at,
    answeredQuality: row.answered_quality,
    agent: row.agent,
    leftAt: row.left_at,
    why: row.why as Entry['why'],
    pressed: row.pressed,
    heldSince: row.held_since,
    heldMs: row.held_ms,
    passedOn: row.passed_on,
    passedOnTo: row.passed_on_to,
    talkEndedAt: row.talk_ended_at,
    by: row.ended_by,
    wrapUpUntil: row.wrap_up_until,
    revisedAt: row.revised_at
  };
}
