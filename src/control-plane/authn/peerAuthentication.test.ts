/** The mTLS mode of a workload's ports, and of a namespace as clients see it. */
import { describe, expect, test } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import { deployment, documents, meshConfig, namespace, resource } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { effectivePeerAuthentication, namespaceMode } from './peerAuthentication.ts';

const POD = [namespace('shop'), deployment('shop/web'), deployment('istio-system/own', { labels: { app: 'web' } })];
const SELECTOR = 'selector: {matchLabels: {app: web}}';

function effective(docs: readonly string[], pod = 'shop/web') {
  const { mesh } = meshOf(documents(...POD, ...docs));
  const [ns = '', name = ''] = pod.split('/');
  const { labels } = mesh.workloads.get(workloadId(ns, name)) ?? expect.fail(`no ${pod}`);
  return effectivePeerAuthentication(mesh, ns, labels);
}

const policy = (path: string, spec: string, metadata = '') => resource('PeerAuthentication', path, spec, metadata);
const mtls = (mode: string | undefined) => (mode === undefined ? '' : `mtls: {mode: ${mode}}`);

type Mode = string | undefined;

describe('precedence', () => {
  test.each<[Mode, Mode, Mode, Mode, string, string]>([
    [undefined, undefined, undefined, undefined, 'PERMISSIVE', 'PERMISSIVE'],
    ['STRICT', undefined, undefined, undefined, 'STRICT', 'STRICT'],
    ['STRICT', 'PERMISSIVE', undefined, undefined, 'PERMISSIVE', 'PERMISSIVE'],
    ['STRICT', 'UNSET', undefined, undefined, 'STRICT', 'STRICT'],
    ['UNSET', 'UNSET', undefined, undefined, 'PERMISSIVE', 'PERMISSIVE'],
    ['STRICT', 'DISABLE', 'UNSET', 'UNSET', 'DISABLE', 'DISABLE'],
    [undefined, 'STRICT', '', 'DISABLE', 'STRICT', 'DISABLE'],
    [undefined, undefined, 'DISABLE', 'STRICT', 'DISABLE', 'STRICT'],
  ])('mesh %s, namespace %s, workload %s, its port %s: %s, port %s', (mesh, ns, own, port, base, onPort) => {
    const fields = [SELECTOR, mtls(own || undefined), port ? `portLevelMtls: {8080: {mode: ${port}}}` : ''];
    const found = effective([
      ...(mesh ? [policy('istio-system/mesh', `{${mtls(mesh)}}`)] : []),
      ...(ns ? [policy('shop/all', `{${mtls(ns)}}`)] : []),
      ...(own === undefined ? [] : [policy('shop/own', `{${fields.filter((field) => field !== '').join(', ')}}`)]),
    ]);
    expect(found.base.mode).toBe(base);
    expect(found.forPort(8080).mode).toBe(onPort);
    expect(found.forPort(9090).mode).toBe(base);
  });

  test('the origin is the field that decided', () => {
    const found = effective([
      policy('istio-system/mesh', '{mtls: {mode: STRICT}}'),
      policy('shop/own', `{${SELECTOR}, portLevelMtls: {8080: {mode: DISABLE}, 8081: {mode: UNSET}}}`),
    ]);
    const mesh = [
      { resource: 'security.istio.io/PeerAuthentication/istio-system/mesh', path: ['spec', 'mtls', 'mode'] },
    ];
    expect(found.base.origins).toEqual(mesh);
    expect(found.forPort(8081).origins).toEqual(mesh);
    expect(found.forPort(8080).origins).toEqual([
      {
        resource: 'security.istio.io/PeerAuthentication/shop/own',
        path: ['spec', 'portLevelMtls', '8080', 'mode'],
      },
    ]);
  });

  test.each<[string, string[], string]>([
    ['of another namespace', [policy('ops/all', '{mtls: {mode: STRICT}}')], 'PERMISSIVE'],
    [
      'for other pods',
      [policy('shop/own', '{selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT}}')],
      'PERMISSIVE',
    ],
    ['with an empty selector', [policy('shop/own', '{selector: {}, mtls: {mode: STRICT}}')], 'STRICT'],
    [
      'with a selector in the root namespace',
      [policy('istio-system/own', `{${SELECTOR}, mtls: {mode: STRICT}}`)],
      'PERMISSIVE',
    ],
    [
      'the older of a namespace, whatever its name',
      [policy('shop/b', '{mtls: {mode: STRICT}}'), policy('shop/a', '{mtls: {mode: DISABLE}}')],
      'STRICT',
    ],
    [
      'of equal age the first by name',
      [
        policy('shop/b', '{mtls: {mode: STRICT}}', 'creationTimestamp: "2026-01-01T00:00:00Z"'),
        policy('shop/a', '{mtls: {mode: DISABLE}}', 'creationTimestamp: "2026-01-01T00:00:00Z"'),
      ],
      'DISABLE',
    ],
    [
      'the older one that selects the pod, as a whole',
      [
        policy('shop/b', `{${SELECTOR}, portLevelMtls: {9090: {mode: STRICT}}}`),
        policy('shop/a', `{${SELECTOR}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: STRICT}}}`),
      ],
      'PERMISSIVE',
    ],
    [
      'of another root namespace',
      [
        meshConfig('rootNamespace: mesh'),
        policy('istio-system/all', '{mtls: {mode: STRICT}}'),
        policy('mesh/all', '{mtls: {mode: DISABLE}}'),
      ],
      'DISABLE',
    ],
  ])('%s', (_, docs, expected) => {
    expect(effective(docs).forPort(8080).mode).toBe(expected);
  });

  test('in the root namespace there is only the mesh', () => {
    const found = effective(
      [
        policy('istio-system/own', `{${SELECTOR}, mtls: {mode: STRICT}}`),
        policy('istio-system/all', '{mtls: {mode: DISABLE}}'),
      ],
      'istio-system/own',
    );
    expect(found.base.mode).toBe('DISABLE');
  });
});

