/** What is drawn against the YAML that comes of it and the mesh that the YAML makes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import type { WorkspaceFile } from '../../resources/types.ts';
import { drawingOf, drawnOn } from '../../testing/drawing.ts';
import { applyEdits } from '../textEdit.ts';
import { intend } from './intend.ts';
import type { Intention } from './intention.ts';

const id = (text: string): WorkloadId => text as WorkloadId;
const WEB: Intention = { kind: 'add-workload', namespace: 'shop', name: 'web', port: 8080 };
const API: Intention = { kind: 'add-workload', namespace: 'shop', name: 'api', port: 9000 };
const SHOP: Intention = { kind: 'add-namespace', name: 'shop', injection: true };
const textOf = (files: readonly WorkspaceFile[]): string => files.map(({ text }) => text).join('---\n');

describe('what is drawn', () => {
  it('starts a file where there is none', () => {
    expect(drawnOn([], SHOP)).toEqual([
      {
        name: 'drawn.yaml',
        text: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: enabled\n',
      },
    ]);
  });

  it('goes to the file that holds the namespace', () => {
    const files = [
      { name: 'shop.yaml', text: '# ours\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n' },
      { name: 'other.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n' },
    ];
    const [shop, other] = drawnOn(files, WEB);
    expect(shop?.text.startsWith(files[0]?.text ?? '-')).toBe(true);
    expect(drawingOf([shop ?? { name: '', text: '' }]).mesh.workloads.has(id('shop/web'))).toBe(true);
    expect(other).toEqual(files[1]);
  });

  it('is a workload with an identity of its own behind a Service', () => {
    const { mesh } = drawingOf(drawnOn([], SHOP, WEB));
    const workload = mesh.workloads.get(id('shop/web'));
    expect(workload).toMatchObject({ proxy: 'sidecar', serviceAccount: 'web' });
    expect(workload?.applications).toMatchObject([{ port: 8080, protocol: 'http' }]);
    expect(mesh.services.find(({ hostname }) => hostname === 'web.shop.svc.cluster.local')?.endpoints).toHaveLength(1);
  });

  it('makes names unique', () => {
    const { mesh } = drawingOf(drawnOn([], SHOP, SHOP, WEB, WEB, WEB));
    expect([...mesh.workloads.keys()]).toEqual(['shop/web', 'shop/web-2', 'shop/web-3']);
    expect([...mesh.namespaces.keys()]).toEqual(expect.arrayContaining(['shop', 'shop-2']));
  });

  it.each([
    ['add-ingress-gateway', 'istio-ingressgateway', 'LoadBalancer'],
    ['add-egress-gateway', 'istio-egressgateway', 'ClusterIP'],
  ] as const)('%s', (kind, name, type) => {
    const { mesh } = drawingOf(drawnOn([], { kind, namespace: 'istio-system' }));
    expect(mesh.workloads.get(id(`istio-system/${name}`))).toMatchObject({
      proxy: 'gateway',
      namespace: 'istio-system',
    });
    expect(mesh.services.find((service) => service.name === name)).toMatchObject({ type, namespace: 'istio-system' });
  });

  it('is a server outside that the mesh knows by name', () => {
    const { mesh } = drawingOf(
      drawnOn([], { kind: 'add-external-server', host: 'api.example.com', namespace: 'outside', port: 443 }),
    );
    expect(mesh.workloads.get(id('outside/api-example-com'))).toMatchObject({
      proxy: 'none',
      externalHost: 'api.example.com',
      applications: [{ port: 443, protocol: 'https' }],
    });
    expect(mesh.services.find(({ hostname }) => hostname === 'api.example.com')?.meshExternal).toBe(true);
  });

  it('is an issuer', () => {
    const { mesh } = drawingOf(drawnOn([], { kind: 'add-issuer', name: 'root' }));
    expect(mesh.resources.get('cert-manager.io/ClusterIssuer')?.map(({ name }) => name)).toEqual(['root']);
  });
});

describe('policies', () => {
  it('change the PeerAuthentication that is there, by its one word', () => {
    const strict = drawnOn([], SHOP, { kind: 'set-peer-authentication', namespace: 'shop', mode: 'STRICT' });
    const disabled = drawnOn(strict, { kind: 'set-peer-authentication', namespace: 'shop', mode: 'DISABLE' });
    expect(textOf(disabled)).toBe(textOf(strict).replace('STRICT', 'DISABLE'));
  });

  it('select one workload beside what holds for its namespace', () => {
    const text = textOf(
      drawnOn(
        [],
        SHOP,
        WEB,
        { kind: 'set-peer-authentication', namespace: 'shop', mode: 'STRICT' },
        { kind: 'set-peer-authentication', namespace: 'shop', workload: id('shop/web'), mode: 'PERMISSIVE' },
      ),
    );
    expect(text).toContain(
      '  name: web\n  namespace: shop\nspec:\n  selector:\n    matchLabels:\n      app: web\n  mtls:\n    mode: PERMISSIVE\n',
    );
    expect(text).toContain('mode: STRICT');
  });

  it('allow one principal on the ports that the target listens on', () => {
    const files = drawnOn([], SHOP, WEB, API);
    const drawn = drawnOn(files, { kind: 'allow-call', caller: id('shop/web'), target: id('shop/api') });
    expect(textOf(drawn).slice(textOf(files).length)).toBe(
      '---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: api-allow-web\n  namespace: shop\nspec:\n  selector:\n    matchLabels:\n      app: api\n  action: ALLOW\n  rules:\n    - from:\n        - source:\n            principals:\n              - cluster.local/ns/shop/sa/web\n      to:\n        - operation:\n            ports:\n              - "9000"\n',
    );
  });

  it('are not written twice', () => {
    const allow: Intention = { kind: 'allow-call', caller: id('shop/web'), target: id('shop/api') };
    const files = drawnOn([], SHOP, WEB, API, allow);
    expect(intend(drawingOf(files), allow)).toMatchObject({ ok: false, error: { code: 'nothing-to-do' } });
  });

  it('are not written for who is not there or has no identity', () => {
    const files = drawnOn([], { ...SHOP, injection: false }, WEB, API);
    expect(intend(drawingOf(files), { kind: 'allow-call', caller: id('shop/web'), target: id('shop/api') })).toEqual({
      ok: false,
      error: { code: 'no-identity', params: {} },
    });
    expect(intend(drawingOf(files), { kind: 'remove', what: [{ kind: 'workload', id: id('shop/no') }] })).toMatchObject(
      { ok: false, error: { code: 'not-there' } },
    );
  });
});

describe('what is removed', () => {
  const removal = (...what: Extract<Intention, { kind: 'remove' }>['what']): Intention => ({
    kind: 'remove',
    what,
  });

  it('takes along what only it uses', () => {
    const files = drawnOn([], SHOP, WEB);
    expect(drawnOn(drawnOn(files, API), removal({ kind: 'workload', id: id('shop/api') }))).toEqual(files);
  });

  it('leaves a Service and an account that others use', () => {
    const shared = textOf(drawnOn([], SHOP, WEB, API))
      .replace('serviceAccountName: api', 'serviceAccountName: web')
      .replace(/labels:\n( +)app: (web|api)/g, 'labels:\n$1tier: all\n$1app: $2')
      .replace('selector:\n    app: web', 'selector:\n    tier: all');
    const gone = drawnOn([{ name: 'a.yaml', text: shared }], removal({ kind: 'workload', id: id('shop/web') }));
    expect(textOf(gone)).toContain('kind: ServiceAccount\nmetadata:\n  name: web');
    const { mesh } = drawingOf(gone);
    expect([...mesh.workloads.keys()]).toEqual(['shop/api']);
    expect(mesh.services.map((service) => service.name)).toEqual(['api', 'web']);
  });

  it('goes with what several share when all of them go', () => {
    const files = drawnOn([], SHOP);
    const shared = drawnOn(files, WEB, API).map((file) => ({
      ...file,
      text: file.text.replace('serviceAccountName: api', 'serviceAccountName: web'),
    }));
    const gone = drawnOn(
      shared,
      removal({ kind: 'workload', id: id('shop/web') }, { kind: 'workload', id: id('shop/api') }),
    );
    expect(drawingOf(gone).parsed.resources.map(({ id: left }) => left)).toEqual([
      'core/Namespace//shop',
      'core/ServiceAccount/shop/api',
    ]);
  });

  it('goes from a List, all of its items', () => {
    const items = ['Namespace', 'Namespace', 'ServiceAccount']
      .map(
        (kind, at) =>
          `- {apiVersion: v1, kind: ${kind}, metadata: {name: n${at}${kind === 'Namespace' ? '' : ', namespace: n0'}}}\n`,
      )
      .join('');
    const gone = drawnOn(
      [{ name: 'a.yaml', text: `apiVersion: v1\nkind: List\nitems:\n${items}` }],
      removal({ kind: 'namespace', name: 'n0' }),
    );
    expect(textOf(gone)).toBe(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: n1}}\n',
    );
  });

  it('goes twice when it is written twice', () => {
    const twice = drawnOn([], SHOP, WEB).map((file) => ({ ...file, text: `${file.text}---\n${file.text}` }));
    expect(drawingOf(drawnOn(twice, removal({ kind: 'namespace', name: 'shop' }))).parsed.resources).toEqual([]);
  });
});

const KEPT =
  '# kept as it is\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept, namespace: kept}   # flow\ndata: {a: "1"}\n';
const namespace = fc.constantFrom('shop', 'bank', 'lab');
const name = fc.constantFrom('web', 'api', 'db');
const port = fc.integer({ min: 1, max: 65535 });
const wish: fc.Arbitrary<Intention> = fc.oneof(
  fc.record({ kind: fc.constant('add-namespace' as const), name: namespace, injection: fc.boolean() }),
  fc.record({ kind: fc.constant('add-workload' as const), namespace, name, port }),
  fc.record({ kind: fc.constantFrom('add-ingress-gateway' as const, 'add-egress-gateway' as const), namespace }),
  fc.record({
    kind: fc.constant('add-external-server' as const),
    host: fc.constantFrom('a.example', 'b.example'),
    namespace,
    port,
  }),
  fc.record({ kind: fc.constant('add-issuer' as const), name }),
  fc.record({
    kind: fc.constant('set-peer-authentication' as const),
    namespace,
    mode: fc.constantFrom('STRICT' as const, 'PERMISSIVE' as const, 'DISABLE' as const),
  }),
  fc
    .tuple(namespace, name, namespace, name)
    .map(([a, b, c, d]): Intention => ({ kind: 'allow-call', caller: id(`${a}/${b}`), target: id(`${c}/${d}`) })),
  fc.oneof(
    fc
      .tuple(namespace, name)
      .map(([space, own]): Intention => ({ kind: 'remove', what: [{ kind: 'workload', id: id(`${space}/${own}`) }] })),
    namespace.map((space): Intention => ({ kind: 'remove', what: [{ kind: 'namespace', name: space }] })),
  ),
);

describe('any sequence of intentions', () => {
  it('leaves YAML without errors, the mesh that was meant, and the rest byte for byte', () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 8 }), fc.boolean(), (wishes, windows) => {
        const kept = windows ? KEPT.replaceAll('\n', '\r\n') : KEPT;
        let files: readonly WorkspaceFile[] = [{ name: 'mesh.yaml', text: kept }];
        const expected = new Set<string>();
        for (const intention of wishes) {
          const before = drawingOf(files);
          const outcome = intend(before, intention);
          if (!outcome.ok) continue;
          const drawn = outcome.value;
          files = applyEdits(files, drawn.edits);
          if (intention.kind === 'remove') {
            for (const what of intention.what) {
              for (const workload of [...expected]) {
                const [space] = workload.split('/');
                if (what.kind === 'workload' && workload === what.id) expected.delete(workload);
                if (what.kind === 'namespace' && space === what.name) expected.delete(workload);
              }
            }
          } else if (drawn.select?.startsWith('apps/Deployment/') === true) {
            expected.add(drawn.select.slice('apps/Deployment/'.length));
          }
          const { parsed, mesh } = drawingOf(files);
          expect(files[0]?.text.startsWith(kept)).toBe(true);
          expect(parsed.rejected).toEqual([]);
          expect(parsed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(new Set(mesh.workloads.keys())).toEqual(expected);
          if (drawn.select !== undefined) {
            expect(parsed.resources.filter((found) => found.id === drawn.select)).toHaveLength(1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
