import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const head = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: mine\n  namespace: demo\nspec:\n`;
const ROUTE = `${head('networking.istio.io/v1', 'VirtualService')}  hosts:
    - productcatalogservice
`;

test('a host of the mesh is completed, explained, and found where it is defined', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(`${head('networking.istio.io/v1', 'DestinationRule')}  host: `);
  await page.keyboard.press('ControlOrMeta+Space');
  const suggestions = page.getByRole('listbox', { name: 'Suggest' });
  await expect(suggestions.getByRole('option', { name: /^cartservice/ })).toBeVisible();
  await page.keyboard.type('prod');
  await expect(suggestions.getByRole('option', { name: /^productcatalogservice/ })).toBeVisible();
  await page.keyboard.press('Enter');
  const line = page.locator('.view-line', { hasText: 'host:' });
  await expect(line).toContainText('host: productcatalogservice');

  await expect(page.locator('.status-dot')).toHaveAttribute('data-status', 'ready');
  await expect(async () => {
    await page.mouse.move(0, 0);
    await line.getByText('productcatalogservice').hover();
    const hover = page
      .locator('.monaco-hover:visible')
      .filter({ hasText: 'productcatalogservice.demo.svc.cluster.local' });
    await expect(hover).toBeVisible({ timeout: 2000 });
  }).toPass();
  await page.keyboard.press('F12');
  await expect(page.getByRole('tab', { name: 'boutique.yaml', exact: true })).toHaveAttribute('aria-selected', 'true');
});

test('a mistyped field is marked, and mended by its quick fix in one step of the history', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(ROUTE.replace('hosts:', 'hostz:'));
  const problems = page.getByRole('button', { name: /^Problems/ });
  await expect(problems).toContainText('error');
  await problems.click();
  await page.getByRole('button', { name: 'Why unknown-field, and what to do' }).click();
  await page.getByRole('button', { name: 'Write hosts instead of hostz' }).click();
  await expect(page.locator('.view-line', { hasText: 'hosts:' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.locator('.view-line', { hasText: 'hostz:' })).toBeVisible();
});

test('renaming in the editor follows to every file', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(ROUTE);
  await expect(page.locator('.status-dot')).toHaveAttribute('data-status', 'ready');
  await page.locator('.view-line', { hasText: 'productcatalogservice' }).getByText('productcatalogservice').click();
  await page.keyboard.press('F2');
  const name = page.getByRole('textbox', { name: /Rename input/ });
  await name.fill('catalog');
  await name.press('Enter');
  await expect(page.locator('.view-line', { hasText: '- catalog' })).toBeVisible();
});

test('mesh configuration is completed, marked and mended inside its ConfigMap', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio\n  namespace: istio-system\ndata:\n  mesh: |\n    outboundTrafficPolicy:\n      mod: REGISTRY_ONLY\n    ',
  );
  await page.keyboard.press('ControlOrMeta+Space');
  const suggestions = page.getByRole('listbox', { name: 'Suggest' });
  await expect(suggestions.getByRole('option', { name: /^connectTimeout/ })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Problems/ }).click();
  await page.getByRole('button', { name: 'Why unknown-field, and what to do' }).click();
  await page.getByRole('button', { name: 'Write mode instead of mod' }).click();
  await expect(page.locator('.view-line', { hasText: 'mode: REGISTRY_ONLY' })).toBeVisible();
});

test('a policy where nothing has a sidecar says so, and brings one', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: bare\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: bare\nspec:\n  containers:\n    - name: app\n---\n${head('security.istio.io/v1', 'PeerAuthentication').replace('demo', 'bare')}  mtls:\n    mode: STRICT\n`,
  );
  await page.getByRole('button', { name: /^Problems/ }).click();
  await page.getByRole('button', { name: 'Why policy-without-proxy, and what to do' }).click();
  await page.getByRole('button', { name: 'Label namespace bare: istio-injection=enabled' }).click();
  await expect(page.getByRole('button', { name: 'Why policy-without-proxy, and what to do' })).toBeHidden();
  await page.keyboard.press('Escape');
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+Home');
  await expect(page.locator('.view-line', { hasText: 'istio-injection: enabled' })).toBeVisible();
});
