import { vi } from 'vitest';

/** Waits until the check passes: at once on a calm machine, and long enough on one that does eight things. */
export function eventually<T>(check: () => T): Promise<Awaited<T>> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 }) as Promise<Awaited<T>>;
}
