// Which browser the end-to-end tests drive: CHROME_PATH, then the one Playwright downloaded, then
// the usual names in PATH.
import { existsSync } from 'node:fs';
import { findInPath } from './run.mjs';

const USUAL_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** @returns {Promise<string | undefined>} the path of a Chromium, or undefined */
export async function findChromium() {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== '' && existsSync(chosen)) return chosen;
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  if (own !== '' && existsSync(own)) return own;
  return USUAL_NAMES.map(findInPath).find((path) => path !== undefined);
}
