import { createAudit } from '../identity/audit.ts';
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
        const there = await pool.allow(queue, { decision: decision!, callerNotice: callerNotice!, now: Date.now() });
        if (!there)
          throw new CommandRefused(`There is no queue ${queue}. Nothing was changed. Use the exchange's name for it.`);
        await createAudit(database.kysely).write('queue-changed', { actor: 'command-line', about: queue });
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
      if (!(await openRecordingPool(database, config.timeZone).disallow(queue)))
        throw new CommandRefused(`The queue ${queue} was not allowed. Nothing was changed.`);
      await createAudit(database.kysely).write('queue-changed', { actor: 'command-line', about: queue });
    });
  }
};
