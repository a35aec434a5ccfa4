/** YAML inside YAML: what is offered and told there has its place in the text around. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { meshOf } from '../testing/meshOf.ts';
import { SHOP_MESH } from '../testing/shopMesh.ts';
import { completeAt } from './complete/completeAt.ts';
import { describeAt } from './describe/describeAt.ts';

const { mesh } = meshOf(SHOP_MESH);

/** `¦` marks the cursor: `|` opens the block. */
const atCursor = (marked: string): { readonly text: string; readonly offset: number } => ({
  text: marked.replace('¦', ''),
  offset: marked.indexOf('¦'),
});
const config = (body: string, name = 'istio'): string =>
  `# of the control plane\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: istio-system}\ndata:\n  mesh: |-\n${body}`;
const pod = (body: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    metadata:\n      annotations:\n        proxy.istio.io/config: |\n${body}`;

const labels = (marked: string): string[] => {
  const { text, offset } = atCursor(marked);
  return completeAt(mesh, text, offset)?.items.map(({ label }) => label) ?? [];
};
/** The text once the completion is accepted; `$0` where the cursor comes to stand. */
const accepted = (marked: string, label: string): string | undefined => {
  const { text, offset } = atCursor(marked);
  const found = completeAt(mesh, text, offset);
  const item = found?.items.find((one) => one.label === label);
  if (found === undefined || item === undefined) return undefined;
  // Monaco indents the lines of a snippet as told: these are given whole.
  return text.slice(0, found.start) + item.insert + text.slice(found.end);
};

describe('MeshConfig and ProxyConfig in a block scalar', () => {
  test.each<[string, string, readonly string[]]>([
    ['fields of MeshConfig, on an empty line', config('    ¦'), ['trustDomain', 'defaultConfig', 'extensionProviders']],
    ['fields of MeshConfig, beside others', config('    trustDomain: a.example\n    ¦\n'), ['outboundTrafficPolicy']],
    ['fields inside', config('    outboundTrafficPolicy:\n      ¦'), ['mode']],
    ['values of an enum', config('    outboundTrafficPolicy:\n      mode: ¦'), ['REGISTRY_ONLY', 'ALLOW_ANY']],
    ['fields of the proxy', config('    defaultConfig:\n      ¦'), ['holdApplicationUntilProxyStarts']],
    [
      'Services, by their whole names',
      config('    extensionProviders:\n    - name: a\n      envoyExtAuthzHttp:\n        service: ¦'),
      ['web.shop.svc.cluster.local'],
    ],
    ['fields of an annotation', pod('          ¦'), ['holdApplicationUntilProxyStarts', 'proxyMetadata']],
    ['booleans of an annotation', pod('          holdApplicationUntilProxyStarts: ¦'), ['true', 'false']],
  ])('%s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining([...expected]));
  });

  it.each([
    ['a ConfigMap of another name', config('    ¦', 'other')],
    ['the line of the key', config('    trustDomain: a\n').replace('mesh: |-', 'mesh: |-¦')],
  ])('not in %s', (_, marked) => {
    expect(labels(marked)).not.toContain('trustDomain');
  });

  it('writes at the column of the lines around', () => {
    expect(accepted(config('    trustDomain: a\n    outb¦\n'), 'outboundTrafficPolicy')).toBe(
      config('    trustDomain: a\n    outboundTrafficPolicy:\n      $0\n'),
    );
  });

  it.each([
    [
      config('    outboundTraffic¦Policy: {mode: REGISTRY_ONLY}\n'),
      'MeshConfig.outboundTrafficPolicy',
      'outboundTrafficPolicy',
    ],
    [
      config('    outboundTrafficPolicy: {mode: REGISTRY¦_ONLY}\n'),
      'MeshConfig.outboundTrafficPolicy.mode',
      'REGISTRY_ONLY',
    ],
    [
      pod('          holdApplication¦UntilProxyStarts: true\n'),
      'MeshConfig.defaultConfig.holdApplicationUntilProxyStarts',
      'holdApplicationUntilProxyStarts',
    ],
  ])('explains what is under the cursor, where it stands', (marked, key, word) => {
    const { text, offset } = atCursor(marked);
    const found = describeAt(mesh, text, offset);
    expect(found?.about?.key).toBe(key);
    expect(text.slice(found?.start, found?.end)).toBe(word);
  });

  it('answers at any offset of any text', () => {
    const whole = config('    defaultConfig:\n      proxyMetadata: {A: b}\n    extensionProviders:\n    - name: x\n');
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string({ maxLength: 4 }), (at, typed) => {
        const text = whole.slice(0, at) + typed + whole.slice(at);
        const found = completeAt(mesh, text, at + typed.length);
        if (found === undefined) return;
        expect(found.start).toBeLessThanOrEqual(found.end);
        expect(found.end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
