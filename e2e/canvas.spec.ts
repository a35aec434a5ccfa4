/** The canvas: namespaces closed and opened by hand, and what stays where it was put. */
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('a namespace is closed and opened by mouse, key and menu, and stays so', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  const demo = studio.node(/^Namespace demo/);
  const frontend = studio.node(/^Workload frontend in demo/);
  await expect(demo).toHaveAttribute('aria-expanded', 'true');

  // By mouse: the room is one card that says how many are in it.
  await demo.getByTitle('Collapse demo').click();
  await expect(demo).toHaveAttribute('aria-expanded', 'false');
  await expect(demo).toHaveAccessibleName(/12 workloads/);
  await expect(frontend).toHaveCount(0);

  // A call to somebody inside is drawn to the room.
  await studio.call('loadgenerator to frontend');
  await studio.toEnd();
  await expect(studio.canvas.locator('.end-mark')).toHaveText('Allowed');
  await expect(demo).toHaveAttribute('aria-expanded', 'false');

  // It is remembered with the workspace.
  await expect(page.locator('.status-text')).toHaveText('Saved in this browser');
  await page.reload();
  await expect(demo).toHaveAttribute('aria-expanded', 'false');

  // What is found inside opens it.
  await expect(studio.canvas.getByRole('toolbar').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+F');
  await page.getByRole('combobox', { name: 'Find in the mesh' }).fill('ns:demo frontend kind:workload');
  await page.keyboard.press('Enter');
  await expect(frontend).toHaveAttribute('aria-pressed', 'true');
  await expect(demo).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');

  // By key, from a card inside: the room takes its selection and the focus.
  await frontend.focus();
  await page.keyboard.press('f');
  await expect(demo).toHaveAttribute('aria-expanded', 'false');
  await expect(demo).toHaveAttribute('aria-pressed', 'true');
  await expect(demo).toBeFocused();

  // By menu.
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Expand' }).click();
  await expect(demo).toHaveAttribute('aria-expanded', 'true');

  // By palette, all of them.
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('all namespaces');
  await page.keyboard.press('Enter');
  await expect(studio.node(/^Namespace legacy/)).toHaveAttribute('aria-expanded', 'false');
  await expect(demo).toHaveAttribute('aria-expanded', 'false');
});
