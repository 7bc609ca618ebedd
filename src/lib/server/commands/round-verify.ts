import { verifyRound } from '../coaching/verifying.ts';
import { openKeyStore } from '../keys/key-store.ts';
import { openRounds } from '../store/coaching/rounds.ts';
import { argumentsOf, CommandRefused, type Command } from './command.ts';
import { withDatabase } from './opened.ts';

export const roundVerify: Command = {
  name: 'round verify',
  summary: 'Draws the calls of the rounds once more, and says whether they are the same',
  help: `stamgaffel round verify

When a round opens, the hash of its secret is kept. Which calls are drawn follows from that
secret and from nothing else, so nobody can draw until they like what they get. This draws
every call of every round once more, among the calls there were at that instant, and ends
with an error when one is another, when the secret is another than was said, or when a place
was drawn more often than calls were withdrawn from it.

Whose calls they are stands in the log for some weeks. An older draw cannot be made again:
it is counted as such, and is no error. No person is named.`,

  async run(args, terminal) {
    argumentsOf(args, {}, 0);
    await withDatabase(terminal, async ({ config, database }) => {
      const keys = openKeyStore(config.keys);
      try {
        const rounds = (await openRounds(database, keys).all()).filter(({ state }) => state !== 'draft');
        const broken: string[] = [];
        for (const round of rounds) {
          const { committed, inOrder, draws } = await verifyRound(database.kysely, round);
          const count = (wanted: string) => draws.filter(({ verdict }) => verdict === wanted).length;
          terminal.out(
            `${round.name}: ${count('as-drawn')} as drawn, ${count('other-pool')} too old to draw again, ${count('other-call')} others`
          );
          if (!committed) broken.push(`${round.name}: the secret is not the one whose hash was kept at the opening.`);
          if (!inOrder) broken.push(`${round.name}: a place was drawn out of order.`);
          for (const { participation, n, drawNo, verdict } of draws)
            if (verdict === 'other-call')
              broken.push(`${round.name}: place ${n} of ${participation}, draw ${drawNo}, gives another call.`);
        }
        if (broken.length > 0) throw new CommandRefused(broken.join('\n'));
        terminal.err(rounds.length === 0 ? 'There are no rounds.' : 'The draws are as they were made.');
      } finally {
        keys.close();
      }
    });
  }
};
