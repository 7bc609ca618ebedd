/**
 * `npm run bench [name …]`: all benches, or those named, one after another, each in a process of its own. What they
 * measure comes as JSON lines on standard output; at the end a table says what was wanted and whether it was reached.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { isReached, type Figure } from './figure.ts';

const benches = ['frames', 'ingest', 'queue-log-read', 'year'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches.includes(name));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}; there are ${benches.join(', ')}.`);

const figures: Figure[] = [];
const failed: string[] = [];
for (const name of asked.length > 0 ? asked : benches) {
  console.error(`${name} …`);
  const child = spawn(process.execPath, [new URL(`${name}.ts`, import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  const ended = once(child, 'close') as Promise<[number]>;
  for await (const line of createInterface(child.stdout)) {
    console.log(line);
    if (line.startsWith('{')) figures.push(JSON.parse(line) as Figure);
  }
  const [code] = await ended;
  if (code !== 0) failed.push(name);
}

const number = (value: number | undefined) => (value === undefined ? '' : String(Number(value.toPrecision(3))));
const reached = (one: Figure) => ({ true: 'yes', false: 'NO', null: '' })[String(isReached(one)) as 'true'];
const rows = figures.map((one) => [
  `${one.bench}: ${one.figure}`,
  number(one.value),
  one.against ?? '',
  number(one.theirs),
  number(one.ratio),
  one.wanted ?? '',
  reached(one)
]);
const head = ['figure', 'ours', 'beside', 'theirs', 'ratio', 'wanted', 'reached'];
const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
const asRow = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
const day = new Date().toISOString().slice(0, 10);
const load = loadavg()[1]!.toFixed(1);
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB`;
console.log(`\n${day}, Node ${process.versions.node}, ${machine}; load over five minutes at the end: ${load}\n`);
console.log([head, widths.map((width) => '-'.repeat(width)), ...rows].map(asRow).join('\n'));

for (const name of failed) console.error(`\nThe bench ${name} FAILED: what it measured before stands above.`);
const missed = figures.filter((one) => isReached(one) === false);
if (missed.length > 0) console.error(`\n${missed.length} of the figures are not as wanted.`);
process.exitCode = failed.length > 0 ? 1 : 0;
