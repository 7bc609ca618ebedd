/**
 * How wide a name is on a wall, so that it is known before anything is drawn whether it stands whole, gives way to a
 * short one or takes two lines. In ems of the wall's own type (Encode Sans at weight 500 and 82 % width): its advances,
 * each rounded up to the widest of its group.
 */
const GROUPS: readonly [letters: string, ems: number][] = [
  [' ijlIJ.,:;|/', 0.25],
  ['frt1()-–', 0.38],
  ['csz', 0.42],
  ['aeåäkvxy2357', 0.49],
  ['bdghnopquöLEFTY69', 0.57],
  ['048ABCDGKNOPQRSUVXZÅÄÖH', 0.67],
  ['mwM&', 0.83]
];
const WIDEST = 0.98;
const EMS = new Map(GROUPS.flatMap(([letters, ems]) => [...letters].map((letter) => [letter, ems] as const)));

/** Hundredths of the screen's height that an em of a row takes at full size. */
export const ROW_EM = 4.655;
/** What the column of names holds, in the same. */
const NAME_COLUMN = 33.5;

export function nameWidth(name: string): number {
  return [...name.normalize('NFC')].reduce((sum, letter) => sum + (EMS.get(letter) ?? WIDEST), 0);
}

const hasRoom = (text: string): boolean => nameWidth(text) * ROW_EM <= NAME_COLUMN;

interface Named {
  name: string;
  shortName: string;
}
/** What a row of a wall is called: the whole name where it has room, else the short one. */
export function wallName({ name, shortName }: Named): string {
  return hasRoom(name) ? name : shortName;
}

/** How many lines a name takes: broken at spaces and after hyphens, within a word only when the word alone is too long. */
export function nameLines(name: string): number {
  let lines = 0;
  let line = '';
  for (const word of name.match(/[^\s-]+-*\s*|-+\s*/g) ?? []) {
    if (line && !hasRoom((line + word).trimEnd())) {
      lines += 1;
      line = '';
    }
    for (const letter of word) {
      if (!hasRoom((line + letter).trimEnd())) {
        lines += 1;
        line = '';
      }
      line += letter;
    }
  }
  return lines + (line.trim() ? 1 : 0) || 1;
}

/** The lines of a row of the wall. */
export const rowLines = (row: Named): number => nameLines(wallName(row));
