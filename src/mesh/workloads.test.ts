/** Pods: which there are, who they are, what they listen on, how their proxies start. */
import { describe, expect, test } from 'vitest';
import { workloadId } from '../base/ids.ts';
import { deployment, documents, meshConfig, namespace, resource, service, workload } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';
import type { Mesh, MeshOptions } from './types.ts';

const podOf = (mesh: Mesh, name: string, ns = 'shop') =>
  mesh.workloads.get(workloadId(ns, name)) ?? expect.fail(`no ${ns}/${name}`);

const only = (yaml: string, options: Partial<MeshOptions> = {}) => podOf(meshOf(yaml, options).mesh, 'web');

describe('controllers', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])('one pod of a %s', (kind) => {
    const pod = only(workload(kind, 'shop/web'));
    expect(pod).toMatchObject({ podName: 'web-0', controller: kind, serviceAccount: 'default', proxy: 'none' });
    expect(pod.labels).toEqual({ app: 'web' });
  });

  test('a Pod that stands alone', () => {
    expect(only(workload('Pod', 'shop/web'))).toMatchObject({ podName: 'web', controller: 'Pod' });
  });

  test('scaled to zero there is none', () => {
    const { mesh } = meshOf(
      '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 0, template: {spec: {}}}}',
    );
    expect(mesh.workloads.size).toBe(0);
  });

  test('a CronJob runs unless it is suspended', () => {
    const cron = (suspend: boolean) =>
      `{apiVersion: batch/v1, kind: CronJob, metadata: {name: web, namespace: shop}, spec: {suspend: ${suspend}, jobTemplate: {spec: {template: {spec: {}}}}}}`;
    expect(meshOf(cron(false)).mesh.workloads.size).toBe(1);
    expect(meshOf(cron(true)).mesh.workloads.size).toBe(0);
  });
});

describe('identity', () => {
  test('the service account and the trust domain', () => {
    const yaml = documents(
      meshConfig('trustDomain: example.org'),
      deployment('shop/web', { spec: { serviceAccountName: 'web' } }),
    );
    expect(only(yaml).spiffeId).toBe('spiffe://example.org/ns/shop/sa/web');
    expect(only(yaml, { trustDomains: { shop: 'other.org' } }).spiffeId).toBe('spiffe://other.org/ns/shop/sa/web');
  });

  test('an injected pod is marked as one that speaks mTLS', () => {
    const pod = only(documents(namespace('shop'), deployment('shop/web')));
    expect(pod.proxy).toBe('sidecar');
    expect(pod.labels).toMatchObject({ 'security.istio.io/tlsMode': 'istio' });
  });

  test('addresses can be given', () => {
    expect(only(deployment('shop/web'), { addresses: { 'pod shop/web': '10.1.2.3' } }).ip).toBe('10.1.2.3');
  });
});

describe('what an application listens on', () => {
  const applications = (...docs: string[]) => only(documents(...docs)).applications;

  test('target ports of its Services, by their names, then container ports', () => {
    expect(
      applications(
        deployment('shop/web', { ports: '[{containerPort: 8080, name: front}, {containerPort: 9090}]' }),
        service(
          'shop/web',
          '[{name: http, port: 80, targetPort: front}, {name: tcp-x, port: 81}, {name: https, port: 443, targetPort: 8443}, {name: udp, port: 53, protocol: UDP}]',
        ),
      ),
    ).toEqual([
      { port: 81, protocol: 'tcp' },
      { port: 8080, protocol: 'http' },
      { port: 8443, protocol: 'https' },
      { port: 9090, protocol: 'http' },
    ]);
  });

  test('a named target port that no container has leads nowhere', () => {
    expect(
      applications(deployment('shop/web'), service('shop/web', '[{name: http, port: 80, targetPort: front}]')),
    ).toEqual([]);
  });

  test('the annotation goes before all that', () => {
    expect(
      applications(
        deployment('shop/web', {
          ports: '[{containerPort: 8080}]',
          annotations: { 'meshverdict.dev/serves': '8080=tcp, 8443=https:server:ca,8444=mtls:server, 70000=tcp' },
        }),
      ),
    ).toEqual([
      { port: 8080, protocol: 'tcp' },
      { port: 8443, protocol: 'https', certificate: 'server', clientCa: 'ca' },
      { port: 8444, protocol: 'https', certificate: 'server' },
    ]);
  });

  test('a gateway is nothing but its proxy', () => {
    expect(
      applications(
        deployment('shop/web', {
          ports: '[{containerPort: 8080}]',
          annotations: { 'inject.istio.io/templates': 'gateway' },
        }),
      ),
    ).toEqual([]);
  });
});

