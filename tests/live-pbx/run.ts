/**
 * The live test: a real Asterisk, real SIP callers and telephones, and a board in Chromium that must show what they do.
 * Exit code 77 and a last line say that it is unavailable here; that is listed loudly, and is no failure.
 *
 * This file makes the exchange (once per machine, about two minutes) and starts `calls.ts` in a network of its own, so
 * that no port of the machine is touched.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const driver = resolve('../shared/asterisk/driver');
const rig = process.env.RIG ?? join(tmpdir(), 'asterisk-rig');
const root = join(rig, 'forky');
const instance = join(rig, 'inst', 'live-pbx');
/** The suite's budget is five minutes; what cannot be made in this time will not be made. */
const BUILD_LIMIT_MS = 200_000;

function unavailable(why: string): never {
  console.log(`UNAVAILABLE: ${why}`);
  process.exit(77);
}

if (!existsSync(driver)) unavailable('the driver of the test exchange is not beside this project.');
if (process.getuid?.() !== 0) unavailable('making a network of its own and a chroot needs root.');
if (!existsSync('/usr/bin/chromium') && !process.env.CHROMIUM) unavailable('there is no Chromium.');
if (spawnSync('unshare', ['-n', '-m', 'true']).status !== 0)
  unavailable('this machine does not let us make a network of its own.');

if (!existsSync(join(root, 'usr/sbin/asterisk')) || !existsSync(join(rig, 'audio/caller.alaw'))) {
  console.log('Making a test exchange (Asterisk in a chroot) ...');
  const made = spawnSync('sh', [join(driver, 'build-rig.sh'), 'forky', root], {
    env: { ...process.env, RIG: rig },
    encoding: 'utf8',
    timeout: BUILD_LIMIT_MS
  });
  if (made.status !== 0)
    unavailable(
      `the test exchange could not be made: ${(made.stderr || String(made.error)).trim().split('\n').at(-1)}`
    );
}

rmSync(instance, { recursive: true, force: true });
for (const folder of ['etc', 'var/lib/keys', 'var/spool', 'run', 'log', 'rec'])
  mkdirSync(join(instance, folder), { recursive: true });
spawnSync('cp', ['-a', join(root, 'rig/sounds'), instance]);
const inside =
  'ip link set lo up 2>/dev/null || ifconfig lo up; mount --bind "$0" "$1/rig" && exec "$2" tests/live-pbx/calls.ts';
const ran = spawnSync('unshare', ['-n', '-m', 'sh', '-c', inside, instance, root, process.execPath], {
  stdio: 'inherit',
  env: { ...process.env, RIG: rig, R: root, OUT: instance, DRIVER: driver },
  timeout: 240_000
});
process.exit(ran.status ?? 1);
