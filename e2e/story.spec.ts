import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

test('a stranger sends a call and watches it cross the mesh', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(studio.verdict).toContainText('Allowed: demo/frontend answered with 200.');
  await expect(studio.verdict).toContainText('HTTP 200');

  // The path, hop by hop, as a list.
  await expect(studio.lanes.locator('.lane-label')).toHaveText([
    /outside\s*caller/,
    /istio-ingressgateway\s*load balancer/,
    /istio-ingressgateway\s*gateway/,
    /frontend\s*inbound sidecar/,
    /frontend\s*application/,
  ]);
  await studio.toEnd();
  await expect(page.locator('.end-mark-word')).toHaveText('Allowed');
  // Plain text to the gateway, mutual TLS behind it.
  await expect(page.locator('.leg-plain')).toHaveCount(2);
  await expect(page.locator('.leg-wall')).toHaveCount(1);
  await expect(page.locator('.leg-seal')).toHaveCount(2);
});

test('STRICT, typed in the editor, refuses whoever has no mesh certificate, while typing', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.call('Browser, through frontend-external');
  await expect(studio.verdict).toContainText('Allowed');

  await studio.openFile('security.yaml');
  await studio.retype('PERMISSIVE', 'STRICT');
  await expect(studio.verdict).toContainText('Refused by PeerAuthentication demo/namespace-policy');
  await expect(studio.verdict).toContainText('curl: (56) Recv failure: Connection reset by peer');
  await expect(studio.node('Namespace demo')).toContainText('mTLS STRICT');

  await studio.call('productcatalogservice, container istio-proxy');
  await expect(studio.verdict).toContainText('curl: (56)');
  for (const name of [
    'Browser, through the ingress gateway',
    'productcatalogservice to frontend',
    'cartservice to redis-cart',
  ]) {
    await studio.call(name);
    await expect(studio.verdict).toContainText('Allowed');
  }

  // Every saved call is judged again after an edit.
  await page.getByRole('button', { name: /^Saved calls/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Browser, through frontend-external' })).toContainText('Refused');
  await expect(page.getByRole('menuitem', { name: 'Browser, through the ingress gateway' })).toContainText('Allowed');
});

test('FooCorp: right, wrong and missing client certificates', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openExample('FooCorp');
  await studio.call('inventory with its client certificate');
  await expect(studio.verdict).toContainText('corp-services/inventory answered with 200.');
  await studio.call('inventory with the frontend client certificate');
  await expect(studio.verdict).toContainText(
    'the client certificate is not accepted: its chain leads to no trust anchor',
  );
  await studio.call('inventory without a client certificate');
  await expect(studio.verdict).toContainText('a client certificate is required, and none was presented');

  await page.getByRole('tab', { name: 'Handshake' }).click();
  const handshake = page.getByRole('tabpanel', { name: 'Handshake' });
  await expect(handshake.locator('.message-name').first()).toContainText('ClientHello');
  await expect(handshake).toContainText('empty: no certificate');
  await expect(handshake.locator('.check[data-passed="false"]')).toHaveCount(1);
});

test('the same story in Japanese', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await page.getByRole('button', { name: '送信', exact: true }).click();
  await expect(studio.verdict).toContainText('許可: demo/frontend が 200 を返しました。');
  await page.getByRole('button', { name: /^保存した呼び出し/ }).click();
  await page.getByRole('menuitem', { name: 'ブラウザーから frontend-external 経由' }).click();
  await studio.retype('PERMISSIVE', 'STRICT');
  await expect(studio.verdict).toContainText('PeerAuthentication demo/namespace-policy に従って拒否しました');
});
