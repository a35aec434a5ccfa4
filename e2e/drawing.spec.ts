/** Drawing a mesh from nothing, with no more than a keyboard. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

/** Opens the menu, goes down to an entry and takes it; answers with the form. */
async function choose(page: Page, entry: string): Promise<void> {
  await page.keyboard.press('a');
  const menu = page.getByRole('menu', { name: 'Add to the mesh' });
  await expect(menu).toBeVisible();
  const item = menu.getByRole('menuitem', { name: new RegExp(`^${entry}`) });
  // Opened by key, the menu has its first entry chosen.
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  for (let down = 0; down < 8; down++) {
    if (await item.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(item).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: entry })).toBeVisible();
}

async function addWorkload(page: Page, studio: StudioPage, name: string): Promise<void> {
  await choose(page, 'Workload');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(studio.node(`Workload ${name} in shop, with sidecar`)).toHaveAttribute('aria-pressed', 'true');
  await expect(studio.node(`Workload ${name} in shop, with sidecar`)).toBeFocused();
}

test('by keyboard alone: a namespace, two workloads, a call between them, one removed and brought back', async ({
  page,
}) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  await studio.command('Empty mesh');
  await expect(page.getByRole('heading', { name: 'An empty mesh' })).toBeVisible();

  await choose(page, 'Namespace');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const shop = studio.node('Namespace shop');
  await expect(shop).toHaveAttribute('aria-pressed', 'true');
  await addWorkload(page, studio, 'web');
  await addWorkload(page, studio, 'api');

  await page.keyboard.press('/');
  await expect(studio.url).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('http://api.shop/');
  await page.keyboard.press('Shift+Tab');
  for (let back = 0; back < 4; back++) {
    if (await page.getByRole('button', { name: /^From: / }).evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press('Shift+Tab');
  }
  await expect(page.getByRole('button', { name: /^From: / })).toBeFocused();
  await page.keyboard.press('Enter');
  const callers = page.getByRole('menu', { name: /^From/ });
  await studio.typeAhead(callers, callers.getByRole('menuitemradio', { name: 'web' }), 'web');
  await expect(page.getByRole('button', { name: 'From: web' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(studio.url).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.verdict).toContainText('Allowed: shop/api answered with 200.');
  await expect(page.getByText('mutual TLS').first()).toBeAttached();

  // The node that is selected is still api.
  const api = studio.node('Workload api in shop, with sidecar');
  await api.focus();
  await page.keyboard.press('Delete');
  await expect(api).toHaveCount(0);
  await expect(studio.verdict).not.toContainText('Allowed');
  const place = await studio.node('Workload web in shop, with sidecar').boundingBox();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(api).toBeVisible();
  await expect(studio.verdict).toContainText('Allowed: shop/api answered with 200.');
  await expect.poll(() => studio.node('Workload web in shop, with sidecar').boundingBox()).toEqual(place);

  // And once more: the workload was one step of the history, text and place together.
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(api).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(studio.node(/^Workload/)).toHaveCount(0);
  await expect(shop).toBeVisible();
});

test('a form says what is wrong, and Escape gives the focus back', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await choose(page, 'Workload');
  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toBeFocused();
  await page.keyboard.type('Not_A_Name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Lower-case letters' })).toBeVisible();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Add to the mesh' })).toBeFocused();
});
