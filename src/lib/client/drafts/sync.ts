/**
 * Brings what is typed to safety: into the journal at once, to the server soon, and both again after every kind of
 * interruption. It draws nothing; `draft.svelte.ts` lets a page look at it. See docs/decisions/0009.
 */
import type { FieldValue } from '../../domain/coaching/draft.ts';
import { heard, nextEdition, resolved, takenOver, typed, type DraftCopy } from '../../domain/coaching/draft-copy.ts';
import { Refusal, type RefusalCode } from '../graphql.ts';
import { DraftJournal, JOURNAL_KEPT_MS } from './journal.ts';
import { JournalWriter } from './journal-writer.ts';
import { DraftSender } from './sender.ts';
import type { OpenedDraft } from './server.ts';
import { backoffMs, DraftState, Patience, type DraftPorts } from './state.ts';
import { followTab, told, type TabTalk } from './tab-talk.ts';
import type { DraftSeat } from './turns.ts';

/** The parts that there are once the server has opened the draft. */
interface Opened {
  ports: DraftPorts;
  id: string;
  key: string;
  journal: DraftJournal | null;
  writer: JournalWriter;
  sender: DraftSender;
  seat: DraftSeat | null;
}

/** How long a tab that gives up its turn tries to save first, ms. */
const YIELD_MS = 1_500;

export class DraftSync {
  readonly state: DraftState;
  readonly #subject: string;
  #opened: Opened | null = null;
  #patience = new Patience();
  #stopped = false;
  #unfollow = () => {};
  #reading = false;
  /** What the server has told of the draft's rev. */
  #toldRev = -1;
  #unread = false;

  constructor(subject: string, changed: () => void) {
    this.#subject = subject;
    this.state = new DraftState(changed);
  }

  /** Opens the draft, however long it takes. Returns how to stop; what is unsaved then is in the journal. */
  start(ports: DraftPorts): () => void {
    void this.#open(ports);
    const stay = ports.leaving(() => this.leave());
    return () => {
      stay();
      this.leave();
      this.#stopped = true;
      this.#patience.end();
      this.#unfollow();
      this.#opened?.sender.stop();
      this.#opened?.seat?.leave();
    };
  }

  type(path: string, value: FieldValue): void {
    this.#write(path, (copy, edition) => typed(copy, path, value, edition));
  }
  /** Chooses between two texts. */
  resolve(path: string, value: FieldValue): void {
    this.#write(path, (copy, edition) => resolved(copy, path, value, edition));
  }

  /** Brings everything to the server now. True when it is there within `ms`. */
  async flush(ms: number): Promise<boolean> {
    const { state } = this;
    const opened = this.#opened;
    if (!opened) return true;
    const until = performance.now() + ms;
    void opened.writer.flush(opened.sender.clientId);
    while (!this.#stopped && state.unsaved > 0 && state.mayWrite && performance.now() < until)
      await Promise.race([opened.sender.send(), after(until - performance.now())]);
    return state.unsaved === 0;
  }

  /** The page may be gone the next moment. */
  leave(): void {
    const opened = this.#opened;
    if (!opened || !this.state.mayWrite) return;
    void opened.writer.flush(opened.sender.clientId);
    opened.sender.leave();
  }

  /** Writes here instead of in the tab that does. */
  takeTurn(): void {
    this.#opened?.seat?.take();
  }

  /** Somebody has signed in again: the same person goes on, and anybody else finds nothing. */
  async signedIn(): Promise<void> {
    this.#patience.end();
    if (this.#opened && (await this.#read())) void this.#opened.sender.send();
  }

  #write(path: string, act: (copy: DraftCopy, edition: number) => DraftCopy): void {
    const { state } = this;
    const opened = this.#opened;
    if (!opened || !state.mayWrite) return;
    const before = state.copy;
    state.copy = act(before, nextEdition(before, opened.ports.now()));
    if (state.copy === before) return;
    opened.writer.typed(path, opened.sender.clientId);
    opened.sender.soon();
    this.#tell([path]);
    state.changed();
  }

  async #open(ports: DraftPorts): Promise<void> {
    const { server, turns, now } = ports;
    const { state } = this;
    const store = await ports.journal;
    const draft = await this.#opening(ports);
    if (!draft) return;
    const { id, journalKey: key } = draft;
    if (id === null || key === null) {
      state.phase = 'closed';
      state.closedWhy = draft.closed;
      return state.changed();
    }
    const of = { draft: id, subject: this.#subject, key };
    const journal = store && (await DraftJournal.open(store, of).catch(() => null));
    void store?.deleteOlderThan(now() - JOURNAL_KEPT_MS).catch(() => undefined);
    const writer = new JournalWriter(journal, state, now);
    const sender = new DraftSender(id, state, ports, {
      settled: (paths) => {
        writer.settled(paths);
        this.#tell(paths);
        this.#readIfBehind();
      },
      refused: (code) => this.#refused(code)
    });
    const opened: Opened = { ports, id, key, journal, writer, sender, seat: null };
    this.#opened = opened;
    state.copy = heard(state.copy, draft);
    await this.#readJournal(opened);
    if (this.#stopped) return;
    // Until the browser has said whose turn it is, nothing is typed.
    state.isMirror = turns !== null;
    state.phase = 'open';
    state.trouble = null;
    opened.seat =
      turns?.join(id, {
        got: () => void this.#gotTurn(opened),
        lost: () => this.#lostTurn(opened),
        wanted: async () => void (await this.flush(YIELD_MS)),
        heard: (message) => this.#heardTab(message as TabTalk)
      }) ?? null;
    this.#unfollow = server.follow(id, {
      changed: (rev) => {
        // The same rev once more: no field is another, but a text was kept beside one, or the line was lost meanwhile.
        this.#unread ||= rev === this.#toldRev;
        this.#toldRev = rev;
        this.#readIfBehind();
      },
      refused: (code) => this.#refused(code)
    });
    state.changed();
    void sender.send();
  }

