/** One field against one call: the table of sections 2 and 4, evaluated as a proxy would. */
import { describe, expect, it, test } from 'vitest';
import { compileRule, type RuleInput } from '../../control-plane/authz/compileRule.ts';
import type { HttpRbac } from '../../control-plane/envoy/authz.ts';
import type { Certificate } from '../../pki/types.ts';
import type { RbacStep, Step } from '../../trace/step.ts';
import type { HttpRequest } from '../wire.ts';
import type { FilterState } from './filter.ts';
import { decideRbac, evaluateNetworkRbac, runHttpRbac } from './rbac.ts';
import type { RbacInput } from './rbacInput.ts';
import { templateMatches } from './rbacMatch.ts';

type AuthorizationRule = RuleInput['rule'];

const POD = 'spiffe://cluster.local/ns/shop/sa/web';

const certificate = (uris: readonly string[], dns: readonly string[] = [], subject = ''): Certificate =>
  ({
    subjectAltNames: [
      ...dns.map((value) => ({ kind: 'dns', value })),
      ...uris.map((value) => ({ kind: 'uri', value })),
    ],
    subject: { text: subject },
  }) as unknown as Certificate;

const REQUEST: HttpRequest = {
  version: '1.1',
  method: 'GET',
  scheme: 'http',
  authority: 'Example.com:8080',
  path: '/admin/x?y=/z#f',
  headers: [
    ['x-tier', 'silver'],
    ['x-tier', 'gold'],
    ['x-empty', ''],
  ],
};

const CALL: RbacInput = {
  downstream: {
    directRemoteIp: '10.244.1.12',
    localIp: '10.244.1.11',
    localPort: 8080,
    sni: 'outbound_.80_._.cart.shop.svc.cluster.local',
    tls: true,
    peerChain: [certificate([POD])],
    peerValidated: true,
  },
  remoteIp: '203.0.113.7',
  request: REQUEST,
  jwtPayload: {
    iss: 'issuer',
    sub: 'alice',
    aud: ['shop', 'bank'],
    azp: 'app',
    scope: ['read', 'write'],
    level: 3,
    admin: true,
    realm: { roles: ['owner'], list: [{ x: 'y' }] },
  },
};
const plaintext: RbacInput = {
  ...CALL,
  downstream: {
    directRemoteIp: '10.244.1.12',
    localIp: '10.244.1.11',
    localPort: 8080,
    tls: false,
    peerChain: [],
    peerValidated: false,
  },
};
const anonymous: RbacInput = { downstream: CALL.downstream, remoteIp: CALL.remoteIp, request: REQUEST };

function rbac(rules: readonly AuthorizationRule[], action: HttpRbac['action'] = 'allow'): HttpRbac {
  return {
    phase: action === 'deny' ? 'deny' : 'allow',
    action,
    rules: rules.map((rule, index) => {
      const compiled = compileRule({
        rule,
        id: `ns[shop]-policy[p]-rule[${index}]`,
        origin: { resource: 'security.istio.io/AuthorizationPolicy/shop/p' as never, path: ['spec', 'rules', index] },
        chain: 'http',
        strict: action === 'allow',
        policyNamespace: 'shop',
        trustDomains: ['cluster.local'],
      });
      return compiled.ok ? compiled.value : expect.fail(compiled.error.why.code);
    }),
    dropped: [],
    origins: [],
  };
}
const stateOf = ({ downstream, remoteIp, request = REQUEST, jwtPayload }: RbacInput): FilterState => ({
  downstream,
  remoteIp,
  request,
  responseHeaders: [],
  ...(jwtPayload === undefined ? {} : { jwtPayload }),
});
const matches = (rule: AuthorizationRule, input: RbacInput): boolean => decideRbac(rbac([rule]), input).allowed;

const source = (s: NonNullable<NonNullable<AuthorizationRule['from']>[0]['source']>): AuthorizationRule => ({
  from: [{ source: s }],
});
const operation = (o: NonNullable<NonNullable<AuthorizationRule['to']>[0]['operation']>): AuthorizationRule => ({
  to: [{ operation: o }],
});
const when = (key: string, values?: readonly string[], notValues?: readonly string[]): AuthorizationRule => ({
  when: [{ key, ...(values ? { values } : {}), ...(notValues ? { notValues } : {}) }],
});

