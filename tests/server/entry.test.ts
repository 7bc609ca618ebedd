import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'stamgaffel-entry-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Starts the production process as a service manager would. */
async function start(env: Record<string, string>): Promise<{ code: number | null; told: string }> {
  const { PATH } = process.env;
  const child = spawn(process.execPath, ['src/entry.ts'], { env: { PATH, DATA_DIR: home, ...env } });
  let told = '';
  child.stderr.on('data', (bytes) => (told += bytes));
  const code = await new Promise<number | null>((ended) => child.on('close', ended));
  return { code, told };
}

test.each([
  ['a real contact centre without an address', { ASTERISK_AMI_URL: 'ami://u:hemligt@pbx/main' }, 'ORIGIN'],
  ['an address in the clear', { HOST: '0.0.0.0', ORIGIN: 'http://svar.example.se' }, 'ORIGIN'],
  [
    'invented calls beside a real exchange',
    { ASTERISK_AMI_URL: 'ami://u:hemligt@pbx/main', DEMO: '1', HOST: '127.0.0.1' },
    'DEMO'
  ],
  ['a port that is none', { PORT: 'tre tusen' }, 'PORT']
])('does not start with %s, says why, and touches nothing', async (_what, env, variable) => {
  const { code, told } = await start(env);
  expect(code).toBe(78);
  expect(told).toMatch(new RegExp(`^${variable}: .+\n {2}Consequence: .+\n {2}Remedy: .+\n$`));
  expect(told).not.toContain('hemligt');
  expect(readdirSync(home)).toEqual([]);
});
