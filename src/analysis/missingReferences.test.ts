/** What is named and not there; and what only looks so. */
import { describe, expect, it } from 'vitest';
import { meshOf } from '../testing/meshOf.ts';
import { missingReferences } from './missingReferences.ts';

const BASE = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: all, namespace: shop}
spec: {hosts: ["*.example.com"], ports: [{number: 80, name: http, protocol: HTTP}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec: {host: web, subsets: [{name: v1}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: edge, labels: {istio: ingressgateway}, annotations: {inject.istio.io/templates: gateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: v1
kind: Secret
metadata: {name: cert, namespace: edge}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: ca}
spec: {selfSigned: {}}
`;
const found = (document: string): string[] =>
  missingReferences(meshOf(`${BASE}---\n${document}`).mesh).map(
    ({ params, origin }) => `${params['kind']} ${params['value']} at ${origin?.path.join('.')}`,
  );
const route = (destination: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: shop}\nspec: {hosts: [a.com], http: [{route: [{destination: ${destination}}]}]}\n`;
const gateways = (list: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: shop}\nspec: {hosts: [a.com], gateways: ${list}, http: [{route: [{destination: {host: web}}]}]}\n`;
const listener = (tls: string, selector = '{istio: ingressgateway}'): string =>
  `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: tls, namespace: shop}\nspec: {selector: ${selector}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: ${tls}}]}\n`;

describe('what is missing', () => {
  it.each([
    ['a host', route('{host: wbe}'), ['host wbe at spec.http.0.route.0.destination.host']],
    ['a subset', route('{host: web, subset: v2}'), ['subset v2 at spec.http.0.route.0.destination.subset']],
    ['a port', route('{host: web, port: {number: 81}}'), ['port 81 at spec.http.0.route.0.destination.port.number']],
    [
      'a port of the containers',
      'apiVersion: v1\nkind: Service\nmetadata: {name: edge, namespace: edge}\nspec: {selector: {istio: ingressgateway}, ports: [{name: http, port: 80, targetPort: web}]}\n',
      ['containerPort web at spec.ports.0.targetPort'],
    ],
    [
      'a gateway',
      gateways('[gw, mesh, gv, shop/gw, other/gw]'),
      ['Gateway gv at spec.gateways.2', 'Gateway other/gw at spec.gateways.4'],
    ],
    [
      'a credential',
      listener('{mode: SIMPLE, credentialName: certt}'),
      ['Secret certt at spec.servers.0.tls.credentialName'],
    ],
    [
      'an authorizer',
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\nspec: {action: CUSTOM, provider: {name: authz}, rules: [{}]}\n',
      ['extensionProvider authz at spec.provider.name'],
    ],
  ])('%s', (_, document, wanted) => {
    expect(found(document)).toEqual(wanted);
  });

  it.each([
    ['a short host', route('{host: web, subset: v1}')],
    ['a port of the Service', route('{host: web, port: {number: 80}}')],
    [
      'a port of pods that are elsewhere',
      'apiVersion: v1\nkind: Service\nmetadata: {name: none, namespace: shop}\nspec: {selector: {app: none}, ports: [{port: 80, targetPort: web}]}\n',
    ],
    ['a full host', route('{host: web.shop.svc.cluster.local}')],
    ['a host of a wildcard entry', route('{host: api.example.com}')],
    ['a credential beside the proxies', listener('{mode: SIMPLE, credentialName: cert}')],
    ['a credential of proxies that are elsewhere', listener('{mode: SIMPLE, credentialName: x}', '{istio: other}')],
    [
      'a credential that cert-manager writes',
      `apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c, namespace: edge}\nspec: {secretName: made, issuerRef: {kind: ClusterIssuer, name: ca}}\n---\n${listener('{mode: SIMPLE, credentialName: made}')}`,
    ],
  ])('is not %s', (_, document) => {
    expect(found(document)).toEqual([]);
  });
});
