/** HTTP-only fields on TCP chains, unknown keys, dry run, empty policies, CUSTOM providers. */
import { describe, expect, it, test } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import type { AuthorizationRule } from '../../resources/kinds/authorizationPolicy.ts';
import { meshOf } from '../../testing/meshOf.ts';
import type { HttpRbac, RbacMatcher } from '../envoy/authz.ts';
import { compileRule } from './compileRule.ts';
import { httpAuthzFilters, networkAuthzFilters } from './index.ts';

const compile = (rule: AuthorizationRule, chain: 'http' | 'tcp', strict: boolean) =>
  compileRule({
    rule,
    id: 'id',
    origin: { resource: 'r' as never, path: ['spec', 'rules', 0] },
    chain,
    strict,
    policyNamespace: 'ns',
    trustDomains: ['cluster.local'],
  });

/** The fields that are left, in short. */
function fields(matcher: RbacMatcher): string {
  switch (matcher.kind) {
    case 'field':
      return matcher.name;
    case 'and':
    case 'or':
      return `${matcher.kind}(${matcher.of.map(fields).join(' ')})`;
    default:
      return matcher.kind;
  }
}

describe('TCP chains', () => {
  const http = { to: [{ operation: { methods: ['GET'] } }] };
  const rows: readonly (readonly [string, AuthorizationRule, string])[] = [
    ['methods alone', http, 'any'],
    ['methods and ports', { to: [{ operation: { methods: ['GET'], ports: ['80'] } }] }, 'ports'],
    ['notPaths', { to: [{ operation: { notPaths: ['/x'] } }] }, 'any'],
    ['namespaces and methods', { from: [{ source: { namespaces: ['a'] } }], ...http }, 'namespaces'],
    ['request principals', { from: [{ source: { requestPrincipals: ['x'] } }] }, 'any'],
    [
      'one operation of two',
      {
        to: [{ operation: { methods: ['GET'] } }, { operation: { ports: ['80'] } }],
        from: [{ source: { namespaces: ['a'] } }],
      },
      'namespaces',
    ],
    ['a header condition', { when: [{ key: 'request.headers[x]', values: ['y'] }] }, 'any'],
    ['a claim condition', { when: [{ key: 'request.auth.claims[x]', notValues: ['y'] }] }, 'any'],
    [
      'metadata of another filter stays',
      { when: [{ key: 'experimental.envoy.filters.x[k]', values: ['y'] }] },
      'when[experimental.envoy.filters.x[k]]',
    ],
    ['remoteIpBlocks stay', { from: [{ source: { remoteIpBlocks: ['10.0.0.0/8'] } }] }, 'remoteIpBlocks'],
  ];
  test.each(rows)('DENY with %s', (_, rule, wanted) => {
    const compiled = compile(rule, 'tcp', false);
    expect(compiled.ok && fields(compiled.value.matcher)).toBe(wanted);
  });

  it.each(rows.map(([name, rule, left]) => [name, rule, /stay/.test(name) ? left : undefined] as const))(
    'ALLOW with %s',
    (_, rule, wanted) => {
      const compiled = compile(rule, 'tcp', true);
      expect(compiled.ok ? fields(compiled.value.matcher) : compiled.error.why.code).toBe(
        wanted ?? 'http-field-on-tcp',
      );
    },
  );
});

describe('rules', () => {
  it('an unknown key voids the rule whatever the action', () => {
    const rule = { when: [{ key: 'request.host', values: ['x'] }] };
    for (const strict of [true, false]) {
      const compiled = compile(rule, 'http', strict);
      expect(compiled.ok ? '' : compiled.error.why).toEqual({
        code: 'unknown-attribute',
        params: { field: 'request.host' },
      });
    }
  });

  it('conditions are joined to every source and operation', () => {
    const compiled = compile(
      {
        from: [{ source: { namespaces: ['a'] } }, { source: { principals: ['b'], notNamespaces: ['c'] } }],
        to: [{ operation: { hosts: ['h'], notMethods: ['GET'] } }],
        when: [{ key: 'source.ip', values: ['10.0.0.1'], notValues: ['10.0.0.2'] }],
      },
      'http',
      true,
    );
    expect(compiled.ok && fields(compiled.value.matcher)).toBe(
      'and(or(namespaces and(principals notNamespaces)) hosts notMethods when[source.ip] when[source.ip])',
    );
  });

  it('an entry that says nothing matches all', () => {
    const compiled = compile({ from: [{ source: { namespaces: ['a'] } }, {}] }, 'http', true);
    expect(compiled.ok && compiled.value.matcher.kind).toBe('any');
  });
});

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
---
apiVersion: v1
kind: Service
metadata: {name: guard, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: http, port: 8000}]}
`;

function filtersOf(yaml: string) {
  const { mesh } = meshOf(`${MESH}---${yaml}`);
  const cart = mesh.workloads.get(workloadId('shop', 'cart')) ?? expect.fail();
  return { http: httpAuthzFilters(mesh, cart), network: networkAuthzFilters(mesh, cart) };
}

const policy = (spec: string, name = 'p', annotations = ''): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name}, namespace: shop${annotations}}
spec: ${spec}
`;
const DRY_RUN = ', annotations: {istio.io/dry-run: "true"}';

const rbacOf = (yaml: string): HttpRbac => {
  const [filter] = filtersOf(yaml).http;
  return filter?.kind === 'rbac' ? filter.rbac : expect.fail('no rbac filter');
};

