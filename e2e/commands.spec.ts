import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('the palette commands the editor, and opens it where it is closed', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  const command = async (name: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Commands' }).fill(name);
    await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  };
  await page.getByRole('tab', { name: 'Inspector', exact: true }).click();
  await command('Outline of the file');
  await expect(page.getByRole('textbox', { name: /^YAML of / })).toBeAttached();
  const outline = page.locator('.quick-input-widget');
  await expect(outline.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(outline).toBeHidden();

  await studio.openFile('boutique.yaml');
  await page.locator('.view-line').first().click();
  await expect(page.locator('.view-line', { hasText: 'name:' }).first()).toBeVisible();
  await command('Fold everything');
  await expect(page.locator('.view-line', { hasText: 'name:' })).toHaveCount(0);
  await page.keyboard.press('Alt+Shift+]');
  await expect(page.locator('.view-line', { hasText: 'name:' }).first()).toBeVisible();

  // A long line wraps: it takes more than one line of the view.
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(`# ${'long '.repeat(60)}\n`);
  const lines = page.locator('.view-line');
  await expect(lines).toHaveCount(2);
  await command('Wrap long lines, or not');
  await expect(lines).not.toHaveCount(2);

  await page.getByRole('tab', { name: 'Inspector', exact: true }).click();
  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'In the YAML' })).toBeVisible();
  await expect(page.getByText('Wrap long lines, or not')).toBeVisible();
});
