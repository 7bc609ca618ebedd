import { spawnSync } from 'node:child_process';

/** Builds once for all the stories, and only when the build is older than its sources. */
export default function build(): void {
  const { status } = spawnSync('node', ['src/build-if-stale.ts'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed, so there is nothing to look at.');
}
