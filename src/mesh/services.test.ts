/** The registry: Kubernetes Services and ServiceEntries, and what is behind each of their ports. */
import { describe, expect, test } from 'vitest';
import type { Hostname } from '../base/ids.ts';
import { deployment, documents, meshConfig, namespace, object, resource, service } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';
import type { Mesh, MeshOptions, MeshService } from './types.ts';

const find = (mesh: Mesh, host: string): MeshService =>
  mesh.serviceByHostname.get(host as Hostname)?.[0] ?? expect.fail(`no ${host}`);

const build = (docs: readonly string[], host = 'web.shop.svc.cluster.local', options: Partial<MeshOptions> = {}) =>
  find(meshOf(documents(...docs), options).mesh, host);

/** `address:port` of each endpoint, by service port. */
const endpoints = ({ endpoints: list }: MeshService) =>
  list.map(({ servicePort, address, port, tlsMode }) => `${servicePort} -> ${address}:${port} ${tlsMode}`);

const IP = { addresses: { 'pod shop/web': '10.0.0.7', 'pod shop/vm': '10.0.0.8' } };

describe('Kubernetes Services', () => {
  test.each<[string, string, Partial<MeshService>]>([
    ['plain', 'clusterIP: 10.96.0.1', { resolution: 'CLIENT_SIDE', addresses: ['10.96.0.1'], headless: false }],
    ['headless', 'clusterIP: None', { resolution: 'NONE', addresses: [], headless: true }],
    [
      'of another name',
      'type: ExternalName, externalName: example.com',
      { resolution: 'ALIAS', externalName: 'example.com', meshExternal: true, addresses: [] },
    ],
    ['a load balancer', 'clusterIP: 10.96.0.1, type: LoadBalancer', { type: 'LoadBalancer' }],
  ])('%s', (_, more, expected) => {
    expect(build([service('shop/web', '[{port: 80}]', more)])).toMatchObject(expected);
  });

  test('a load balancer has the address of its status, else one of its own', () => {
    const yaml = (status: string) =>
      `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: LoadBalancer, ports: [{port: 80}]}${status}}`;
    expect(build([yaml(', status: {loadBalancer: {ingress: [{ip: 203.0.113.9}]}}')]).loadBalancerIp).toBe(
      '203.0.113.9',
    );
    expect(build([yaml('')]).loadBalancerIp).toMatch(/^198\.1[89]\./);
  });

  test('addresses that were asked for', () => {
    const found = build([
      service(
        'shop/web',
        '[{port: 80}]',
        'type: LoadBalancer, loadBalancerIP: 203.0.113.8, externalIPs: [203.0.113.9]',
      ),
    ]);
    expect([found.loadBalancerIp, found.externalIps]).toEqual(['203.0.113.8', ['203.0.113.9']]);
  });

  test.each([
    ['', ['*']],
    ['{networking.istio.io/exportTo: "."}', ['shop']],
    ['{networking.istio.io/exportTo: ". , ops"}', ['shop', 'ops']],
    ['{networking.istio.io/exportTo: "~"}', ['~']],
  ])('annotation %s: exported to %j', (annotations, expected) => {
    const yaml = `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop${annotations === '' ? '' : `, annotations: ${annotations}`}}, spec: {ports: [{port: 80}]}}`;
    expect(build([yaml]).exportTo).toEqual(expected);
  });

  test('endpoints are the pods it selects, by number or by name of the port', () => {
    const found = build(
      [
        namespace('shop'),
        deployment('shop/web', {
          ports: '[{containerPort: 8080, name: front}, {containerPort: 53, name: dns, protocol: UDP}]',
        }),
        service(
          'shop/web',
          '[{name: a, port: 80, targetPort: front}, {name: b, port: 81, targetPort: 9000}, {name: c, port: 82}, {name: d, port: 83, targetPort: dns}]',
        ),
      ],
      undefined,
      IP,
    );
    expect(endpoints(found)).toEqual([
      '80 -> 10.0.0.7:8080 istio',
      '81 -> 10.0.0.7:9000 istio',
      '82 -> 10.0.0.7:82 istio',
    ]);
  });

  test('a pod without a proxy is known as one', () => {
    const found = build([deployment('shop/web'), service('shop/web', '[{port: 80}]')], undefined, IP);
    expect(endpoints(found)).toEqual(['80 -> 10.0.0.7:80 disabled']);
  });

  test('WorkloadEntries count too, but not behind a headless Service', () => {
    const entry = resource('WorkloadEntry', 'shop/vm', '{address: 10.9.9.9, labels: {app: web}, serviceAccount: vm}');
    expect(endpoints(build([service('shop/web', '[{port: 80}]'), entry]))).toEqual(['80 -> 10.9.9.9:80 istio']);
    expect(endpoints(build([service('shop/web', '[{port: 80}]', 'clusterIP: None'), entry]))).toEqual([]);
  });
});

