import { backup, restoreCommand } from './backup.ts';
import { auditVerify } from './audit-verify.ts';
import { CommandRefused, type Command, type Terminal } from './command.ts';
import { importQueueLog } from './import-queue-log.ts';
import { importRecordings } from './import-recordings.ts';
import { queueSet } from './queue-set.ts';
import { recordingsAllow, recordingsForbid } from './recordings-allow.ts';
import { roundVerify } from './round-verify.ts';
import { schemaMigrate, schemaPrint } from './schema.ts';
import { simulate } from './simulate.ts';
import { tokenCreate } from './token-create.ts';
import { userAdd } from './user-add.ts';

export const COMMANDS: readonly Command[] = [
  userAdd,
  tokenCreate,
  auditVerify,
  queueSet,
  importQueueLog,
  importRecordings,
  recordingsAllow,
  recordingsForbid,
  roundVerify,
  backup,
  restoreCommand,
  simulate,
  schemaPrint,
  schemaMigrate
];

const WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length));
export const OVERVIEW = `stamgaffel COMMAND …

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(WIDTH)}  ${summary}`).join('\n')}

--help after a command tells all about it. The database is the one that a start with the
same environment would open (docs/operations.md).`;

/** Errors that were written for the person at the terminal; any other is a mistake of ours and shows where it is. */
const TOLD = [
  'CommandRefused',
  'ConfigRefused',
  'DatabaseUnusable',
  'PersonRefused',
  'TokenRefused',
  'SettingRefused',
  'BackupRefused',
  'LogRefuses',
  'KeysUnusable',
  'NoRoom'
];

/** Carries out one command line; returns the exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
  const helping = args.includes('--help') || args.includes('-h');
  try {
    if (command && helping) terminal.out(command.help);
    else if (command) await command.run(args.slice(command.name.split(' ').length), terminal);
    else if (helping || args.length === 0) terminal.out(OVERVIEW);
    else throw new CommandRefused(`There is no command "${args.slice(0, 2).join(' ')}". --help lists those there are.`);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    terminal.err(TOLD.includes(error.name) ? error.message : (error.stack ?? error.message));
    return 1;
  }
}
