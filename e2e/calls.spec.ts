import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('saved calls say what is expected of them, and an edit that breaks one shows at once', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'Calls' }).click();
  const table = page.getByRole('table', { name: 'Saved calls and what is expected of them' });
  await page.getByRole('button', { name: 'Expect what happens now' }).click();
  await expect(page.getByRole('button', { name: /^\d+ as expected$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /not as expected$/ })).toHaveCount(0);

  await studio.openFile('security.yaml');
  await studio.retype('PERMISSIVE', 'STRICT');
  const broken = table.getByRole('row', { name: /Browser, through frontend-external/ });
  await expect(broken).toContainText('not as expected');
  await expect(broken).toContainText('outcome: Allowed expected, now Refused');
  await expect(table.getByRole('row', { name: /Browser, through the ingress gateway/ })).toContainText('as expected');

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('.bottom').analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
  }

  // Run all, then only what fails.
  await page.getByRole('button', { name: 'Run all' }).click();
  await page.getByRole('button', { name: /^3 not as expected$/ }).click();
  await expect(table.getByRole('rowheader')).toHaveCount(3);

  // A row leads to its trace.
  await table.getByRole('button', { name: 'Browser, through frontend-external', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');
  await expect(studio.verdict).toContainText('Refused by PeerAuthentication demo/namespace-policy');

  // The refusal is what is wanted now: the expectation follows, and one undo brings the old one back.
  await page.getByRole('tab', { name: /^Calls/ }).click();
  await page.getByRole('button', { name: 'More for “Browser, through frontend-external”' }).click();
  await page.getByRole('menuitem', { name: 'Expectation…' }).click();
  await page.getByRole('button', { name: 'Take what happens now' }).click();
  await expect(page.getByLabel('outcome')).toHaveValue('refused');
  await expect(page.getByLabel('curl exit')).toHaveValue('56');
  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(table.getByRole('row', { name: /Browser, through frontend-external/ })).toContainText(
    'by PeerAuthentication demo/namespace-policy',
  );
  await expect(page.getByRole('button', { name: /^2 not as expected$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('button', { name: /^3 not as expected$/ })).toBeVisible();
});

test('the list is kept by keyboard: moved, renamed, grouped, and still there after a reload', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'Calls' }).click();
  const table = page.getByRole('table', { name: 'Saved calls and what is expected of them' });
  const names = table.getByRole('rowheader').getByRole('button');
  const second = (await names.nth(1).textContent()) ?? '';
  await names.nth(1).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(names.first()).toHaveText(second);
  await expect(names.first()).toBeFocused();

  await page.getByRole('button', { name: `More for “${second}”` }).focus();
  await page.keyboard.press('Enter');
  const more = page.getByRole('menu');
  await studio.typeAhead(more, more.getByRole('menuitem', { name: /^Group/ }), 'G');
  await page.getByLabel('Name of the group; empty: none').fill('Way in');
  await page.keyboard.press('Enter');
  await expect(table.getByRole('columnheader', { name: 'Way in' })).toBeVisible();
  await expect(page.getByRole('button', { name: `More for “${second}”` })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Saved in this browser' })).toBeVisible();
  await page.reload();
  await expect(table.getByRole('columnheader', { name: 'Way in' })).toBeVisible();
});
