import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseWorkspace } from '../../resources/parseWorkspace.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { atCursor, SHOP_MESH } from '../../testing/shopMesh.ts';
import { definitionAt } from './definition.ts';
import { referencesTo } from './references.ts';
import { type FileSymbol, symbolsOf } from './symbols.ts';

const USES = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: route, namespace: shop}
spec:
  hosts: [web]
  gateways: [ingress/edge]
  http:
  - route:
    - destination: {host: web, subset: stable}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: who, namespace: pay}
spec:
  rules:
  - from:
    - source: {principals: [cluster.local/ns/shop/sa/web], namespaces: [shop]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: which, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
`;
const ALL = SHOP_MESH + USES;
const { mesh } = meshOf(ALL);
const parsed = parseWorkspace([{ name: 'a.yaml', text: ALL }]);

function definitions(marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return (definitionAt(mesh, text, offset)?.origins ?? []).map(({ resource, path }) =>
    `${resource} ${path.join('.')}`.trim(),
  );
}
const document = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: shop}\n${rest}`;
const route = (rest: string): string => document('networking.istio.io/v1', 'VirtualService', rest);
const policy = (rest: string): string => document('security.istio.io/v1', 'AuthorizationPolicy', rest);

describe('where it is defined', () => {
  test.each<[string, string, readonly string[]]>([
    ['a host', route('spec: {hosts: [we|b]}'), ['core/Service/shop/web metadata.name']],
    ['a host in full', route('spec: {hosts: [web.shop.svc.clu|ster.local]}'), ['core/Service/shop/web metadata.name']],
    [
      'a subset',
      route('spec: {http: [{route: [{destination: {host: web, subset: sta|ble}}]}]}'),
      ['networking.istio.io/DestinationRule/shop/web spec.subsets.0.name'],
    ],
    [
      'a gateway',
      route('spec: {gateways: [ingress/ed|ge]}'),
      ['networking.istio.io/Gateway/ingress/edge metadata.name'],
    ],
    [
      'a namespace',
      route('spec: {}').replace('namespace: shop', 'namespace: sh|op'),
      ['core/Namespace//shop metadata.name'],
    ],
    [
      'a principal',
      policy('spec: {rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/we|b]}}]}]}'),
      ['core/ServiceAccount/shop/web metadata.name'],
    ],
    [
      'a pattern of principals',
      policy('spec: {rules: [{from: [{source: {principals: ["*/ns/shop/sa/we|b"]}}]}]}'),
      ['core/ServiceAccount/shop/web metadata.name'],
    ],
    [
      'a label of a selector',
      policy('spec: {selector: {matchLabels: {ap|p: web}}}'),
      ['apps/Deployment/shop/web metadata.name'],
    ],
    [
      'a provider',
      policy('spec: {provider: {name: op|a}}'),
      ['core/ConfigMap/istio-system/istio data.mesh.extensionProviders.0'],
    ],
    [
      'its own name',
      policy('spec: {}').replace('name: x', 'name: |x'),
      ['security.istio.io/AuthorizationPolicy/shop/x metadata.name'],
    ],
    ['nothing', policy('spec: {action: ALL|OW}'), []],
  ])('%s', (_, marked, expected) => {
    expect(definitions(marked)).toEqual(expected);
  });
});

describe('who refers to it', () => {
  const find = (resource: string, ...path: (string | number)[]) =>
    referencesTo(mesh, parsed.resources, [{ resource: resource as never, path }]).map(
      (origin) => `${origin.resource} ${origin.path.join('.')}`,
    );
  test.each<[string, readonly (string | number)[], readonly string[]]>([
    [
      'core/Service/shop/web',
      ['metadata', 'name'],
      [
        'networking.istio.io/DestinationRule/shop/web spec.host',
        'networking.istio.io/VirtualService/shop/route spec.hosts.0',
        'networking.istio.io/VirtualService/shop/route spec.http.0.route.0.destination.host',
      ],
    ],
    [
      'networking.istio.io/DestinationRule/shop/web',
      ['spec', 'subsets', 0, 'name'],
      ['networking.istio.io/VirtualService/shop/route spec.http.0.route.0.destination.subset'],
    ],
    ['networking.istio.io/Gateway/ingress/edge', [], ['networking.istio.io/VirtualService/shop/route spec.gateways.0']],
    [
      'core/ServiceAccount/shop/web',
      [],
      [
        'apps/Deployment/shop/web spec.template.spec.serviceAccountName',
        'security.istio.io/AuthorizationPolicy/pay/who spec.rules.0.from.0.source.principals.0',
      ],
    ],
    [
      'apps/Deployment/shop/web',
      [],
      ['core/Service/shop/web spec.selector', 'security.istio.io/AuthorizationPolicy/shop/which spec.selector'],
    ],
  ])('%s %j', (resource, path, expected) => {
    expect(find(resource, ...path).sort()).toEqual([...expected].sort());
  });

  it('a namespace is named by everything in it, and by policies', () => {
    const found = find('core/Namespace//shop');
    expect(found).toContain('security.istio.io/AuthorizationPolicy/pay/who spec.rules.0.from.0.source.namespaces.0');
    expect(found).toContain('core/Service/shop/web metadata.namespace');
  });
});

describe('the outline', () => {
  it('has the documents and their fields, named things by their names', () => {
    const text = `${policy('spec:\n  rules:\n  - from: []\n')}---\n${document('v1', 'Service', 'spec:\n  ports:\n  - name: http\n    port: 80\n')}`;
    const [first, second] = symbolsOf(text);
    expect([first?.name, first?.detail]).toEqual(['AuthorizationPolicy x', 'shop']);
    const names = (symbols: readonly FileSymbol[] | undefined, ...path: string[]): string[] => {
      const [step, ...rest] = path;
      if (step === undefined) return (symbols ?? []).map(({ name }) => name);
      return names(symbols?.find(({ name }) => name === step)?.children, ...rest);
    };
    expect(names(first?.children)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(names(second?.children, 'spec', 'ports')).toEqual(['http']);
    expect(names(second?.children, 'spec', 'ports', 'http')).toEqual(['name', 'port']);
  });

  it('of any text holds children within their parents', () => {
    const piece = fc.oneof(fc.constantFrom(...ALL.split(/(?<=[\n:{[ ])/), '---\n', '- ', '{', '"'), fc.string());
    const check = (symbol: FileSymbol, length: number): void => {
      expect(symbol.start).toBeLessThanOrEqual(symbol.nameStart);
      expect(symbol.nameEnd).toBeLessThanOrEqual(symbol.end);
      expect(symbol.end).toBeLessThanOrEqual(length);
      expect(symbol.name).not.toBe('');
      for (const child of symbol.children) check(child, length);
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        for (const symbol of symbolsOf(text)) check(symbol, text.length);
      }),
      { numRuns: 1000 },
    );
  });
});

it('any offset of any text has a definition or none', () => {
  fc.assert(
    fc.property(fc.nat({ max: ALL.length }), fc.nat({ max: ALL.length }), (cut, at) => {
      expect(() => definitionAt(mesh, ALL.slice(0, cut), Math.min(at, cut))).not.toThrow();
    }),
    { numRuns: 300 },
  );
});
