import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSuite } from '../support/suite-run.ts';
import { suites, testFiles, type Suite } from '../suites.ts';

describe('the suites', () => {
  it('may take 25 minutes in all', () => {
    expect(suites.reduce((ms, { budgetMs }) => ms + budgetMs, 0)).toBeLessThanOrEqual(25 * 60_000);
  });

  it('have every test file in one of them, and in no more than one', () => {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'tests'], {
      encoding: 'utf8'
    });
    const files = listed.split('\n').filter((file) => /^tests\/(?!e2e\/|bench\/).*\.test\.ts$/.test(file));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files)
      expect([
        file,
        suites.filter((suite) => testFiles(files, suite).length > 0 && testFiles([file], suite).length > 0).length
      ]).toEqual([file, 1]);
  });
});

describe('running a suite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-house-'));
  const script = (text: string, budgetMs = 20_000): Suite => {
    const file = join(folder, `${crypto.randomUUID()}.ts`);
    writeFileSync(file, text);
    return { name: 'a', proves: 'b', budgetMs, run: { kind: 'script', file }, needs: [] };
  };
  const report = `import { writeFileSync } from 'node:fs';\nconst report = (r: object) => writeFileSync(process.env.TEST_REPORT!, JSON.stringify(r));\n`;

  it('counts what its report says', async () => {
    const suite = script(`${report}report({ passed: 3, failed: 0, skipped: 1 });`);
    expect(await runSuite(suite, [])).toMatchObject({ passed: 3, failed: 0, skipped: 1 });
  });

  it('does not take an ending without a report, without tests or with an error for a pass', async () => {
    expect(await runSuite(script(''), [])).toMatchObject({ passed: 0, failed: 1 });
    expect(await runSuite(script(`${report}report({});`), [])).toMatchObject({ failed: 1 });
    expect(await runSuite(script(`${report}report({ passed: 1 });\nprocess.exit(3);`), [])).toMatchObject({
      failed: 1
    });
  });

  it('lists a suite that says with code 77 that it is unavailable here, and why', async () => {
    const outcome = await runSuite(script(`console.log('No debootstrap.');\nprocess.exit(77);`), []);
    expect(outcome).toMatchObject({ failed: 0, skipped: 1, unavailable: 'UNAVAILABLE here: No debootstrap.' });
  });

  it('ends a suite that never ends by itself, and says so', async () => {
    const outcome = await runSuite(script('setInterval(() => {}, 1_000);', 400), []);
    expect(outcome.failed).toBe(1);
    expect(outcome.troubles.join()).toContain('without coming to an end');
  });

  it('kills what hung, and leaves the suite after it alone', async () => {
    const hung = await runSuite(script('setInterval(() => {}, 1_000);', 400), []);
    expect(hung.failed).toBe(1);
    const next = script(`${report}setTimeout(() => report({ passed: 1, failed: 0, skipped: 0 }), 6_000);`);
    expect(await runSuite(next, [])).toMatchObject({ passed: 1, failed: 0 });
  }, 15_000);
});

describe('the test command', () => {
  it('ends on a line with the counts, and not with success, when nothing is called what was asked for', () => {
    const { stdout, status } = spawnSync(process.execPath, ['tests/run.ts', 'no-such-suite'], { encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(status).toBe(1);
  });
});