describe('sources', () => {
  const rows: readonly (readonly [string, AuthorizationRule, boolean, boolean])[] = [
    ['principals *', source({ principals: ['*'] }), true, false],
    ['notPrincipals *', source({ notPrincipals: ['*'] }), false, true],
    ['notPrincipals of the peer', source({ notPrincipals: ['cluster.local/ns/shop/sa/web'] }), false, true],
    ['namespaces', source({ namespaces: ['shop'] }), true, false],
    ['notNamespaces of the peer', source({ notNamespaces: ['shop'] }), false, true],
    ['notNamespaces of another', source({ notNamespaces: ['bank'] }), true, true],
    ['serviceAccounts', source({ serviceAccounts: ['web'] }), true, false],
    ['notServiceAccounts', source({ notServiceAccounts: ['shop/web'] }), false, true],
    ['trustDomains', source({ trustDomains: ['*'] }), true, false],
    ['ipBlocks', source({ ipBlocks: ['10.244.0.0/16'] }), true, true],
    ['ipBlocks with host bits', source({ ipBlocks: ['10.244.99.99/16'] }), true, true],
    ['ipBlocks of IPv6', source({ ipBlocks: ['::ffff:10.244.0.0/112'] }), false, false],
    ['remoteIpBlocks', source({ remoteIpBlocks: ['203.0.113.7'] }), true, true],
    ['notRemoteIpBlocks', source({ notRemoteIpBlocks: ['203.0.113.0/24'] }), false, false],
    ['two fields', source({ namespaces: ['shop'], ipBlocks: ['192.0.2.0/24'] }), false, false],
    [
      'two entries',
      { from: [{ source: { namespaces: ['bank'] } }, { source: { ipBlocks: ['10.0.0.0/8'] } }] },
      true,
      true,
    ],
  ];
  test.each(rows)('%s', (_, rule, withMtls, withoutTls) => {
    expect([matches(rule, CALL), matches(rule, plaintext)]).toEqual([withMtls, withoutTls]);
  });

  it('a client certificate without SPIFFE ID is compared by DNS name and subject', () => {
    const outside = (peer: Certificate[]): RbacInput => ({
      ...CALL,
      downstream: { ...CALL.downstream, peerChain: peer },
    });
    const partner = outside([certificate([], ['partner.example'], 'CN=partner')]);
    expect(matches(source({ principals: ['*'] }), partner)).toBe(true);
    expect(matches(source({ notNamespaces: ['shop'] }), partner)).toBe(true);
    expect(matches(source({ namespaces: ['*'] }), partner)).toBe(false);
    expect(matches(source({ principals: ['*'] }), outside([]))).toBe(false);
  });
});

describe('operations', () => {
  const rows: readonly (readonly [string, AuthorizationRule, boolean])[] = [
    ['host with port, any case', operation({ hosts: ['example.com:8080'] }), true],
    ['host without port', operation({ hosts: ['example.com'] }), false],
    ['host and any port', operation({ hosts: ['EXAMPLE.com:*'] }), true],
    ['host suffix', operation({ hosts: ['*.com'] }), false],
    ['host star', operation({ hosts: ['*'] }), true],
    ['notHosts', operation({ notHosts: ['other'] }), true],
    ['method', operation({ methods: ['GET'] }), true],
    ['method in lower case', operation({ methods: ['get'] }), false],
    ['method prefix', operation({ methods: ['G*'] }), true],
    ['path without query', operation({ paths: ['/admin/x'] }), true],
    ['path prefix', operation({ paths: ['/admin/*'] }), true],
    ['path with the query', operation({ paths: ['/admin/x?y=/z'] }), false],
    ['path template', operation({ paths: ['/{*}/x'] }), true],
    ['notPaths', operation({ notPaths: ['/admin*'] }), false],
    ['port', operation({ ports: ['8080'] }), true],
    ['service port', operation({ ports: ['80'] }), false],
    ['notPorts', operation({ notPorts: ['8080'] }), false],
    ['field and not-field', operation({ paths: ['/admin*'], notPaths: ['/admin/x'] }), false],
  ];
  test.each(rows)('%s', (_, rule, wanted) => {
    expect(matches(rule, CALL)).toBe(wanted);
  });
});

