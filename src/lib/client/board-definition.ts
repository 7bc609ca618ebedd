import type { BoardDefinition } from '../domain/board.ts';
import type { BoardFrame } from '../domain/wallboard.ts';
import { boardPreviewQuery, type WireBoardInput, type WireDefinition } from '../operations/persisted.ts';
import { boardFrame, boardLayout } from './board-frame.ts';
import { ask } from './graphql.ts';

/** How a board is made, as it came over the wire, in domain values. */
export function boardDefinition(wire: WireDefinition): BoardDefinition {
  const { easedByCallers, easedByShare, ...thresholds } = wire.thresholds;
  return {
    id: wire.id,
    name: wire.name,
    unit: wire.unit,
    parts: wire.parts.map(({ queue, unit }) =>
      queue === null ? { kind: 'unit', id: unit ?? '' } : { kind: 'queue', id: queue }
    ),
    layout: boardLayout(wire.layout),
    thresholds: { ...thresholds, easedBy: { callers: easedByCallers, share: easedByShare } }
  };
}

/** The same on its way back; `isNew` has no id yet. */
export function wireBoard(
  { id, name, unit, parts, layout, thresholds }: BoardDefinition,
  isNew: boolean
): WireBoardInput {
  const { easedBy, ...rest } = thresholds;
  const { rows, figures, screen, ...drawn } = layout;
  return {
    id: isNew ? null : id,
    name,
    unit,
    parts: parts.map(({ kind, id }) => ({ [kind]: id })),
    layout: {
      ...drawn,
      rows: upper(rows),
      figures: figures.map(upper),
      screen: { inches: screen.inches, metres: screen.metres }
    },
    thresholds: { ...rest, easedByCallers: easedBy.callers, easedByShare: easedBy.share }
  };
}

/** How a board would look now. Throws a `Refusal`. */
export async function readPreview(
  fetch: typeof globalThis.fetch,
  definition: BoardDefinition,
  isNew: boolean
): Promise<BoardFrame> {
  return boardFrame((await ask(fetch, boardPreviewQuery, { board: wireBoard(definition, isNew) })).boardPreview);
}

type Upper<Word extends string> = Word extends `${infer A}-${infer B}`
  ? `${Uppercase<A>}_${Upper<B>}`
  : Uppercase<Word>;
function upper<Word extends string>(word: Word): Upper<Word> {
  return word.toUpperCase().replaceAll('-', '_') as Upper<Word>;
}
