import { defineConfig } from '@playwright/test';
import { chromium } from '../support/chromium.ts';

/** The product as people meet it: the built server with the demonstration city, in a real browser. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.test.ts',
  outputDir: '../../test-results',
  globalSetup: './build.ts',
  // One city at a time: two cores, and one of the stories restarts it.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    launchOptions: chromium,
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    viewport: { width: 1920, height: 1080 }
  }
});
