/** Which connections NetworkPolicies would forbid. */
import { expect, test } from 'vitest';
import { workloadId } from '../base/ids.ts';
import { deployment, documents, namespace, resource } from '../testing/documents.ts';
import { meshOf } from '../testing/meshOf.ts';
import { type End, networkPolicyEnforcement, policyInTheWay, policyInTheWayOfDns } from './networkPolicy.ts';

const OUTSIDE: End = { workload: undefined, address: '192.0.2.9' };

const PODS = [
  namespace('shop', { team: 'a' }),
  namespace('ops', {}),
  deployment('shop/web', { ports: '[{containerPort: 8080, name: front}, {containerPort: 9090}]' }),
  deployment('shop/cart'),
  deployment('ops/cart'),
  deployment('ops/world', { annotations: { 'meshverdict.dev/external-host': 'example.com' } }),
];

/** The policies in the way of calls to shop/web:8080 from shop/cart, ops/cart and outside. */
function inTheWay(specs: readonly string[], port = 8080, to = 'shop/web'): string {
  const policies = specs.map((spec, index) => resource('NetworkPolicy', `shop/p${index}`, spec));
  const { mesh } = meshOf(documents(...PODS, ...policies));
  const end = (path: string): End => {
    const [ns = '', name = ''] = path.split('/');
    const workload = mesh.workloads.get(workloadId(ns, name));
    return { workload, address: workload?.ip ?? '' };
  };
  return [end('shop/cart'), end('ops/cart'), OUTSIDE]
    .map((from) => policyInTheWay(mesh, from, end(to), port)?.name ?? '-')
    .join(' ');
}

const WEB = 'podSelector: {matchLabels: {app: web}}';

test.each<[string, string[], string]>([
  ['no policy', [], '- - -'],
  ['one for other pods', ['{podSelector: {matchLabels: {app: other}}}'], '- - -'],
  ['nothing is allowed', [`{${WEB}}`], 'p0 p0 p0'],
  ['everything is', [`{${WEB}, ingress: [{}]}`], '- - -'],
  ['one allows what the other does not mention', [`{${WEB}}`, `{${WEB}, ingress: [{}]}`], '- - -'],
  ['pods of the same namespace', [`{${WEB}, ingress: [{from: [{podSelector: {}}]}]}`], '- p0 p0'],
  ['pods of any namespace', [`{${WEB}, ingress: [{from: [{namespaceSelector: {}}]}]}`], '- - p0'],
  ['a namespace by label', [`{${WEB}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]}`], '- p0 p0'],
  [
    'a namespace by name, and pods in it',
    [
      `{${WEB}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}, podSelector: {matchLabels: {app: cart}}}]}]}`,
    ],
    'p0 - p0',
  ],
  ['addresses', [`{${WEB}, ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}`], 'p0 p0 -'],
  ['but for some', [`{${WEB}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [192.0.2.9/32]}}]}]}`], '- - p0'],
  ['the port', [`{${WEB}, ingress: [{ports: [{port: 8080}]}]}`], '- - -'],
  ['another port', [`{${WEB}, ingress: [{ports: [{port: 9090}]}]}`], 'p0 p0 p0'],
  ['a range of ports', [`{${WEB}, ingress: [{ports: [{port: 8000, endPort: 8999}]}]}`], '- - -'],
  ['the port by name', [`{${WEB}, ingress: [{ports: [{port: front}]}]}`], '- - -'],
  ['another protocol', [`{${WEB}, ingress: [{ports: [{port: 8080, protocol: UDP}]}]}`], 'p0 p0 p0'],
  ['only about egress', [`{${WEB}, policyTypes: [Egress]}`], '- - -'],
  ['egress of the caller', ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress]}'], 'p0 - -'],
  [
    'egress rules imply the type',
    ['{podSelector: {matchLabels: {app: cart}}, egress: [{ports: [{port: 53}]}]}'],
    'p0 - -',
  ],
  [
    'egress to the called pod',
    [
      '{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]}',
    ],
    '- - -',
  ],
])('%s', (_, specs, expected) => {
  expect(inTheWay(specs)).toBe(expected);
});

test('a pod that plays the world outside is no pod to a selector', () => {
  const egress = (to: string) =>
    `{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress], egress: [{to: [${to}]}]}`;
  expect(inTheWay([egress('{namespaceSelector: {}}')], 80, 'ops/world')).toBe('p0 - -');
  expect(inTheWay([egress('{ipBlock: {cidr: 0.0.0.0/0}}')], 80, 'ops/world')).toBe('- - -');
});

test.each<[string, string, string]>([
  ['another port', '{ports: [{port: 8080}]}', 'p0'],
  ['TCP alone', '{ports: [{port: 53}]}', 'p0'],
  ['UDP', '{ports: [{port: 53, protocol: UDP}]}', '-'],
  ['by name', '{ports: [{port: dns, protocol: UDP}]}', '-'],
  ['pods of its own namespace', '{to: [{podSelector: {}}]}', 'p0'],
  ['kube-system', '{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}', '-'],
  ['the DNS pods', '{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]}', '-'],
  ['some addresses', '{to: [{ipBlock: {cidr: 10.96.0.0/16}}]}', '-'],
])('egress to %s, and names', (_, rule, expected) => {
  const policy = resource('NetworkPolicy', 'shop/p0', `{podSelector: {}, policyTypes: [Egress], egress: [${rule}]}`);
  const { mesh } = meshOf(documents(...PODS, policy));
  const cart = mesh.workloads.get(workloadId('shop', 'cart'));
  expect((cart && policyInTheWayOfDns(mesh, cart)?.name) ?? '-').toBe(expected);
});

test.each([
  ['drop', 'drop'],
  ['ignore', 'ignore'],
  ['sometimes', 'unknown'],
])('kube-system says %s', (said, expected) => {
  const system = `apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, annotations: {meshverdict.dev/network-policies: ${said}}}`;
  expect(networkPolicyEnforcement(meshOf(documents(system)).mesh)).toBe(expected);
});
