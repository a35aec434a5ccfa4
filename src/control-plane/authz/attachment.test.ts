/** Which policies reach which proxy: one row for each row of Istio's attachment table. */
import { describe, expect, it, test } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { httpAuthzFilters, policiesInForce } from './index.ts';

const MESH = `
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
    metadata: {labels: {app: cart, version: v1}}
    spec: {containers: [{name: app, image: cart}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: edge, namespace: shop}
spec:
  selector: {matchLabels: {app: edge}}
  template:
    metadata:
      labels: {app: edge, gateway.networking.k8s.io/gateway-name: edge}
      annotations: {inject.istio.io/templates: gateway}
    spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: waypoint, namespace: shop}
spec:
  selector: {matchLabels: {app: waypoint}}
  template:
    metadata:
      labels: {app: waypoint, gateway.networking.k8s.io/gateway-name: waypoint, gateway.istio.io/managed: istio.io-mesh-controller}
      annotations: {inject.istio.io/templates: gateway}
    spec: {containers: [{name: istio-proxy, image: auto}]}
`;

function policiesOn(workload: string, namespace: string, spec: string): readonly string[] {
  const { mesh } = meshOf(`${MESH}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: ${namespace}}
spec: ${spec}
`);
  const found = mesh.workloads.get(workloadId('shop', workload)) ?? expect.fail(`no ${workload}`);
  return policiesInForce(mesh, found).authorization;
}

describe('attachment', () => {
  const gateway = '{group: gateway.networking.k8s.io, kind: Gateway, name: edge}';
  const rows: readonly (readonly [string, string, string, string, number])[] = [
    ['its own namespace, no selector', 'cart', 'shop', '{}', 1],
    ['root namespace, no selector', 'cart', 'istio-system', '{}', 1],
    ['another namespace', 'cart', 'bank', '{}', 0],
    ['a selector that fits', 'cart', 'shop', '{selector: {matchLabels: {app: cart}}}', 1],
    ['a selector of which one label differs', 'cart', 'shop', '{selector: {matchLabels: {app: cart, version: v2}}}', 0],
    ['root namespace, a selector that fits', 'cart', 'istio-system', '{selector: {matchLabels: {app: cart}}}', 1],
    ['a selector without labels', 'cart', 'shop', '{selector: {}}', 1],
    ['targetRefs on a sidecar', 'cart', 'shop', `{targetRefs: [${gateway}]}`, 0],
    ['a gateway by targetRefs', 'edge', 'shop', `{targetRefs: [${gateway}]}`, 1],
    ['a gateway by targetRef', 'edge', 'shop', `{targetRef: ${gateway}}`, 1],
    [
      'another gateway',
      'edge',
      'shop',
      '{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: x}]}',
      0,
    ],
    ['a Service of the same name', 'edge', 'shop', '{targetRefs: [{group: "", kind: Service, name: edge}]}', 0],
    ['a gateway from the root namespace', 'edge', 'istio-system', `{targetRefs: [${gateway}]}`, 0],
    ['a gateway by selector', 'edge', 'shop', '{selector: {matchLabels: {app: edge}}}', 1],
    ['a gateway by namespace', 'edge', 'shop', '{}', 1],
    ['a waypoint by namespace', 'waypoint', 'shop', '{}', 0],
    [
      'a waypoint by targetRefs',
      'waypoint',
      'shop',
      '{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: waypoint}]}',
      1,
    ],
  ];
  test.each(rows)('%s', (_, workload, namespace, spec, count) => {
    expect(policiesOn(workload, namespace, spec)).toHaveLength(count);
  });

  it('all attached policies of an action are together in one filter, by id', () => {
    const policy = (namespace: string, name: string, path: string): string => `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: {action: DENY, rules: [{to: [{operation: {paths: [${path}]}}]}]}
`;
    const { mesh } = meshOf(
      MESH + policy('shop', 'z', '/z') + policy('istio-system', 'root', '/r') + policy('shop', 'b', '/b'),
    );
    const cart = mesh.workloads.get(workloadId('shop', 'cart')) ?? expect.fail();
    const filters = httpAuthzFilters(mesh, cart);
    expect(
      filters.map((filter) => (filter.kind === 'rbac' ? filter.rbac.rules?.map(({ id }) => id) : filter.kind)),
    ).toEqual([['ns[istio-system]-policy[root]-rule[0]', 'ns[shop]-policy[b]-rule[0]', 'ns[shop]-policy[z]-rule[0]']]);
  });
});
