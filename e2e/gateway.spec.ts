import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('what SDS pushes is told as the YAML changes, and every letter typed arrives', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('FooCorp');
  await studio.node(/^Gateway istio-ingressgateway/).click();
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.getByRole('tab', { name: 'SDS' }).click();
  const servers = page.locator('.sds-server');
  const inventory = servers.filter({ hasText: 'inventory.foocorp.com' });
  await expect(servers).toHaveCount(2);
  await expect(inventory).toContainText('serving');
  await expect(inventory).toContainText('kubernetes://inventory-credential-cacert');

  await inventory.getByRole('button', { name: 'Gateway default/foocorp-gateway' }).click();
  await studio.retype('inventory-credential', 'apple-pie');
  const news = page.locator('.notices');
  await expect(news).toContainText('Nobody answers for kubernetes://inventory-apple-pie: there is no Secret');
  // The palette opens from within the editor.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');

  await news.getByRole('button', { name: 'Show its secrets' }).click();
  await expect(inventory).toContainText('waiting for a secret');
  await expect(inventory).toContainText('a new port stays closed for up to 15 s');
  await expect(servers.filter({ hasText: 'frontend.foocorp.com' })).toContainText('serving');
  await studio.call('inventory with its client certificate');
  await expect(studio.verdict).toContainText('nobody answers for kubernetes://inventory-apple-pie');
  await expect(studio.verdict).toContainText('curl: (35) Recv failure: Connection reset by peer');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(inventory).toContainText('serving');
  await expect(studio.verdict).toContainText('answered with 200');
});

test('a gateway that runs keeps the Secret that was taken from it, until it starts anew', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('FooCorp');
  await studio.call('frontend with its client certificate');
  await expect(studio.verdict).toContainText('answered with 200');
  await studio.openFile('credentials.yaml');
  await studio.retype('frontend-credential', 'other');
  await expect(studio.verdict).toContainText('curl: (35) Recv failure: Connection reset by peer');
  const news = page.locator('.notices');
  await news.getByRole('button', { name: 'Call it as it runs' }).click();
  await expect(studio.verdict).toContainText('answered with 200');
  await expect(studio.verdict).toContainText('Gateways: running since before the edit.');

  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('button', { name: /^Gateways: / }).click();
  await page.getByRole('menuitemradio', { name: /^started just now/ }).click();
  await expect(studio.verdict).toContainText('curl: (7) Failed to connect');
  await page.keyboard.press('Escape');
  await studio.verdict.getByRole('button', { name: 'As after a restart' }).click();
  await expect(studio.verdict).toContainText('curl: (35) Recv failure: Connection reset by peer');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(studio.verdict).toContainText('answered with 200');
});

test('whether the network enforces NetworkPolicies is asked where it matters, and kept in the text', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('FooCorp');
  await studio.openFile('mesh.yaml');
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.evaluate(() =>
    navigator.clipboard.writeText(
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: closed, namespace: istio-system}\nspec: {podSelector: {}}\n---\n',
    ),
  );
  await page.keyboard.press('ControlOrMeta+V');
  await studio.call('frontend with its client certificate');
  await expect(studio.verdict).toContainText('Cannot tell');
  await studio.verdict.getByRole('button', { name: 'It drops packets' }).click();
  await expect(studio.verdict).toContainText('curl: (28) Connection timed out after 8000 milliseconds');
  await expect(studio.verdict).toContainText('NetworkPolicy istio-system/closed drops the packets');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await studio.verdict.getByRole('button', { name: 'It ignores them' }).click();
  await expect(studio.verdict).toContainText('answered with 200');
});

test('a curl command of an article, pasted, and its handshake as openssl prints it', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('FooCorp');
  await page.evaluate(
    (line) => navigator.clipboard.writeText(line),
    `$ curl -HHost:inventory.foocorp.com \\
--resolve inventory.foocorp.com:$SECURE_INGRESS_PORT:$INGRESS_HOST \\
--cacert inventory.foocorp.com/2_intermediate/certs/ca-chain.cert.pem \\
--cert inventory.foocorp.com/4_client/certs/inventory.foocorp.com.cert.pem \\
--key inventory.foocorp.com/4_client/private/inventory.foocorp.com.key.pem \\
https://inventory.foocorp.com:$SECURE_INGRESS_PORT/`,
  );
  await studio.url.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(studio.url).toHaveValue('https://inventory.foocorp.com:443/');
  await page.keyboard.press('Enter');
  await expect(studio.verdict).toContainText('corp-services/inventory answered with 200.');

  await page.getByRole('tab', { name: 'Handshake' }).click();
  const handshake = page.getByRole('tabpanel', { name: 'Handshake' });
  // The view follows playback; the caller’s own connection is picked when it has come to rest.
  await studio.toEnd();
  await handshake.getByRole('button', { name: 'Connection' }).click();
  await page.getByRole('menuitemradio').first().click();
  await expect(handshake.locator('.handshake-step.is-done')).toHaveCount(6);
  await handshake.getByText('As openssl s_client prints it').click();
  await expect(handshake.locator('.s-client pre')).toContainText('Verify return code: 0 (ok)');
});
