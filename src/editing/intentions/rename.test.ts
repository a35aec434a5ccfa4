/** A new name, and who else has to say it: every notation of a reference, in every style of text. */
import { describe, expect, it } from 'vitest';
import { type ResourceId, resourceId, type WorkloadId } from '../../base/ids.ts';
import { drawingOf, drawnOn } from '../../testing/drawing.ts';
import { applyEdits } from '../textEdit.ts';
import { intend } from './intend.ts';
import type { Change, Intention, Nameable } from './intention.ts';

const workload = (id: string): Nameable => ({ kind: 'workload', id: id as WorkloadId });
const namespace = (name: string): Nameable => ({ kind: 'namespace', name });
const resource = (group: string, kind: string, space: string, name: string): Nameable => ({
  kind: 'resource',
  id: resourceId(group, kind, space, name),
});

const WEB = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
# the front door
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # ours
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, version: v1}}
    spec:
      serviceAccountName: web
      containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: app, image: api, ports: [{containerPort: 9000}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: 9000}]}
`;

function changeOf(text: string, intention: Intention): { readonly text: string; readonly change: Change } {
  const files = [{ name: 'mesh.yaml', text }];
  const outcome = intend(drawingOf(files), intention);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.error)}`);
  return { text: applyEdits(files, outcome.value.edits)[0]?.text ?? '', change: outcome.value };
}

const renamed = (text: string, what: Nameable, to: string): string => changeOf(text, { kind: 'rename', what, to }).text;

/** The document appended to the mesh, after the intention. */
function documentAfter(document: string, what: Nameable, to: string): string {
  const mark = '---\n# under test\n';
  const { text } = changeOf(WEB + mark + document, { kind: 'rename', what, to });
  return text.slice(text.indexOf(mark) + mark.length);
}

const head = (group: string, kind: string, space = 'shop'): string =>
  `apiVersion: ${group}/v1\nkind: ${kind}\nmetadata: {name: x, namespace: ${space}}\n`;
const istio = (kind: string, spec: string, space?: string): string =>
  `${head(/Auth|Policy/.test(kind) ? 'security.istio.io' : 'networking.istio.io', kind, space)}spec:\n${spec}`;

