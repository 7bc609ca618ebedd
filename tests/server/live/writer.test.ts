import { beforeEach, describe, expect, it } from 'vitest';
import { LogRefuses, type Incoming } from '../../../src/lib/server/live/ports.ts';
import { createWriter, type Writer } from '../../../src/lib/server/live/writer.ts';

let n = 0;
const event = (lane: 'live' | 'history' = 'live'): Incoming => ({
  at: 0,
  seenAt: 0,
  key: `k${++n}`,
  lane,
  quality: 'exact',
  source: 'pbx',
  event: { kind: 'Anomaly', code: 'test' }
});
const keys = (incoming: Incoming[]) => incoming.map((one) => one.key);
/** Long enough for the writer's breath before a transaction, and what follows from it. */
async function settled() {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

let batches: string[][];
let shown: string[];
let refuse: boolean;
let overflows: number;
let retry: () => void;
let release: (() => void) | null;
let slow: boolean;
let writer: Writer;

beforeEach(() => {
  n = 0;
  batches = [];
  shown = [];
  refuse = false;
  overflows = 0;
  slow = false;
  release = null;
  writer = createWriter(
    {
      async commit(batch) {
        if (slow) await new Promise<void>((resolve) => (release = resolve));
        if (refuse) throw new LogRefuses('disk full');
        batches.push(keys(batch));
        return [];
      },
      showUnsaved: (events) => shown.push(...keys(events)),
      overflowed: () => overflows++,
      savedChanged: () => {},
      wait: () => new Promise((resolve) => (retry = resolve))
    },
    5
  );
});

describe('group commit', () => {
  it('what comes while the disk is busy goes into the next transaction together, in order', async () => {
    slow = true;
    const all = [writer.append([event()])];
    await settled();
    all.push(writer.append([event()]), writer.append([event(), event()]));
    slow = false;
    release!();
    await Promise.all(all);
    expect(batches).toEqual([['k1'], ['k2', 'k3', 'k4']]);
  });

  it('what is told at once by many goes into one transaction, not the first of them alone', async () => {
    await Promise.all([writer.append([event()]), writer.append([event()]), writer.append([event()])]);
    expect(batches).toEqual([['k1', 'k2', 'k3']]);
  });

  it('live events go before history that waits', async () => {
    slow = true;
    const all = [writer.append([event()])];
    await settled();
    all.push(writer.append([event('history')]), writer.append([event()]));
    slow = false;
    release!();
    await Promise.all(all);
    expect(batches).toEqual([['k1'], ['k3'], ['k2']]);
  });
});

describe('a disk that refuses', () => {
  it('keeps live events in memory, shows them once, and saves them in order when it can', async () => {
    refuse = true;
    let saved = 0;
    const first = writer.append([event()]).then(() => saved++);
    await settled();
    const second = writer.append([event()]).then(() => saved++);
    await settled();
    expect(writer.saved()).toBe(false);
    expect(shown).toEqual(['k1', 'k2']);
    expect(saved).toBe(0); // nobody is told that it is saved

    refuse = false;
    retry();
    await Promise.all([first, second]);
    expect(batches.flat()).toEqual(['k1', 'k2']);
    expect(shown).toEqual(['k1', 'k2']);
    expect(writer.saved()).toBe(true);
  });

  it('refuses history at once, because whoever imports can do it again', async () => {
    refuse = true;
    await expect(writer.append([event('history')])).rejects.toThrow(LogRefuses);
    expect(writer.saved()).toBe(true); // the live board is not concerned
  });

  it('drops the newest beyond the bound and says so, instead of filling the memory', async () => {
    refuse = true;
    const kept = writer.append([event(), event(), event(), event()]);
    await settled();
    await expect(writer.append([event(), event()])).rejects.toThrow(LogRefuses);
    expect(overflows).toBe(1);
    refuse = false;
    retry();
    await kept;
    expect(batches.flat()).toEqual(['k1', 'k2', 'k3', 'k4']);
  });

  it('a shutdown does not wait for ever for the disk', async () => {
    refuse = true;
    const lost = writer.append([event()]);
    const rejected = expect(lost).rejects.toThrow(LogRefuses);
    await settled();
    const closed = writer.close();
    retry();
    await closed;
    await rejected;
  });
});

it('a fault that is no full disk is told to the one who wrote, and the rest goes on', async () => {
  const broken = createWriter({
    commit: (batch) => (batch[0]!.key === 'k1' ? Promise.reject(new Error('bug')) : Promise.resolve([])),
    showUnsaved: () => {},
    overflowed: () => {},
    savedChanged: () => {},
    wait: () => Promise.resolve()
  });
  await expect(broken.append([event()])).rejects.toThrow('bug');
  await broken.append([event()]);
});
