import { expect, it } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import { buildProxyConfig } from '../../control-plane/buildProxyConfig.ts';
import { workloadIdentity } from '../../control-plane/identity/workloadIdentity.ts';
import { keySetText, meshIssuer, mintToken } from '../../jwt/mint.ts';
import { meshOf, TEST_NOW } from '../../testing/meshOf.ts';
import { inspectToken } from './jwtAuthnBench.ts';

const issuer = meshIssuer('bench', 'alpha');
const mesh = (keys: string) =>
  meshOf(`
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: app, image: cart, ports: [{containerPort: 8080}]}]}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: j, namespace: shop}
spec:
  jwtRules:
  - {issuer: b, jwksUri: "https://keys.example/b"}
  - {issuer: a, ${keys}}
`).mesh;

function bench(keys: string, token: string) {
  const built = mesh(keys);
  const cart = built.workloads.get(workloadId('shop', 'cart')) ?? expect.fail();
  const config = buildProxyConfig(built, cart, workloadIdentity(built, cart)) ?? expect.fail('no proxy');
  return inspectToken(config, token, TEST_NOW).map(({ provider, verdict }) => [provider.issuer, verdict.status]);
}

it('shows a token to every rule in force, sorted by issuer', () => {
  const keys = `jwks: '${keySetText([issuer])}'`;
  const token = mintToken(issuer, { iss: 'a', sub: 's' });
  expect(bench(keys, `  Bearer ${token} `)).toEqual([
    ['a', 'ok'],
    ['b', 'unknown-issuer'],
  ]);
  expect(bench(keys, mintToken(issuer, { iss: 'b' }))).toEqual([
    ['a', 'unknown-issuer'],
    ['b', 'verification-failed'],
  ]);
});
