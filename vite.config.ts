import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { sockets } from './src/vite-sockets.ts';
import { chromium } from './tests/support/chromium.ts';

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './src/lib/i18n/project.inlang',
      outdir: './src/lib/i18n/paraglide',
      strategy: ['url', 'cookie', 'baseLocale'],
      emitTsDeclarations: true
    }),
    sveltekit(),
    sockets()
  ],
  build: {
    // Televisions hang on walls for ten years: Chromium 94 is the oldest engine the board is built for.
    target: 'chrome94',
    cssTarget: 'chrome94'
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          // graphql has a `development` export that Vite honours and Node does not: without this there are two copies.
          server: { deps: { inline: [/graphql/, /@pothos/] } },
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.svelte.test.ts', 'tests/e2e/**', 'tests/bench/**']
        }
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/**/*.svelte.test.ts'],
          exclude: ['tests/e2e/**'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }]
          }
        }
      }
    ]
  }
});
