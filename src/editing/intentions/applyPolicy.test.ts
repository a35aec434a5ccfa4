/** What is dropped onto the mesh: the least document of its kind, in the place that istiod reads it from. */
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { drawingOf, drawnOn } from '../../testing/drawing.ts';
import { intend } from './intend.ts';
import type { Intention, NewPolicy, PolicyScope } from './intention.ts';

const id = (text: string): WorkloadId => text as WorkloadId;
const MESH = drawnOn(
  [],
  { kind: 'add-namespace', name: 'shop', injection: true },
  { kind: 'add-workload', namespace: 'shop', name: 'web', port: 8080 },
);
const textOf = (files: readonly WorkspaceFile[]): string => files.map(({ text }) => text).join('');
const added = (files: readonly WorkspaceFile[], ...intentions: Intention[]): string =>
  textOf(drawnOn(files, ...intentions))
    .slice(textOf(files).length)
    .replace(/^---\n/, '');

const WHOLE: PolicyScope = { kind: 'mesh' };
const ROOM: PolicyScope = { kind: 'namespace', name: 'shop' };
const ONE: PolicyScope = { kind: 'workload', id: id('shop/web') };

const head = (api: string, kind: string, name: string, namespace: string): string =>
  `apiVersion: ${api}/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
const SELECTOR = '  selector:\n    matchLabels:\n      app: web\n';

describe('a policy dropped', () => {
  it.each<[string, NewPolicy, PolicyScope, string]>([
    [
      'onto the mesh: STRICT',
      { kind: 'PeerAuthentication', mode: 'STRICT' },
      WHOLE,
      `${head('security.istio.io', 'PeerAuthentication', 'default', 'istio-system')}spec:\n  mtls:\n    mode: STRICT\n`,
    ],
    [
      'onto a namespace: deny all',
      { kind: 'AuthorizationPolicy', preset: 'deny-all' },
      ROOM,
      `${head('security.istio.io', 'AuthorizationPolicy', 'deny-all', 'shop')}spec:\n  action: DENY\n  rules:\n    - {}\n`,
    ],
    [
      'onto a namespace: allow nothing',
      { kind: 'AuthorizationPolicy', preset: 'allow-nothing' },
      ROOM,
      `${head('security.istio.io', 'AuthorizationPolicy', 'allow-nothing', 'shop')}spec: {}\n`,
    ],
    [
      'onto a workload: allow nothing',
      { kind: 'AuthorizationPolicy', preset: 'allow-nothing' },
      ONE,
      `${head('security.istio.io', 'AuthorizationPolicy', 'web-allow-nothing', 'shop')}spec:\n${SELECTOR}`,
    ],
    [
      'onto a workload: how it is called',
      { kind: 'DestinationRule', tls: 'ISTIO_MUTUAL' },
      ONE,
      `${head('networking.istio.io', 'DestinationRule', 'web', 'shop')}spec:\n  host: web.shop.svc.cluster.local\n  trafficPolicy:\n    tls:\n      mode: ISTIO_MUTUAL\n`,
    ],
    [
      'onto a namespace: how it is called',
      { kind: 'DestinationRule', tls: 'DISABLE' },
      ROOM,
      `${head('networking.istio.io', 'DestinationRule', 'default', 'shop')}spec:\n  host: "*.shop.svc.cluster.local"\n  trafficPolicy:\n    tls:\n      mode: DISABLE\n`,
    ],
    [
      'onto a workload: what it sees',
      { kind: 'Sidecar' },
      ONE,
      `${head('networking.istio.io', 'Sidecar', 'web', 'shop')}spec:\n  workloadSelector:\n    labels:\n      app: web\n  egress:\n    - hosts:\n        - ./*\n        - istio-system/*\n`,
    ],
  ])('%s', (_, policy, scope, wanted) => {
    const wish: Intention = { kind: 'apply-policy', policy, scope };
    expect(added(MESH, wish)).toBe(wanted);
    expect(drawingOf(drawnOn(MESH, wish)).parsed.rejected).toEqual([]);
    // Dropped again, it is there already.
    expect(intend(drawingOf(drawnOn(MESH, wish)), wish)).toMatchObject({ ok: false, error: { code: 'nothing-to-do' } });
  });

  it('trusts an issuer by keys of its own', () => {
    const wish: Intention = {
      kind: 'apply-policy',
      policy: { kind: 'RequestAuthentication', issuer: 'me' },
      scope: ROOM,
    };
    const { parsed } = drawingOf(drawnOn(MESH, wish));
    const body = parsed.resources.find(({ kind }) => kind === 'RequestAuthentication')?.body;
    expect(body).toMatchObject({ spec: { jwtRules: [{ issuer: 'me', jwks: expect.stringContaining('"kid":"me"') }] } });
  });

  it('changes the DestinationRule that names the host already', () => {
    const rule =
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: r, namespace: shop}\nspec: {host: web} # short\n';
    const files = [...MESH, { name: 'r.yaml', text: rule }];
    const wish: Intention = { kind: 'apply-policy', policy: { kind: 'DestinationRule', tls: 'SIMPLE' }, scope: ONE };
    expect(drawnOn(files, wish)[1]?.text).toBe(
      rule.replace('{host: web}', '{host: web, trafficPolicy: {tls: {mode: SIMPLE}}}'),
    );
  });

  it.each<[string, NewPolicy, PolicyScope, string]>([
    [
      'onto nobody',
      { kind: 'PeerAuthentication', mode: 'STRICT' },
      { kind: 'workload', id: id('shop/no') },
      'not-there',
    ],
  ])('%s', (_, policy, scope, code) => {
    expect(intend(drawingOf(MESH), { kind: 'apply-policy', policy, scope })).toMatchObject({
      ok: false,
      error: { code },
    });
  });

  it('does not apply where nothing of its kind can', () => {
    const files = drawnOn(MESH, { kind: 'add-ingress-gateway', namespace: 'istio-system' });
    const gateway: PolicyScope = { kind: 'workload', id: id('istio-system/istio-ingressgateway') };
    expect(
      intend(drawingOf(files), { kind: 'apply-policy', policy: { kind: 'Sidecar' }, scope: gateway }),
    ).toMatchObject({
      ok: false,
      error: { code: 'not-for-this-scope' },
    });
  });
});

describe('what is added', () => {
  it('a client without a sidecar, alone', () => {
    const { mesh } = drawingOf(drawnOn(MESH, { kind: 'add-external-client', namespace: 'shop', name: 'curl' }));
    expect(mesh.workloads.get(id('shop/curl'))).toMatchObject({ proxy: 'none', serviceTargets: [] });
  });

  it('a Service in front of a workload that has one already', () => {
    const wish: Intention = {
      kind: 'add-service',
      namespace: 'shop',
      name: 'web',
      port: 443,
      workload: id('shop/web'),
    };
    expect(added(MESH, wish)).toBe(
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web-2\n  namespace: shop\nspec:\n  selector:\n    app: web\n  ports:\n    - name: http\n      port: 443\n      targetPort: 8080\n',
    );
  });

  it('an Issuer of a namespace', () => {
    expect(added(MESH, { kind: 'add-issuer', name: 'ca', namespace: 'shop' })).toContain(
      'kind: Issuer\nmetadata:\n  name: ca\n  namespace: shop\n',
    );
  });

  it('one plugged-in CA, not two', () => {
    const files = drawnOn(MESH, { kind: 'add-plugged-in-ca' });
    expect(drawingOf(files).parsed.resources.map((one) => one.id)).toContain('core/Secret/istio-system/cacerts');
    expect(intend(drawingOf(files), { kind: 'add-plugged-in-ca' })).toMatchObject({ error: { code: 'name-taken' } });
  });

  it('ports beside the first', () => {
    const wish: Intention = {
      kind: 'add-workload',
      namespace: 'shop',
      name: 'many',
      port: 80,
      morePorts: [9090, 9091],
    };
    const { mesh } = drawingOf(drawnOn(MESH, wish));
    expect(mesh.services.find(({ name }) => name === 'many')?.ports.map(({ number }) => number)).toEqual([
      80, 9090, 9091,
    ]);
  });

  it('no label onto a namespace whose pods would change', () => {
    const bare = [{ name: 'a.yaml', text: textOf(MESH).slice(textOf(MESH).indexOf('---\n') + 4) }];
    expect(drawingOf(bare).mesh.workloads.get(id('shop/web'))?.proxy).toBe('none');
    const after = drawnOn(bare, { kind: 'add-workload', namespace: 'shop', name: 'api', port: 1 });
    expect(drawingOf(after).mesh.workloads.get(id('shop/web'))?.proxy).toBe('none');
  });
});

describe('what cannot be added', () => {
  it.each<[string, Intention, string]>([
    ['a name with YAML in it', { kind: 'add-namespace', name: 'a: {b}', injection: true }, 'name-invalid'],
    ['no name', { kind: 'add-workload', namespace: 'shop', name: '', port: 80 }, 'name-invalid'],
    ['a line break', { kind: 'add-issuer', name: 'a\nkind: Secret' }, 'name-invalid'],
    ['a namespace that cannot be', { kind: 'add-external-client', namespace: 'A_B', name: 'c' }, 'name-invalid'],
    ['a port beyond all', { kind: 'add-workload', namespace: 'shop', name: 'w', port: 65_536 }, 'port-invalid'],
    ['half a port', { kind: 'add-service', namespace: 'shop', name: 'w', port: 1.5 }, 'port-invalid'],
    [
      'a host that the webhook refuses',
      { kind: 'add-service-entry', namespace: 'shop', host: 'a b', port: 80 },
      'rejected',
    ],
  ])('%s', (_, wish, code) => {
    expect(intend(drawingOf(MESH), wish)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('sidecars of a namespace', () => {
  it('go by one word', () => {
    const off = drawnOn(MESH, { kind: 'set-injection', namespace: 'shop', injection: false });
    expect(textOf(off)).toBe(textOf(MESH).replace('istio-injection: enabled', 'istio-injection: disabled'));
    expect(drawnOn(off, { kind: 'set-injection', namespace: 'shop', injection: true })).toEqual(MESH);
  });

  it('are never those of Kubernetes itself', () => {
    const files = [{ name: 'a.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n' }];
    expect(
      intend(drawingOf(files), { kind: 'set-injection', namespace: 'kube-system', injection: true }),
    ).toMatchObject({
      error: { code: 'system-namespace' },
    });
  });
});
