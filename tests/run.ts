/**
 * `npm test`: every suite, one after the other, with its time beside its budget. What is missing on this machine is
 * said loudly and counted as skipped; with `REQUIRE=postgres,chromium` it fails. An argument chooses suites
 * (`npm test -- store`) or, where no suite has that name, test files. The last line is `N passed, N failed, N skipped`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { availabilityOf, required } from './support/availability.ts';
import { endRunning, runSuite, type Outcome } from './support/suite-run.ts';
import { suites, testFiles, type Suite } from './suites.ts';

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const allFiles = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .map((file) => `tests/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts'));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    endRunning();
    console.log(`\nStopped by ${signal}.`);
    process.exit(130);
  });
}

const done: { suite: Suite; outcome: Outcome; tookMs: number }[] = [];
for (const { suite, files } of chosen()) {
  console.log(`\n━━ ${suite.name}: ${suite.proves} (budget ${clock(suite.budgetMs)})`);
  const startedAt = performance.now();
  const outcome = await outcomeOf(suite, files);
  const tookMs = performance.now() - startedAt;
  done.push({ suite, outcome, tookMs });
  const { passed, failed, skipped } = outcome;
  console.log(`━━ ${suite.name}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${clock(tookMs)}`);
}
summary();

/** Which suites, and which of their test files; a word that is no suite's name is looked for in the files' names. */
function chosen(): { suite: Suite; files: string[] }[] {
  const known = asked.filter((word) => suites.some(({ name }) => name === word));
  const words = asked.filter((word) => !known.includes(word));
  const picked = suites
    .map((suite) => {
      const own = testFiles(allFiles, suite);
      if (asked.length === 0 || known.includes(suite.name)) return { suite, files: own, wanted: true };
      const files = own.filter((file) => words.some((word) => file.includes(word)));
      return { suite, files, wanted: files.length > 0 };
    })
    .filter(({ wanted }) => wanted);
  if (picked.length === 0) {
    console.error(`No suite and no test file is called ${asked.join(' or ')}. Suites: ${names(suites)}.`);
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  }
  return picked;
}

async function outcomeOf(suite: Suite, files: string[]): Promise<Outcome> {
  const { run } = suite;
  const missing = suite.needs.map(availabilityOf).filter((need) => need.missing !== null);
  for (const { missing: what } of missing) shout(`${suite.name}: ${what}`);
  const refused = missing.filter(({ name }) => required.has(name));
  if (refused.length > 0) {
    const troubles = refused.map(({ name }) => `REQUIRE asks for ${name}, and it is not here.`);
    return { passed: 0, failed: Math.max(1, files.length), skipped: 0, troubles };
  }
  // Without PostgreSQL a suite still has its half on SQLite; without Chromium there is nothing to run it in.
  if (missing.some(({ name }) => name === 'chromium')) {
    return { passed: 0, failed: 0, skipped: Math.max(1, files.length), troubles: ['No Chromium: skipped.'] };
  }
  if (run.kind === 'vitest' && files.length === 0) return nothing(`There are no tests of this suite yet.`);
  if (run.kind === 'playwright' && !existsSync('tests/e2e/playwright.config.ts'))
    return nothing('There are no browser stories yet.');
  if (run.kind === 'script' && !existsSync(run.file)) return nothing(`${run.file} is not there.`);
  const outcome = await runSuite(suite, files);
  if (outcome.skipped > 0 && outcome.unavailable === undefined && suite.needs.some((need) => required.has(need))) {
    const troubles = [...outcome.troubles, `${outcome.skipped} were skipped although REQUIRE names what they need.`];
    return { ...outcome, failed: outcome.failed + outcome.skipped, skipped: 0, troubles };
  }
  return outcome;
}

/** A suite without tests is a skip that everybody sees, never a silent pass. */
function nothing(why: string): Outcome {
  shout(why);
  return { passed: 0, failed: 0, skipped: 1, troubles: [why], unavailable: why };
}

function summary(): void {
  const sum = (of: 'passed' | 'failed' | 'skipped'): number => done.reduce((n, { outcome }) => n + outcome[of], 0);
  console.log('\nsuite          took   budget   passed  failed  skipped');
  for (const { suite, outcome, tookMs } of done) {
    const over = tookMs > suite.budgetMs ? '  OVER BUDGET' : '';
    const counts = [outcome.passed, outcome.failed, outcome.skipped].map((n) => String(n).padStart(8)).join('');
    console.log(
      `${suite.name.padEnd(11)}${clock(tookMs).padStart(8)}${clock(suite.budgetMs).padStart(9)} ${counts}${over}`
    );
  }
  const all = done.reduce((ms, { tookMs }) => ms + tookMs, 0);
  const budget = done.reduce((ms, { suite }) => ms + suite.budgetMs, 0);
  console.log(`${'all'.padEnd(11)}${clock(all).padStart(8)}${clock(budget).padStart(9)}`);
  for (const { suite, outcome } of done)
    for (const trouble of outcome.troubles) console.log(`! ${suite.name}: ${trouble}`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exit(sum('failed') > 0 ? 1 : 0);
}

function shout(what: string): void {
  console.log(`\n!!! ${what}\n`);
}
function names(of: readonly Suite[]): string {
  return of.map(({ name }) => name).join(', ');
}
function clock(ms: number): string {
  const whole = Math.round(ms / 1_000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
