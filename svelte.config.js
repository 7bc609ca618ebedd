import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter(),
    alias: { $lib: 'src/lib' },
    // Absolute paths, so that the offline shell boots the router at whatever address it is served for.
    paths: { relative: false },
    // A wall that hangs for weeks finds out by itself that a new version is served.
    version: { pollInterval: 60_000 },
    // Nothing comes from anybody else's server. `auto`: a nonce where the page is rendered, a hash where it is prerendered.
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self'],
        // Svelte writes `style:` directives as attributes, and an attribute cannot carry a nonce.
        'style-src-attr': ['unsafe-inline'],
        'img-src': ['self', 'data:'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none']
      }
    },
    // The tests, the benchmarks and the command line are typed by the same compiler as the pages.
    typescript: {
      config: (config) => {
        config.include = [...config.include, '../tests/**/*.ts', '../src/**/*.ts', '../*.ts'];
      }
    }
  }
};
