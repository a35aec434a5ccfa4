/**
 * Fixes of what is found about the whole mesh. Each time: the finding is gone, nothing else is wrong,
 * and every document but the one that was meant is the same, byte for byte.
 */
import { describe, expect, it } from 'vitest';
import { splitDocuments } from '../../resources/yaml/splitDocuments.ts';
import { findingsOf } from '../../testing/findingsOf.ts';
import { applyEdits } from '../textEdit.ts';
import { fixesFor } from './fixesFor.ts';

const SHOP = `# the shop
apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, release: v2}}
spec: {containers: [{name: app}]}
`;
const route = (destination: string): string => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web]
  http:
    - route:
        - destination: ${destination} # where it goes
`;
const RULE = `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec:
  host: web
  subsets:
    - name: stable
      labels: {release: stable}
`;
const service = (port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\nspec:\n  ports:\n    - ${port}\n`;
const EDGE = `---
apiVersion: v1
kind: Pod
metadata: {name: gateway, namespace: edge, labels: {istio: ingressgateway}, annotations: {inject.istio.io/templates: gateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
    - port: {number: 443, name: https, protocol: HTTPS}
      hosts: ["*"]
      tls: {mode: MUTUAL, credentialName: cert}
`;
const POLICY = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
`;
const config = (body: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n${body}`;

type Case = readonly [
  name: string,
  text: string,
  code: string,
  fix: string,
  which: number,
  /** In place of this, that; both '' where a document is added. */
  from: string,
  to: string,
];

const CASES: readonly Case[] = [
  [
    'a key written twice: the earlier goes, and what counted still counts',
    config('data:\n  a: old # once\n  b: kept\n  a: new\n'),
    'duplicate-key',
    'remove-earlier',
    0,
    '  a: old # once\n',
    '',
  ],
  [
    'a key written twice: the later goes',
    config('data:\n  a: old\n  a: new # again\n'),
    'duplicate-key',
    'remove-later',
    1,
    '  a: new # again\n',
    '',
  ],
  [
    'a key written twice in flow style',
    config('data: {a: old, b: kept, a: new}\n'),
    'duplicate-key',
    'remove-earlier',
    0,
    'a: old, ',
    '',
  ],
  [
    'a key written twice in JSON, in a list',
    `---\n${config('data: {"x": "1"}\n')}---\n{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "d"}, "data": {"k": "1", "k": "2"}}]}\n`,
    'duplicate-key',
    'remove-earlier',
    0,
    '"k": "1", ',
    '',
  ],
  ['a mistyped host', SHOP + route('{host: wbe}'), 'missing-reference', 'replace', 0, 'wbe', 'web'],
  [
    'the host of another namespace',
    `${SHOP}${route('{host: web}').replace('web, namespace: shop', 'web, namespace: other')}`,
    'missing-reference',
    'replace',
    0,
    'destination: {host: web}',
    'destination: {host: web.shop.svc.cluster.local}',
  ],
  [
    'a subset that the rule lacks, by the label that its pods have',
    `${SHOP}${route('{host: web, subset: v2}')}${RULE}`,
    'missing-reference',
    'add-subset',
    0,
    '      labels: {release: stable}\n',
    '      labels: {release: stable}\n    - name: v2\n      labels:\n        release: v2\n',
  ],
  [
    'a subset of a rule without any',
    `${SHOP}${route('{host: web, subset: v9}')}${RULE.slice(0, RULE.indexOf('  subsets'))}`,
    'missing-reference',
    'add-subset',
    0,
    '  host: web\n',
    '  host: web\n  subsets:\n  - name: v9\n    labels:\n      version: v9\n',
  ],
  ['a subset without a rule', SHOP + route('{host: web, subset: v2}'), 'missing-reference', 'add-subset', 0, '', ''],
  ['a credential that nobody wrote', SHOP + EDGE, 'missing-reference', 'add-secret', 0, '', ''],
  [
    'a port that the Service lacks',
    SHOP + route('{host: web, port: {number: 8080}}'),
    'missing-reference',
    'replace',
    0,
    'number: 8080',
    'number: 80',
  ],
  [
    'a port that no container has',
    SHOP.replace('port: 80}', 'port: 80, targetPort: htpp}').replace(
      '[{name: app}]',
      '[{name: app, ports: [{name: http, containerPort: 8080}]}]',
    ),
    'missing-reference',
    'replace',
    0,
    'targetPort: htpp',
    'targetPort: http',
  ],
  [
    'a policy where nothing has a sidecar',
    SHOP + POLICY,
    'policy-without-proxy',
    'enable-injection',
    0,
    '  name: shop\n',
    '  name: shop\n  labels:\n    istio-injection: enabled\n',
  ],
  [
    'a port that says nothing',
    service('port: 80'),
    'port-protocol-unknown',
    'add-field',
    0,
    'port: 80\n',
    'port: 80\n      appProtocol: http\n',
  ],
  [
    'a port whose name says it elsewhere',
    service('{name: web-grpc, port: 80}'),
    'port-protocol-unknown',
    'add-field',
    0,
    'port: 80}',
    'port: 80, appProtocol: grpc}',
  ],
  [
    'a port by another name',
    service('{name: web-grpc, port: 80}'),
    'port-protocol-unknown',
    'replace',
    1,
    'web-grpc',
    'grpc-web-grpc',
  ],
  [
    'a mistyped appProtocol',
    service('{name: web, port: 80, appProtocol: htpp}'),
    'port-protocol-unknown',
    'replace',
    0,
    'htpp',
    'http',
  ],
];

describe('after a fix the finding is gone, and all else is as it was', () => {
  it.each(CASES)('%s', (_, text, code, fix, which, from, to) => {
    const files = [
      { name: 'a.yaml', text },
      { name: 'b.yaml', text: '# nothing to do with it\n' },
    ];
    const { drawing, found } = findingsOf(files);
    const diagnostic = found.find((one) => one.code === code);
    if (diagnostic === undefined) throw new Error(`no ${code} in ${JSON.stringify(found)}`);
    const offered = fixesFor(drawing, diagnostic);
    const chosen = offered[which];
    expect(chosen?.code).toBe(fix);
    const after = applyEdits(files, chosen?.edits ?? []);
    expect(after[1]).toEqual(files[1]);

    const now = after[0]?.text ?? '';
    if (from === '') {
      // Only added to.
      expect(now.startsWith(text)).toBe(true);
      expect(splitDocuments(now)).toHaveLength(splitDocuments(text).length + 1);
    } else expect(now).toBe(text.replace(from, to));
    expect(findingsOf(after).found.map((one) => one.code)).toEqual(
      found.filter((one) => one !== diagnostic).map((one) => one.code),
    );
  });

  it('offers several hosts that are as near', () => {
    const other = SHOP.replaceAll('web', 'wen').slice(SHOP.indexOf('---'));
    const { drawing, found } = findingsOf([{ name: 'a.yaml', text: SHOP + other + route('{host: weg}') }]);
    const diagnostic = found.find((one) => one.code === 'missing-reference');
    if (diagnostic === undefined) throw new Error('nothing is missing');
    expect(fixesFor(drawing, diagnostic).map(({ params }) => params['to'])).toEqual(['web', 'wen']);
  });
});
