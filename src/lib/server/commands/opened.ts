import { CommandRefused, type Terminal } from './command.ts';
import { readConfig, type Config } from '../config.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { stampKind } from '../store/kind.ts';

export interface Opened {
  config: Config;
  database: Database;
}

const WRONG_KIND: Record<Config['kind'], (because: string) => string> = {
  demo: (because) =>
    `This is for a demonstration, and a start here is for a real contact centre: ${because}. Invented calls must not ` +
    'stand among real ones. Set DEMO=1.',
  real: (because) =>
    `This is for a real contact centre, and a start here runs the demonstration: ${because}. Real calls must not stand ` +
    'among invented ones. Set DEMO=0, or the ASTERISK_AMI_URL or DATABASE_URL that the server has.'
};

/**
 * Opens the database that a start with the same environment would open, says which on standard error, and closes it
 * when the work is done. With `only`, refuses an environment of the other kind.
 */
export async function withDatabase<T>(
  terminal: Terminal,
  work: (opened: Opened) => Promise<T>,
  only?: Config['kind']
): Promise<T> {
  const config = readConfig(terminal.env, { command: true });
  // Before anything is opened: opening makes the file, and a real file makes the next start a real one.
  if (only !== undefined && config.kind !== only) throw new CommandRefused(WRONG_KIND[only](config.kindBecause));
  const database = await openDatabase(config.database.kind === 'sqlite' ? config.database.file : config.database.url);
  try {
    terminal.err(`Database: ${database.where} (${config.kind}, because ${config.kindBecause})`);
    await stampKind(database, config.kind);
    return await work({ config, database });
  } finally {
    await database.close();
  }
}
