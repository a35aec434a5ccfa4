import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceId, workloadId } from '../../base/ids.ts';
import type { GraphWorkload, MeshGraph } from '../../worker/meshGraph.ts';
import { find, findables, vocabularyOf } from './findables.ts';
import { completeFind, FIND_KEYS, type FindTerm, formatFind, parseFind } from './findExpression.ts';

describe('an expression', () => {
  it.each<[string, readonly FindTerm[]]>([
    ['', []],
    ['   ', []],
    ['Web', [{ values: ['web'], negated: false }]],
    ['ns:shop', [{ key: 'ns', values: ['shop'], negated: false }]],
    ['NS:Shop', [{ key: 'ns', values: ['shop'], negated: false }]],
    ['kind:gateway,policy', [{ key: 'kind', values: ['gateway', 'policy'], negated: false }]],
    ['-mtls:strict', [{ key: 'mtls', values: ['strict'], negated: true }]],
    ['-web', [{ values: ['web'], negated: true }]],
    ['-', [{ values: ['-'], negated: false }]],
    ['"two words"', [{ values: ['two words'], negated: false }]],
    ['name:"two words"', [{ key: 'name', values: ['two words'], negated: false }]],
    ['"open', [{ values: ['open'], negated: false }]],
    ['label:app=web', [{ key: 'label', values: ['app=web'], negated: false }]],
    ['"ns:shop"', [{ values: ['ns:shop'], negated: false }]],
    [
      'ns:foo kind:gateway mtls:strict denied:true',
      [
        { key: 'ns', values: ['foo'], negated: false },
        { key: 'kind', values: ['gateway'], negated: false },
        { key: 'mtls', values: ['strict'], negated: false },
        { key: 'denied', values: ['true'], negated: false },
      ],
    ],
  ])('%j', (text, terms) => {
    expect(parseFind(text)).toEqual({ terms, problems: [] });
  });

  it.each([
    ['foo:bar', 'unknown-key', 'foo'],
    ['mtls:stric', 'unknown-value', 'stric'],
    ['ns:', 'no-value', 'ns'],
    ['denied:maybe', 'unknown-value', 'maybe'],
  ])('%j names what it does not understand', (text, code, part) => {
    expect(parseFind(text).problems).toEqual([{ code, text: part, start: 0, end: text.length }]);
  });

  it('a host with its port is a word, not a key', () => {
    expect(parseFind('api.shop:8080').terms).toEqual([{ values: ['api.shop:8080'], negated: false }]);
  });

  it('never throws, and places problems inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '"', '-', ',', ' ', 'ns', 'é', '日') }), (text) => {
        for (const { start, end } of parseFind(text).problems) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('means the same when it is written out and read again', () => {
    const value = fc.stringMatching(/^[a-z0-9=.:-][a-z0-9=.: -]{0,6}[a-z0-9]$/);
    const term = fc.record(
      {
        key: fc.constantFrom(...FIND_KEYS),
        values: fc.array(value, { minLength: 1, maxLength: 3 }),
        negated: fc.boolean(),
      },
      { requiredKeys: ['values', 'negated'] },
    );
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        // A comma separates values of keys; a word is one.
        const plain = terms.map((one) => (one.key === undefined ? { ...one, values: one.values.slice(0, 1) } : one));
        expect(parseFind(formatFind(plain)).terms).toEqual(plain);
      }),
    );
  });
});

describe('completion', () => {
  const vocabulary = { ns: ['bank', 'shop'], kind: ['gateway', 'workload'] };
  const labels = (text: string, caret = text.length) => completeFind(text, caret, vocabulary).map(({ label }) => label);

  it.each([
    ['', []],
    ['n', ['ns:', 'name:']],
    ['ns:', ['ns:bank', 'ns:shop']],
    ['ns:s', ['ns:shop']],
    ['ns:shop', []],
    ['ns:bank,', ['ns:bank,bank', 'ns:bank,shop']],
    ['web mtls:p', ['mtls:permissive']],
    ['-mt', ['mtls:']],
    ['odd:', []],
  ])('of %j', (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it('leaves what stands behind the caret', () => {
    expect(completeFind('k web', 1, vocabulary)[0]).toEqual({ text: 'kind: web', caret: 5, label: 'kind:' });
    expect(completeFind('-mt', 3, vocabulary)[0]?.text).toBe('-mtls:');
  });
});

const range = { file: 'a', start: 7, end: 9, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
const workload = (namespace: string, name: string, more: Partial<GraphWorkload> = {}): GraphWorkload => ({
  id: workloadId(namespace, name),
  namespace,
  name,
  controller: 'Deployment',
  resource: resourceId('apps', 'Deployment', namespace, name),
  serviceAccount: name,
  ip: '10.0.0.1',
  proxy: 'sidecar',
  ambient: false,
  labels: { app: name },
  ports: [],
  mtls: 'PERMISSIVE',
  tainted: false,
  ...more,
});
const graph: MeshGraph = {
  namespaces: [
    { name: 'shop', injection: true, mtls: 'STRICT', range },
    { name: 'bank', injection: false, mtls: 'PERMISSIVE', range },
  ],
  workloads: [
    workload('shop', 'web', { mtls: 'STRICT' }),
    workload('shop', 'gw', { proxy: 'gateway' }),
    workload('bank', 'old', { proxy: 'none' }),
  ],
  services: [],
  authorities: [],
  outsideAddress: '10.0.0.9',
};
const outline = [
  {
    file: 'a',
    range,
    resource: resourceId('security.istio.io', 'AuthorizationPolicy', 'shop', 'only-web'),
    kind: 'AuthorizationPolicy',
    namespace: 'shop',
    name: 'only-web',
    status: 'in-force' as const,
  },
];
const steps = [
  { hop: 2, index: 1, line: 'Refused by only-web', kind: 'rbac-check', node: 'wl:shop/web', decided: true },
];
const rows = findables({ graph, outline, steps, traces: [] });

describe('finding', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['ns:shop kind:workload', ['wl:shop/web', 'wl:shop/gw']],
    ['kind:gateway', ['wl:shop/gw']],
    ['kind:workload -ns:shop', ['wl:bank/old']],
    ['mtls:strict', ['ns:shop', 'wl:shop/web']],
    ['injection:off', ['ns:bank']],
    ['proxy:none,gateway', ['wl:shop/gw', 'wl:bank/old']],
    ['sa:old', ['wl:bank/old']],
    ['label:app=web', ['wl:shop/web']],
    ['kind:policy', ['doc:a:7']],
    ['only-web', ['doc:a:7', 'step:2:1']],
    ['denied:true', ['step:2:1']],
    ['kind:step refused', ['step:2:1']],
    ['nobody', []],
  ])('%j', (text, ids) => {
    expect(find(rows, parseFind(text)).map(({ id }) => id)).toEqual(ids);
  });

  it('offers the values that the mesh has', () => {
    expect(vocabularyOf(rows)).toMatchObject({ ns: ['bank', 'shop'], sa: ['gw', 'old', 'web'] });
  });
});
