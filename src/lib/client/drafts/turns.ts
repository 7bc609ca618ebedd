/**
 * Whose turn it is to write among the tabs of one browser: one holds the turn and writes, the others show what it
 * writes, live, and can take the turn over.
 */
export interface DraftTurns {
  join(draftId: string, on: TurnEvents): DraftSeat;
}
export interface TurnEvents {
  /** It is this tab's turn now. */
  got(): void;
  /** Another tab writes. */
  lost(): void;
  /** Another tab wants the turn: resolves when what was typed here is safe. The turn goes over then. */
  wanted(): Promise<void>;
  /** Something that another tab has told. */
  heard(message: unknown): void;
}
export interface DraftSeat {
  tell(message: unknown): void;
  /** Takes the turn from whoever has it, after a moment in which they may bring theirs into safety. */
  take(): void;
  leave(): void;
}

/** How long the tab that writes has to answer; one that hangs is not waited for. */
const ANSWER_MS = 2_000;

type Note = { note: 'wanted' | 'yielded' } | { note: 'told'; message: unknown };

/** By Web Locks and BroadcastChannel; null where there are none: then all tabs write, and the server tells them apart. */
export function turnsInBrowser(): DraftTurns | null {
  if (!globalThis.navigator?.locks || !globalThis.BroadcastChannel) return null;
  const { locks } = navigator;

  return {
    join(draftId, on) {
      const name = `draft:${draftId}`;
      const channel = new BroadcastChannel(name);
      const post = (note: Note) => channel.postMessage(note);
      let release: (() => void) | null = null;
      let waiting = new AbortController();
      let yielded = () => {};
      let left = false;

      function request(options: LockOptions): void {
        const held = (lock: Lock | null): Promise<void> | undefined => {
          if (left) return undefined;
          if (!lock) {
            on.lost();
            inLine();
            return undefined;
          }
          return new Promise<void>((resolve) => {
            release = resolve;
            on.got();
          });
        };
        locks.request(name, options, held).catch(() => {
          // Another tab took the lock, or we gave up our place in the line to take it ourselves.
          if (release === null || left) return;
          release = null;
          on.lost();
          inLine();
        });
      }
      /** The turn comes to us when the tab that has it is closed. */
      function inLine(): void {
        waiting = new AbortController();
        request({ signal: waiting.signal });
      }

      channel.onmessage = ({ data }: MessageEvent<Note>) => {
        if (data.note === 'told') on.heard(data.message);
        else if (data.note === 'yielded') yielded();
        else if (release) void on.wanted().finally(() => post({ note: 'yielded' }));
      };
      request({ ifAvailable: true });

      return {
        tell: (message) => !left && post({ note: 'told', message }),
        take() {
          if (release || left) return;
          const steal = (): void => {
            clearTimeout(timer);
            yielded = () => {};
            if (release || left) return;
            waiting.abort();
            request({ steal: true });
          };
          const timer = setTimeout(steal, ANSWER_MS);
          yielded = steal;
          post({ note: 'wanted' });
        },
        leave() {
          left = true;
          waiting.abort();
          release?.();
          channel.close();
        }
      };
    }
  };
}
