import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Readable } from 'node:stream';

/** What a command speaks with; a test gives it texts. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  input: Readable & { isTTY?: boolean };
  /** The answer, for whoever pipes it on. */
  out(text: string): void;
  /** Everything else: which database, progress, what is wrong. */
  err(text: string): void;
  /** How far it is: replaces what was shown before on a terminal, and is left out elsewhere. */
  progress(text: string): void;
}

export interface Command {
  /** One or two words, such as `user add`. */
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** The whole `--help`. */
  help: string;
  run(args: string[], terminal: Terminal): Promise<void>;
}

/** The command cannot be carried out; `message` says why, and what to do. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** Reads the arguments of a command; what is wrong with them is told together with where to read more. */
export function argumentsOf<T extends ParseArgsOptionsConfig>(args: string[], options: T, positionals: number | 'any') {
  try {
    const read = parseArgs({ args, options, allowPositionals: positionals !== 0 });
    const count = read.positionals.length;
    if (positionals !== 'any' && count !== positionals)
      throw new Error(`${positionals} name${positionals === 1 ? ' is' : 's are'} needed and ${count} given`);
    return read;
  } catch (error) {
    throw new CommandRefused(`${(error as Error).message}. See --help.`);
  }
}

/** A whole number of milliseconds, or nothing when the option was left out. */
export function milliseconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new CommandRefused(`--${name} "${text}" is not a whole number of milliseconds. Write 60000 for a minute.`);
}
