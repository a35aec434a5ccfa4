import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const MESH = `apiVersion: v1
kind: Namespace
metadata: {name: lab, labels: {istio-injection: enabled}}
${['alpha', 'beta']
  .map(
    (name) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: lab}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {serviceAccountName: ${name}, containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: lab}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: 8080}]}
`,
  )
  .join('')}`;
const POLICY = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: friends, namespace: lab}
spec: {rules: [{from: [{source: {principals: [cluster.local/ns/lab/sa/gamma]}}]}]}
`;
const AUTHENTICATION = `---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: lab}
spec:
  jwtRules:
    - issuer: https://accounts.example
      audiences: [lab]
      jwksUri: https://accounts.example/keys
`;

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

/** A mesh of two, where alpha calls beta. */
async function alphaCallsBeta(studio: StudioPage, yaml: string): Promise<void> {
  const { page } = studio;
  await studio.open();
  await page.getByRole('button', { name: 'New file' }).click();
  await studio.rewrite(yaml);
  await expect(studio.node('Workload alpha in lab, with sidecar')).toBeVisible();
  await page.getByRole('button', { name: /^From/ }).click();
  await page.getByRole('menuitemradio', { name: 'alpha' }).click();
  await studio.url.fill('http://beta/');
  await studio.url.press('Enter');
}

test('a refused call says what would allow it; the change is applied, and undone', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  await alphaCallsBeta(studio, MESH + POLICY);
  await expect(studio.verdict).toContainText('Refused by AuthorizationPolicy lab/friends');
  await page.getByRole('button', { name: 'What would allow it?' }).click();
  const changes = page.getByRole('dialog', { name: 'What would let this call through' });
  await changes.getByRole('button', { name: 'Apply' }).first().click();
  await expect(studio.verdict).toContainText('lab/beta answered with 200.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(studio.verdict).toContainText('Refused by AuthorizationPolicy lab/friends');
});

test('the token bench mints; a rule is made to trust it; an expired token is refused with its reason', async ({
  page,
}) => {
  test.slow();
  const studio = new StudioPage(page);
  await alphaCallsBeta(studio, MESH + AUTHENTICATION);
  await expect(studio.verdict).toContainText('lab/beta answered with 200.');

  const openBench = async (): Promise<void> => {
    await page.getByRole('button', { name: /^(Options|\d+ options?)$/ }).click();
    await page.getByRole('button', { name: 'Token bench…' }).click();
  };
  const bench = page.getByRole('dialog', { name: 'Token bench' });
  const checks = bench.getByRole('listitem');
  await openBench();
  await expect(bench.getByLabel('Checked by the proxy of')).toHaveValue('lab/beta');
  await bench.getByRole('button', { name: 'Mint token' }).click();
  // istiod cannot fetch the keys, so nobody's signature holds until the rule has the mesh's own key set.
  await expect(bench.getByText('refused', { exact: true })).toBeVisible();
  await bench.getByRole('button', { name: 'Put the key set into the rule' }).click();
  await expect(bench.getByText('accepted', { exact: true })).toBeVisible();
  await expect(checks.filter({ hasText: 'passed: Signature' }).last()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
  await bench.getByRole('button', { name: 'Use for this call' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(studio.verdict).toContainText('lab/beta answered with 200.');

  await openBench();
  await bench.getByLabel('Break it on purpose').selectOption({ label: 'Expired' });
  await bench.getByRole('button', { name: 'Mint token' }).click();
  await expect(bench.getByText('Jwt is expired')).toBeVisible();
  await expect(checks.filter({ hasText: 'failed: Expiry' }).last()).toBeVisible();
  await bench.getByRole('button', { name: 'Use for this call' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(studio.verdict).toContainText('Refused by RequestAuthentication lab/tokens');
  await expect(studio.verdict).toContainText('Jwt is expired');
});