describe('hand-written endpoints', () => {
  const unselected =
    '{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{name: http, port: 80}]}}';
  const slice = (endpointsYaml: string, metadata = 'labels: {kubernetes.io/service-name: web}', type = 'IPv4') =>
    object(
      'EndpointSlice',
      'shop/web-1',
      `addressType: ${type}, endpoints: ${endpointsYaml}, ports: [{name: http, port: 8080}, {name: other, port: 1}]`,
      metadata,
    );
  const mirrored = object(
    'Endpoints',
    'shop/web',
    'subsets: [{addresses: [{ip: 10.9.9.1}], notReadyAddresses: [{ip: 10.9.9.2}], ports: [{name: http, port: 8080}]}]',
  );

  test.each<[string, string[], string[]]>([
    [
      'a slice',
      [unselected, slice('[{addresses: [10.9.9.1, 10.9.9.2]}]')],
      ['80 -> 10.9.9.1:8080 disabled', '80 -> 10.9.9.2:8080 disabled'],
    ],
    ['one that is not ready', [unselected, slice('[{addresses: [10.9.9.1], conditions: {ready: false}}]')], []],
    [
      'of another Service',
      [unselected, slice('[{addresses: [10.9.9.1]}]', 'labels: {kubernetes.io/service-name: cart}')],
      [],
    ],
    ['names instead of addresses', [unselected, slice('[{addresses: [example.com]}]', undefined, 'FQDN')], []],
    [
      'a pod that does not exist',
      [unselected, slice('[{addresses: [10.9.9.1], targetRef: {kind: Pod, name: gone}}]')],
      [],
    ],
    ['Endpoints', [unselected, mirrored], ['80 -> 10.9.9.1:8080 disabled']],
    [
      'both, which repeat each other',
      [unselected, mirrored, slice('[{addresses: [10.9.9.1]}]')],
      ['80 -> 10.9.9.1:8080 disabled'],
    ],
    ['Endpoints beside a selector', [service('shop/web', '[{name: http, port: 80}]'), mirrored], []],
    [
      'a slice beside a selector',
      [service('shop/web', '[{name: http, port: 80}]'), slice('[{addresses: [10.9.9.1]}]')],
      ['80 -> 10.9.9.1:8080 disabled'],
    ],
    [
      'what Kubernetes wrote from the selector',
      [
        unselected,
        slice(
          '[{addresses: [10.9.9.1]}]',
          'labels: {kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io}',
        ),
      ],
      [],
    ],
  ])('%s', (_, docs, expected) => {
    expect(endpoints(build(docs))).toEqual(expected);
  });

  test('the address of a pod, and a pod by name, bring labels and identity along', () => {
    const docs = [namespace('shop'), deployment('shop/vm', { spec: { serviceAccountName: 'vm' } }), unselected];
    const byAddress = build([...docs, slice('[{addresses: [10.0.0.8]}]')], undefined, IP);
    const byName = build(
      [...docs, slice('[{addresses: [10.0.0.8], targetRef: {kind: Pod, name: vm-0}}]')],
      undefined,
      IP,
    );
    for (const { endpoints: list } of [byAddress, byName]) {
      expect(list).toMatchObject([
        { tlsMode: 'istio', spiffeId: 'spiffe://cluster.local/ns/shop/sa/vm', workload: 'shop/vm' },
      ]);
    }
  });

  test('a pod that no Service selects serves the Services somebody put it behind', () => {
    const docs = [namespace('shop'), deployment('shop/vm'), unselected, slice('[{addresses: [10.0.0.8]}]')];
    const { mesh } = meshOf(documents(...docs), IP);
    expect([...mesh.workloads.values()][0]?.serviceTargets).toMatchObject([{ targetPort: 8080 }]);
  });
});

