/**
 * Kills whatever can be killed while somebody types, two hundred times, and looks at what came back: every token that
 * was older than a second is there exactly once, in its place, and nothing else is.
 *
 * What is real: the API, the store and the keys in a process that is killed with SIGKILL, on a SQLite file; the page's
 * own code (`client/drafts`) everywhere; time. In Chromium also the component, IndexedDB, Web Locks and
 * BroadcastChannel, in a browser, a renderer or a tab that is killed. On Node the browser is a process of its own with
 * files for IndexedDB, and its network loses, delays and doubles requests. What is not: who somebody is, which a cookie
 * says, and the step of a participation, which is always one in which writing is allowed.
 *
 * A server or a browser that is killed counts once, however many were typing. `SEED` repeats a run's choices, though not
 * the instants at which the machine carries them out.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as debian } from '../support/chromium.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { buildPage } from './built-page.ts';
import { inChromium, type ChromiumKill } from './in-chromium.ts';
import { MUTANTS } from './mutants.ts';
import { KilledServer, lane } from './on-node.ts';

const KILLS = 200;
const LANES = 8;
/** A mutant that has not been seen after so many kills lives. */
const MUTANT_KILLS = 120;
const PORT = 12_200;
const ROUND: readonly ChromiumKill[] = [
  'browser',
  'second tab',
  'tab',
  'renderer',
  'network',
  'sign-out',
  'second tab'
];

const seed = process.env.SEED ?? String(Math.floor(Math.random() * 1e9));
const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-draft-kill-'));
const outcome = { passed: 0, failed: 0, skipped: 0 };
let port = PORT;
console.log(`SEED=${seed}`);

/** Lanes of typists with one server, which is killed too, until there were so many kills or something was broken. */
async function onNode(name: string, most: number, mutant = ''): Promise<{ kills: number; wrong: string[] }> {
  const random = seededRandom(`${seed} ${name}`);
  const own = mkdtempSync(join(folder, `${name}-`));
  const server = new KilledServer((port += 1), own, mutant);
  await server.start();
  let kills = 0;
  const wrong: string[] = [];
  const goOn = (): boolean => kills + server.kills < most && (mutant === '' || wrong.length === 0);
  const killing = (async () => {
    while (goOn()) {
      await wait(2_500 + random() * 2_500);
      if (!goOn()) return;
      await server.kill();
      await wait(random() * 800);
      await server.start();
    }
  })();
  await Promise.all(
    [...Array(mutant ? 4 : LANES).keys()].map((number) =>
      lane(`karin-${number}`, {
        server,
        folder: own,
        random: seededRandom(`${seed} ${name} ${number}`),
        mutant,
        goOn,
        interrupted(kill, found) {
          kills += 1;
          wrong.push(...found.map((each) => `on Node, lane ${number}, ${kill}: ${each}`));
        }
      })
    )
  );
  await killing;
  const all = kills + server.kills;
  await server.end();
  return { kills: all, wrong };
}

async function inBrowsers(): Promise<{ kills: number; wrong: string[] }> {
  const own = mkdtempSync(join(folder, 'chromium-'));
  await buildPage(own);
  const server = new KilledServer((port += 1), own);
  await server.start();
  let kills = 0;
  const wrong: string[] = [];
  await Promise.all(
    ['amina', 'henrik', 'leila'].map((name) =>
      inChromium(name, {
        origin: `http://127.0.0.1:${server.port}`,
        folder: own,
        random: seededRandom(`${seed} ${name}`),
        kills: [...ROUND, ...ROUND].slice(0, 12),
        interrupted(kill, found) {
          kills += 1;
          wrong.push(...found.map((each) => `in Chromium, ${name}, ${kill}: ${each}`));
        }
      })
    )
  );
  await server.end();
  return { kills, wrong };
}

function judge(what: string, good: boolean, why: readonly string[] = []): void {
  outcome[good ? 'passed' : 'failed'] += 1;
  console.log(`${good ? '✓' : '✗'} ${what}`);
  if (!good) for (const each of why.slice(0, 10)) console.log(`    ${each}`);
}
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1_000)} s`;

const startedAt = Date.now();
const browsers = existsSync(debian.executablePath);
if (browsers) {
  const { kills, wrong } = await inBrowsers();
  judge(
    `what is typed outlives ${kills} kills in Chromium (${seconds(startedAt)})`,
    wrong.length === 0 && kills >= 30,
    wrong
  );
  const rest = await onNode('typists', KILLS - kills);
  judge(
    `what is typed outlives ${rest.kills} kills on Node (${seconds(startedAt)})`,
    rest.wrong.length === 0,
    rest.wrong
  );
  judge(`${kills + rest.kills} kills are at least ${KILLS}`, kills + rest.kills >= KILLS);
} else {
  outcome.skipped += 1;
  console.log(`No Chromium at ${debian.executablePath}: the kills on Node alone.`);
  const { kills, wrong } = await onNode('typists', KILLS);
  judge(`what is typed outlives ${kills} kills on Node (${seconds(startedAt)})`, wrong.length === 0, wrong);
}
const caught = await Promise.all(MUTANTS.map((mutant) => onNode(mutant, MUTANT_KILLS, mutant)));
for (const [index, mutant] of MUTANTS.entries()) {
  const { kills, wrong } = caught[index]!;
  judge(`a protocol with ${mutant} is caught, after ${kills} kills`, wrong.length > 0);
}
console.log(seconds(startedAt));
rmSync(folder, { recursive: true, force: true });
if (process.env.TEST_REPORT) writeFileSync(process.env.TEST_REPORT, JSON.stringify(outcome));
process.exit(outcome.failed > 0 ? 1 : 0);
