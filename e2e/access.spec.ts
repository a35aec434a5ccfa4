import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const studio = new StudioPage(page);
    await studio.open();
    const check = async (): Promise<void> => {
      // Monaco's own inside is Monaco's.
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      expect(violations.map(({ id, impact, nodes }) => ({ id, impact, at: nodes.map(({ html }) => html) }))).toEqual(
        [],
      );
    };
    await check();
    await studio.call('Browser, through the ingress gateway');
    await studio.toEnd();
    await check();
    await studio.node(/Workload frontend/).click();
    await page.getByRole('tab', { name: 'Inspector' }).click();
    for (const tab of ['Policies', 'Identity', 'Envoy', 'Log']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByText('Asking the engine…')).toHaveCount(0);
      await check();
    }
    await page.getByRole('tab', { name: 'Handshake' }).click();
    await expect(page.locator('.sequence')).toBeVisible();
    await check();
    await page.getByRole('button', { name: /^Show Explorer/ }).click();
    await check();
    await page.keyboard.press('ControlOrMeta+K');
    await expect(page.getByRole('dialog')).toBeVisible();
    await check();
  });
}

test('by keyboard alone: a call is written, sent, stepped through', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.command('frontend-external');
  await expect(studio.verdict).toContainText('Allowed');
  await expect(studio.url).toHaveValue('http://203.0.113.11/');
  // The focus is not in a field, so single keys are for playback.
  await page.keyboard.press('<');
  await expect(page.locator('.transport-position')).toContainText('Step 1 of');
  await page.keyboard.press('.');
  await expect(page.locator('.transport-position')).toContainText('Step 2 of');
  await page.keyboard.press('>');
  await page.keyboard.press(',');
  await expect(page.locator('.mark[aria-current="step"]')).toHaveCount(1);
  await page.keyboard.press('/');
  await expect(studio.url).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('http://nowhere.example/');
  await page.keyboard.press('Enter');
  await expect(studio.verdict).not.toContainText('Allowed');
});

test('the explorer is a tree that arrows walk', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.keyboard.press('ControlOrMeta+B');
  const tree = page.getByRole('tree', { name: 'Mesh by namespace' });
  await tree.getByRole('treeitem').first().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('f');
  await expect(tree.getByRole('treeitem', { name: 'frontend', exact: true }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.node('Workload frontend in demo, with sidecar')).toHaveAttribute('aria-pressed', 'true');
});

test('with reduced motion nothing travels: the end is there at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.end-mark-word')).toHaveText('Allowed');
  await expect(page.getByRole('button', { name: 'Play again' })).toBeVisible();
});

test('works in a sandboxed frame that may store nothing', async ({ page, baseURL, complaints }) => {
  await page.route('**/frame.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe sandbox="allow-scripts" src="${baseURL}" style="width:1200px;height:660px;border:0"></iframe>`,
    }),
  );
  // A frame of opaque origin may load modules only from a server that allows it.
  await page.route('**/assets/**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
  });
  await page.goto('./frame.html');
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('.card').first()).toBeVisible();
  await expect(frame.locator('.notice')).toContainText('may not store anything');
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frame.locator('#verdict')).toContainText('Allowed: demo/frontend answered with 200.');
  complaints.errors.length = 0;
});
