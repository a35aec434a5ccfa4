/** RequestAuthentication -> jwt_authn: order, defaults, key sources, unusable key sets. */
import { describe, expect, it, test } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import { meshOf } from '../../testing/meshOf.ts';
import type { HttpJwtAuthn } from '../envoy/authz.ts';
import { httpAuthzFilters } from './index.ts';
import { jwtAuthnNack } from './requestAuthentication.ts';

const MESH = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: app, image: cart}]}
`;

const authentication = (rules: string, name = 'j', namespace = 'shop'): string => `
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: ${name}, namespace: ${namespace}}
spec: {jwtRules: ${rules}}
`;
const answer = (name: string, urls: string, body: string): string => `
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: shop, annotations: {meshverdict.dev/answers-url: "${urls}"}}
data: {body: '${body}'}
`;

function jwtOf(yaml: string): HttpJwtAuthn | undefined {
  const { mesh } = meshOf(MESH + yaml);
  const cart = mesh.workloads.get(workloadId('shop', 'cart')) ?? expect.fail();
  const filter = httpAuthzFilters(mesh, cart).find(({ kind }) => kind === 'jwt-authn');
  return filter?.kind === 'jwt-authn' ? filter.jwt : undefined;
}
/** The webhook reads inline sets: they have to be good. */
const keysNamed = (kid: string): string => `{"keys":[{"kty":"oct","k":"AAAA","kid":"${kid}"}]}`;
const KEYS = '{"keys":[{"kty":"oct","k":"AAAA"}]}';
const keysOf = (yaml: string): unknown => {
  const keys = jwtOf(yaml)?.providers[0]?.keys;
  return keys?.kind === 'unreachable' ? `unreachable ${keys.uri}` : `${keys?.kind} ${keys?.jwks}`;
};

describe('rules in force', () => {
  it('are those of all attached policies, sorted by issuer, the own namespace before the root', () => {
    const jwt = jwtOf(
      authentication(`[{issuer: b, jwks: '${keysNamed('1')}'}, {issuer: a, jwks: '${keysNamed('2')}'}]`) +
        authentication(`[{issuer: a, jwks: '${keysNamed('3')}'}]`, 'root', 'istio-system') +
        authentication(`[{issuer: a, jwks: '${keysNamed('4')}'}]`, 'other', 'bank'),
    );
    expect(
      jwt?.providers.map(({ name, issuer, keys }) => [
        name,
        issuer,
        keys.kind === 'inline' && /kid":"(.)/.exec(keys.jwks)?.[1],
      ]),
    ).toEqual([
      ['origins-0', 'a', '2'],
      ['origins-1', 'a', '3'],
      ['origins-2', 'b', '1'],
    ]);
  });

  it('a policy without rules makes no filter', () => {
    expect(jwtOf(authentication('[]'))).toBeUndefined();
  });

  it('scope and permission are always split, others where a rule says so', () => {
    const jwt = jwtOf(authentication(`[{issuer: a, jwks: '${KEYS}', spaceDelimitedClaims: [roles, scope]}]`));
    expect(jwt?.providers[0]?.spaceDelimitedClaims).toEqual(['permission', 'roles', 'scope']);
  });
});

describe('keys', () => {
  const discovery = answer('d', 'https://issuer.example/.well-known/openid-configuration', '{"jwks_uri":"https://k"}');
  const rows: readonly (readonly [string, string, string])[] = [
    ['inline', authentication(`[{issuer: a, jwks: '${KEYS}'}]`), `inline ${KEYS}`],
    ['inline before a URI', authentication(`[{issuer: a, jwks: '${KEYS}', jwksUri: "https://k"}]`), `inline ${KEYS}`],
    ['a URI nobody answers', authentication('[{issuer: a, jwksUri: "https://k"}]'), 'unreachable https://k'],
    [
      'a URI that the workspace answers',
      authentication('[{issuer: a, jwksUri: "https://k"}]') + answer('k', 'https://other https://k', KEYS),
      `fetched ${KEYS}`,
    ],
    [
      'discovery that fails',
      authentication('[{issuer: "https://issuer.example/"}]'),
      'unreachable https://issuer.example/.well-known/openid-configuration',
    ],
    [
      'discovery that leads nowhere',
      authentication('[{issuer: "https://issuer.example/"}]') + discovery,
      'unreachable https://k',
    ],
    [
      'discovery',
      authentication('[{issuer: "https://issuer.example"}]') + discovery + answer('k', 'https://k', KEYS),
      `fetched ${KEYS}`,
    ],
  ];
  test.each(rows)('%s', (_, yaml, wanted) => {
    expect(keysOf(yaml)).toBe(wanted);
  });

  it('a set without a usable key makes Envoy refuse the listener', () => {
    const jwt = jwtOf(authentication('[{issuer: a, jwksUri: "https://k"}]') + answer('k', 'https://k', '<html>'));
    expect(jwt && jwtAuthnNack(jwt)).toBe(
      "Provider 'origins-0' in jwt_authn config has invalid local jwks: Jwks is an invalid JSON",
    );
    const good = jwtOf(authentication(`[{issuer: a, jwks: '${KEYS}'}]`));
    expect(good && jwtAuthnNack(good)).toBeUndefined();
  });
});
