import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('files are put in another order by keyboard and by mouse, and undo takes it back', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'YAML', exact: true }).click();
  const tabs = page.getByRole('tablist', { name: 'Files' }).getByRole('tab');
  const before = await tabs.allInnerTexts();
  const [first = '', second = '', third = '', ...rest] = before;

  await tabs.getByText(second, { exact: true }).focus();
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect(tabs).toHaveText([second, first, third, ...rest]);
  await expect(page.getByText(`${second} is now file 1 of ${before.length}`)).toBeAttached();
  await expect(tabs.getByText(second, { exact: true })).toBeFocused();

  await tabs.getByText(third, { exact: true }).dragTo(tabs.getByText(second, { exact: true }));
  await expect(tabs).toHaveText([third, second, first, ...rest]);

  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.click();
  await undo.click();
  await expect(tabs).toHaveText(before);
});

test('more files than fit are in a menu', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'YAML', exact: true }).click();
  const newFile = page.getByRole('button', { name: 'New file' });
  const tabs = page.getByRole('tablist', { name: 'Files' }).getByRole('tab');
  for (let count = (await tabs.count()) + 1; count <= 9; count++) {
    await newFile.click();
    await expect(tabs).toHaveCount(count);
  }
  await page.getByRole('button', { name: 'All 9 files' }).click();
  await page.getByRole('menuitemradio', { name: 'boutique.yaml' }).click();
  const tab = page.getByRole('tab', { name: 'boutique.yaml', exact: true });
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await expect(tab).toBeInViewport();
});

test('breadcrumbs follow the cursor and lead back', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'YAML', exact: true }).click();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite('kind: Service\nmetadata:\n  name: web\n  namespace: demo\nspec:\n  ports:\n    - name: http\n');
  await page.locator('.view-line', { hasText: '- name: http' }).getByText('http').click();
  const crumbs = page.getByRole('navigation', { name: 'Where the cursor is' });
  await expect(crumbs.getByRole('button')).toHaveText([
    'untitled.yaml',
    'Service web',
    'spec',
    'ports',
    'http',
    'name',
  ]);
  await crumbs.getByRole('button', { name: 'spec' }).click();
  await expect(crumbs.getByRole('button')).toHaveText(['untitled.yaml', 'Service web', 'spec']);
  await expect(page.getByRole('textbox', { name: 'YAML of untitled.yaml' })).toBeFocused();

  await crumbs.getByRole('button', { name: 'untitled.yaml' }).click();
  await expect(page.getByRole('option', { name: /^spec/ })).toBeVisible();
  await page.keyboard.press('Escape');
  const { violations } = await new AxeBuilder({ page }).include('.editor').exclude('.monaco-editor').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
