import { stat } from 'node:fs/promises';
import { openKeyStore } from '../keys/key-store.ts';
import { importerOf } from '../listening-room.ts';
import type { Dealt } from '../recordings/import.ts';
import { foundIn, type Found } from '../recordings/source-file.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const importRecordings: Command = {
  name: 'import recordings',
  summary: 'Takes recordings of calls in from a folder',
  help: `stamgaffel import recordings FOLDER

Takes recordings in from a folder and the folders in it. A server may be running meanwhile. A
recording comes in only if its name tells which call it is of (RECORDINGS_NAME), whoever answered
takes part in an open round, within an announced window, the queue was allowed
(recordings allow), and the talk lasted a minute. Everything else is counted by its reason and
not opened. WAV is read as it is, other forms through ffmpeg where that is installed.

Files are deleted once they have been dealt with, unless RECORDINGS_AFTER_IMPORT=keep. Those
that only need something of you (ffmpeg, another form) stay, and so does what is no sound file.`,

  async run(args, terminal) {
    const { positionals } = argumentsOf(args, {}, 1);
    const folder = positionals[0]!;
    const isFolder = await stat(folder).then(
      (stats) => stats.isDirectory(),
      () => false
    );
    if (!isFolder)
      throw new CommandRefused(
        `${folder} is not a folder that can be read. Nothing was taken in. Check the path and its rights.`
      );
    await withDatabase(
      terminal,
      async ({ config, database }) => {
        const keys = openKeyStore(config.keys);
        try {
          const importer = importerOf({ config, database, keys, now: () => Date.now() }, folder);
          const counts = new Map<Dealt, number>();
          const all: Found[] = [];
          for await (const found of foundIn(folder)) all.push(found);
          for (const [index, found] of all.entries()) {
            terminal.progress(`${index} of ${all.length} files  ${counts.get('imported') ?? 0} taken in`);
            const dealt = await importer.take(found);
            counts.set(dealt, (counts.get(dealt) ?? 0) + 1);
          }
          terminal.err(`${all.length} files: ${counts.get('imported') ?? 0} were taken in.`);
          for (const [outcome, count] of [...counts].sort())
            if (outcome !== 'imported') terminal.err(`  ${String(count).padStart(6)}  ${WORDS[outcome]}`);
        } finally {
          keys.close();
        }
      },
      'real'
    );
  }
};

const WORDS: Record<Exclude<Dealt, 'imported'>, string> = {
  waiting: 'are not over yet, or their call is not: run this again later',
  known: 'were dealt with before, or are of a call that has its recording',
  'no-call': 'are of no call that we know: import the queue_log of those days first',
  'not-answered': 'are of calls that nobody answered',
  'queue-not-allowed': 'are of queues that may not be recorded: see recordings allow --help',
  'not-taking-part': 'are of calls that nobody in an open round answered',
  'no-window': 'were answered outside the announced windows',
  'too-short': 'are of talks shorter than a minute',
  'caller-said-no': 'are of callers who did not want it',
  'name-unknown': 'have names that tell no call: see RECORDINGS_NAME',
  'not-a-file': 'are links or pipes, and were not opened',
  'clock-unclear': 'do not agree in length with the log: see RECORDINGS_BEGINS and RECORDINGS_NAME',
  'not-sound': 'are no sound',
  'needs-ffmpeg': 'need ffmpeg, which is not installed: install it, and copy them anew',
  'too-long': 'are longer than four hours',
  rf64: 'are WAV files of the kind for more than 4 GB: let the exchange record ordinary WAV',
  damaged: 'are damaged'
};
