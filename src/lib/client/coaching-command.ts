import type { WireOutcome } from '../operations/coaching-persisted';
import { randomId } from './drafts/random-id.ts';
import { Refusal } from './graphql.ts';

const TRIES = 3;
const AGAIN_MS = 400;

/**
 * Sends a command of coaching under an id of its own. When no answer comes back it is sent again under the same id, so
 * that it counts once whether it had arrived or not. Throws a `Refusal` when the server cannot be asked.
 */
export async function carryOut(send: (commandId: string) => Promise<WireOutcome>): Promise<WireOutcome> {
  const commandId = randomId();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(commandId);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== 'network' || attempt === TRIES) throw refusal;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS * attempt));
    }
  }
}
