/** Names of single pods behind a headless Service. */
import { expect, test } from 'vitest';
import { documents, service, workload } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';
import { resolveHost } from './resolve.ts';
import { translateServiceAddress } from './translate.ts';

const HEADLESS = service('shop/db', '[{name: tcp, port: 80}]', 'clusterIP: None');
const SET = `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop}, spec: {serviceName: db, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a, image: a}]}}}}`;
const ADDRESSES = { addresses: { 'pod shop/db': '10.0.0.7' } };

function addressOf(name: string, docs: readonly string[], from: string | undefined = 'shop'): string {
  const found = resolveHost(meshOf(documents(...docs), ADDRESSES).mesh, from, name);
  return found.kind === 'address' ? found.address : found.kind;
}

test.each([
  ['db-0.db', '10.0.0.7'],
  ['db-0.db.shop', '10.0.0.7'],
  ['db-0.db.shop.svc', '10.0.0.7'],
  ['DB-0.db.shop.svc.cluster.local', '10.0.0.7'],
  ['db-1.db', 'unknown-host'],
  ['db-0.other', 'unknown-host'],
  ['db-0', 'unknown-host'],
])('%s: %s', (name, expected) => {
  expect(addressOf(name, [HEADLESS, SET])).toBe(expected);
});

test('only behind a headless Service of that name, and only inside the cluster', () => {
  expect(addressOf('db-0.db', [service('shop/db', '[{port: 80}]'), SET])).toBe('unknown-host');
  expect(addressOf('db-0.db', [HEADLESS, workload('Deployment', 'shop/db')])).toBe('unknown-host');
  const { mesh } = meshOf(documents(HEADLESS, SET), ADDRESSES);
  expect(resolveHost(mesh, undefined, 'db-0.db.shop.svc').kind).toBe('unknown-host');
});

test('a pod with a hostname and a subdomain of its own', () => {
  const pod = workload('Pod', 'shop/db', { spec: { hostname: 'first', subdomain: 'db' } });
  expect(addressOf('first.db', [HEADLESS, pod])).toBe('10.0.0.7');
});

test('an external address leads to its Service', () => {
  const docs = [workload('Deployment', 'shop/db'), service('shop/db', '[{port: 80}]', 'externalIPs: [203.0.113.9]')];
  const { mesh } = meshOf(documents(...docs), ADDRESSES);
  expect(translateServiceAddress(mesh, '203.0.113.9', 80)).toMatchObject({
    kind: 'translated',
    to: { address: '10.0.0.7' },
  });
});