describe('special shapes', () => {
  it('an ALLOW policy without rules exists and never matches', () => {
    expect(rbacOf(policy('{}')).rules).toMatchObject([
      { id: 'ns[shop]-policy[p]-rule[0]', matcher: { kind: 'never' } },
    ]);
  });

  it('an empty rule matches everything', () => {
    expect(rbacOf(policy('{rules: [{}]}')).rules).toMatchObject([{ matcher: { kind: 'any' } }]);
  });

  it('an ALLOW policy that lost all its rules still makes the filter', () => {
    const [filter] = filtersOf(policy('{rules: [{to: [{operation: {methods: [GET]}}]}]}')).network;
    expect(filter).toMatchObject({
      kind: 'network-rbac',
      rbac: { rules: [], dropped: [{ why: { code: 'http-field-on-tcp' } }] },
    });
  });

  it('dry-run policies alone enforce nothing', () => {
    const rbac = rbacOf(policy('{}', 'p', DRY_RUN));
    expect(rbac.rules).toBeUndefined();
    expect(rbac.shadowRules).toHaveLength(1);
  });

  it('dry-run and enforced policies share the filter and not the rules', () => {
    const rbac = rbacOf(`${policy('{rules: [{}]}', 'a', DRY_RUN)}---${policy('{}', 'b')}`);
    expect([rbac.rules, rbac.shadowRules].map((rules) => rules?.map(({ id }) => id))).toEqual([
      ['ns[shop]-policy[b]-rule[0]'],
      ['ns[shop]-policy[a]-rule[0]'],
    ]);
  });

  it('filters stand in the order CUSTOM, jwt, AUDIT, DENY, ALLOW', () => {
    const { http } = filtersOf(
      [
        policy('{rules: [{}]}', 'a'),
        policy('{action: DENY, rules: [{}]}', 'd'),
        policy('{action: AUDIT, rules: [{}]}', 'u'),
        policy('{action: CUSTOM, provider: {name: nobody}, rules: [{}]}', 'c'),
        '\napiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: j, namespace: shop}\nspec: {jwtRules: [{issuer: x, jwks: \'{"keys":[{"kty":"oct","k":"AAAA"}]}\'}]}\n',
      ].join('---'),
    );
    expect(http.map((filter) => (filter.kind === 'rbac' ? filter.rbac.phase : filter.kind))).toEqual([
      'custom',
      'jwt-authn',
      'audit',
      'deny',
      'allow',
    ]);
  });
});

describe('CUSTOM providers', () => {
  const custom = (provider: string, name = 'c'): string =>
    policy(`{action: CUSTOM, provider: {name: ${provider}}, rules: [{}]}`, name);
  const meshConfig = (providers: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data:
  mesh: |
    extensionProviders: ${providers}
`;
  const http = (extra: string): string =>
    `[{name: guard, envoyExtAuthzHttp: {service: guard.shop.svc.cluster.local, port: 8000${extra}}}]`;
  const outcome = (providers: string): unknown => {
    const { http: filters } = filtersOf(`${custom('guard')}---${meshConfig(providers)}`);
    const [first, second] = filters;
    if (first?.kind !== 'rbac') return expect.fail('no rbac filter');
    return first.rbac.badProvider?.code ?? second?.kind;
  };

  const rows: readonly (readonly [string, string, string])[] = [
    ['a good one', http(''), 'ext-authz'],
    [
      'namespace and host',
      '[{name: guard, envoyExtAuthzHttp: {service: shop/guard.shop.svc.cluster.local, port: 8000}}]',
      'ext-authz',
    ],
    ['not defined', '[]', 'provider-undefined'],
    ['another type', '[{name: guard, prometheus: {}}]', 'provider-undefined'],
    [
      'a later definition of another type',
      `[${http('').slice(1, -1)}, {name: guard, prometheus: {}}]`,
      'provider-undefined',
    ],
    [
      'an unknown service',
      '[{name: guard, envoyExtAuthzHttp: {service: x.y, port: 8000}}]',
      'provider-service-unknown',
    ],
    [
      'the wrong namespace',
      '[{name: guard, envoyExtAuthzHttp: {service: bank/guard.shop.svc.cluster.local, port: 8000}}]',
      'provider-service-unknown',
    ],
    ['no port', '[{name: guard, envoyExtAuthzHttp: {service: guard.shop.svc.cluster.local}}]', 'provider-port-invalid'],
    ['an unknown status', http(', statusOnError: "418"'), 'provider-status-invalid'],
    ['a status in words', http(', statusOnError: x'), 'provider-status-invalid'],
    ['a path without slash', http(', pathPrefix: x'), 'provider-path-invalid'],
    ['a header star', http(', includeRequestHeadersInCheck: ["*"]'), 'provider-header-star'],
  ];
  test.each(rows)('%s', (_, providers, wanted) => {
    expect(outcome(providers)).toBe(wanted);
  });

  it('rules of a bad provider deny under an id that says so', () => {
    expect(rbacOf(custom('nobody')).rules?.map(({ id }) => id)).toEqual([
      'istio-ext-authz-nobody-ns[shop]-policy[c]-rule[0]-deny-due-to-bad-CUSTOM-action',
    ]);
  });

  it('two providers on one workload make both deny', () => {
    const { http: filters } = filtersOf(`${custom('guard')}---${custom('other', 'd')}---${meshConfig(http(''))}`);
    expect(filters.map((filter) => (filter.kind === 'rbac' ? filter.rbac.badProvider?.code : filter.kind))).toEqual([
      'several-custom-providers',
      'several-custom-providers',
    ]);
  });

  it('an HTTP provider does not exist on TCP chains, a bad one denies there too', () => {
    expect(filtersOf(`${custom('guard')}---${meshConfig(http(''))}`).network).toEqual([]);
    expect(filtersOf(custom('nobody')).network).toMatchObject([{ kind: 'network-rbac', rbac: { action: 'deny' } }]);
  });
});
