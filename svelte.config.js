import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter(),
    alias: { $lib: 'src/lib' },
    // Absolute paths, so that the offline shell boots the router at whatever address it is served for.
    paths: { relative: false },
    // The tests, the benchmarks and the command line are typed by the same compiler as the pages.
    typescript: {
      config: (config) => {
        config.include = [...config.include, '../tests/**/*.ts', '../src/**/*.ts', '../*.ts'];
      }
    }
  }
};
