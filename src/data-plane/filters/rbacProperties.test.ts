/** What holds for all policies and calls, whatever they say. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledPolicy } from '../../control-plane/authz/compilePolicy.ts';
import { compileRule, type RuleInput } from '../../control-plane/authz/compileRule.ts';
import { localFilters } from '../../control-plane/authz/rbacFilters.ts';
import type { RbacPolicy } from '../../control-plane/envoy/authz.ts';
import type { Certificate } from '../../pki/types.ts';
import { decideRbac } from './rbac.ts';
import { explainRule } from './rbacExplain.ts';
import type { RbacInput } from './rbacInput.ts';

type AuthorizationRule = RuleInput['rule'];

const NAMESPACES = ['shop', 'bank'];
const PATHS = ['/', '/a', '/a/b', '/admin'];
const METHODS = ['GET', 'POST'];

const subset = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
/** Leaves fields out instead of setting them to undefined. */
const record = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) => fc.record(fields, { requiredKeys: [] });

const rule: fc.Arbitrary<AuthorizationRule> = record({
  from: fc.array(
    fc.record({
      source: record({
        namespaces: subset([...NAMESPACES, '*', 's*']),
        notNamespaces: subset(NAMESPACES),
        ipBlocks: subset(['10.0.0.0/8', '10.1.0.0/16']),
        notRequestPrincipals: subset(['*', 'iss/alice']),
        requestPrincipals: subset(['*', 'iss/alice', 'iss/*']),
      }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  to: fc.array(
    fc.record({
      operation: record({
        paths: subset([...PATHS, '/a*', '*b', '/{*}', '/a/{**}']),
        notPaths: subset(PATHS),
        methods: subset(METHODS),
        ports: subset(['80', '8080']),
      }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  when: fc.array(
    fc.record({ key: fc.constant('request.headers[x]'), values: subset(['1', '*']), notValues: subset(['2']) }),
    { minLength: 1, maxLength: 1 },
  ),
}) as fc.Arbitrary<AuthorizationRule>;

const call: fc.Arbitrary<RbacInput> = fc
  .record({
    namespace: fc.constantFrom(undefined, ...NAMESPACES),
    ip: fc.constantFrom('10.1.2.3', '10.2.3.4', '192.0.2.1'),
    path: fc.constantFrom(...PATHS),
    method: fc.constantFrom(...METHODS),
    port: fc.constantFrom(80, 8080),
    header: fc.constantFrom(undefined, '1', '2'),
    subject: fc.constantFrom(undefined, 'alice', 'bob'),
  })
  .map(({ namespace, ip, path, method, port, header, subject }) => ({
    downstream: {
      directRemoteIp: ip,
      localIp: '10.9.9.9',
      localPort: port,
      tls: namespace !== undefined,
      peerChain: namespace === undefined ? [] : [peer(namespace)],
      peerValidated: true,
    },
    remoteIp: ip,
    request: {
      version: '1.1',
      method,
      scheme: 'http',
      authority: 'h',
      path,
      headers: header === undefined ? [] : [['x', header] as const],
    },
    ...(subject === undefined ? {} : { jwtPayload: { iss: 'iss', sub: subject } }),
  }));

const peer = (namespace: string): Certificate =>
  ({
    subjectAltNames: [{ kind: 'uri', value: `spiffe://cluster.local/ns/${namespace}/sa/x` }],
    subject: { text: '' },
  }) as unknown as Certificate;

interface Policy {
  readonly action: 'ALLOW' | 'DENY' | 'AUDIT';
  readonly rules: readonly AuthorizationRule[];
}
const policy = (action: Policy['action']): fc.Arbitrary<Policy> =>
  fc.record({ action: fc.constant(action), rules: fc.array(rule, { maxLength: 2 }) });
const anyPolicy = fc.oneof(policy('ALLOW'), policy('DENY'), policy('AUDIT'));
const policies = fc.array(anyPolicy, { maxLength: 3 });

function compile({ action, rules }: Policy, name: string): CompiledPolicy {
  const origin = { resource: name as never, path: ['spec'] };
  const compiled = rules.flatMap((entry, index): RbacPolicy[] => {
    const result = compileRule({
      rule: entry,
      id: `policy[${name}]-rule[${index}]`,
      origin,
      chain: 'http',
      strict: action === 'ALLOW',
      policyNamespace: 'shop',
      trustDomains: ['cluster.local'],
    });
    return result.ok ? [result.value] : [];
  });
  const never: RbacPolicy = { id: `policy[${name}]-rule[0]`, matcher: { kind: 'never' }, origin, ignored: [] };
  return { action, dryRun: false, provider: '', rules: rules.length === 0 ? [never] : compiled, dropped: [], origin };
}

const isAllowed = (all: readonly Policy[], input: RbacInput): boolean =>
  localFilters(all.map((entry, index) => compile(entry, `p${index}`))).every(
    (filter) => decideRbac(filter, input).allowed,
  );

describe('policies', () => {
  it('a DENY never widens', () => {
    fc.assert(
      fc.property(policies, policy('DENY'), call, (all, added, input) => {
        if (isAllowed([...all, added], input)) expect(isAllowed(all, input)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('an ALLOW added to an ALLOW set never narrows', () => {
    fc.assert(
      fc.property(policies, policy('ALLOW'), policy('ALLOW'), call, (all, first, added, input) => {
        if (isAllowed([...all, first], input)) expect(isAllowed([...all, first, added], input)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('AUDIT changes nothing', () => {
    fc.assert(
      fc.property(policies, policy('AUDIT'), call, (all, added, input) => {
        expect(isAllowed([...all, added], input)).toBe(isAllowed(all, input));
      }),
    );
  });

  it('the order of policies and rules does not change the verdict', () => {
    fc.assert(
      fc.property(policies, call, (all, input) => {
        const reversed = all.toReversed().map(({ action, rules }) => ({ action, rules: rules.toReversed() }));
        expect(isAllowed(reversed, input)).toBe(isAllowed(all, input));
      }),
      { numRuns: 500 },
    );
  });
});

describe('explanations', () => {
  const inputs = fc.tuple(rule, call).map(([entry, input]) => {
    const [compiled] = compile({ action: 'DENY', rules: [entry] }, 'p').rules;
    return { compiled: compiled ?? expect.fail('no rule'), input };
  });

  it('agree with the verdict: a miss has a field that failed, a match has none', () => {
    fc.assert(
      fc.property(inputs, ({ compiled, input }) => {
        const { matched, failed, heldBy } = explainRule(compiled, input);
        const denied = !decideRbac(
          { phase: 'deny', action: 'deny', rules: [compiled], dropped: [], origins: [] },
          input,
        ).allowed;
        expect(matched).toBe(denied);
        expect(failed.length > 0).toBe(!matched);
        if (compiled.matcher.kind !== 'any') expect(heldBy.length > 0).toBe(matched);
      }),
      { numRuns: 500 },
    );
  });
});
