/** One figure as one JSON line: what was measured, of ours, beside whom in the same run, and what is wanted of it. */
export interface Figure extends Beside {
  bench: string;
  /** What it is, with its unit. */
  figure: string;
  value: number;
}
export interface Beside {
  /** Who else did the same in the same run, and how it went for them. */
  against?: string;
  theirs?: number;
  /** Ours to theirs. */
  ratio?: number;
  /** `value <= 30` or `ratio >= 0.5`; absent when it is only told. */
  wanted?: `${'value' | 'ratio'} ${'<=' | '>='} ${number}`;
  /** The circumstances. */
  [more: string]: unknown;
}

export function figure(bench: string, name: string, value: number, beside: Beside = {}): void {
  const rounded = (number: number) => Number(number.toPrecision(4));
  const line = Object.fromEntries(
    Object.entries({ bench, figure: name, value, ...beside }).map(([key, each]) => [
      key,
      typeof each === 'number' ? rounded(each) : each
    ])
  );
  console.log(JSON.stringify(line));
}

/** Whether a figure is as it is wanted; null when nothing is asked of it. */
export function isReached({ value, ratio, wanted }: Pick<Figure, 'value' | 'ratio' | 'wanted'>): boolean | null {
  if (wanted === undefined) return null;
  const [what, comparison, bound] = wanted.split(' ') as ['value' | 'ratio', '<=' | '>=', string];
  const measured = what === 'value' ? value : ratio;
  if (measured === undefined) throw new Error(`A ratio is wanted (${wanted}) and none was measured.`);
  return comparison === '<=' ? measured <= Number(bound) : measured >= Number(bound);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
