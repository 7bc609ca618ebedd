import { proveMutation } from '../operations/persisted';
import { ask } from './graphql';

/**
 * Carries out what needs a known hand. When the server answers `PROVE`, the page asks for the password
 * (`ProveDialog`, while `asked`), and what was to be done is done after it.
 */
export class Proving {
  asked: boolean = $state(false);
  #answered: (proven: boolean) => void = () => {};

  /** The answer of the act; null when whoever sits there would not prove it. */
  async carryOut<Answer extends { refusal: string | null }>(act: () => Promise<Answer>): Promise<Answer | null> {
    const first = await act();
    if (first.refusal !== 'PROVE') return first;
    this.asked = true;
    const proven = await new Promise<boolean>((resolve) => (this.#answered = resolve));
    this.asked = false;
    return proven ? act() : null;
  }

  /** Tries a password. */
  prove = async (password: string) => (await ask(fetch, proveMutation, { password })).prove;

  /** The dialog is done: proven, or given up. */
  answer(proven: boolean): void {
    this.#answered(proven);
  }
}
