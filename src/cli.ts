/** The `stamgaffel` command line: `npm run stamgaffel -- --help`. */
import process from 'node:process';
import { runCommand } from './lib/server/commands/commands.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`)
});
