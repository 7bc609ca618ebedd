/** `npm start` on a fresh machine, or after a change: builds first when the build is missing or older than its sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import process from 'node:process';

const BUILT = 'build/index.js';
const SOURCES = ['src/**/*', 'static/**/*', '*.config.{ts,js}', 'package-lock.json'];
/** Written by the build itself. */
const GENERATED = /paraglide/;

function isFresh(): boolean {
  if (!existsSync(BUILT)) return false;
  // An installation without the tools to build (a container) runs the build that it was given.
  if (!existsSync('node_modules/vite')) return true;
  const builtAt = statSync(BUILT).mtimeMs;
  return globSync(SOURCES).every((file) => GENERATED.test(file) || statSync(file).mtimeMs <= builtAt);
}

if (!isFresh()) {
  process.stderr.write('There is no fresh build: building.\n');
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '--', '--logLevel', 'error'], { stdio: 'inherit' });
  if (status !== 0) process.stderr.write('The build failed, so nothing is started. What is wrong stands above.\n');
  process.exitCode = status ?? 1;
}
