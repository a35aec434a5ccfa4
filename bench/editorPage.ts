/**
 * The editor with `scale-1000.yaml` open (1 MB, 62,000 lines): what a key takes until its letter is
 * painted, and what completion, the outline and a definition take until they show. As the browser's
 * own event timing measures it, in steps of 8 ms; the processor time of the page's thread beside it.
 */
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';

type Print = (what: string, ...milliseconds: readonly number[]) => void;

const KEYS = 40;

export async function editorAtScale(page: Page, print: Print): Promise<void> {
  const text = readFileSync('bench/scale-1000.yaml', 'utf8');
  await page.evaluate(() => {
    const keys: number[] = [];
    Object.assign(globalThis, { keys });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') keys.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const before = Date.now();
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles({ name: 'scale.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) });
  await page.getByRole('textbox', { name: 'YAML of scale.yaml' }).waitFor({ state: 'attached', timeout: 60_000 });
  print('1 MB in the editor: opened', Date.now() - before);
  await page.locator('.status-dot[data-status=ready]').waitFor({ timeout: 120_000 });

  await page.locator('.view-line').first().click();
  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('name: app-500');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await settled(page);
  const cpu = await threadTime(session);
  await page.evaluate(() => Reflect.set(Reflect.get(globalThis, 'keys') as number[], 'length', 0));
  await page.keyboard.type('# words of a comment, as anybody may type them'.slice(0, KEYS), { delay: 120 });
  await settled(page);
  const keys = await page.evaluate(() =>
    [...(Reflect.get(globalThis, 'keys') as number[])].sort((a, b) => a - b).map(Number),
  );
  // Keys below the threshold of the browser's report were painted within a frame.
  const all = [...Array.from({ length: Math.max(0, KEYS - keys.length) }, () => 16), ...keys];
  const at = (share: number): number => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
  print('1 MB in the editor: key to paint (median, 95th, worst)', at(0.5), at(0.95), at(1));
  print('1 MB in the editor: processor time of the page for one key', ((await threadTime(session)) - cpu) / KEYS);

  await page.keyboard.press('Enter');
  const asked = Date.now();
  await page.keyboard.press('ControlOrMeta+Space');
  await page.getByRole('listbox', { name: 'Suggest' }).getByRole('option').first().waitFor();
  print('1 MB in the editor: completion shown', Date.now() - asked);
  await page.keyboard.press('Escape');
  const outlined = Date.now();
  await page.keyboard.press('ControlOrMeta+Shift+O');
  await page.locator('.quick-input-widget').getByRole('option').first().waitFor();
  print('1 MB in the editor: outline shown', Date.now() - outlined);
  await page.keyboard.press('Escape');
}

/** The engine has read the text, and the page has painted what came of it. */
async function settled(page: Page): Promise<void> {
  await page.locator('.status-dot[data-status=ready]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1500);
}

async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}
