/** FooCorp drawn from nothing: two teams, their services, the gateway, and a call that succeeds. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

// Tall enough for a whole policy in the editor.
test.use({ viewport: { width: 1280, height: 1000 } });

async function openEmpty(page: Page): Promise<StudioPage> {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.command('Empty mesh');
  await expect(page.getByRole('heading', { name: 'An empty mesh' })).toBeVisible();
  return studio;
}

const nameField = (page: Page) => page.getByRole('textbox', { name: /^New name of / });

/** Types the name of what was just put down, where it stands. */
async function nameIt(page: Page, name: string): Promise<void> {
  await expect(nameField(page)).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(nameField(page)).toHaveCount(0);
}

test('by mouse: dragged and clicked into place, connected, and called', async ({ page }) => {
  test.slow();
  const studio = await openEmpty(page);
  const tools = page.getByRole('toolbar', { name: 'Drawing tools' });
  const ground = async (x: number, y: number) => {
    const box = await studio.canvas.boundingBox();
    if (box === null) throw new Error('no canvas');
    return { x: box.x + box.width * x, y: box.y + box.height * y };
  };
  const drag = async (tool: string, x: number, y: number, says: string | RegExp) => {
    await tools.getByRole('button', { name: tool, exact: true }).hover();
    await page.mouse.down();
    const to = await ground(x, y);
    await page.mouse.move(to.x, to.y, { steps: 5 });
    // What would be made is known before the drop.
    await expect(page.locator('.drop-words')).toHaveText(says);
    await page.mouse.up();
  };

  await drag('Namespace', 0.4, 0.35, 'Namespace here');
  await nameIt(page, 'ux');
  await expect(studio.node('Namespace ux')).toHaveAttribute('aria-pressed', 'true');

  // Chosen, then clicked into the namespace.
  await tools.getByRole('button', { name: 'Workload', exact: true }).click();
  const ux = await studio.node('Namespace ux').boundingBox();
  if (ux === null) throw new Error('ux is not in view');
  await page.mouse.move(ux.x + ux.width / 2, ux.y + ux.height / 2);
  await expect(page.locator('.drop-words')).toHaveText('Workload in ux');
  await page.mouse.click(ux.x + ux.width / 2, ux.y + ux.height / 2);
  await nameIt(page, 'frontend');
  const frontend = studio.node('Workload frontend in ux, with sidecar');
  await expect(frontend).toBeVisible();

  // On empty ground a workload brings its namespace along.
  await drag('Workload', 0.85, 0.75, /^Workload in new namespace /);
  await nameIt(page, 'inventory');
  await expect(studio.node(/^Workload inventory in shop/)).toBeVisible();
  await studio.node('Namespace shop').locator('.room-head').dblclick();
  await nameIt(page, 'corp-services');
  const inventory = studio.node('Workload inventory in corp-services, with sidecar');
  await expect(inventory).toBeVisible();

  // Connected by the handle at the card's edge.
  await frontend.click();
  await page.getByRole('button', { name: 'Connect frontend to …' }).hover();
  await page.mouse.down();
  const target = await inventory.boundingBox();
  if (target === null) throw new Error('inventory is not in view');
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Make this call' }).click();
  await expect(studio.verdict).toContainText('Allowed: corp-services/inventory answered with 200.');
  await expect(page.getByText('mutual TLS').first()).toBeAttached();
});

test('by keyboard alone: tools, names, a policy, and the call it still allows', async ({ page }) => {
  test.slow();
  const studio = await openEmpty(page);
  const put = async (key: string, name: string) => {
    await page.keyboard.press(key);
    await expect(page.getByText('Esc lets go.')).toBeVisible();
    await page.keyboard.press('Enter');
    await nameIt(page, name);
  };
  await put('n', 'ux');
  await expect(studio.node('Namespace ux')).toBeFocused();
  await put('w', 'frontend');
  await expect(studio.node('Workload frontend in ux, with sidecar')).toBeFocused();
  await put('n', 'corp-services');
  await expect(studio.node('Namespace corp-services')).toBeFocused();
  await put('w', 'inventory');
  await expect(studio.node('Workload inventory in corp-services, with sidecar')).toBeFocused();

  // Only mutual TLS, by the menu of what is selected.
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'What to do with it' });
  await expect(menu).toBeVisible();
  await expect(menu).toBeFocused();
  await page.keyboard.type('mTLS');
  await expect(menu.getByRole('menuitem', { name: /^mTLS|^Mutual/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('menuitem', { name: 'STRICT' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'YAML of mesh.yaml' })).toBeAttached();
  await expect(page.locator('.view-line', { hasText: 'STRICT' }).first()).toBeVisible();

  // Found, selected, and asked whom it calls.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+F');
  await expect(page.getByRole('combobox', { name: 'Find in the mesh' })).toBeFocused();
  await page.keyboard.type('kind:workload name:front');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(studio.node('Workload frontend in ux, with sidecar')).toBeFocused();
  await page.keyboard.press('c');
  await expect(page.getByRole('combobox', { name: 'Whom to call' })).toBeFocused();
  await page.keyboard.type('corp-services/inventory');
  const call = page.getByRole('button', { name: 'Make this call' });
  for (let next = 0; next < 4; next++) {
    if (await call.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(call).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.verdict).toContainText('Allowed: corp-services/inventory answered with 200.');
});

test('a rename takes references along; text and canvas are undone in one line', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const studio = await openEmpty(page);
  for (const name of ['web', 'api']) {
    await page.keyboard.press('w');
    await page.keyboard.press('Enter');
    await nameIt(page, name);
    await expect(studio.node(`Workload ${name} in shop, with sidecar`)).toBeFocused();
  }
  await studio.node('Workload web in shop, with sidecar').click();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Add this policy' }).click();
  await expect(page.locator('.view-line', { hasText: 'ns/shop/sa/web' })).toBeVisible();
  const web = studio.node('Workload web in shop, with sidecar');
  await web.click();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Make this call' }).click();
  await expect(studio.verdict).toContainText('Allowed: shop/api answered with 200.');

  // The policy names the caller by its account: both have another name, and the call still goes through.
  await web.click();
  await page.keyboard.press('F2');
  await nameIt(page, 'front');
  await expect(studio.node('Workload front in shop, with sidecar')).toBeFocused();
  await expect(page.locator('.view-line', { hasText: 'ns/shop/sa/front' })).toBeVisible();
  await expect(studio.verdict).toContainText('Allowed: shop/api answered with 200.');

  // Changed in the text: nobody is allowed any more.
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  const yaml = await page.evaluate(() => navigator.clipboard.readText());
  expect(yaml).toContain('cluster.local/ns/shop/sa/front');
  await studio.rewrite(yaml.replace('cluster.local/ns/shop/sa/front', 'cluster.local/ns/shop/sa/nobody'));
  await expect(studio.verdict).toContainText('Refused');

  // Undone from the canvas: first the text, then the name.
  await studio.node('Workload api in shop, with sidecar').focus();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(studio.verdict).toContainText('Allowed: shop/api answered with 200.');
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(web).toBeVisible();
  await expect(page.locator('.view-line', { hasText: 'ns/shop/sa/web' })).toBeVisible();
  await expect(studio.verdict).toContainText('Allowed: shop/api answered with 200.');
});