describe('a renamed workload', () => {
  it('takes its Service, account and label along, and leaves every other byte', () => {
    const after = renamed(WEB, workload('shop/web'), 'front');
    expect(after).toBe(
      WEB.replaceAll('name: web, namespace', 'name: front, namespace')
        .replace('name: web # ours', 'name: front # ours')
        .replaceAll('app: web', 'app: front')
        .replace('serviceAccountName: web', 'serviceAccountName: front'),
    );
    const { mesh } = drawingOf([{ name: 'a', text: after }]);
    expect(mesh.workloads.get('shop/front' as WorkloadId)).toMatchObject({ serviceAccount: 'front', proxy: 'sidecar' });
  });

  it.each<[string, string, string]>([
    ['a short host', istio('VirtualService', '  hosts: [web]\n'), 'hosts: [front]'],
    ['a host with its namespace', istio('VirtualService', '  hosts: [web.shop]\n'), 'hosts: [front.shop]'],
    [
      'a full host, seen from elsewhere',
      istio('DestinationRule', '  host: web.shop.svc.cluster.local # here\n', 'other'),
      'host: front.shop.svc.cluster.local # here',
    ],
    ['a quoted host', istio('DestinationRule', '  host: "web"\n'), 'host: "front"'],
    ['a host in single quotes', istio('DestinationRule', "  host: 'web'\n"), "host: 'front'"],
    [
      'a route',
      istio(
        'VirtualService',
        '  hosts: [a.example.com]\n  http:\n  - route:\n    - destination: {host: web, port: {number: 80}}\n',
      ),
      'destination: {host: front, port: {number: 80}}',
    ],
    [
      'what a Sidecar sees',
      istio('Sidecar', '  egress:\n  - hosts: ["./web.shop.svc.cluster.local"]\n'),
      '"./front.shop.svc.cluster.local"',
    ],
    [
      'a principal',
      istio(
        'AuthorizationPolicy',
        '  rules:\n  - from:\n    - source: {principals: ["cluster.local/ns/shop/sa/web"]}\n',
      ),
      '["cluster.local/ns/shop/sa/front"]',
    ],
    [
      'a principal in a condition',
      istio(
        'AuthorizationPolicy',
        '  rules:\n  - when:\n    - {key: source.principal, values: ["*/ns/shop/sa/web"]}\n',
      ),
      '["*/ns/shop/sa/front"]',
    ],
    [
      'a host that is called',
      istio('AuthorizationPolicy', '  rules:\n  - to:\n    - operation: {hosts: ["web.shop.svc.cluster.local:*"]}\n'),
      '["front.shop.svc.cluster.local:*"]',
    ],
    [
      'a policy that selects it',
      istio('PeerAuthentication', '  selector: {matchLabels: {app: web}}\n'),
      '{app: front}',
    ],
    [
      'a selector of the whole mesh',
      istio('AuthorizationPolicy', '  selector: {matchLabels: {app: web}}\n', 'istio-system'),
      '{app: front}',
    ],
    [
      'a SPIFFE ID',
      istio(
        'DestinationRule',
        '  host: web\n  trafficPolicy: {tls: {mode: MUTUAL, subjectAltNames: ["spiffe://td/ns/shop/sa/web"]}}\n',
      ),
      '["spiffe://td/ns/shop/sa/front"]',
    ],
    [
      'a backend of a route',
      `${head('gateway.networking.k8s.io', 'HTTPRoute')}spec:\n  rules:\n  - backendRefs: [{name: web, port: 80}]\n`,
      '{name: front, port: 80}',
    ],
    [
      'an ext_authz provider',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    # providers\n    extensionProviders:\n    - name: authz\n      envoyExtAuthzHttp: {service: web.shop.svc.cluster.local, port: 80}\n',
      '    # providers\n    extensionProviders:\n    - name: authz\n      envoyExtAuthzHttp: {service: front.shop.svc.cluster.local, port: 80}\n',
    ],
    [
      'a NetworkPolicy',
      `${head('networking.k8s.io', 'NetworkPolicy')}spec: {podSelector: {matchLabels: {app: web}}}\n`,
      '{app: front}',
    ],
  ])('is followed by %s', (_, document, wanted) => {
    expect(documentAfter(document, workload('shop/web'), 'front')).toContain(wanted);
  });

  it.each([
    ['another Service of that name', istio('VirtualService', '  hosts: [web]\n', 'other')],
    ['a host that only begins so', istio('VirtualService', '  hosts: [web.example.com, web-2]\n')],
    [
      'a principal of another namespace',
      istio(
        'AuthorizationPolicy',
        '  rules:\n  - from:\n    - source: {principals: ["cluster.local/ns/other/sa/web"]}\n',
      ),
    ],
    ['another namespace’s selector', istio('PeerAuthentication', '  selector: {matchLabels: {app: web}}\n', 'other')],
  ])('is not followed by %s', (_, document) => {
    expect(documentAfter(document, workload('shop/web'), 'front')).toBe(document);
  });

  it('keeps a label that others carry, and tells of a selector that reaches them', () => {
    const other = WEB.replaceAll('shop', 'annex').replace(/^/, '---\n');
    const policy = `---\n${istio('AuthorizationPolicy', '  selector: {matchLabels: {app: web}}\n', 'istio-system')}`;
    const { text, change } = changeOf(WEB + other + policy, {
      kind: 'rename',
      what: workload('shop/web'),
      to: 'front',
    });
    expect(text.endsWith(policy)).toBe(true);
    expect(change.left).toEqual([
      {
        code: 'shared-selector',
        value: 'web',
        origin: {
          resource: 'security.istio.io/AuthorizationPolicy/istio-system/x',
          path: ['spec', 'selector', 'matchLabels', 'app'],
        },
      },
    ]);
  });

  it('tells of a command that still names it', () => {
    const { change } = changeOf(
      WEB.replace('image: api,', 'image: api, args: ["curl http://web.shop.svc.cluster.local"],'),
      { kind: 'rename', what: workload('shop/web'), to: 'front' },
    );
    expect(change.left).toMatchObject([
      {
        code: 'dangling-reference',
        value: 'web.shop.svc.cluster.local',
        origin: { resource: 'apps/Deployment/shop/api' },
      },
    ]);
  });

  it('says what moved, for those who remember it by its id', () => {
    const { change } = changeOf(WEB, { kind: 'rename', what: workload('shop/web'), to: 'front' });
    expect(change.moved.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'apps/Deployment/shop/web > apps/Deployment/shop/front',
      'core/Service/shop/web > core/Service/shop/front',
      'core/ServiceAccount/shop/web > core/ServiceAccount/shop/front',
    ]);
    expect(change.select).toBe('apps/Deployment/shop/front');
  });
});