  /** Asks until the draft is there; null when it will not be, or nobody waits any more. */
  async #opening({ server, journal }: DraftPorts): Promise<OpenedDraft | null> {
    const { state } = this;
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        const draft = await server.open(this.#subject);
        return this.#stopped ? null : draft;
      } catch (error) {
        const code = error instanceof Refusal ? error.code : 'failed';
        const keeps = await (await journal)?.keeps(this.#subject).catch(() => false);
        if (keeps) state.phase = 'locked';
        this.#refused(code);
        if (code === 'not-found') return null;
        await this.#patience.wait(code === 'sign-in' ? Infinity : backoffMs(attempt));
      }
    }
    return null;
  }

  async #readJournal({ journal }: Opened): Promise<void> {
    const { state } = this;
    const fields = (await journal?.fields().catch(() => [])) ?? [];
    state.copy = takenOver(state.copy, fields);
    state.excused = [...new Set([...state.excused, ...fields.flatMap(({ excused }) => excused)])];
  }

  async #gotTurn(opened: Opened): Promise<void> {
    opened.sender.begin();
    // A tab that was killed may have written more than it had told.
    await this.#readJournal(opened);
    this.state.isMirror = false;
    this.#tell();
    this.state.changed();
    void opened.sender.send();
  }

  #lostTurn(opened: Opened): void {
    this.state.isMirror = true;
    opened.seat?.tell({ kind: 'hello' } satisfies TabTalk);
    this.state.changed();
  }

  #tell(paths?: readonly string[]): void {
    const opened = this.#opened;
    if (opened?.seat && this.state.mayWrite) opened.seat.tell(told(this.state, opened.sender.clientId, paths));
  }

  #heardTab(talk: TabTalk): void {
    if (talk.kind === 'hello') this.#tell();
    else if (this.state.isMirror) followTab(this.state, talk);
  }

  #readIfBehind(): void {
    const opened = this.#opened;
    if (!opened || opened.sender.busy || !(this.#unread || this.#toldRev > this.state.rev)) return;
    this.#unread = false;
    void this.#read();
  }

  /** Reads what stands on the server. False when it could not be, or is no longer ours. */
  async #read(): Promise<boolean> {
    const opened = this.#opened;
    if (!opened || this.#reading) return false;
    this.#reading = true;
    try {
      const draft = await opened.ports.server.open(this.#subject);
      // Another person has signed in, and has a draft of the same thing: nothing of ours goes there.
      if (draft.id !== null && (draft.id !== opened.id || draft.journalKey !== opened.key)) {
        this.#refused('not-found');
        return false;
      }
      if (draft.closed !== null) [this.state.phase, this.state.closedWhy] = ['closed', draft.closed];
      this.state.copy = heard(this.state.copy, draft);
      this.state.trouble = null;
      this.#tell(draft.fields.map(({ path }) => path));
      this.state.changed();
      return draft.closed === null;
    } catch (error) {
      this.#refused(error instanceof Refusal ? error.code : 'failed');
      return false;
    } finally {
      this.#reading = false;
    }
  }

  #refused(code: RefusalCode): void {
    if (code === 'not-found') this.state.phase = 'gone';
    else this.state.trouble = code;
    this.state.changed();
  }
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
