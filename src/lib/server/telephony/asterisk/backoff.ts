const firstMs = 500;
const mostMs = 30_000;
const leastMs = 100;

/**
 * How long to wait before trying again: anywhere between nothing and a ceiling that doubles with each failure up to
 * half a minute ("full jitter"), so that a hundred boards do not fall upon a PBX in the same moment when it comes back.
 * Never less than a tenth of a second: that would be a busy loop. `random` is from 0 to 1.
 */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 16));
  return Math.max(leastMs, Math.round(random * ceiling));
}