describe('texts of every style', () => {
  it.each<[string, string]>([
    ['CRLF', WEB.replaceAll('\n', '\r\n')],
    ['an anchor that the selectors share', WEB.replace('{app: web}}\n  template', '&labels {app: web}}\n  template')],
    [
      'an alias for the name',
      WEB.replace('name: web # ours', 'name: &name web # ours').replace(
        'serviceAccountName: web',
        'serviceAccountName: *name',
      ),
    ],
    ['a merged map', WEB.replace('spec: {selector: {app: web}, ports', 'spec: {selector: {<<: {app: web}}, ports')],
  ])('%s', (_, text) => {
    const after = renamed(text, workload('shop/web'), 'front');
    const { mesh, parsed } = drawingOf([{ name: 'a', text: after }]);
    expect(parsed.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(mesh.workloads.get('shop/front' as WorkloadId)?.serviceTargets.map(({ service }) => service)).toEqual([
      'front.shop.svc.cluster.local',
    ]);
    expect(renamed(after, workload('shop/front'), 'web')).toBe(text);
  });

  it('JSON and List items', () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls', namespace: 'shop' } },
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'Gateway',
          metadata: { name: 'gw', namespace: 'shop' },
          spec: { servers: [{ hosts: ['*'], tls: { mode: 'SIMPLE', credentialName: 'tls' } }] },
        },
      ],
    });
    expect(renamed(list, resource('', 'Secret', 'shop', 'tls'), 'cert')).toBe(
      list.replaceAll('"tls"', '"cert"').replace('"cert":', '"tls":'),
    );
  });
});

describe('a renamed resource', () => {
  it.each<[string, Nameable, string, string, string]>([
    [
      'a Gateway in VirtualServices',
      resource('networking.istio.io', 'Gateway', 'shop', 'gw'),
      `${istio('Gateway', '  selector: {istio: ingressgateway}\n').replace('name: x', 'name: gw')}---\n${istio('VirtualService', '  hosts: [a.com]\n  gateways: [mesh, gw, shop/gw, other/gw]\n')}`,
      'door',
      'gateways: [mesh, door, shop/door, other/gw]',
    ],
    [
      'a Gateway of the Gateway API in routes and its own pods',
      resource('gateway.networking.k8s.io', 'Gateway', 'shop', 'gw'),
      `${head('gateway.networking.k8s.io', 'Gateway').replace('name: x', 'name: gw')}spec: {gatewayClassName: istio}\n---\n${head('apps', 'Deployment')}spec: {template: {metadata: {labels: {gateway.networking.k8s.io/gateway-name: gw}}}}\n---\n${head('gateway.networking.k8s.io', 'HTTPRoute')}spec: {parentRefs: [{name: gw}]}\n`,
      'door',
      'gateway-name: door}}}}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: x, namespace: shop}\nspec: {parentRefs: [{name: door}]}',
    ],
    [
      'an issuer in Certificates',
      resource('cert-manager.io', 'ClusterIssuer', '', 'ca'),
      `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: ca}\nspec: {selfSigned: {}}\n---\n${head('cert-manager.io', 'Certificate')}spec: {secretName: s, issuerRef: {kind: ClusterIssuer, name: ca}}\n`,
      'root',
      'issuerRef: {kind: ClusterIssuer, name: root}',
    ],
    [
      'a Secret in an Issuer and a Certificate',
      resource('', 'Secret', 'shop', 'pair'),
      `apiVersion: v1\nkind: Secret\nmetadata: {name: pair, namespace: shop}\n---\n${head('cert-manager.io', 'Issuer')}spec: {ca: {secretName: pair}}\n`,
      'keys',
      'spec: {ca: {secretName: keys}}',
    ],
    [
      'an account in pods and policies',
      resource('', 'ServiceAccount', 'shop', 'web'),
      istio('AuthorizationPolicy', '  rules:\n  - from:\n    - source: {serviceAccounts: [web, shop/web]}\n'),
      'door',
      'serviceAccounts: [door, shop/door]',
    ],
  ])('%s', (_, what, document, to, wanted) => {
    expect(documentAfter(document, what, to)).toContain(wanted);
  });
});

