/** The canvas: namespaces closed and opened by hand, CAs, and what stays where it was put. */
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
  await studio.command('Collapse or expand all namespaces');
  await expect(studio.node(/^Namespace legacy/)).toHaveAttribute('aria-expanded', 'false');
  await expect(demo).toHaveAttribute('aria-expanded', 'false');
});

test('a CA that is drawn stands on the canvas: named, found, and removed there', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  const istiod = studio.node(/^Certificate authority istiod/);
  await expect(istiod).toHaveAccessibleName(/certifies 13/);
  await istiod.focus();
  await page.keyboard.press('Enter');
  await expect(istiod).toHaveAttribute('aria-pressed', 'true');
  await expect(studio.canvas.locator('.authority-threads path')).toHaveCount(13);

  // Drawn by key, named where it stands.
  await page.keyboard.press('Escape');
  await page.keyboard.press('i');
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'New name of selfsigned' });
  await expect(name).toBeFocused();
  await page.keyboard.type('office');
  await page.keyboard.press('Enter');
  const office = studio.node(/^Certificate authority office/);
  await expect(office).toHaveAttribute('aria-pressed', 'true');
  await expect(office).toContainText('ClusterIssuer');

  // From its menu, its YAML and its end.
  await expect(office).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await expect(office).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(office).toBeVisible();
});

test('a layout leaves what was placed by hand, and everything is placed anew on demand, each undone as one', async ({
  page,
}) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  const arrange = page.getByRole('button', { name: 'Arrange', exact: true });
  const frontend = studio.node(/^Workload frontend in demo/);
  const undo = page.getByRole('button', { name: 'Undo' });

  // Of the example somebody placed everything but the CA.
  const place = () => frontend.evaluate((node) => node.style.transform);
  const before = await place();
  await arrange.click();
  await page.getByRole('menuitem', { name: /^Arrange the rest/ }).click();
  await expect(undo).toBeEnabled();
  expect(await place()).toBe(before);
  await expect(arrange).toBeEnabled();
  await arrange.click();
  await page.getByRole('menuitem', { name: /^Arrange the rest/ }).click();
  await expect(page.getByText('Everything stands where it was put.')).toBeVisible();

  await expect(arrange).toBeEnabled();
  await studio.command('Arrange everything');
  await expect.poll(place).not.toBe(before);
  await undo.click();
  await expect.poll(place).toBe(before);

  // Two copied together stand beside their originals, not on each other.
  await frontend.click();
  await studio.node(/^Workload cartservice in demo/).click({ modifiers: ['Shift'] });
  await page.keyboard.press('ControlOrMeta+D');
  const copies = [studio.node(/^Workload frontend-2 in demo/), studio.node(/^Workload cartservice-2 in demo/)];
  for (const copy of copies) await expect(copy).toBeVisible();
  const [a, b] = await Promise.all(copies.map((copy) => copy.boundingBox()));
  if (a == null || b == null) throw new Error('not drawn');
  expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
});

test('all saved calls play at once, a token each, and a single call takes over', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: /^Calls/ }).click();
  await expect(page.getByText('22 nothing expected')).toBeVisible();
  await page.getByRole('button', { name: 'Play all' }).click();
  await expect(page.getByText('20 of 22 saved calls at once')).toBeVisible();
  await expect(studio.canvas.locator('.together .token')).toHaveCount(20);
  // Some come to their end while others are still on the way.
  await expect(studio.canvas.locator('.together-end:visible').first()).toBeVisible();
  await studio.call('loadgenerator to frontend');
  await expect(studio.canvas.locator('.together')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await studio.toEnd();
  await expect(studio.canvas.locator('.end-mark')).toHaveText('Allowed');
});

test('the timeline counts steps, or milliseconds when asked, and says which', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.call('loadgenerator to frontend');
  await studio.toEnd();
  await expect(page.locator('.ruler')).toHaveCount(0);
  await page.getByRole('button', { name: 'Scale: Steps' }).click();
  await page.getByRole('menuitemradio', { name: /^Milliseconds/ }).click();
  await expect(page.getByText('ms, by a model')).toBeVisible();
  const position = page.getByRole('slider', { name: 'Position in the call' });
  const last = await position.getAttribute('aria-valuetext');
  await position.focus();
  // The end is the way back to the caller: the first press leads to the step before it, the second to another.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(position).not.toHaveAttribute('aria-valuetext', last ?? '');
});