describe('conditions', () => {
  const rows: readonly (readonly [string, AuthorizationRule, boolean, boolean])[] = [
    ['repeated headers are joined', when('request.headers[X-Tier]', ['silver,gold']), true, true],
    ['one of repeated headers', when('request.headers[x-tier]', ['gold']), false, false],
    ['an empty header is present', when('request.headers[x-empty]', ['*']), true, true],
    ['a missing header', when('request.headers[x-none]', ['*']), false, false],
    ['not of a missing header', when('request.headers[x-none]', undefined, ['a']), true, true],
    ['Host is the authority', when('request.headers[Host]', ['Example.com:8080']), true, true],
    [':path has the query', when('request.headers[:path]', ['*?y=/z#f']), true, true],
    ['audiences', when('request.auth.audiences', ['bank']), true, false],
    ['audience star', when('request.auth.audiences', ['*']), true, false],
    ['presenter', when('request.auth.presenter', ['app']), true, false],
    ['principal', when('request.auth.principal', ['issuer/*']), true, false],
    ['claim in a list', when('request.auth.claims[scope]', ['write']), true, false],
    ['claim that is a number', when('request.auth.claims[level]', ['3']), false, false],
    ['claim that is a boolean', when('request.auth.claims[admin]', ['*']), false, false],
    ['nested claim', when('request.auth.claims[realm][roles]', ['owner']), true, false],
    ['claim inside a list', when('request.auth.claims[realm][list][x]', ['y']), false, false],
    ['not of a claim', when('request.auth.claims[scope]', undefined, ['write']), false, true],
    ['not of a missing claim', when('request.auth.claims[none]', undefined, ['x']), true, true],
    ['destination.ip', when('destination.ip', ['10.244.1.11']), true, true],
    ['destination.port', when('destination.port', ['8080']), true, true],
    ['connection.sni', when('connection.sni', ['outbound_.80_*']), true, true],
    ['metadata that nobody wrote', when('experimental.envoy.filters.network.mysql_proxy[db]', ['x']), false, false],
  ];
  test.each(rows)('%s', (_, rule, withToken, without) => {
    expect([matches(rule, CALL), matches(rule, anonymous)]).toEqual([withToken, without]);
  });

  it('without a server name the condition compares the empty text', () => {
    expect(matches(when('connection.sni', ['*']), plaintext)).toBe(false);
    expect(matches(when('connection.sni', undefined, ['x']), plaintext)).toBe(true);
  });
});

describe('templates', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['/a/*', '/a/b', true],
    ['/a/*', '/a/', false],
    ['/a/*', '/a/b/c', false],
    ['/a/*', '/a/b=c%20', true],
    ['/a/**', '/a/', true],
    ['/a/**', '/a', false],
    ['/a/**', '/a//b', true],
    ['/**/x', '/a/b/x', true],
    ['/*/b/**', '/a/b/', true],
    ['/a.b/*', '/axb/c', false],
    ['/a/*', '/a/"', false],
  ];
  test.each(rows)('%s against %s: %s', (template, path, wanted) => {
    expect(templateMatches(template, path)).toBe(wanted);
  });
});

