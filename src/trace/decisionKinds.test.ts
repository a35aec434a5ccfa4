import { describe, expect, it } from 'vitest';
import { decisionKind, fieldKinds, logKind, outcomeKind } from './decisionKinds.ts';
import type { RbacStep, Step } from './step.ts';

const origins = [] as const;
const origin = (path: string) => ({ resource: 'AuthorizationPolicy/ns/p' as never, path: path.split('.') });

const rbac: RbacStep = {
  kind: 'rbac-check',
  origins,
  phase: 'deny',
  layer: 'http',
  decision: 'denied',
  matchedPolicy: 'ns[shop]-policy[p]-rule[0]',
  rules: [
    {
      policyId: 'ns[shop]-policy[p]-rule[0]',
      origin: origin('spec.rules.0'),
      matched: true,
      heldBy: [origin('spec.rules.0.from.0.source.principals.0'), origin('spec.rules.0.when.0.values.1')],
      failed: [],
      ignored: [],
    },
    {
      policyId: 'ns[shop]-policy[p]-rule[1]',
      origin: origin('spec.rules.1'),
      matched: false,
      heldBy: [],
      failed: [
        {
          field: 'when[request.headers[x-team]]',
          negated: false,
          wanted: ['a'],
          origin: origin('spec.rules.1.when.0'),
        },
        { field: 'paths', negated: false, wanted: ['/a'], origin: origin('spec.rules.1.to.0.operation.paths') },
      ],
      ignored: [],
    },
  ],
  dropped: [],
};

const STEPS: readonly (readonly [string, Step, string | undefined])[] = [
  ['a name that is not known', { kind: 'dns', origins, host: 'cart.shop' }, 'dns unknown'],
  [
    'no filter chain for plain text',
    {
      kind: 'filter-chain-matched',
      origins,
      seen: { destinationPort: 8080, transportProtocol: 'raw_buffer', applicationProtocols: [] },
      rejected: [],
    },
    'filter-chain-matched none raw_buffer',
  ],
  ['an authorization check', rbac, 'rbac-check deny http denied match'],
  [
    'a cluster, without its host',
    {
      kind: 'cluster-selected',
      origins,
      cluster: 'outbound|80||cart.shop.svc.cluster.local',
      missing: true,
      rejected: [],
    },
    'cluster-selected missing outbound',
  ],
  [
    'a status that Envoy gives by itself, without the name of the policy',
    {
      kind: 'responded',
      origins,
      status: 403,
      local: true,
      flags: [],
      details: 'rbac_access_denied_matched_policy[ns[shop]-policy[p]-rule[0]]',
    },
    'responded local 403 rbac_access_denied_matched_policy[..]',
  ],
  [
    'a status that somebody chose, by its class',
    { kind: 'responded', origins, status: 418, local: true, flags: ['FI'], details: 'fault_filter_abort' },
    'responded local 4xx fault_filter_abort FI',
  ],
  [
    'what is not simulated, of which no recording speaks',
    { kind: 'cannot-tell', origins, why: { code: 'wasm-or-lua', params: {} } },
    undefined,
  ],
];

describe('the kind of a decision', () => {
  it.each(STEPS)('%s', (_, step, expected) => expect(decisionKind(step)).toBe(expected));

  it('of an authorization check counts each field by itself', () => {
    expect(fieldKinds(rbac)).toEqual([
      'rbac-check deny http denied match failed when',
      'rbac-check deny http denied match held principals',
      'rbac-check deny http denied match held when',
    ]);
  });

  it('of a log line leaves numbers of errors and names out', () => {
    const party = { kind: 'proxy', workload: 'shop/cart' as never, role: 'sidecar-inbound' } as const;
    const downstreamFailure = 'TLS_error:|268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end';
    expect(logKind(party, { status: 0, flags: ['UF', 'URX'], downstreamFailure })).toBe(
      'log sidecar-inbound tcp UF,URX TLS_error:|#:SSL_routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end',
    );
  });

  it.each([
    ['curl', { kind: 'http', curlExit: 56, alsoPossible: [], status: 0, headers: [] }, 'outcome exit=56'],
    [
      'a status',
      { kind: 'http', curlExit: 0, alsoPossible: [], status: 403, headers: [] },
      'outcome exit=0 status=403',
    ],
    ['TCP', { kind: 'tcp', result: { kind: 'dial', error: 'unreachable', host: 'x' } }, 'outcome tcp dial unreachable'],
    ['nothing known', { kind: 'unknown' }, undefined],
  ] as const)('of what the caller gets: %s', (_, outcome, expected) => expect(outcomeKind(outcome)).toBe(expected));
});
