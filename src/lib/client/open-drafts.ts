import { getContext, setContext } from 'svelte';
import { Draft, LEAVING_MS } from './draft.svelte.ts';
import { journalInBrowser } from './drafts/journal-in-browser.ts';
import { randomId } from './drafts/random-id.ts';
import { draftServer } from './drafts/server.ts';
import type { DraftPorts } from './drafts/state.ts';
import { turnsInBrowser } from './drafts/turns.ts';
import { live } from './graphql.ts';

/** The drafts that are open on a page, so that leaving can wait for them. They share one socket and one journal. */
export class OpenDrafts {
  #open = new Set<Draft>();
  #ports: DraftPorts | undefined;

  /** A new draft of `subject`. For a component's script; nothing is asked of the browser before it starts. */
  draft(subject: string): Draft {
    return new Draft(subject, (draft) => {
      this.#open.add(draft);
      return { ports: (this.#ports ??= portsInBrowser()), ended: () => this.#open.delete(draft) };
    });
  }
  /** How many fields are not on the server after `ms`; 0 when all is safe. */
  async flush(ms = LEAVING_MS): Promise<number> {
    await Promise.all([...this.#open].map((draft) => draft.flush(ms)));
    return this.unsaved;
  }
  /** Whether this browser keeps what is not saved: as far as can be told without asking it. */
  get keeps(): boolean {
    return Boolean(globalThis.indexedDB && globalThis.crypto?.subtle);
  }
  get unsaved(): number {
    return [...this.#open].reduce((sum, { saved }) => sum + saved.unsaved, 0);
  }
}

function portsInBrowser(): DraftPorts {
  return {
    server: draftServer(live(`${location.origin.replace(/^http/, 'ws')}/graphql`), fetch),
    journal: journalInBrowser(),
    turns: turnsInBrowser(),
    leaving: whenLeaving,
    now: Date.now,
    newClientId: randomId
  };
}

/** A telephone may end a page that is only hidden, and says nothing more. */
function whenLeaving(leave: () => void): () => void {
  const hidden = (): void => void (document.visibilityState === 'hidden' && leave());
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', hidden);
  return () => {
    removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', hidden);
  };
}

const CONTEXT = Symbol('open drafts');
/** For the layout around the pages that write. */
export const provideOpenDrafts = (): OpenDrafts => setContext(CONTEXT, new OpenDrafts());
/** A draft known to the layout, which waits for it when somebody signs out. */
export const newDraft = (subject: string): Draft => getContext<OpenDrafts>(CONTEXT).draft(subject);
