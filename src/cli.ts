/** The `stamgaffel` command line: `npm run stamgaffel -- --help`. */
import process from 'node:process';
import { runCommand } from './lib/server/commands/commands.ts';

/** To the beginning of the line, and nothing left of what stood there. */
const CLEAR = '\r\x1b[K';
const terminal = process.stderr.isTTY;
let shownAt = 0;

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${terminal ? CLEAR : ''}${text}\n`),
  progress(text) {
    if (!terminal || Date.now() - shownAt < 100) return;
    shownAt = Date.now();
    process.stderr.write(`${CLEAR}${text}`);
  }
});
