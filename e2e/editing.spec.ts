import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const SERVICE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  namespace: lab
spec:
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      serviceAccountName: NAME
      containers:
        - name: app
          image: NAME
          ports:
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: NAME
  namespace: lab
spec:
  selector:
    app: NAME
  ports:
    - name: http
      port: 80
      targetPort: 8080
`;
const LAB = `apiVersion: v1
kind: Namespace
metadata:
  name: lab
  labels:
    istio-injection: enabled
---
${['alpha', 'beta'].map((name) => SERVICE.replaceAll('NAME', name)).join('---\n')}`;

test('edits nobody foresaw change picture, verdict and trace', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(LAB);
  await expect(studio.node('Workload alpha in lab, with sidecar')).toBeVisible();

  await page.getByRole('button', { name: /^From/ }).click();
  await page.getByRole('menuitemradio', { name: 'alpha' }).click();
  await studio.url.fill('http://beta/');
  await studio.url.press('Enter');
  await expect(studio.verdict).toContainText('lab/beta answered with 200.');

  // A policy appears that allows somebody else only.
  const policy = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: friends
  namespace: lab
spec:
  rules:
    - from:
        - source:
            principals:
              - cluster.local/ns/lab/sa/gamma
`;
  await studio.rewrite(LAB + policy);
  await expect(studio.verdict).toContainText(
    'Refused by AuthorizationPolicy lab/friends, at the inbound sidecar of lab/beta',
  );
  await expect(studio.verdict).toContainText('cluster.local/ns/lab/sa/gamma');

  // The caller is renamed to the friend; then the policy's target is deleted.
  await studio.rewrite(LAB.replaceAll('alpha', 'gamma') + policy);
  await expect(studio.node('Workload gamma in lab, with sidecar')).toBeVisible();
  await expect(studio.node(/Workload alpha/)).toHaveCount(0);
  await page.getByRole('button', { name: /^From/ }).click();
  await page.getByRole('menuitemradio', { name: 'gamma' }).click();
  await studio.url.press('Enter');
  await expect(studio.verdict).toContainText('lab/beta answered with 200.');
  await studio.rewrite(SERVICE.replaceAll('NAME', 'gamma'));
  await expect(studio.node(/Workload beta/)).toHaveCount(0);
  await expect(studio.verdict).not.toContainText('lab/beta answered');
});

test('a broken document is marked at its line, and the rest of the mesh goes on', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite('kind: [unclosed\nname: x\n');
  await expect(page.getByRole('button', { name: /^Problems/ })).toContainText('error');
  await page.getByRole('button', { name: /^Problems/ }).click();
  await expect(page.locator('.problem').first()).toContainText('untitled.yaml:');
  await expect(page.locator('.squiggly-error').first()).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(studio.verdict).toContainText('Allowed: demo/frontend answered with 200.');
});

test('nothing typed is lost on reload, and undo spans text and canvas', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.openFile('security.yaml');
  await studio.retype('PERMISSIVE', 'STRICT');
  await page.reload();
  await expect(studio.node('Namespace demo')).toContainText('mTLS STRICT');

  await studio.openFile('security.yaml');
  await studio.retype('STRICT', 'DISABLE');
  await expect(studio.node('Namespace demo')).toContainText('mTLS DISABLE');
  const card = studio.node('Workload adservice in demo, with sidecar');
  const before = await card.boundingBox();
  if (before === null) throw new Error('adservice is not on the canvas');
  await page.mouse.move(before.x + 60, before.y + 12);
  await page.mouse.down();
  await page.mouse.move(before.x + 60, before.y + 40, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await card.boundingBox())?.y).toBeGreaterThan(before.y + 10);

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(async () => Math.round((await card.boundingBox())?.y ?? 0)).toBe(Math.round(before.y));
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(studio.node('Namespace demo')).toContainText('mTLS STRICT');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(studio.node('Namespace demo')).toContainText('mTLS DISABLE');
});

test('a pasted curl command becomes the request, and comes back as one', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const studio = new StudioPage(page);
  await studio.open();
  await page.evaluate(() =>
    navigator.clipboard.writeText(
      "kubectl exec deploy/loadgenerator -n demo -- curl -sS -X POST -H 'X-Trace: yes' http://frontend/cart",
    ),
  );
  await studio.url.focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(studio.url).toHaveValue('http://frontend/cart');
  await expect(page.getByRole('button', { name: 'From: loadgenerator' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Method: POST' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(page.locator('.notice')).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "kubectl exec deploy/loadgenerator -n demo -- curl -X POST -H 'X-Trace: yes' http://frontend/cart",
  );
});
