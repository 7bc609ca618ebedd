/**
 * A clock for a page, that a test moves: put in with `addInitScript`, so it is written without anything from outside.
 * What is due fires once when time leaps over it, as on a machine that was asleep. The network is real.
 */
export function simulateTime(): void {
  const real = { setTimeout: window.setTimeout.bind(window), Date, WebSocket };
  const asked = new XMLHttpRequest();
  asked.open('GET', '/clock', false);
  asked.send();
  let now = Number(asked.responseText);
  const began = now;
  let next = 1;
  const timers = new Map<number, { at: number; every: number | null; run: () => void }>();
  const set = (handler: TimerHandler, ms: number | undefined, repeats: boolean, args: unknown[]): number => {
    const run = () => (typeof handler === 'function' ? void handler(...args) : undefined);
    const id = next++;
    timers.set(id, { at: now + Math.max(0, ms ?? 0), every: repeats ? Math.max(1, ms ?? 0) : null, run });
    // What is to happen at once happens at once, without time going on.
    if (!repeats && !ms) real.setTimeout(() => fire(id), 0);
    return id;
  };
  function fire(id: number): void {
    const timer = timers.get(id);
    if (!timer) return;
    if (timer.every === null) timers.delete(id);
    else timer.at = now + timer.every;
    timer.run();
  }
  let heard = 0;
  let wake = () => {};
  const clear = (id: number | undefined) => void timers.delete(id ?? 0);
  Object.assign(window, {
    setTimeout: (handler: TimerHandler, ms?: number, ...args: unknown[]) => set(handler, ms, false, args),
    setInterval: (handler: TimerHandler, ms?: number, ...args: unknown[]) => set(handler, ms, true, args),
    clearTimeout: clear,
    clearInterval: clear,
    Date: class extends real.Date {
      constructor(...given: [] | [number | string | Date]) {
        super(given.length === 0 ? now : given[0]);
      }
      static override now = () => now;
    },
    WebSocket: class extends real.WebSocket {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        this.addEventListener('message', ({ data }) => {
          if (!String(data).includes('"wallboard"')) return;
          heard++;
          // Not before the page has taken it too.
          real.setTimeout(() => wake(), 0);
        });
      }
    },
    /** Lets time pass; what is due fires. */
    pass(ms: number): number {
      now += ms;
      for (const [id, { at }] of [...timers].sort(([, one], [, other]) => one.at - other.at)) if (at <= now) fire(id);
      return heard;
    },
    /** So many steps, each known to the server, which then tells a frame; waits for the frame before the next. */
    async live(steps: number, ms: number): Promise<void> {
      for (let n = 0; n < steps; n++) {
        const before = simulated.pass(ms);
        await fetch('/step', { method: 'POST' });
        await simulated.hearing(before, 3_000);
      }
    },
    /** Waits, in real time, until a board was heard again, or for so long. */
    async hearing(before: number, mostMs: number): Promise<void> {
      if (heard > before) return new Promise((done) => void real.setTimeout(done, 0));
      await new Promise<void>((done) => {
        wake = done;
        real.setTimeout(done, mostMs);
      });
    }
  });
  const simulated = window as unknown as SimulatedWindow;
  performance.now = () => now - began;
}

export interface SimulatedWindow {
  pass(ms: number): number;
  live(steps: number, ms: number): Promise<void>;
  hearing(before: number, mostMs: number): Promise<void>;
}
