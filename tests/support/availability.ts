import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Need } from '../suites.ts';
import { chromium } from './chromium.ts';

/** What a run must not do without: `REQUIRE=postgres,chromium`. */
export const required: ReadonlySet<string> = new Set((process.env.REQUIRE ?? '').split(',').filter(Boolean));

/** Whether something that a suite needs is on this machine; `missing` says what was looked for, and how to get it. */
export function availabilityOf(need: Need): { name: Need; missing: string | null } {
  switch (need) {
    case 'chromium':
      return {
        name: need,
        missing: existsSync(chromium.executablePath)
          ? null
          : `No Chromium at ${chromium.executablePath}. Install it (apt-get install chromium) or name one with CHROMIUM.`
      };
    case 'postgres':
      return {
        name: need,
        missing:
          process.env.PG_TEST_URL || hasPostgres()
            ? null
            : 'No PostgreSQL server was found. Install it (apt-get install postgresql), or name a running one with PG_TEST_URL.'
      };
  }
}

function hasPostgres(): boolean {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const folders = [...versions, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.some((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}
