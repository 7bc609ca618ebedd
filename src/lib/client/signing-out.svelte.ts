import { forgetFrames } from './last-frame.ts';
import type { OpenDrafts } from './open-drafts.ts';

/** How long somebody who chose to wait may wait before being asked again, ms. */
const PATIENT_MS = 30_000;

/** Signs out when everything that was typed is safe, or when whoever leaves has read that it is not. */
export class SigningOut {
  /** `saving`: it takes a moment. A number: so many changes are not saved. Null: nobody is leaving. */
  state: 'saving' | number | null = $state(null);
  readonly #drafts: OpenDrafts;
  #form: HTMLFormElement | null = null;

  constructor(drafts: OpenDrafts) {
    this.#drafts = drafts;
  }

  /** The form that ends the session is sent. */
  begin = (event: SubmitEvent): void => {
    if (this.#drafts.unsaved === 0) return forgetFrames();
    event.preventDefault();
    this.#form = event.currentTarget as HTMLFormElement;
    void this.#save();
  };
  wait = (): void => void this.#save(PATIENT_MS);
  leave = (): void => {
    forgetFrames();
    this.#form?.submit();
  };

  async #save(ms?: number): Promise<void> {
    this.state = 'saving';
    const unsaved = await this.#drafts.flush(ms);
    this.state = unsaved === 0 ? null : unsaved;
    if (unsaved === 0) this.leave();
  }
}
