import { kept, takenOver, type CopyConflict, type KeptField } from '../../domain/coaching/draft-copy.ts';
import type { Instant } from '../../domain/time.ts';
import type { DraftState } from './state.ts';

/** What one tab tells the others: a newcomer asks for everything, and the one who writes tells every change. */
export type TabTalk =
  | { kind: 'hello' }
  | { kind: 'copy'; fields: KeptField[]; conflicts: CopyConflict[]; savedAt: Instant | null; excused: string[] };

/** These fields, or all, as the tab that writes tells them. */
export function told({ copy, savedAt, excused }: DraftState, writer: string, paths?: readonly string[]): TabTalk {
  return {
    kind: 'copy',
    fields: (paths ?? [...copy.fields.keys()]).flatMap((path) => kept(copy, path, writer) ?? []),
    conflicts: [...copy.conflicts.values()],
    savedAt,
    excused: [...excused]
  };
}

/** Follows what the tab that writes has told. */
export function followTab(
  state: DraftState,
  { fields, conflicts, savedAt, excused }: Extract<TabTalk, { kind: 'copy' }>
) {
  state.copy = {
    fields: takenOver(state.copy, fields).fields,
    conflicts: new Map(conflicts.map((each) => [each.path, each]))
  };
  state.savedAt = savedAt;
  state.excused = excused;
  state.changed();
}