describe('a renamed namespace', () => {
  it.each<[string, string, string]>([
    [
      'full hosts',
      istio('DestinationRule', '  host: web.shop.svc.cluster.local\n', 'other'),
      'host: web.market.svc.cluster.local',
    ],
    [
      'wildcard hosts',
      istio('DestinationRule', '  host: "*.shop.svc.cluster.local"\n', 'other'),
      '"*.market.svc.cluster.local"',
    ],
    ['exportTo', istio('VirtualService', '  hosts: [a]\n  exportTo: [., shop]\n', 'other'), 'exportTo: [., market]'],
    [
      'namespaces in policies',
      istio('AuthorizationPolicy', '  rules:\n  - from:\n    - source: {namespaces: [shop]}\n', 'other'),
      'namespaces: [market]',
    ],
    [
      'principals',
      istio(
        'AuthorizationPolicy',
        '  rules:\n  - from:\n    - source: {principals: [cluster.local/ns/shop/*]}\n',
        'other',
      ),
      'cluster.local/ns/market/*',
    ],
    ['Sidecars', istio('Sidecar', '  egress:\n  - hosts: [shop/*, ./*]\n', 'other'), 'hosts: [market/*, ./*]'],
    [
      'parents of routes',
      `${head('gateway.networking.k8s.io', 'HTTPRoute', 'other')}spec: {parentRefs: [{name: gw, namespace: shop}]}\n`,
      'namespace: market',
    ],
    ['what is in it', istio('PeerAuthentication', '  mtls: {mode: STRICT}\n'), 'namespace: market'],
  ])('is followed by %s', (_, document, wanted) => {
    expect(documentAfter(document, namespace('shop'), 'market')).toContain(wanted);
  });

  it('is the same mesh under another name', () => {
    const before = drawingOf([{ name: 'a', text: WEB }]).mesh;
    const after = drawingOf([{ name: 'a', text: renamed(WEB, namespace('shop'), 'market') }]).mesh;
    expect([...after.workloads.keys()]).toEqual(
      [...before.workloads.keys()].map((id) => id.replace('shop/', 'market/')),
    );
    expect(after.services.map(({ hostname, endpoints }) => [hostname, endpoints.length])).toEqual(
      before.services.map(({ hostname, endpoints }) => [hostname.replace('.shop.', '.market.'), endpoints.length]),
    );
  });
});

describe('a name that cannot be', () => {
  it.each<[string, Nameable, string, string]>([
    ['what is not there', workload('shop/nobody'), 'x', 'not-there'],
    ['its own name', workload('shop/web'), 'web', 'nothing-to-do'],
    ['one that is taken', workload('shop/web'), 'api', 'name-taken'],
    ['one with a line break', workload('shop/web'), 'a\nkind: Secret', 'name-invalid'],
    ['one with YAML in it', namespace('shop'), 'a: {b}', 'name-invalid'],
    ['the system’s namespace', namespace('istio-system'), 'x', 'system-namespace'],
    ['a taken namespace', namespace('shop'), 'default', 'name-taken'],
    ['a resource that is not there', resource('', 'Secret', 'shop', 'no'), 'x', 'not-there'],
  ])('%s', (_, what, to, code) => {
    const files = [{ name: 'mesh.yaml', text: WEB }];
    expect(intend(drawingOf(files), { kind: 'rename', what, to })).toMatchObject({ ok: false, error: { code } });
    expect(drawnOn(files, { kind: 'rename', what, to })).toEqual(files);
  });

  it('may look like a number or a truth value to YAML', () => {
    for (const to of ['on', '12', '1e3', 'null', '0x1f']) {
      const after = renamed(WEB, workload('shop/web'), to);
      expect([...drawingOf([{ name: 'a', text: after }]).mesh.workloads.keys()]).toContain(`shop/${to}`);
    }
  });
});

describe('copies that are not in force', () => {
  it('get the name too, or the old one would come into force', () => {
    const twice = `${WEB}---\n${istio('PeerAuthentication', '  mtls: {mode: STRICT}\n')}---\n${istio('PeerAuthentication', '  mtls: {mode: DISABLE}\n')}`;
    const id: ResourceId = resourceId('security.istio.io', 'PeerAuthentication', 'shop', 'x');
    expect(renamed(twice, { kind: 'resource', id }, 'z')).toBe(twice.replaceAll('name: x', 'name: z'));
  });
});
