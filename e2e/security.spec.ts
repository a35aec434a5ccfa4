import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const POLICIES = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: namespace-policy
  namespace: demo
spec:
  mtls:
    mode: STRICT
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: nobody
  namespace: demo
spec:
  selector:
    matchLabels:
      app: nobody
  mtls:
    mode: DISABLE
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata:
  name: mesh-wide
  namespace: istio-system
spec:
  mtls:
    mode: STRICT
`;

test('the dashboards of the tutorial: permissive, strict, and each row leads to its place', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'Security', exact: true }).click();
  const doors = page.getByRole('table', { name: 'mTLS status' });
  const row = (name: RegExp) => doors.getByRole('row', { name });
  await expect(row(/frontend.*8080/)).toContainText('Permissive');
  await expect(page.getByRole('region', { name: 'mTLS status' })).toContainText('12Permissive');

  // Strict, typed beside it, is seen at once.
  await studio.openFile('security.yaml');
  await studio.retype('PERMISSIVE', 'STRICT');
  await expect(row(/frontend.*8080/)).toContainText('Strict');

  // Why: the precedence; and the line that says so.
  await row(/demo.*cartservice/).click();
  const security = page.getByRole('region', { name: 'Security', exact: true });
  await expect(security.getByRole('listitem').filter({ hasText: 'the narrowest that sets a mode' })).toContainText(
    'PeerAuthentication demo/namespace-policy',
  );
  await page.getByRole('button', { name: 'Show in the YAML: security.yaml:11' }).click();
  await expect(page.getByRole('textbox', { name: 'YAML of security.yaml' })).toBeAttached();

  // A card's count shows just those rows; the copy is what is shown.
  await page.getByRole('region', { name: 'mTLS status' }).getByRole('button', { name: '2 No proxy' }).click();
  await expect(page.getByText('2 of 15 rows')).toBeVisible();
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(
      'Namespace,Workload,Port,Status,Decided by\r\nlegacy,client,any,No proxy,–\r\nlegacy,store,8080,No proxy,–\r\n',
    );
  await page.getByRole('button', { name: 'Show all' }).click();

  // By keyboard: sorted, walked, and out to the canvas.
  await doors.getByRole('button', { name: 'Workload' }).press('Enter');
  await expect(doors.getByRole('columnheader', { name: 'Workload' })).toHaveAttribute('aria-sort', 'ascending');
  await row(/adservice/).focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(/cartservice/)).toBeFocused();
  await page.getByRole('button', { name: 'Show on the canvas' }).press('Enter');
  await expect(studio.node('Workload cartservice in demo, with sidecar')).toBeVisible();
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(1);
});

test('edges come from the saved calls, and lead to them', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'Security', exact: true }).click();
  await page.getByRole('tab', { name: 'Edges' }).click();
  const edges = page.getByRole('table', { name: 'Edges' });
  await expect(edges.getByRole('row', { name: /frontend.*cartservice/ })).toContainText('mutual TLS');
  await expect(edges.getByRole('row', { name: /^legacy\/client/ })).toContainText('plain text');
  await edges.getByRole('row', { name: /^outside demo\/frontend/ }).click();
  await page.getByRole('button', { name: 'Show the call' }).click();
  await expect(studio.verdict).toContainText('Allowed: demo/frontend answered with 200.');
  await expect(studio.url).toHaveValue('http://203.0.113.11/');
});

test('the audit names policies without effect, in both languages; axe finds nothing', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openFile('security.yaml');
  await studio.rewrite(POLICIES);
  await page.getByRole('button', { name: 'Security', exact: true }).click();
  await page.getByRole('tab', { name: 'Policy audit' }).click();
  const policies = page.getByRole('table', { name: 'Policy audit' });
  await expect(policies.getByRole('row', { name: /demo\/namespace-policy/ })).toContainText('in force');
  await expect(policies.getByRole('row', { name: /demo\/nobody/ })).toContainText('selects nothing');
  await policies.getByRole('row', { name: /istio-system\/mesh-wide/ }).click();
  await expect(page.getByText('Because of: PeerAuthentication demo/namespace-policy')).toBeVisible();
  await page.getByRole('button', { name: 'Show in the YAML: security.yaml:22' }).click();
  const check = async (): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).include('.security').include('.topbar').analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
  };
  await check();
  await page.emulateMedia({ colorScheme: 'dark' });
  await check();
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('tab', { name: 'ポリシー監査' })).toBeVisible();
  await expect(page.getByRole('row', { name: /demo\/nobody/ })).toContainText('対象なし');
});
