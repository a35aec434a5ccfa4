import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';

// Runs against the production build, as people get it: `vite preview` of dist/.
const port = Number(process.env.E2E_PORT ?? 41731);
const executablePath = await findChromium();
/** How many times slower the pages run (fixtures/studio.ts); whoever waits is given as much more time. */
const slowdown = Number(process.env.E2E_SLOWDOWN ?? 1);

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Two cores are what we count on; more workers only make time-outs.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // One that passes only at the second try is named by `npm test`, not hidden.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000 * slowdown,
  expect: { timeout: 10_000 * slowdown },
  reporter: process.env.E2E_JSON ? [['line'], ['json', { outputFile: process.env.E2E_JSON }]] : [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    url: `http://127.0.0.1:${port}/`,
    timeout: 60_000,
  },
});
