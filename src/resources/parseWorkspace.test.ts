import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResourceId } from '../base/ids.ts';
import type { FieldPath } from '../base/origin.ts';
import { isKind, ofKind } from './ofKind.ts';
import { createParseCache, parseWorkspace } from './parseWorkspace.ts';
import { YAML_LIMITS } from './yaml/limits.ts';

const parse = (...texts: string[]) => parseWorkspace(texts.map((text, index) => ({ name: `f${index}.yaml`, text })));
const ids = (...texts: string[]) => parse(...texts).resources.map((resource) => resource.id);
const codes = (...texts: string[]) => parse(...texts).diagnostics.map((diagnostic) => diagnostic.code);

const namespace = (name: string, rest = '') => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}${rest}}\n`;
const peerAuthentication = (name: string, spec: string) =>
  `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: ${name}, namespace: web}\nspec: ${spec}\n`;

describe('resources', () => {
  test('in the order of files and documents, with their ids', () => {
    const text = `${namespace('a')}---\n${namespace('b')}`;
    const { resources } = parse(text, peerAuthentication('p', '{}'));
    expect(resources.map((r) => [r.id, r.order])).toEqual([
      ['core/Namespace//a', 0],
      ['core/Namespace//b', 1],
      ['security.istio.io/PeerAuthentication/web/p', 2],
    ]);
  });

  test('metadata', () => {
    const [resource] = parse(
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  labels: {app: x}\n  annotations: {note: "1"}\n  creationTimestamp: "2026-01-02T03:04:05Z"\n`,
    ).resources;
    expect(resource).toMatchObject({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace: 'default',
      labels: { app: 'x' },
      annotations: { note: '1' },
      creationTimestamp: Date.UTC(2026, 0, 2, 3, 4, 5),
    });
  });

  test('cluster-scoped kinds have no namespace', () => {
    expect(ids(namespace('a', ', namespace: other'))).toEqual(['core/Namespace//a']);
  });

  test('of two with one id the later counts, with the age of the earlier', () => {
    const { resources, diagnostics } = parse(
      `${peerAuthentication('p', '{mtls: {mode: STRICT}}')}---\n${namespace('a')}---\n${peerAuthentication('p', '{mtls: {mode: DISABLE}}')}`,
    );
    expect(ofKind(resources, 'security.istio.io/PeerAuthentication')).toMatchObject([
      { order: 0, body: { spec: { mtls: { mode: 'DISABLE' } } } },
    ]);
    expect(diagnostics).toMatchObject([{ code: 'duplicate-resource', range: { startLine: 12 } }]);
  });

  test('kinds of one name in two groups are told apart', () => {
    const { resources } = parse(
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {gatewayClassName: istio, listeners: []}\n',
    );
    expect(ofKind(resources, 'networking.istio.io/Gateway')).toEqual([]);
    const [resource] = resources;
    expect(resource !== undefined && isKind(resource, 'gateway.networking.k8s.io/Gateway')).toBe(true);
  });

  test('items of a List', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n- {apiVersion: v1, kind: Namespace, metadata: {name: b}}\n`;
    expect(ids(text)).toEqual(['core/Namespace//a', 'core/Namespace//b']);
    const parsed = parse(text);
    const range = parsed.locate({ resource: 'core/Namespace//b' as ResourceId, path: ['metadata', 'name'] });
    expect(text.slice(range?.start, range?.end)).toBe('b');
    expect(range).toMatchObject({ startLine: 5, startColumn: 54 });
  });
});

describe('what is not in force', () => {
  test.each<[string, string, string]>([
    ['a broken document', 'a: [1', 'yaml-syntax'],
    ['text', 'hello', 'document-not-an-object'],
    ['no apiVersion', 'kind: Pod', 'missing-api-version'],
    ['no kind', 'apiVersion: v1', 'missing-kind'],
    ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: {}', 'missing-name'],
    ['an unknown kind', 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}', 'unknown-kind'],
    ['a version that is not served', 'apiVersion: v2\nkind: Pod\nmetadata: {name: a}', 'unsupported-kind'],
    ['a label that is a number', namespace('a', ', labels: {v: 1}'), 'wrong-type'],
    ['a label that is a boolean', namespace('a', ', labels: {v: yes}'), 'wrong-type'],
    ['an unknown mode', peerAuthentication('p', '{mtls: {mode: ON}}'), 'wrong-type'],
  ])('%s', (_, text, code) => {
    const parsed = parse(`${namespace('before')}---\n${text}\n---\n${namespace('after')}`);
    expect(parsed.resources.map((resource) => resource.name)).toEqual(['before', 'after']);
    expect(parsed.diagnostics[0]?.code).toBe(code);
    const lines = text.split('\n').length;
    expect(parsed.diagnostics[0]?.range?.startLine).toBeGreaterThanOrEqual(4);
    expect(parsed.diagnostics[0]?.range?.startLine).toBeLessThanOrEqual(5 + lines);
  });

  test('what the webhook refuses, with the field at fault', () => {
    const text = peerAuthentication('p', '{portLevelMtls: {80: {mode: STRICT}}}');
    const { resources, rejected, diagnostics } = parse(text);
    expect(resources).toEqual([]);
    expect(rejected).toMatchObject([
      {
        kind: 'PeerAuthentication',
        namespace: 'web',
        name: 'p',
        message: 'configuration is invalid: mesh/namespace peer authentication cannot have port level mTLS',
        origin: { path: ['spec', 'portLevelMtls'] },
      },
    ]);
    expect(text.slice(rejected[0]?.range.start, rejected[0]?.range.end)).toBe('{80: {mode: STRICT}}');
    expect(diagnostics.map((d) => [d.code, d.severity])).toEqual([['webhook-rejected', 'error']]);
  });

  test('what the decoder refuses', () => {
    expect(parse(peerAuthentication('p', '{mtls: {mode: LAX}}')).rejected[0]?.message).toBe(
      'cannot parse proto message for p: unknown value "\\"LAX\\"" for enum istio.security.v1beta1.PeerAuthentication.MutualTLS.Mode',
    );
    expect(parse(namespace('a', ', labels: {v: 1}')).rejected[0]?.message).toBe(
      'Namespace in version "v1" cannot be handled as a Namespace: json: cannot unmarshal number into Go struct field metadata.labels.v of type string',
    );
  });

  test('a refused document leaves the one before it in force', () => {
    const good = peerAuthentication('p', '{mtls: {mode: STRICT}}');
    const parsed = parse(`${good}---\n${peerAuthentication('p', '{portLevelMtls: {}}')}`);
    expect(parsed.resources).toHaveLength(1);
    expect(parsed.rejected).toHaveLength(1);
    const origin = { resource: 'security.istio.io/PeerAuthentication/web/p' as ResourceId, path: ['spec'] };
    expect(parsed.locate(origin)?.startLine).toBe(4);
  });
});

describe('warnings and remarks', () => {
  test('a warning of the webhook does not refuse', () => {
    const { resources, warnings } = parse(peerAuthentication('p', '{selector: {}}'));
    expect(resources).toHaveLength(1);
    expect(warnings).toMatchObject([
      { message: 'workload selector specified without labels', origin: { path: ['spec', 'selector'] } },
    ]);
  });

  test.each<[string, string, string, string]>([
    ['unknown-field', peerAuthentication('p', '{mtsl: {}}'), 'mtsl', 'spec.mtsl'],
    [
      'unmodelled-field',
      'apiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: {name: w}\nspec: {address: 1.2.3.4, locality: r/z}\n',
      'locality',
      'spec.locality',
    ],
    [
      'unmodelled-field',
      'apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {name: p}\nspec: {url: oci://a.example/b}\n',
      'WasmPlugin',
      'WasmPlugin',
    ],
    ['duplicate-key', `${peerAuthentication('p', '{mtls: {mode: STRICT}}')}spec: {}\n`, 'spec', 'spec'],
    ['invalid-timestamp', namespace('a', ', creationTimestamp: yesterday'), 'yesterday', ''],
  ])('%s', (code, text, marked, field) => {
    const diagnostic = parse(text).diagnostics.find((d) => d.code === code);
    expect(text.slice(diagnostic?.range?.start, diagnostic?.range?.end)).toContain(marked);
    expect(diagnostic?.params['field'] ?? diagnostic?.params['key'] ?? '').toBe(field);
    expect(parse(text).resources).toHaveLength(1);
  });

  test('only values that change something are remarked', () => {
    const deployment = (user: number) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {securityContext: {runAsUser: ${user}}}}}\n`;
    expect(codes(deployment(1000))).toEqual([]);
    expect(codes(deployment(1337))).toEqual(['unmodelled-field']);
  });

  test('MeshConfig inside its ConfigMap', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    trustDomain: a.example\n    trustDomains: [b]\n    outboundTrafficPolicy: {mode: SOME}\n';
    const { diagnostics, resources } = parse(text);
    expect(resources).toHaveLength(1);
    expect(diagnostics.map((d) => [d.code, text.slice(d.range?.start, d.range?.end)])).toEqual([
      ['wrong-type', 'SOME'],
      ['unknown-field', 'trustDomains'],
    ]);
  });
});

