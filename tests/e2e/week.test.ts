import { type CDPSession, expect, type Page, test } from '@playwright/test';
import type { BoardFrame } from '../../src/lib/domain/wallboard.ts';
import { busy, NOW } from '../support/frames.ts';
import { simulateTime, type SimulatedWindow } from '../support/simulated-time.ts';
import { SimulatedWall } from '../support/simulated-wall.ts';
import { freePort } from './city.ts';

type Simulated = Window & typeof globalThis & SimulatedWindow & { untouched?: boolean };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Shorter than the minute after which a line that is silent is given up. */
const STEP = 50_000;
/** Longer than it, as on a television that dozed off: each time it wakes, it begins a new line. */
const LEAP = 1_800_000;

/** The board at an instant of the week, with figures that change each time. */
function frameAt(at: number, n: number): BoardFrame {
  const was = busy();
  const midnight = was.dayStartsAt + Math.floor((at - was.dayStartsAt) / DAY) * DAY;
  const source = { ...was.source, provenAt: at - 1_000 };
  const wait = (since: number | null) => (since === null ? null : at - (NOW - since));
  const night = at - midnight < 6 * HOUR;
  return {
    ...was,
    position: { epoch: 'week', offset: n },
    asOf: at,
    dayStartsAt: midnight,
    source,
    total: {
      ...was.total,
      waiting: night ? 0 : (n % 7) + 1,
      longestWaitSince: night ? null : at - (n % 90) * 1_000,
      arrivals: was.total.arrivals.map((count, quarter) => count + ((n + quarter) % 5))
    },
    // Four queues are board enough: what grows with time grows with them too.
    queues: was.queues.slice(0, 4).map((each, place) => ({
      ...each,
      source,
      waiting: night ? 0 : (n + place) % 4,
      longestWaitSince: night ? null : wait(each.longestWaitSince)
    }))
  };
}

/** A television whose time goes by in steps, each with a frame if there is a server to send one. */
class Week {
  #frame = 0;
  #step = STEP;
  readonly page: Page;
  readonly wall: SimulatedWall;
  #cdp: CDPSession;
  constructor(page: Page, wall: SimulatedWall, cdp: CDPSession) {
    [this.page, this.wall, this.#cdp] = [page, wall, cdp];
    wall.onStep = () => {
      wall.now += this.#step;
      wall.tell(frameAt(wall.now, ++this.#frame));
    };
  }

  /** So much time, with a frame every 50 seconds, or in leaps of half an hour. */
  async pass(ms: number, step = STEP): Promise<void> {
    this.#step = step;
    const until = this.wall.now + ms;
    while (this.wall.now < until) {
      const steps = Math.min(Math.ceil((until - this.wall.now) / step), 100);
      const went = await this.page
        .evaluate(([n, each]) => (window as Simulated).live(n!, each!), [steps, step])
        .then(
          () => true,
          () => false
        );
      // The page is loading anew just now; it goes on from the time that it is.
      if (!went) await this.page.waitForSelector('.hero', { timeout: 20_000 });
    }
  }

  /** Time without a word from the server. */
  async silence(ms: number): Promise<void> {
    for (let n = 0; n < ms / STEP; n++) {
      this.wall.now += STEP;
      await this.page.evaluate((each) => (window as Simulated).pass(each), STEP);
    }
  }

  /** Whether the board is seen within so many simulated minutes, without a hand. */
  async recovers(minutes: number): Promise<void> {
    const until = this.wall.now + minutes * 60_000;
    while (this.wall.now < until && !(await this.fresh())) await this.pass(STEP);
    expect(await this.page.locator('main').textContent()).toContain('Just nu');
  }
  async fresh(): Promise<boolean> {
    return (
      (await this.page
        .locator('.clock dt')
        .textContent({ timeout: 1_000 })
        .catch(() => '')) === 'Just nu'
    );
  }

  async heap(): Promise<number> {
    for (let n = 0; n < 3; n++) await this.#cdp.send('HeapProfiler.collectGarbage');
    return (await this.#cdp.send('Runtime.getHeapUsage')).usedSize;
  }
}

test('a television left alone for a week needs no hand, and its heap does not grow', async ({ browser }) => {
  test.setTimeout(180_000);
  const wall = await SimulatedWall.open(await freePort(15_560), frameAt(NOW, 0));
  await wall.start();
  const context = await browser.newContext({ viewport: { width: 960, height: 540 }, serviceWorkers: 'block' });
  try {
    const [own, neighbour] = [await wall.pair('Pausrummet'), await wall.pair('Köket')];
    await context.addCookies([{ name: 'screen', value: own.cookie, url: wall.url, httpOnly: true }]);
    await context.addInitScript(simulateTime);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${wall.url}/tv`);
    await expect(page.locator('.hero')).toBeVisible();
    const cdp = await context.newCDPSession(page);
    const week = new Week(page, wall, cdp);
    const mark = () => page.evaluate(() => ((window as Simulated).untouched = true));
    const untouched = () => page.evaluate(() => (window as Simulated).untouched === true);

    // Monday: a restart, and then a new version, which it takes by itself.
    await week.pass(HOUR);
    await wall.stop();
    await week.silence(STEP);
    await wall.start();
    await week.recovers(2);
    await mark();
    wall.renew();
    await week.pass(HOUR);
    expect(await untouched(), 'a new version is loaded').toBe(false);
    await week.recovers(2);
    await mark();
    await week.pass(22 * HOUR, LEAP);
    const first = await week.heap();

    // Wednesday: an hour without a network.
    await week.pass(DAY, LEAP);
    await wall.stop();
    await week.silence(HOUR);
    await expect(page.getByText('Den här skärmen har varit utan nät')).toBeVisible();
    await wall.start();
    await week.recovers(2);
    await week.pass(HOUR);
    await week.pass(22 * HOUR, LEAP);

    // Thursday: the neighbour is taken down. Friday: the server hangs without a word, and is restarted.
    expect(await wall.revoke(neighbour.id)).toBe(true);
    await week.pass(HOUR);
    await expect.poll(() => week.fresh()).toBe(true);
    await week.pass(23 * HOUR, LEAP);
    await week.silence(7 * 60_000);
    await week.recovers(2);
    await wall.stop();
    await wall.start();
    await week.recovers(2);

    // And to Sunday night.
    await week.pass(3 * DAY - HOUR, LEAP);
    await week.pass(HOUR);
    await expect.poll(() => week.fresh()).toBe(true);
    expect(await untouched(), 'nothing was loaded anew since').toBe(true);
    expect(((await week.heap()) - first) / 2 ** 20, 'MB more than on the first day').toBeLessThan(2);
    expect(wall.now - NOW).toBeGreaterThanOrEqual(7 * DAY - HOUR);
    expect(await wall.screens()).toMatchObject([{ room: 'Pausrummet', board: 'all' }]);
    expect([errors, wall.noted]).toEqual([[], []]);
  } finally {
    await context.close();
    await wall.end();
  }
});
