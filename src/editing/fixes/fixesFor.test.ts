/** A finding, and the one edit that was meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawingOf } from '../../testing/drawing.ts';
import { applyEdits } from '../textEdit.ts';
import { fixesFor } from './fixesFor.ts';
import { nearest } from './nearest.ts';

/** The text after the best fix of its first diagnostic of that code. */
function fixed(text: string, code: string, which = 0): string | undefined {
  const drawing = drawingOf([{ name: 'a.yaml', text }]);
  const diagnostic = drawing.parsed.diagnostics.find((one) => one.code === code);
  if (diagnostic === undefined) throw new Error(`no ${code} in ${JSON.stringify(drawing.parsed.diagnostics)}`);
  const fix = fixesFor(drawing, diagnostic)[which];
  return fix && applyEdits(drawing.files, fix.edits)[0]?.text;
}

const POLICY = 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: p, namespace: shop}\n';

describe('quick fixes', () => {
  it.each<[string, string, string, string]>([
    [
      'a mistyped field',
      'unknown-field',
      `${POLICY}spec:\n  mtsl: {mode: STRICT} # on\n`,
      `${POLICY}spec:\n  mtls: {mode: STRICT} # on\n`,
    ],
    [
      'a field in another case',
      'unknown-field',
      `${POLICY}spec: {Mtls: {mode: STRICT}}\n`,
      `${POLICY}spec: {mtls: {mode: STRICT}}\n`,
    ],
    [
      'a quoted field',
      'unknown-field',
      `${POLICY}spec: {"mtl": {mode: STRICT}}\n`,
      `${POLICY}spec: {"mtls": {mode: STRICT}}\n`,
    ],
    [
      'a field of nobody',
      'unknown-field',
      `${POLICY}spec:\n  mtls: {mode: STRICT}\n  colour: red\n`,
      `${POLICY}spec:\n  mtls: {mode: STRICT}\n`,
    ],
    [
      'an enum in another case',
      'wrong-type',
      `${POLICY}spec: {mtls: {mode: strict}}\n`,
      `${POLICY}spec: {mtls: {mode: STRICT}}\n`,
    ],
    [
      'a mistyped enum',
      'wrong-type',
      `${POLICY}spec: {mtls: {mode: "PERMISIVE"}}\n`,
      `${POLICY}spec: {mtls: {mode: "PERMISSIVE"}}\n`,
    ],
    [
      'a number that should be text',
      'wrong-type',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {version: 1}}\nspec: {}\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {version: "1"}}\nspec: {}\n',
    ],
    [
      'text that should be a number',
      'wrong-type',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: "80"}]}\n',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n',
    ],
    [
      'a mistyped field of MeshConfig, where it stands',
      'unknown-field',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    outboundTrafficPolicy:\n      mod: REGISTRY_ONLY\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    outboundTrafficPolicy:\n      mode: REGISTRY_ONLY\n',
    ],
    [
      'a mistyped field of a ProxyConfig in an annotation',
      'unknown-field',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    metadata:\n      annotations:\n        proxy.istio.io/config: |\n          holdApplicationUntilProxyStart: true\n',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    metadata:\n      annotations:\n        proxy.istio.io/config: |\n          holdApplicationUntilProxyStarts: true\n',
    ],
    ['a kind in another case', 'unknown-kind', POLICY.replace('PeerAuthentication', 'Peerauthentication'), POLICY],
    [
      'a kind under another group',
      'unknown-kind',
      POLICY.replace('security.istio.io/v1', 'networking.istio.io/v1'),
      POLICY,
    ],
    ['a version that is not served', 'unsupported-kind', POLICY.replace('.io/v1', '.io/v1alpha3'), POLICY],
    ['a missing apiVersion', 'missing-api-version', POLICY.slice(POLICY.indexOf('kind')), POLICY],
    ['a resource written twice', 'duplicate-resource', `${POLICY}spec: {}\n---\n${POLICY}`, `---\n${POLICY}`],
    [
      'a short host where none may be',
      'webhook-rejected',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: s, namespace: shop}\nspec: {egress: [{hosts: ["./web"]}]}\n',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n---\napiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: s, namespace: shop}\nspec: {egress: [{hosts: ["./web.shop.svc.cluster.local"]}]}\n',
    ],
  ])('of %s', (_, code, text, wanted) => {
    expect(fixed(text, code)).toBe(wanted);
  });

  it('of a mistyped field: it can go, too', () => {
    expect(fixed(`${POLICY}spec:\n  mtsl: {mode: STRICT}\n  portLevelMtls: {}\n`, 'unknown-field', 1)).toBe(
      `${POLICY}spec:\n  portLevelMtls: {}\n`,
    );
  });

  it.each([
    ['an enum that is like nothing', 'wrong-type', `${POLICY}spec: {mtls: {mode: SOMETIMES}}\n`],
    ['a kind that is like nothing', 'unknown-kind', POLICY.replace('PeerAuthentication', 'Banana')],
    ['a kind of two groups without a version', 'missing-api-version', 'kind: Gateway\nmetadata: {name: g}\n'],
  ])('there are none of %s', (_, code, text) => {
    expect(fixed(text, code)).toBeUndefined();
  });

  it('there are none for another text, and nothing breaks', () => {
    const drawing = drawingOf([{ name: 'a.yaml', text: 'x' }]);
    const range = { file: 'a.yaml', start: 900, end: 950, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    for (const { code } of drawingOf([{ name: 'b', text: POLICY.replace('Peer', 'Per') }]).parsed.diagnostics) {
      expect(fixesFor(drawing, { code, severity: 'error', params: {}, range })).toEqual([]);
    }
  });
});

describe('the nearest word', () => {
  it('is one that was meant', () => {
    const known = ['mtls', 'selector', 'portLevelMtls'];
    expect(
      ['mtl', 'mtsl', 'MTLS', 'Selectors', 'port_level_mtls', 'x', 'colour'].map((word) => nearest(word, known)),
    ).toEqual(['mtls', 'mtls', 'mtls', 'selector', 'portLevelMtls', undefined, undefined]);
  });

  it('is none of two that are as near', () => {
    expect(nearest('host', ['hosts', 'hoste'])).toBeUndefined();
  });

  it('is always a known word', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (word, known) => {
        const found = nearest(word, known);
        expect(found === undefined || known.includes(found)).toBe(true);
      }),
    );
  });
});