test('every policy that was looked at says what became of it', () => {
  const { considered } = effective([
    policy('istio-system/mesh', '{mtls: {mode: STRICT}}'),
    policy('istio-system/selects', `{${SELECTOR}, mtls: {mode: STRICT}}`),
    policy('shop/all', '{mtls: {mode: DISABLE}}'),
    policy('shop/late', '{mtls: {mode: STRICT}}'),
    policy('shop/own', `{${SELECTOR}}`),
    policy('shop/second', `{${SELECTOR}, mtls: {mode: STRICT}}`),
  ]);
  expect(considered.map(({ policy: { name }, level, outcome }) => `${name}: ${level} ${outcome}`)).toEqual([
    'own: workload inherits',
    'second: workload younger',
    'all: namespace decides',
    'mesh: mesh overridden',
    'late: namespace younger',
    'selects: workload root-selector',
  ]);
});

describe('the mode of a namespace, for auto mTLS', () => {
  test.each<[string, string[], string | undefined]>([
    ['nothing is known', [], undefined],
    ['its own', [policy('shop/all', '{mtls: {mode: DISABLE}}')], 'DISABLE'],
    ['the mesh', [policy('istio-system/all', '{mtls: {mode: STRICT}}')], 'STRICT'],
    ['the mesh says nothing', [policy('istio-system/all', '{}')], 'PERMISSIVE'],
    ['its own says nothing', [policy('shop/all', '{}')], 'PERMISSIVE'],
    [
      'its own says nothing, but the mesh does',
      [policy('istio-system/all', '{mtls: {mode: DISABLE}}'), policy('shop/all', '{mtls: {mode: UNSET}}')],
      'DISABLE',
    ],
    ['workloads and ports are not seen', [policy('shop/own', `{${SELECTOR}, mtls: {mode: DISABLE}}`)], undefined],
  ])('%s', (_, docs, expected) => {
    expect(namespaceMode(meshOf(documents(...POD, ...docs)).mesh, 'shop')?.mode).toBe(expected);
  });
});