describe('what is recorded', () => {
  function stepOf(
    filter: HttpRbac,
    input: RbacInput = CALL,
  ): { step: RbacStep; result: ReturnType<typeof runHttpRbac> } {
    const steps: Step[] = [];
    const state = stateOf(input);
    const result = runHttpRbac(filter, state, { record: (step) => steps.push(step) });
    const [step] = steps;
    return step?.kind === 'rbac-check' ? { step, result } : expect.fail('no step');
  }

  it('a miss: the fields that failed of the nearest alternative, with what was seen', () => {
    const { step, result } = stepOf(
      rbac([
        {
          from: [
            { source: { namespaces: ['bank'], ipBlocks: ['192.0.2.0/24'] } },
            { source: { namespaces: ['desk'] } },
          ],
          ...operation({ methods: ['POST', 'PUT'] }),
        },
        operation({ notPaths: ['/x', '/admin*'] }),
      ]),
    );
    expect(result).toMatchObject({
      status: 403,
      body: 'RBAC: access denied',
      details: 'rbac_access_denied_matched_policy[none]',
    });
    expect(step).toMatchObject({ decision: 'denied', matchedPolicy: 'none' });
    expect(step.rules.map(({ failed }) => failed.map(({ field, wanted, saw }) => ({ field, wanted, saw })))).toEqual([
      [
        { field: 'namespaces', wanted: ['desk'], saw: POD },
        { field: 'methods', wanted: ['POST', 'PUT'], saw: 'GET' },
      ],
      [{ field: 'notPaths', wanted: ['/admin*'], saw: '/admin/x' }],
    ]);
    expect(step.rules[1]?.failed[0]?.origin.path).toEqual(['spec', 'rules', 1, 'to', 0, 'operation', 'notPaths', 1]);
  });

  it('what is not there is not seen', () => {
    const { step } = stepOf(
      rbac([
        source({ principals: ['x'] }),
        source({ requestPrincipals: ['*'] }),
        when('request.headers[x-none]', ['a']),
      ]),
      {
        ...plaintext,
        request: REQUEST,
        jwtPayload: undefined as never,
      },
    );
    expect(step.rules.map(({ failed }) => failed[0] && 'saw' in failed[0])).toEqual([false, false, false]);
  });

  it('a match: the values that held, and a DENY by the first id', () => {
    const policies = rbac([operation({ methods: ['PUT', 'GET'] }), operation({ paths: ['/admin*'] })], 'deny');
    const renamed = {
      ...policies,
      rules: (policies.rules ?? []).map((rule, index) => ({ ...rule, id: `rule[${[2, 10][index]}]` })),
    };
    const sorted = { ...renamed, rules: renamed.rules.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
    const { step, result } = stepOf(sorted);
    expect(result).toMatchObject({ kind: 'local-reply', details: 'rbac_access_denied_matched_policy[rule[10]]' });
    expect(step.rules.map(({ policyId, matched }) => [policyId, matched])).toEqual([
      ['rule[10]', true],
      ['rule[2]', true],
    ]);
    expect(step.origins.map(({ path }) => path.slice(2).join('.'))).toEqual(['1', '1.to.0.operation.paths.0']);
  });

  it('dry run: the shadow decides nothing and is told', () => {
    const { rules, ...rest } = rbac([operation({ methods: ['GET'] })], 'deny');
    const shadowed: HttpRbac = { ...rest, shadowRules: rules ?? [] };
    const { step, result } = stepOf(shadowed);
    expect(result.kind).toBe('continue');
    expect(step).toMatchObject({
      decision: 'allowed',
      rules: [],
      shadow: { decision: 'denied', matchedPolicy: 'ns[shop]-policy[p]-rule[0]' },
    });
  });

  it('the shadow result is metadata that later rules may ask for', () => {
    const { rules, ...rest } = rbac([{}], 'deny');
    const state = stateOf(CALL);
    const record = (): void => undefined;
    runHttpRbac({ ...rest, shadowRules: rules ?? [] }, state, { record });
    const key = 'experimental.envoy.filters.http.rbac[istio_dry_run_deny_shadow_engine_result]';
    expect(runHttpRbac(rbac([when(key, ['denied'])]), state, { record }).kind).toBe('continue');
    expect(runHttpRbac(rbac([when(key, ['allowed'])]), state, { record }).kind).toBe('local-reply');
  });

  it('CUSTOM: a match triggers the authorizer and is no denial', () => {
    const { rules, ...rest } = rbac([operation({ methods: ['GET'] })], 'deny');
    const state = stateOf(CALL);
    const steps: Step[] = [];
    const custom: HttpRbac = { ...rest, phase: 'custom', provider: 'guard', shadowRules: rules ?? [] };
    expect(runHttpRbac(custom, state, { record: (step) => steps.push(step) }).kind).toBe('continue');
    expect(state).toMatchObject({ customTriggered: 'guard' });
    expect(steps).toMatchObject([
      { decision: 'triggered', provider: 'guard', matchedPolicy: 'ns[shop]-policy[p]-rule[0]' },
    ]);
  });

  it('TCP: a denial closes the connection with the policy in the log', () => {
    const filter = rbac([source({ namespaces: ['shop'] })], 'deny');
    expect(evaluateNetworkRbac(filter, { downstream: CALL.downstream }, () => undefined)).toEqual({
      kind: 'close',
      flags: [],
      termination: 'rbac_access_denied_matched_policy[ns[shop]-policy[p]-rule[0]]',
    });
    expect(evaluateNetworkRbac(filter, { downstream: plaintext.downstream }, () => undefined).kind).toBe('continue');
  });
});