describe('ServiceEntries', () => {
  const entry = (spec: string, metadata = '') =>
    resource('ServiceEntry', 'shop/out', `{hosts: [out.example], ${spec}}`, metadata);
  const PORT = 'ports: [{number: 443, name: tls, protocol: TLS}]';
  const built = (spec: string, options: Partial<MeshOptions> = {}, ...more: string[]) =>
    build([...more, entry(spec)], 'out.example', options);

  test.each<[string, Partial<MeshService>]>([
    [PORT, { resolution: 'NONE', meshExternal: true, addresses: [] }],
    [`${PORT}, resolution: STATIC, location: MESH_INTERNAL`, { resolution: 'STATIC', meshExternal: false }],
    [`${PORT}, addresses: [10.5.0.1]`, { addresses: ['10.5.0.1'] }],
    [`${PORT}, addresses: [10.5.0.1/32]`, { addresses: ['10.5.0.1'] }],
    [`${PORT}, addresses: [10.5.0.0/16]`, { addresses: ['10.5.0.0/16'] }],
    [`${PORT}, exportTo: [.]`, { exportTo: ['shop'] }],
    [`${PORT}, subjectAltNames: [a, b]`, { subjectAltNames: ['a', 'b'] }],
  ])('%s', (spec, expected) => {
    expect(built(spec)).toMatchObject(expected);
  });

  test('one service for each address', () => {
    const { mesh } = meshOf(entry(`${PORT}, addresses: [10.5.0.1, 10.5.0.2]`));
    expect(mesh.services.map(({ addresses }) => addresses)).toEqual([['10.5.0.1'], ['10.5.0.2']]);
  });

  test('istiod allocates an address where there is none and one makes sense', () => {
    const allocated = (spec: string, metadata?: string) =>
      build([entry(`${PORT}, ${spec}`, metadata)], 'out.example').autoAllocatedAddress !== undefined;
    expect(allocated('resolution: DNS')).toBe(true);
    expect(allocated('resolution: NONE')).toBe(false);
    expect(allocated('resolution: DNS, addresses: [10.5.0.1]')).toBe(false);
    expect(allocated('resolution: DNS', 'labels: {networking.istio.io/enable-autoallocate-ip: "false"}')).toBe(false);
  });

  test.each<[string, string, string[]]>([
    ['nothing behind NONE', PORT, []],
    ['a DNS name itself', `${PORT}, resolution: DNS`, ['443 -> out.example:443 disabled']],
    [
      'with a target port',
      'ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}], resolution: DNS',
      ['80 -> out.example:8080 disabled'],
    ],
    [
      'written endpoints',
      `${PORT}, resolution: STATIC, endpoints: [{address: 10.5.1.1}, {address: 10.5.1.2, ports: {tls: 8443}}]`,
      ['443 -> 10.5.1.1:443 disabled', '443 -> 10.5.1.2:8443 disabled'],
    ],
    [
      'with an account they speak mTLS',
      `${PORT}, resolution: STATIC, endpoints: [{address: 10.5.1.1, serviceAccount: a}]`,
      ['443 -> 10.5.1.1:443 istio'],
    ],
    [
      'unless their label says otherwise',
      `${PORT}, resolution: STATIC, endpoints: [{address: 10.5.1.1, serviceAccount: a, labels: {security.istio.io/tlsMode: disabled}}]`,
      ['443 -> 10.5.1.1:443 disabled'],
    ],
  ])('endpoints: %s', (_, spec, expected) => {
    expect(endpoints(built(spec))).toEqual(expected);
  });

  test('of a host with round robin the oldest ServiceEntry has the endpoint', () => {
    const robin = (name: string, address: string) =>
      resource(
        'ServiceEntry',
        `shop/${name}`,
        `{hosts: [out.example], ${PORT}, resolution: DNS_ROUND_ROBIN, endpoints: [{address: ${address}}]}`,
      );
    const { mesh } = meshOf(documents(robin('b', 'b.example'), robin('a', 'a.example')));
    expect(mesh.services.map(endpoints)).toEqual([['443 -> b.example:443 disabled'], []]);
  });

  test('a selector takes pods and WorkloadEntries of its namespace', () => {
    const spec =
      'ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC, workloadSelector: {labels: {app: web}}';
    const found = built(
      spec,
      IP,
      namespace('shop'),
      deployment('shop/web', { ports: '[{containerPort: 8080, name: http}]' }),
      resource('WorkloadEntry', 'shop/vm', '{address: 10.9.9.9, labels: {app: web}}'),
      resource('WorkloadEntry', 'shop/name', '{address: vm.example, labels: {app: web}}'),
      resource('WorkloadEntry', 'ops/vm', '{address: 10.9.9.8, labels: {app: web}}'),
    );
    expect(endpoints(found)).toEqual(['80 -> 10.0.0.7:8080 istio', '80 -> 10.9.9.9:80 disabled']);
  });
});

