import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseWorkspace } from '../../resources/parseWorkspace.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { atCursor, SHOP_MESH } from '../../testing/shopMesh.ts';
import { allFieldKeys } from '../fields/field.ts';
import { MAP_KEYS, VALUES } from '../fields/vocabulary.ts';
import { LABEL_SELECTORS, PORT_MAPS, REFERENCES } from '../references/table.ts';
import { completeAt } from './completeAt.ts';
import { TEMPLATES, templateText } from './templates.ts';

const { mesh } = meshOf(SHOP_MESH);

function completionsAt(marked: string) {
  const { text, offset } = atCursor(marked);
  return completeAt(mesh, text, offset);
}
const labels = (marked: string): string[] => completionsAt(marked)?.items.map(({ label }) => label) ?? [];

const document = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: shop}\n${rest}`;
const authorization = (rest: string): string => document('security.istio.io/v1', 'AuthorizationPolicy', rest);
const destinationRule = (rest: string): string => document('networking.istio.io/v1', 'DestinationRule', rest);
const virtualService = (rest: string): string => document('networking.istio.io/v1', 'VirtualService', rest);

describe('fields and values of the schemas', () => {
  test.each<[string, string, readonly string[]]>([
    ['fields of a spec', authorization('spec:\n  |'), ['selector', 'action', 'rules', 'provider']],
    ['fields of an item', authorization('spec:\n  rules:\n  - |'), ['from', 'to', 'when']],
    ['in flow style', authorization('spec: {rules: [{|}]}'), ['from', 'to', 'when']],
    ['values of an enum', authorization('spec:\n  action: |'), ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM']],
    ['values of an enum, half typed', authorization('spec:\n  action: DE|'), ['DENY']],
    ['booleans', virtualService('spec:\n  http:\n  - match:\n    - ignoreUriCase: |'), ['true', 'false']],
    ['kinds of a group', 'apiVersion: security.istio.io/v1\nkind: |', ['PeerAuthentication', 'AuthorizationPolicy']],
    ['versions', 'apiVersion: |', ['v1', 'security.istio.io/v1', 'networking.istio.io/v1']],
    ['condition keys', authorization('spec:\n  rules:\n  - when:\n    - key: |'), ['source.ip', 'connection.sni']],
    ['metadata', authorization('').replace('{name: x,', '{|, name: x,'), ['labels', 'annotations']],
    ['JSON', '{"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "spec": {"|"}}', ['rules']],
    [
      'items of a List',
      `apiVersion: v1\nkind: List\nitems:\n- apiVersion: security.istio.io/v1\n  kind: AuthorizationPolicy\n  spec:\n    |`,
      ['rules'],
    ],
    ['the second document', `${authorization('')}---\n${destinationRule('spec:\n  |')}`, ['host', 'trafficPolicy']],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining([...expected]));
  });

  it('leave out what is there, and put first what is required', () => {
    const found = labels(destinationRule('spec:\n  exportTo: []\n  |'));
    expect(found).not.toContain('exportTo');
    expect(found[0]).toBe('host');
  });

  it('open the value of a field at its column', () => {
    const insert = (marked: string, label: string) =>
      completionsAt(marked)?.items.find((item) => item.label === label)?.insert;
    expect(insert(authorization('spec:\n  |'), 'rules')).toBe('rules:\n    - $0');
    expect(insert(authorization('spec:\n  rules:\n  - |'), 'from')).toBe('from:\n      - $0');
    expect(insert(authorization('spec:\n  |'), 'action')).toBe('action: $0');
    expect(insert(authorization('spec: {|}'), 'rules')).toBe('rules: [$0]');
    expect(insert('{"kind": "Service", "apiVersion": "v1", "spec": {"|"}}', 'type')).toBe('"type": "$0"');
  });

  it('say nothing in comments, block scalars and unknown fields', () => {
    expect(labels(authorization('spec: # |'))).toEqual([]);
    expect(
      labels('apiVersion: v1\nkind: ConfigMap\ndata:\n  x: |\n    a^'.replace('|', '>').replace('^', '|')),
    ).toEqual([]);
    expect(labels(authorization('nothing:\n  - |'))).toEqual([]);
  });
});

describe('names of this mesh', () => {
  const from = (field: string) => authorization(`spec:\n  rules:\n  - from:\n    - source:\n        ${field}`);
  test.each<[string, string, readonly string[]]>([
    ['hosts: short in their namespace', destinationRule('spec:\n  host: |'), ['web']],
    [
      'hosts: in full elsewhere',
      destinationRule('spec:\n  host: |').replace('namespace: shop', 'namespace: pay'),
      ['web.shop.svc.cluster.local'],
    ],
    [
      'ports of the host',
      virtualService(
        'spec:\n  http:\n  - route:\n    - destination:\n        host: web\n        port:\n          number: |',
      ),
      ['80', '9000'],
    ],
    [
      'subsets of the host',
      virtualService('spec:\n  http:\n  - route:\n    - destination: {host: web, subset: |}'),
      ['stable'],
    ],
    ['gateways', virtualService('spec:\n  gateways:\n  - |'), ['mesh', 'ingress/edge']],
    ['hosts that a gateway opens', virtualService('spec:\n  hosts: [|]'), ['web', 'shop.example.com']],
    ['namespaces', from('namespaces: [|]'), ['shop', 'pay', 'ingress']],
    ['principals', from('principals:\n        - |'), ['cluster.local/ns/shop/sa/web']],
    ['principals in quotes', from('principals: ["|"]'), ['cluster.local/ns/shop/sa/web']],
    ['service accounts of policies', from('serviceAccounts: [|]'), ['web', 'ingress/default']],
    ['request principals', from('requestPrincipals: [|]'), ['https://issuer.example/*', '*']],
    ['ports of selected workloads', authorization('spec:\n  rules:\n  - to:\n    - operation: {ports: [|]}'), ['8080']],
    ['providers', authorization('spec:\n  action: CUSTOM\n  provider:\n    name: |'), ['opa']],
    ['labels', authorization('spec:\n  selector:\n    matchLabels:\n      |'), ['app', 'version']],
    ['values of labels', authorization('spec:\n  selector:\n    matchLabels:\n      app: |'), ['web']],
    [
      'ports of a port map',
      document('security.istio.io/v1', 'PeerAuthentication', 'spec:\n  portLevelMtls:\n    |'),
      ['8080'],
    ],
    ['issuers', document('cert-manager.io/v1', 'Certificate', 'spec:\n  issuerRef:\n    name: |'), ['root']],
    ['accounts of pods', document('v1', 'Pod', 'spec:\n  serviceAccountName: |'), ['web']],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining([...expected]));
  });

  it('secrets of a gateway are those in the namespace of its pods', () => {
    const found = labels(
      document(
        'networking.istio.io/v1',
        'Gateway',
        'spec:\n  selector: {istio: ingressgateway}\n  servers:\n  - tls: {credentialName: |}',
      ),
    );
    expect(found).toEqual(['web-cert']);
  });

  it('ports of policies are strings, ports of destinations are numbers', () => {
    const policy = completionsAt(authorization('spec:\n  rules:\n  - to:\n    - operation: {ports: [|]}'));
    expect(policy?.items.find(({ label }) => label === '8080')?.insert).toBe('"8080"');
    const route = completionsAt(
      virtualService('spec:\n  tcp:\n  - route:\n    - destination: {host: web, port: {number: |}}'),
    );
    expect(route?.items.find(({ label }) => label === '80')?.insert).toBe('80');
  });
});

describe('whole documents', () => {
  it('are offered where nothing is written', () => {
    const kinds = completionsAt('|')?.items.filter(({ kind }) => kind === 'document');
    expect(kinds?.length).toBe(TEMPLATES.length);
    expect(completionsAt('a: 1\n---\n|')?.items.some(({ kind }) => kind === 'document')).toBe(true);
    expect(completionsAt(authorization('|'))?.items.some(({ kind }) => kind === 'document')).toBe(false);
  });

  /** As an editor leaves them when nothing is filled in. */
  const accepted = (text: string): string =>
    text
      .replace(/\$\{\d\|([^,|}]+)[^}]*\|\}/g, '$1')
      .replace(/\$\{\d:([^}]*)\}/g, '$1')
      .replaceAll('$0', '');

  test.each(TEMPLATES.map((template) => [template.id, template] as const))('%s is in order', (_, template) => {
    const text = accepted(templateText(template, ['shop', 'pay']));
    expect(text).not.toMatch(/NAMESPACE|\$\{/);
    const parsed = parseWorkspace([{ name: 'a.yaml', text }]);
    expect(parsed.diagnostics).toEqual([]);
    expect(parsed.resources.map(({ kind }) => kind)).toContain(template.kind);
  });
});

it('keys of the tables are keys of fields', () => {
  const keys = allFieldKeys();
  const named = [
    ...Object.keys(REFERENCES),
    ...LABEL_SELECTORS,
    ...PORT_MAPS,
    ...Object.keys(VALUES),
    ...Object.keys(MAP_KEYS),
  ];
  expect(named.filter((key) => !keys.has(key))).toEqual([]);
});

it('any text and any offset get an answer within the text', () => {
  const lines = authorization('spec:\n  rules:\n  - from:\n    - source: {principals: [a]}\n').split(/(?<=[\n:{[ ])/);
  const piece = fc.oneof(
    fc.constantFrom(...lines, '{', '}', '"', "'", '- ', '---\n', 'kind: List\nitems:\n'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat({ max: 300 }), (pieces, at) => {
      const text = pieces.join('');
      const offset = Math.min(at, text.length);
      const found = completeAt(mesh, text, offset);
      if (found === undefined) return;
      expect(found.start).toBeLessThanOrEqual(found.end);
      expect(found.start).toBeGreaterThanOrEqual(0);
      expect(found.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1000 },
  );
});
