/**
 * How every test starts the browser: Debian's own Chromium, because nothing may be downloaded by a test run.
 * `CHROMIUM` names another binary.
 */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none']
};
