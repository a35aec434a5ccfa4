/** What in the mesh is not simulated, and whose proxies it changes. */
import { expect, test } from 'vitest';
import { deployment, documents, namespace, resource } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';

const PODS = [
  namespace('shop'),
  namespace('ops'),
  deployment('shop/web'),
  deployment('shop/cart'),
  deployment('ops/web'),
  deployment('ops/plain', { labels: { 'sidecar.istio.io/inject': 'false' } }),
  deployment('shop/edge', {
    labels: { 'gateway.networking.k8s.io/gateway-name': 'edge' },
    annotations: { 'inject.istio.io/templates': 'gateway' },
  }),
];

function tainted(...docs: string[]): readonly string[] {
  const { mesh } = meshOf(documents(...PODS, ...docs));
  return [...mesh.workloads.values()]
    .filter((workload) => mesh.taints.some((taint) => taint.selects(workload)))
    .map(({ id }) => id)
    .sort();
}

test('an application with the user of the proxy escapes capture', () => {
  expect(tainted(deployment('ops/own', { spec: { securityContext: { runAsUser: 1337 } } }))).toEqual(['ops/own']);
});

const PATCH = 'configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {}}}]';
const WASM = 'url: oci://x/y';
const FOREIGN = 'labels: {istio.io/rev: canary}';

test.each<[string, string[], string[]]>([
  ['nothing', [], []],
  ['Telemetry changes no verdict', [resource('Telemetry', 'shop/t', '{}')], []],
  ['an EnvoyFilter', [resource('EnvoyFilter', 'shop/f', `{${PATCH}}`)], ['shop/cart', 'shop/edge', 'shop/web']],
  [
    'with a selector',
    [resource('EnvoyFilter', 'shop/f', `{workloadSelector: {labels: {app: web}}, ${PATCH}}`)],
    ['shop/web'],
  ],
  [
    'of the root namespace',
    [resource('EnvoyFilter', 'istio-system/f', `{${PATCH}}`)],
    ['ops/web', 'shop/cart', 'shop/edge', 'shop/web'],
  ],
  [
    'a WasmPlugin',
    [resource('WasmPlugin', 'shop/f', `{selector: {matchLabels: {app: cart}}, ${WASM}}`)],
    ['shop/cart'],
  ],
  [
    'of a Gateway',
    [
      resource(
        'WasmPlugin',
        'shop/f',
        `{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}], ${WASM}}`,
      ),
    ],
    ['shop/edge'],
  ],
  [
    'of another revision',
    [resource('DestinationRule', 'shop/d', '{host: web}', FOREIGN)],
    ['ops/web', 'shop/cart', 'shop/edge', 'shop/web'],
  ],
  [
    'of another revision, for its own namespace',
    [resource('PeerAuthentication', 'ops/p', '{mtls: {mode: STRICT}}', FOREIGN)],
    ['ops/web'],
  ],
  [
    'of the same revision',
    [resource('DestinationRule', 'shop/d', '{host: web}', 'labels: {istio.io/rev: default}')],
    [],
  ],
])('%s', (_, docs, expected) => {
  expect(tainted(...docs)).toEqual(expected);
});

test('pods of ambient mode, and those that a waypoint serves', () => {
  const yaml = documents(
    namespace('amb', { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'way' }),
    namespace('shop'),
    deployment('amb/web'),
    deployment('shop/web'),
  );
  const { mesh } = meshOf(yaml);
  const codes = (id: string) =>
    mesh.taints.filter((t) => [...mesh.workloads.values()].some((w) => w.id === id && t.selects(w))).map((t) => t.code);
  expect(codes('amb/web')).toEqual(['ambient', 'ambient']);
  expect(codes('shop/web')).toEqual([]);
});
