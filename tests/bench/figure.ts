/** One figure as one JSON line: what was measured, of ours, beside whom in the same run, and what is wanted of the ratio. */
export function figure(
  bench: string,
  name: string,
  value: number,
  beside: { against?: string; theirs?: number; ratio?: number; wanted?: string; [more: string]: unknown } = {}
): void {
  const rounded = (number: number) => Number(number.toPrecision(4));
  const line = Object.fromEntries(
    Object.entries({ bench, figure: name, value, ...beside }).map(([key, each]) => [
      key,
      typeof each === 'number' ? rounded(each) : each
    ])
  );
  console.log(JSON.stringify(line));
}
