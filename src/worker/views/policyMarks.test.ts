import { expect, it } from 'vitest';
import { compile, parse } from '../../engine.ts';
import { meshGraph } from './graph.ts';

const deployment = (namespace: string, name: string, inject = true) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}${inject ? '' : ', sidecar.istio.io/inject: "false"'}}}
    spec: {containers: [{name: app, image: a}]}
---`;
const policy = (kind: string, namespace: string, name: string, spec: string) => `
apiVersion: security.istio.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
---`;

it('policies stand with whom their selectors mean, those without one with their namespace', async () => {
  const text = [
    '\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n---',
    '\napiVersion: v1\nkind: Namespace\nmetadata: {name: bank, labels: {istio-injection: enabled}}\n---',
    '\napiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system}\n---',
    deployment('shop', 'web'),
    deployment('shop', 'bare', false),
    deployment('bank', 'web'),
    policy('PeerAuthentication', 'shop', 'all', '{mtls: {mode: STRICT}}'),
    policy('AuthorizationPolicy', 'shop', 'web-only', '{selector: {matchLabels: {app: web}}}'),
    policy('AuthorizationPolicy', 'shop', 'bare-only', '{selector: {matchLabels: {app: bare}}}'),
    policy('AuthorizationPolicy', 'istio-system', 'every-web', '{selector: {matchLabels: {app: web}}}'),
    policy('PeerAuthentication', 'istio-system', 'mesh', '{mtls: {mode: PERMISSIVE}}'),
  ].join('');
  const graph = meshGraph(await compile(parse([{ name: 'a.yaml', text }]), { now: 0, seed: 's' }));
  const names = (ids: readonly string[] | undefined) => (ids ?? []).map((id) => id.slice(id.lastIndexOf('/') + 1));
  expect(Object.fromEntries(graph.workloads.map(({ id, policies }) => [id, names(policies)]))).toEqual({
    'shop/web': ['web-only', 'every-web'],
    'shop/bare': [],
    'bank/web': ['every-web'],
  });
  expect(Object.fromEntries(graph.namespaces.map(({ name, policies }) => [name, names(policies)]))).toMatchObject({
    shop: ['all'],
    bank: [],
    'istio-system': ['mesh'],
  });
});