describe('locate', () => {
  const text = `# comment\n${namespace('a')}---\n${peerAuthentication('p', '\n  mtls:\n    mode: STRICT')}`;
  const id = 'security.istio.io/PeerAuthentication/web/p' as ResourceId;
  test.each<[FieldPath, string]>([
    [['spec', 'mtls', 'mode'], 'STRICT'],
    [['metadata', 'namespace'], 'web'],
    [['spec', 'mtls', 'mode', 'x'], 'STRICT'],
  ])('%j', (path, expected) => {
    const range = parse(text).locate({ resource: id, path });
    expect(text.slice(range?.start, range?.end)).toBe(expected);
    expect(range?.file).toBe('f0.yaml');
  });
  test('lines and columns count from one', () => {
    const range = parse(text).locate({ resource: id, path: ['spec', 'mtls', 'mode'] });
    expect(range).toMatchObject({ startLine: 11, startColumn: 11, endLine: 11, endColumn: 17 });
  });
  test('nothing for a resource that is not there', () => {
    expect(parse(text).locate({ resource: 'x' as ResourceId, path: [] })).toBeUndefined();
  });
});

describe('limits', () => {
  test('a file that is too long is left out', () => {
    const parsed = parse(`#${'x'.repeat(YAML_LIMITS.fileLength)}`, namespace('a'));
    expect(parsed.diagnostics.map((d) => d.code)).toEqual(['yaml-too-large']);
    expect(parsed.resources).toHaveLength(1);
  });
  test('documents beyond the limit are left out', () => {
    const item = '{apiVersion: v1}';
    const text = `kind: List\nitems: [${Array(YAML_LIMITS.documents + 5)
      .fill(item)
      .join(', ')}]`;
    expect(codes(text).filter((code) => code === 'yaml-too-many-documents')).toHaveLength(1);
  });
});

