import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const fromMenu = async (page: Page, item: string, dialog: string): Promise<Locator> => {
  await page.getByRole('button', { name: /^Mesh: / }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const opened = page.getByRole('dialog', { name: dialog });
  await expect(opened).toBeVisible();
  return opened;
};

const expectAccessible = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').exclude('.monaco-editor').analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
  }
};

test('a state is kept by name, compared with, brought back, and undo takes that back', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  let history = await fromMenu(page, 'History and changes…', 'History and changes');
  await history.getByLabel('Name for the present state').fill('as it was');
  await history.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(history.getByRole('button', { name: /^as it was/ })).toBeVisible();
  await page.keyboard.press('Escape');

  await studio.openFile('security.yaml');
  await studio.retype('PERMISSIVE', 'STRICT');
  await expect(studio.canvas.getByText('mTLS STRICT').first()).toBeVisible();

  history = await fromMenu(page, 'History and changes…', 'History and changes');
  await history.getByRole('button', { name: /^as it was/ }).click();
  await expect(history.getByText('One file differs from now.')).toBeVisible();
  await expect(history.getByText('PeerAuthentication demo/namespace-policy').first()).toBeVisible();
  await expect(history.getByText('Change 1 of 1')).toBeVisible();
  await expectAccessible(page);
  await history.getByRole('button', { name: 'Revert this change' }).click();
  await expect(history.getByText('The files are as they were then.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(studio.canvas.getByText('mTLS PERMISSIVE').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(studio.canvas.getByText('mTLS STRICT').first()).toBeVisible();

  history = await fromMenu(page, 'History and changes…', 'History and changes');
  await history.getByRole('button', { name: /^as it was/ }).click();
  await history.getByRole('button', { name: 'Restore this state' }).click();
  await expect(history.getByText('The files are as they were then.')).toBeVisible();
  // The state that went is kept as well, by the minute or now.
  await expect(
    history.getByRole('button', { name: /^(While working|Before something else took its place).*namespace-policy/ }),
  ).toBeVisible();
  await history.getByRole('button', { name: 'Rename…' }).click();
  await history.getByLabel('Name of this state').fill('permissive');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');

  // It is still there after a reload.
  await expect(page.getByRole('status').filter({ hasText: 'Saved in this browser' })).toBeVisible();
  await page.reload();
  await studio.open();
  history = await fromMenu(page, 'History and changes…', 'History and changes');
  await expect(history.getByRole('button', { name: /^permissive/ })).toBeVisible();
});

test('kubectl in the console sets what changes are compared with', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'Console' }).click();
  const input = page.getByRole('textbox', { name: 'Command line' });
  await input.fill('kubectl create namespace shop');
  await input.press('Enter');
  await expect(page.getByRole('log', { name: 'Output of the console' })).toContainText('namespace/shop created');
  const history = await fromMenu(page, 'History and changes…', 'History and changes');
  await expect(history.getByRole('button', { name: /^Last kubectl apply/ })).toHaveAttribute('aria-current', 'true');
  await expect(history.getByText('The files are as they were then.')).toBeVisible();
  await history.getByRole('button', { name: 'The example as it ships' }).click();
  await expect(history.getByText('Namespace shop added').first()).toBeVisible();
});

test('a mesh travels as a link: secrets stay, nobody’s work is replaced unasked', async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  // A mesh of one's own, by the start screen.
  await page.keyboard.press('ControlOrMeta+O');
  const start = page.getByRole('dialog', { name: 'New or open' });
  await expect(start.getByRole('button', { name: /^Online Boutique/ })).toBeVisible();
  await expectAccessible(page);
  await start
    .getByRole('textbox', { name: 'YAML, JSON or a link to a shared mesh' })
    .fill(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: shop\nstringData:\n  password: hunter2\n',
    );
  await start.getByRole('button', { name: 'Open as a new mesh' }).click();
  await expect(page.getByRole('button', { name: 'Mesh: Imported mesh.' })).toBeVisible();

  const dialog = await fromMenu(page, 'Share…', 'Share');
  await expect(dialog.getByText('value of a Secret: imported.yaml, line 12')).toBeVisible();
  await expectAccessible(page);
  const link = await dialog.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
  await page.keyboard.press('Escape');

  // Somebody who has never been here sees it at once.
  const elsewhere = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
  const stranger = await elsewhere.newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('button', { name: 'Mesh: Imported mesh.' })).toBeVisible();
  await expect(
    stranger.getByRole('group', { name: /shop/ }).or(stranger.getByText('shop').first()).first(),
  ).toBeVisible();
  expect(new URL(stranger.url()).hash).toBe('');
  await stranger.getByRole('tab', { name: 'YAML', exact: true }).click();
  await expect(stranger.locator('.view-lines')).toContainText('password: REDACTED');
  await elsewhere.close();

  // Who has work open is asked, and undo leads back.
  await page.getByRole('button', { name: /^Mesh: / }).click();
  await page.getByRole('menuitem', { name: /^FooCorp/ }).click();
  await expect(page.getByRole('button', { name: 'Mesh: FooCorp.' })).toBeVisible();
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, new URL(link).hash);
  const arrived = page.getByRole('dialog', { name: 'A shared mesh' });
  await expect(arrived.getByText('“Imported mesh” with one file')).toBeVisible();
  await arrived.getByRole('button', { name: 'Open the shared mesh' }).click();
  await expect(page.getByRole('button', { name: 'Mesh: Imported mesh.' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Mesh: FooCorp.' })).toBeVisible();

  // A link that was cut says so, and changes nothing.
  await page.evaluate(
    (fragment) => {
      location.hash = fragment;
    },
    new URL(link).hash.slice(0, -20),
  );
  await expect(arrived.getByText('This link is cut off or was changed on its way.')).toBeVisible();
  await arrived.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('button', { name: 'Mesh: FooCorp.' })).toBeVisible();
});

test('on paper: the mesh, the call, the verdict and the path, and nothing of the window', async ({ page }) => {
  const studio = new StudioPage(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.open();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(studio.verdict).toContainText('Allowed');
  const sheet = page.locator('.print-sheet');
  // What a browser does when it prints, without its dialog; the sheet is fetched when the page has come to rest.
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await expect(sheet).toBeAttached({ timeout: 500 });
  }).toPass();
  await page.emulateMedia({ media: 'print' });
  await expect(sheet.getByRole('heading', { name: 'Online Boutique' })).toBeVisible();
  await expect(sheet.getByRole('img', { name: 'The mesh' }).getByText('cartservice')).toBeVisible();
  await expect(sheet.getByText('curl http://203.0.113.12/')).toBeVisible();
  await expect(sheet.getByText('demo/frontend answered with 200.')).toBeVisible();
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Mutual TLS 1.3 established' }).first()).toBeVisible();
  await expect(page.getByRole('banner').filter({ hasText: 'Meshverdict' }).getByRole('button')).toHaveCount(0);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
});
