/**
 * `npm run bench:page`: what a person waits for, in the real Chromium and the production build. First
 * verdict, import of a large mesh, a keystroke to its verdict, the editor with 1 MB of text, and frame
 * times while a call plays and while the canvas is panned, at several sizes. Prints, asserts nothing; a
 * machine without a graphics card draws in software, which the figures say more about than about the page.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { editorAtScale } from './editorPage.ts';
import { meshText } from './meshText.ts';

const PORT = 41739;
const SIZES = [30, 200, 1000];
const WATCHED_MS = 4000;

const executablePath = await findChromium();
const server = await preview();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox'],
});
try {
  await firstVerdict(browser);
  for (const size of SIZES) await atSize(browser, size);
  const page = await openStudio(browser);
  await editorAtScale(page, print);
  await page.context().close();
} finally {
  await browser.close();
  server.kill();
}

async function firstVerdict(from: Browser): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const page = await openStudio(from);
    const sent = await page.evaluate(() => performance.now());
    await page.getByRole('button', { name: /^Send/ }).click();
    await page.locator('#verdict .verdict-sentence').waitFor();
    const shown = await page.evaluate(() => performance.now());
    const paint = await page.evaluate(
      () => performance.getEntriesByType('paint').find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0,
    );
    print('cold: navigation to first paint', paint);
    print('cold: first paint to mesh ready, then to first verdict', sent - paint, shown - sent);
    await page.context().close();
  }
}

async function atSize(from: Browser, size: number): Promise<void> {
  const page = await openStudio(from);
  const text = meshText(size);
  const longest = watchLongTasks(page);
  const before = Date.now();
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles({ name: 'mesh.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) });
  const replace = page.getByRole('button', { name: /^Replace|^Open|^Import/ });
  if (await replace.count()) await replace.first().click();
  await page.locator('.room-name', { hasText: 'room-0' }).first().waitFor({ state: 'attached', timeout: 60_000 });
  await page.locator('.status-dot[data-status=ready]').waitFor({ timeout: 60_000 });
  print(`${size} workloads: import to canvas, longest task of the page`, Date.now() - before, await longest());

  await page.locator('#request-url').fill('http://app-0.room-0/');
  await page.getByRole('button', { name: /^From/ }).first().click();
  await page
    .getByRole('menuitemradio', { name: /^caller/ })
    .or(page.getByRole('menuitem', { name: /^caller/ }))
    .first()
    .click();
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.locator('#verdict .verdict-sentence').waitFor({ timeout: 30_000 });
  print(`${size} workloads: frame while a call plays (median, 95th, worst)`, ...(await frames(page)));

  const box = await page.locator('.canvas').boundingBox();
  if (box !== null) {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const watched = frames(page);
    for (let turn = 0; turn < 60; turn++) {
      await page.mouse.wheel(turn % 30 < 15 ? 40 : -40, 0);
      await page.waitForTimeout(WATCHED_MS / 80);
    }
    print(`${size} workloads: frame while panning (median, 95th, worst)`, ...(await watched));
  }

  // Inside the page the clock starts with the key itself, not with the program that presses it.
  await page
    .locator('.view-line', { hasText: 'PERMISSIVE' })
    .first()
    .dblclick({ position: { x: 120, y: 8 } });
  await page.keyboard.type('STRIC');
  await page.waitForTimeout(3000);
  await page.evaluate(() => {
    addEventListener('keydown', () => Object.assign(globalThis, { pressedAt: performance.now() }), {
      capture: true,
      once: true,
    });
  });
  await page.keyboard.type('T');
  await page.locator('#verdict', { hasText: 'Refused' }).waitFor({ timeout: 30_000 });
  print(
    `${size} workloads: keystroke to verdict`,
    await page.evaluate(() => performance.now() - Number(Reflect.get(globalThis, 'pressedAt'))),
  );
  await page.context().close();
}

async function openStudio(from: Browser): Promise<Page> {
  const context = await from.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await page.locator('.status-dot[data-status=ready]').waitFor({ timeout: 60_000 });
  return page;
}

/** Times between frames over WATCHED_MS: median, 95th of a hundred, longest. */
async function frames(page: Page): Promise<[number, number, number]> {
  return page.evaluate(
    (duration) =>
      new Promise<[number, number, number]>((resolve) => {
        const times: number[] = [];
        const started = performance.now();
        let last = started;
        const next = (now: number): void => {
          times.push(now - last);
          last = now;
          if (now - started < duration) requestAnimationFrame(next);
          else {
            times.sort((a, b) => a - b);
            const at = (share: number): number =>
              times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
            resolve([at(0.5), at(0.95), at(1)]);
          }
        };
        requestAnimationFrame(next);
      }),
    WATCHED_MS,
  );
}

/** Starts to watch; the function returned answers with the longest task since, in milliseconds. */
function watchLongTasks(page: Page): () => Promise<number> {
  const started = page.evaluate(() => {
    const seen = { longest: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
  });
  return async () => {
    await started;
    return page.evaluate(() => Number(Reflect.get(Reflect.get(globalThis, 'seen') as object, 'longest')));
  };
}

/** The server of the production build, once it listens. */
function preview(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'preview', '--port', String(PORT), '--strictPort', '--host', '127.0.0.1'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout?.once('data', () => resolve(child));
  });
}

function print(what: string, ...milliseconds: readonly number[]): void {
  console.log(`${what.padEnd(70)} ${milliseconds.map((ms) => ms.toFixed(0).padStart(6)).join(' ')}  ms`);
}
