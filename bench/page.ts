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
import { meshText, resourcesText, workspaceText } from './meshText.ts';

const PORT = 41739;
const MESHES = [
  { name: '30 workloads', workloads: 30, text: meshText(30) },
  { name: '200 workloads', workloads: 200, text: meshText(200) },
  { name: '1,000 workloads', workloads: 1000, text: meshText(1000) },
  { name: '5,000 resources', workloads: 1237, text: resourcesText(5000) },
];
const WATCHED_MS = 4000;
const TOKENS = 20;

const executablePath = await findChromium();
const server = await preview();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox'],
});
try {
  await firstVerdict(browser);
  const [only] = process.argv.slice(2);
  for (const mesh of MESHES) if (only === undefined || mesh.name.startsWith(only)) await atSize(browser, mesh);
  if (only === undefined || only === 'editor') {
    const page = await openStudio(browser);
    await editorAtScale(page, print);
    await page.context().close();
  }
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

async function atSize(from: Browser, { name: size, workloads, text }: (typeof MESHES)[number]): Promise<void> {
  const page = await openStudio(from);
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
  print(`${size}: import to canvas, longest task of the page`, Date.now() - before, await longest());

  await page.locator('#request-url').fill('http://app-0.room-0/');
  await page.getByRole('button', { name: /^From/ }).first().click();
  // In a large mesh callers are listed by namespace.
  const room = page.getByRole('menuitem', { name: /^plain/ });
  if ((await room.count()) > 0) {
    await room.focus();
    await page.keyboard.press('ArrowRight');
  }
  await page
    .getByRole('menuitemradio', { name: /^caller/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.locator('#verdict .verdict-sentence').waitFor({ timeout: 30_000 });
  print(`${size}: frame while a call plays (median, 95th, worst)`, ...(await frames(page)));

  const box = await page.locator('.canvas').boundingBox();
  if (box !== null) {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const watched = frames(page);
    for (let turn = 0; turn < 60; turn++) {
      await page.mouse.wheel(turn % 30 < 15 ? 40 : -40, 0);
      await page.waitForTimeout(WATCHED_MS / 80);
    }
    print(`${size}: frame while panning (median, 95th, worst)`, ...(await watched));
  }

  // Near enough to read: cards come and go at the edges.
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 14; turn++) await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await page.waitForTimeout(1000);
  const near = frames(page);
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(turn % 30 < 15 ? 60 : -60, 0);
    await page.waitForTimeout(WATCHED_MS / 80);
  }
  print(`${size}: frame while panning near (median, 95th, worst)`, ...(await near));

  // Inside the page the clock starts with the key itself, not with the program that presses it.
  await page
    .locator('.view-line', { hasText: 'PERMISSIVE' })
    .first()
    .dblclick({ position: { x: 120, y: 8 } });
  const blocked = watchLongTasks(page);
  await page.keyboard.type('STRIC', { delay: 120 });
  await page.waitForTimeout(3000);
  print(`${size}: longest task of the page while typing`, await blocked());
  await page.evaluate(() => {
    addEventListener('keydown', () => Object.assign(globalThis, { pressedAt: performance.now() }), {
      capture: true,
      once: true,
    });
  });
  await page.keyboard.type('T');
  await page.locator('#verdict', { hasText: 'Refused' }).waitFor({ timeout: 30_000 });
  print(
    `${size}: keystroke to verdict`,
    await page.evaluate(() => performance.now() - Number(Reflect.get(globalThis, 'pressedAt'))),
  );
  const opened = Date.now();
  await page.getByRole('button', { name: 'Security', exact: true }).click();
  await page.locator('.data-row').first().waitFor({ timeout: 60_000 });
  print(`${size}: to the security dashboards`, Date.now() - opened);
  await page.getByRole('button', { name: 'Mesh', exact: true }).click();
  await atOnce(page, workspaceText(text, workloads, TOKENS), size);
  await page.context().close();
}

/** Saved calls played together, a token each. */
async function atOnce(page: Page, workspace: string, size: string): Promise<void> {
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles({ name: 'mesh.json', mimeType: 'application/json', buffer: Buffer.from(workspace) });
  await page.getByRole('button', { name: 'Mesh: Benchmark.' }).waitFor({ timeout: 60_000 });
  await page.locator('.status-dot[data-status=ready]').waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: /^Calls/ }).click();
  const run = page.getByRole('button', { name: 'Run all' });
  await run.waitFor({ timeout: 60_000 });
  await page.getByText(`${TOKENS} nothing expected`).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Play all' }).click();
  await page.locator('.together .token').first().waitFor({ state: 'attached' });
  print(`${size}: frame while ${TOKENS} calls play at once (median, 95th, worst)`, ...(await frames(page)));
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

/** Starts to watch anew; the function returned answers with the longest task since, in milliseconds. */
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
