import { RECORDING_WORDS_MOST } from '../../domain/recording-wish.ts';
import { createAudit } from '../identity/audit.ts';
import { allowRecording, forbidRecording } from '../recording-keeping.ts';
import { openRecordingPool } from '../store/coaching/recording-pool.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const recordingsAllow: Command = {
  name: 'recordings allow',
  summary: 'Lets recordings of a queue be taken in, or lists those there are',
  help: `stamgaffel recordings allow [QUEUE --decision REFERENCE --caller-notice TEXT]

Lets recordings of calls to a queue be taken in. No queue is allowed by itself: somebody must have
decided it, and callers must be told before they are recorded. Both are shown to everybody who
works here. Without a queue, those that are allowed are listed.

  --decision REFERENCE     what the decision is registered under
  --caller-notice TEXT     what callers hear before they are recorded`,

  async run(args, terminal) {
    const options = { decision: { type: 'string' }, 'caller-notice': { type: 'string' } } as const;
    const { values, positionals } = argumentsOf(args, options, 'any');
    const [decision, callerNotice] = [values.decision?.trim(), values['caller-notice']?.trim()];
    const queue = positionals[0];
    if (queue !== undefined && (!decision || !callerNotice))
      throw new CommandRefused(
        'A queue is recorded by somebody’s decision and with the callers’ knowledge: give --decision and --caller-notice. Nothing was changed.'
      );
    await withDatabase(terminal, async ({ config, database }) => {
      const pool = openRecordingPool(database, config.timeZone);
      if (queue !== undefined) {
        const wish = { queue, decision: decision!, callerNotice: callerNotice! };
        const audit = createAudit(database.kysely);
        const refusal = await allowRecording({ pool, audit }, 'command-line', wish, Date.now());
        if (refusal === 'unknown')
          throw new CommandRefused(`There is no queue ${queue}. Nothing was changed. Use the exchange's name for it.`);
        if (refusal !== null)
          throw new CommandRefused(
            `The ${refusal} is too long: ${RECORDING_WORDS_MOST} characters at most. Nothing was changed.`
          );
      }
      for (const each of await pool.allowed()) terminal.err(`${each.queue}: ${each.decision}. ”${each.callerNotice}”`);
    });
  }
};

export const recordingsForbid: Command = {
  name: 'recordings forbid',
  summary: 'Takes no more recordings of a queue in',
  help: `stamgaffel recordings forbid QUEUE

From now on no recording of a call to the queue is taken in. Those that are here stay as long as
their rounds keep them.`,

  async run(args, terminal) {
    const { positionals } = argumentsOf(args, {}, 1);
    await withDatabase(terminal, async ({ config, database }) => {
      const queue = positionals[0]!;
      const deciding = { pool: openRecordingPool(database, config.timeZone), audit: createAudit(database.kysely) };
      if (!(await forbidRecording(deciding, 'command-line', queue)))
        throw new CommandRefused(`The queue ${queue} was not allowed. Nothing was changed.`);
    });
  }
};
