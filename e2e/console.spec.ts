import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/studio.ts';
import { StudioPage } from './fixtures/studioPage.ts';

const CALL =
  "kubectl exec $(kubectl get pod -l app=productcatalogservice -n demo -o jsonpath={.items..metadata.name}) -c istio-proxy -n demo -- curl http://frontend:80/ -o /dev/null -s -w '%{http_code}\\n'";
const STRICT = `kubectl apply -f - <<EOF
apiVersion: "security.istio.io/v1beta1"
kind: "PeerAuthentication"
metadata:
  name: "namespace-policy"
  namespace: "demo"
spec:
  mtls:
    mode: STRICT
EOF`;

test('the tutorial typed into the console: same outputs, and the mesh follows', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.getByRole('tab', { name: 'Console' }).click();
  const input = page.getByRole('textbox', { name: 'Command line' });
  const last = page.getByRole('log', { name: 'Output of the console' }).locator('.console-entry').last();
  const run = async (line: string): Promise<void> => {
    await input.fill(line);
    await input.press('Enter');
  };
  await run(CALL);
  await expect(last).toContainText('200');
  await run(STRICT);
  await expect(last).toContainText('peerauthentication.security.istio.io/namespace-policy configured');
  await expect(studio.node('Namespace demo')).toContainText('mTLS STRICT');
  await run(CALL);
  await expect(last).toContainText('000');
  await expect(last).toContainText('command terminated with exit code 56');
  await expect(studio.verdict).toContainText('Refused by PeerAuthentication demo/namespace-policy');
  await run('kubectl delete peerauthentication -n demo namespace-policy');
  await expect(last).toContainText('peerauthentication.security.istio.io "namespace-policy" deleted');
  await expect(studio.node('Namespace demo')).toContainText('mTLS PERMISSIVE');

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('.bottom').analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
  }

  // Arrow up brings back, Tab completes, unknown commands are answered with what is known.
  await input.press('ArrowUp');
  await expect(input).toHaveValue('kubectl delete peerauthentication -n demo namespace-policy');
  await input.fill('kubectl get peer');
  await input.press('Tab');
  await expect(input).toHaveValue('kubectl get peerauthentication ');
  await input.press('Enter');
  await expect(last).toContainText('No resources found in default namespace.');
  await run('helm install');
  await expect(last).toContainText('Known: kubectl, istioctl, curl, openssl, help.');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(studio.node('Namespace demo')).toContainText('mTLS STRICT');
});