describe('cache', () => {
  const documents = ['a', 'b', 'c'].map((name) => namespace(name));
  const file = (parts: readonly string[]) => [{ name: 'f.yaml', text: parts.join('---\n') }];

  test('a document that did not change keeps its resource', () => {
    const cache = createParseCache();
    const before = parseWorkspace(file(documents), cache).resources;
    const [a = '', , c = ''] = documents;
    const after = parseWorkspace(file([a, namespace('b', ', labels: {team: x}'), c]), cache).resources;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).toBe(before[2]);
  });

  test('forgets what is no longer in the workspace', () => {
    const cache = createParseCache();
    parseWorkspace(file(documents), cache);
    parseWorkspace(file(documents.slice(0, 1)), cache);
    expect(cache.documents.size).toBe(1);
  });

  test('a document inserted between others leaves their Resources the objects that they were', () => {
    const cache = createParseCache();
    const before = parseWorkspace(file(documents), cache).resources;
    const [first = '', ...others] = documents;
    const after = parseWorkspace(file([first, peerAuthentication('new', '{}'), ...others]), cache).resources;
    expect(after.map(({ name }) => name)).toEqual(['a', 'new', 'b', 'c']);
    expect(before.filter((resource) => !after.includes(resource))).toEqual([]);
  });

  /** Of `order` only what it says: which document is earlier. */
  const withPlaces = <T extends { readonly resources: readonly { readonly order: number }[] }>(parsed: T) => {
    const orders = parsed.resources.map(({ order }) => order).sort((a, b) => a - b);
    return {
      ...parsed,
      resources: parsed.resources.map((resource) => ({ ...resource, order: orders.indexOf(resource.order) })),
    };
  };

  test('changes no result, whatever was parsed before', () => {
    const pieces = fc.constantFrom(
      ...documents,
      peerAuthentication('p', '{portLevelMtls: {}}'),
      peerAuthentication('p', '{selector: {}}'),
      peerAuthentication('p', '{mtls: {mode: STRICT}}'),
      'a: [',
      '# comment\n',
    );
    const workspace = fc.array(pieces, { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(workspace, { minLength: 1, maxLength: 4 }), (edits) => {
        const cache = createParseCache();
        for (const parts of edits) {
          const { locate: _, ...withCache } = parseWorkspace(file(parts), cache);
          const { locate: __, ...fresh } = parseWorkspace(file(parts));
          expect(withPlaces(withCache)).toEqual(withPlaces(fresh));
        }
      }),
    );
  });
});