test('services in istiod order: age, name, namespace', () => {
  const at = (path: string, time: string) => {
    const [ns, name] = path.split('/');
    return `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: ${ns}, creationTimestamp: "${time}"}, spec: {ports: [{port: 80}]}}`;
  };
  const { mesh } = meshOf(
    documents(
      at('b/late', '2026-01-02T00:00:00Z'),
      at('b/web', '2026-01-01T00:00:00Z'),
      at('a/web', '2026-01-01T00:00:00Z'),
    ),
  );
  expect(mesh.services.map((s) => `${s.namespace}/${s.name}`)).toEqual(['a/web', 'b/web', 'b/late']);
});

describe('discovery selectors', () => {
  const yaml = (selectors: string) =>
    documents(
      meshConfig(`discoverySelectors: ${selectors}`),
      namespace('shop', { 'istio-injection': 'enabled', team: 'a' }),
      namespace('ops'),
      deployment('ops/web'),
      service('ops/web', '[{name: http, port: 80}]'),
      resource('PeerAuthentication', 'ops/p', '{mtls: {mode: STRICT}}'),
      resource('ServiceEntry', 'shop/out', '{hosts: [out.example], ports: [{number: 80, name: http, protocol: HTTP}]}'),
    );

  test.each([
    ['[]', true],
    ['[{matchLabels: {team: a}}]', false],
    [
      '[{matchLabels: {team: a}}, {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [ops]}]}]',
      true,
    ],
    ['[{matchExpressions: [{key: team, operator: DoesNotExist}]}]', true],
    ['[{matchExpressions: [{key: team, operator: Equals, values: [a]}]}]', true],
  ])('%s: istiod knows namespace ops: %s', (selectors, known) => {
    const { mesh } = meshOf(yaml(selectors));
    const web = find(mesh, 'web.ops.svc.cluster.local');
    expect(web.exportTo).toEqual(known ? ['*'] : ['~']);
    expect(mesh.resources.get('security.istio.io/PeerAuthentication') ?? []).toHaveLength(known ? 1 : 0);
    expect([...mesh.workloads.values()][0]?.serviceTargets).toHaveLength(known ? 1 : 0);
    // Kubernetes itself still leads to the pod.
    expect(web.endpoints).toHaveLength(1);
  });
});
