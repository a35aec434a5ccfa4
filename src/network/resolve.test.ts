import { describe, expect, it } from 'vitest';
import { meshOf } from '../testing/meshOf.ts';
import { resolveHost } from './resolve.ts';
import { addressOf, translateServiceAddress } from './translate.ts';

const pod = (namespace: string, name: string, annotations = '{}') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: ${annotations}}
    spec: {containers: [{name: app, image: app}]}
---`;

const { mesh } = meshOf(
  `${pod('shop', 'web-v1')}${pod('shop', 'web-v2')}${pod('world', 'api', '{meshverdict.dev/external-host: "api.example.com,www.example.com"}')}
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: headless, namespace: shop}
spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: lonely, namespace: shop}
spec: {clusterIP: None, selector: {app: nobody}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty, namespace: shop}
spec: {selector: {app: nobody}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: api.example.com}
---
apiVersion: v1
kind: Service
metadata: {name: circle, namespace: shop}
spec: {type: ExternalName, externalName: circle.shop.svc.cluster.local}
`,
  {
    addresses: {
      'pod shop/web-v1': '10.244.0.1',
      'pod shop/web-v2': '10.244.0.2',
      'pod world/api': '10.244.0.3',
      'service shop/web': '10.96.0.1',
      'service shop/empty': '10.96.0.2',
      'load balancer shop/web': '203.0.113.1',
    },
  },
);

describe('a name', () => {
  it.each<[string, string | undefined, string, string | undefined]>([
    ['short, in its namespace', 'shop', 'web', '10.96.0.1'],
    ['short, from another namespace', 'legacy', 'web', undefined],
    ['with namespace', 'legacy', 'web.shop', '10.96.0.1'],
    ['with svc', 'legacy', 'web.shop.svc', '10.96.0.1'],
    ['in full, in any case, with the final dot', 'legacy', 'Web.Shop.svc.cluster.local.', '10.96.0.1'],
    ['with a part too many', 'shop', 'x.web.shop', undefined],
    ['of a headless service: its first pod', 'shop', 'headless', '10.244.0.1'],
    ['of a headless service without pods', 'shop', 'lonely', undefined],
    ['of a server outside', 'shop', 'www.example.com', '10.244.0.3'],
    ['of a server outside, asked from outside', undefined, 'api.example.com', '10.244.0.3'],
    ['of a service, asked from outside', undefined, 'web.shop', undefined],
    ['that stands for another', 'shop', 'alias', '10.244.0.3'],
    ['that stands for itself', 'shop', 'circle', undefined],
    ['that is an address', undefined, '192.0.2.1', '192.0.2.1'],
    ['localhost', undefined, 'localhost', '127.0.0.1'],
  ])('%s', (_name, namespace, host, address) => {
    const resolved = resolveHost(mesh, namespace, host);
    expect(resolved.kind === 'address' ? resolved.address : undefined).toBe(address);
  });
});

describe('a service address', () => {
  it.each([
    ['10.96.0.1', 'cluster-ip'],
    ['203.0.113.1', 'load-balancer'],
  ])('%s leads to the first pod’s target port', (address, via) => {
    const translation = translateServiceAddress(mesh, address, 80);
    expect(translation).toMatchObject({ kind: 'translated', via, to: { address: '10.244.0.1', port: 8080 } });
    expect(translation.kind === 'translated' && translation.others.map((other) => other.address)).toEqual([
      '10.244.0.2',
    ]);
  });

  it.each([
    ['10.96.0.1', 81, 'no-such-port'],
    ['10.96.0.2', 80, 'no-endpoints'],
  ])('%s:%i leads nowhere: %s', (address, port, why) => {
    expect(translateServiceAddress(mesh, address, port)).toMatchObject({ kind: 'dead', why });
  });

  it('is none of a pod', () => {
    expect(translateServiceAddress(mesh, '10.244.0.1', 8080).kind).toBe('none');
  });

  it.each([
    ['shop/web', '203.0.113.1'],
    ['shop/empty', '10.96.0.2'],
    ['shop/web-v2', '10.244.0.2'],
    ['shop/nobody', undefined],
  ])('connectTo %s', (name, address) => {
    expect(addressOf(mesh, name)).toBe(address);
  });
});
