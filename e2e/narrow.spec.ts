/** Phones, and pages at 200 %: one panel at a time, by touch, with nothing out of reach. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const isWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

test.describe('a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('by touch: the view is moved and zoomed, a card selected, its menu leads to the panel behind a tab', async ({
    page,
  }) => {
    test.slow();
    const studio = new StudioPage(page);
    await studio.open();
    expect(await isWide(page)).toBe(false);

    const view = () => page.locator('.react-flow__viewport').evaluate((node) => node.style.transform);
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly (readonly [number, number])[]) =>
      fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const start = await view();
    await touch('touchStart', [[200, 560]]);
    for (let by = 8; by <= 48; by += 8) await touch('touchMove', [[200 + by, 560 + by]]);
    await touch('touchEnd', []);
    await expect.poll(view).not.toBe(start);
    const zoom = async () => Number(/scale\(([\d.]+)\)/.exec(await view())?.[1]);
    const before = await zoom();
    await touch('touchStart', [
      [160, 520],
      [240, 560],
    ]);
    for (let by = 8; by <= 72; by += 8)
      await touch('touchMove', [
        [160 - by, 520 - by],
        [240 + by, 560 + by],
      ]);
    await touch('touchEnd', []);
    await expect.poll(zoom).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Fit everything' }).tap();

    const room = studio.node(/^Namespace demo/);
    await room.tap();
    await expect(room).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'More for it' }).tap();
    await page.getByRole('menuitem', { name: 'Show in the inspector' }).tap();
    await expect(page.getByRole('tab', { name: 'Inspector', exact: true })).toHaveAttribute('aria-selected', 'true');

    await page.getByRole('tab', { name: 'Timeline' }).first().tap();
    await page.getByRole('button', { name: 'loadgenerator to frontend' }).tap();
    await expect(studio.verdict).toContainText('Allowed');
    await expect(studio.lanes).toBeVisible();
    await page.getByRole('tab', { name: 'Explorer' }).tap();
    await expect(page.getByRole('tree')).toBeVisible();
    expect(await isWide(page)).toBe(false);
    await expectAccessible(page);
  });
});

test.describe('a laptop at 200 %', () => {
  test.use({ viewport: { width: 640, height: 360 } });

  test('the call has a tab of its own, and every panel its whole height', async ({ page }) => {
    test.slow();
    const studio = new StudioPage(page);
    await studio.open();
    await page.getByRole('tab', { name: 'Call', exact: true }).click();
    await page.getByRole('button', { name: /^Send/ }).click();
    await expect(studio.verdict).toContainText('Allowed');
    await expectAccessible(page);
    for (const name of ['Canvas', 'YAML', 'Timeline', 'Explorer']) {
      const tab = page.getByRole('tab', { name, exact: true }).first();
      await tab.click();
      await expect(tab).toHaveAttribute('aria-selected', 'true');
      const panel = await page.locator('.narrow-body').boundingBox();
      expect(panel?.height).toBeGreaterThan(240);
      expect(await isWide(page)).toBe(false);
    }
  });
});
