import { svelte } from '@sveltejs/vite-plugin-svelte';
import { join } from 'node:path';
import { build } from 'vite';

/** Makes the page to type in, once for the run: the product's own classes and components, in a folder of the test's. */
export async function buildPage(folder: string): Promise<void> {
  const root = join(import.meta.dirname, '../..');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    resolve: {
      alias: {
        $lib: join(root, 'src/lib'),
        // Of SvelteKit it needs the reading of a form's answer alone, and no form is sent here.
        '$app/forms': join(import.meta.dirname, 'app-forms.ts')
      }
    },
    build: {
      outDir: join(folder, 'page'),
      target: 'chrome120',
      rolldownOptions: {
        input: join(import.meta.dirname, 'page.ts'),
        output: { entryFileNames: 'page.js', format: 'es' }
      }
    }
  });
}