describe('service targets', () => {
  const targets = (...docs: string[]) =>
    only(documents(...docs)).serviceTargets.map(({ service: host, targetPort }) => [host.split('.')[0], targetPort]);

  test('by the age of the Service, then by its host', () => {
    const aged = (name: string, time: string) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop, creationTimestamp: "${time}"}, spec: {selector: {app: web}, ports: [{port: 80}]}}`;
    expect(
      targets(
        deployment('shop/web'),
        aged('c', '2026-01-01T00:00:00Z'),
        aged('b', '2026-01-01T00:00:00Z'),
        aged('a', '2026-01-02T00:00:00Z'),
      ),
    ).toEqual([
      ['b', 80],
      ['c', 80],
      ['a', 80],
    ]);
  });

  test('two ports with one target count once, unless they speak differently', () => {
    expect(
      targets(
        deployment('shop/web'),
        service(
          'shop/web',
          '[{name: http-a, port: 80, targetPort: 8080}, {name: http-b, port: 81, targetPort: 8080}, {name: tcp, port: 82, targetPort: 8080}]',
        ),
      ),
    ).toEqual([
      ['web', 8080],
      ['web', 8080],
    ]);
  });

  test('a WorkloadEntry at its address takes the place of the pod', () => {
    const yaml = documents(
      deployment('shop/web'),
      service('shop/web', '[{name: http, port: 80, targetPort: 8080}]'),
      resource('WorkloadEntry', 'shop/vm', '{address: 10.1.2.3, labels: {app: web}, ports: {http: 9999}}'),
    );
    const pod = only(yaml, { addresses: { 'pod shop/web': '10.1.2.3' } });
    expect(pod.serviceTargets.map(({ targetPort }) => targetPort)).toEqual([9999]);
  });
});

describe('ProxyConfig', () => {
  const metadata = (...docs: string[]) => only(documents(namespace('shop'), ...docs)).proxyMetadata;
  const proxyConfig = (path: string, value: string, selector = '') =>
    resource('ProxyConfig', path, `{${selector} environmentVariables: {WHO: ${value}}}`);

  test.each<[string, string[], string]>([
    ['the mesh', [], 'mesh'],
    ['the root namespace', [proxyConfig('istio-system/p', 'root')], 'root'],
    ['the namespace', [proxyConfig('istio-system/p', 'root'), proxyConfig('shop/p', 'namespace')], 'namespace'],
    ['the oldest of the namespace', [proxyConfig('shop/p', 'first'), proxyConfig('shop/a', 'second')], 'first'],
    [
      'the one that selects the pod',
      [proxyConfig('shop/q', 'pod', 'selector: {matchLabels: {app: web}},'), proxyConfig('shop/p', 'namespace')],
      'pod',
    ],
    ['none that selects others', [proxyConfig('shop/q', 'pod', 'selector: {matchLabels: {app: cart}},')], 'mesh'],
  ])('%s', (_, docs, expected) => {
    const mesh = meshConfig('{defaultConfig: {proxyMetadata: {WHO: mesh, KEPT: "1"}}}');
    expect(metadata(mesh, ...docs, deployment('shop/web'))).toEqual({ WHO: expected, KEPT: '1' });
  });

  test('the annotation comes between the namespace and the pod', () => {
    const annotated = deployment('shop/web', {
      annotations: { 'proxy.istio.io/config': 'proxyMetadata: {WHO: annotation, NUMBER: 1}' },
    });
    const selecting = proxyConfig('shop/q', 'pod', 'selector: {matchLabels: {app: web}},');
    expect(metadata(proxyConfig('shop/p', 'namespace'), annotated)).toEqual({ WHO: 'annotation', NUMBER: '1' });
    expect(metadata(selecting, annotated)).toEqual({ WHO: 'pod', NUMBER: '1' });
  });
});

test('the order of documents moves no address', () => {
  const docs = [
    namespace('shop'),
    deployment('shop/web'),
    deployment('shop/cart'),
    service('shop/web', '[{port: 80}]'),
  ];
  const forwards = meshOf(documents(...docs)).mesh;
  const backwards = meshOf(documents(...docs.toReversed())).mesh;
  for (const [id, pod] of forwards.workloads) expect(backwards.workloads.get(id)?.ip).toBe(pod.ip);
  expect(backwards.services[0]?.addresses).toEqual(forwards.services[0]?.addresses);
});
