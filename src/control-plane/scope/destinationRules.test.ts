/** Which DestinationRule counts for a client and a service, and what several of them make together. */
import { describe, expect, test } from 'vitest';
import { deployment, documents, meshConfig, namespace, resource, service } from '../../testing/documents.ts';
import { meshOf } from '../../testing/meshOf.ts';
import { scopeOf } from '../../testing/scopeOf.ts';
import { effectiveTrafficPolicy, endpointTlsMode, subsetOf } from './trafficPolicy.ts';

const WEB = 'web.prod.svc.cluster.local';

const BASE = [
  namespace('prod'),
  namespace('shop'),
  service('prod/web', '[{name: http, port: 80, targetPort: 8080}]'),
  deployment('shop/client', { labels: { tier: 'front' } }),
  deployment('prod/inside'),
  deployment('istio-system/rooted', { labels: { 'sidecar.istio.io/inject': 'true' } }),
];

const rule = (path: string, spec: string) => resource('DestinationRule', path, `{${spec}}`);

function ruleFor(docs: readonly string[], client = 'shop/client') {
  const { mesh } = meshOf(documents(...BASE, ...docs));
  const scope = scopeOf(mesh, client);
  const web = scope.services.find(({ hostname }) => hostname === WEB) ?? expect.fail('no web');
  return scope.destinationRule(web);
}

/** Names of the rules that were merged into the one in force. */
const names = (docs: readonly string[], client?: string): string =>
  ruleFor(docs, client)
    ?.from.map(({ namespace: ns, name }) => `${ns}/${name}`)
    .join('+') ?? '-';

describe('lookup', () => {
  test.each<[string, string[], string]>([
    ['none', [], '-'],
    ['of the service namespace', [rule('prod/r', `host: ${WEB}`)], 'prod/r'],
    ['of the client namespace', [rule('shop/r', `host: ${WEB}`)], 'shop/r'],
    ['of the root namespace', [rule('istio-system/r', `host: ${WEB}`)], 'istio-system/r'],
    ['of some other namespace', [rule('ops/r', `host: ${WEB}`)], '-'],
    [
      'client before service before root',
      [rule('istio-system/r', `host: ${WEB}`), rule('prod/r', `host: ${WEB}`), rule('shop/r', `host: ${WEB}`)],
      'shop/r',
    ],
    ['service before root', [rule('istio-system/r', `host: ${WEB}`), rule('prod/r', `host: ${WEB}`)], 'prod/r'],
    [
      'a near wildcard hides an exact host',
      [rule('prod/r', `host: ${WEB}`), rule('shop/r', 'host: "*.local"')],
      'shop/r',
    ],
    [
      'in one namespace the longest wildcard',
      [rule('prod/r', 'host: "*.local"'), rule('prod/s', 'host: "*.prod.svc.cluster.local"')],
      'prod/s',
    ],
    ['and an exact host before any', [rule('prod/r', 'host: "*.local"'), rule('prod/s', `host: ${WEB}`)], 'prod/s'],
    ['a short name is of the rule’s namespace', [rule('prod/r', 'host: web')], 'prod/r'],
    ['and not of the service’s', [rule('shop/r', 'host: web')], '-'],
    ['a name with a dot is taken literally', [rule('shop/r', 'host: web.prod')], '-'],
    ['not exported', [rule('prod/r', `host: ${WEB}, exportTo: [.]`)], '-'],
    ['exported to the client', [rule('prod/r', `host: ${WEB}, exportTo: [shop]`)], 'prod/r'],
    ['exported elsewhere only', [rule('shop/r', `host: ${WEB}, exportTo: [ops]`)], '-'],
    [
      'the export is looked at last: a wildcard beside it does not step in',
      [
        rule('prod/r', `host: ${WEB}, exportTo: [.]`),
        rule('prod/s', 'host: "*.local"'),
        rule('istio-system/r', `host: ${WEB}`),
      ],
      'prod/s',
    ],
    [
      'an exact host exported elsewhere hides the wildcard',
      [
        rule('prod/r', `host: ${WEB}, exportTo: [ops]`),
        rule('prod/s', 'host: "*.local"'),
        rule('istio-system/r', `host: ${WEB}`),
      ],
      'istio-system/r',
    ],
    ['private by default', [meshConfig('defaultDestinationRuleExportTo: [.]'), rule('prod/r', `host: ${WEB}`)], '-'],
  ])('%s', (_, docs, expected) => {
    expect(names(docs)).toBe(expected);
  });

  test('a client in the root namespace sees private rules there only', () => {
    expect(names([rule('istio-system/r', `host: ${WEB}, exportTo: [.]`)], 'istio-system/rooted')).toBe(
      'istio-system/r',
    );
    expect(names([rule('istio-system/r', `host: ${WEB}`), rule('prod/r', `host: ${WEB}`)], 'istio-system/rooted')).toBe(
      'prod/r',
    );
  });

  describe('with a workloadSelector', () => {
    const selecting = (path: string, label: string) =>
      rule(path, `host: ${WEB}, workloadSelector: {matchLabels: {${label}}}`);
    test.each<[string, string[], string]>([
      ['that selects the client', [selecting('shop/r', 'tier: front')], 'shop/r'],
      ['that selects others', [selecting('shop/r', 'tier: back')], '-'],
      ['is never exported', [selecting('prod/r', 'tier: front')], '-'],
      ['no fallback to another namespace', [selecting('shop/r', 'tier: back'), rule('prod/r', `host: ${WEB}`)], '-'],
      ['one without beside it', [selecting('shop/r', 'tier: back'), rule('shop/s', `host: ${WEB}`)], 'shop/s'],
      ['goes before one without', [rule('shop/s', `host: ${WEB}`), selecting('shop/r', 'tier: front')], 'shop/r'],
    ])('%s', (_, docs, expected) => {
      expect(names(docs)).toBe(expected);
    });
  });
});

describe('several of one host', () => {
  const policy = (mode: string) => `trafficPolicy: {tls: {mode: ${mode}}}`;
  const subset = (...list: string[]) =>
    `subsets: [${list.map((name) => `{name: ${name}, labels: {v: ${name}}}`).join(', ')}]`;
  const shape = (docs: readonly string[]) => {
    const found = ruleFor(docs);
    return [found?.spec.trafficPolicy?.tls?.mode, ...(found?.spec.subsets ?? []).map(({ name }) => name)];
  };

  test.each<[string, string[], (string | undefined)[]]>([
    [
      'the older policy stands, subsets unite',
      [
        rule('prod/b', `host: ${WEB}, ${policy('SIMPLE')}, ${subset('v1')}`),
        rule('prod/a', `host: ${WEB}, ${policy('DISABLE')}, ${subset('v1', 'v2')}`),
      ],
      ['SIMPLE', 'v1', 'v2'],
    ],
    [
      'a policy is taken where there was none',
      [rule('prod/b', `host: ${WEB}, ${subset('v1')}`), rule('prod/a', `host: ${WEB}, ${policy('DISABLE')}`)],
      ['DISABLE', 'v1'],
    ],
    [
      'but never field by field',
      [
        rule('prod/b', `host: ${WEB}, trafficPolicy: {loadBalancer: {simple: RANDOM}}`),
        rule('prod/a', `host: ${WEB}, ${policy('DISABLE')}`),
      ],
      [undefined],
    ],
    [
      'other exports stand apart, and the newest counts',
      [
        rule('prod/b', `host: ${WEB}, ${policy('SIMPLE')}, ${subset('v1')}`),
        rule('prod/a', `host: ${WEB}, exportTo: ["*"], ${policy('DISABLE')}, ${subset('v2')}`),
      ],
      ['DISABLE', 'v2'],
    ],
  ])('%s', (_, docs, expected) => {
    expect(shape(docs)).toEqual(expected);
  });

  test('each part knows the rule it came from', () => {
    const found = ruleFor([
      rule('prod/b', `host: ${WEB}, ${subset('v1')}`),
      rule('prod/a', `host: ${WEB}, ${policy('DISABLE')}, ${subset('v1', 'v2')}`),
    ]);
    expect(found?.trafficPolicyFrom?.name).toBe('a');
    expect(
      [...(found?.subsetFrom ?? [])].map(
        ([
          name,
          {
            resource: { name: from },
            index,
          },
        ]) => [name, from, index],
      ),
    ).toEqual([
      ['v1', 'b', 0],
      ['v2', 'a', 1],
    ]);
  });
});

describe('the policy for a port and a subset', () => {
  const found = (spec: string, port: number, name?: string) => {
    const effective = ruleFor([rule('prod/r', `host: ${WEB}, ${spec}`)]);
    const subset = name === undefined ? undefined : (subsetOf(effective, name) ?? expect.fail(`no ${name}`));
    return {
      policy: effectiveTrafficPolicy(effective, port, subset, undefined),
      mode: endpointTlsMode(effective, port, subset),
    };
  };
  const RANDOM = 'loadBalancer: {simple: RANDOM}';
  const tls = (mode: string) => `tls: {mode: ${mode}}`;
  const port = (number: number, settings: string) => `portLevelSettings: [{port: {number: ${number}}, ${settings}}]`;
  const v1 = (policy: string) =>
    `subsets: [{name: v1, labels: {v: v1}${policy === '' ? '' : `, trafficPolicy: {${policy}}`}}]`;

  test.each<[string, string, string | undefined, string | undefined, string | undefined, string | undefined]>([
    // spec, subset, then: tls mode, load balancer of the cluster, tls mode the endpoints see
    ['top level', `trafficPolicy: {${tls('SIMPLE')}, ${RANDOM}}`, undefined, 'SIMPLE', 'RANDOM', 'SIMPLE'],
    [
      'another port',
      `trafficPolicy: {${tls('SIMPLE')}, ${port(81, tls('DISABLE'))}}`,
      undefined,
      'SIMPLE',
      undefined,
      'SIMPLE',
    ],
    [
      'the port replaces all',
      `trafficPolicy: {${tls('SIMPLE')}, ${RANDOM}, ${port(80, tls('DISABLE'))}}`,
      undefined,
      'DISABLE',
      undefined,
      'DISABLE',
    ],
    [
      'also with nothing, which endpoints do not see',
      `trafficPolicy: {${tls('SIMPLE')}, ${port(80, RANDOM)}}`,
      undefined,
      undefined,
      'RANDOM',
      'SIMPLE',
    ],
    [
      'a subset inherits',
      `trafficPolicy: {${tls('SIMPLE')}, ${RANDOM}}, ${v1('')}`,
      'v1',
      'SIMPLE',
      'RANDOM',
      'SIMPLE',
    ],
    [
      'a subset block by block',
      `trafficPolicy: {${tls('SIMPLE')}, ${RANDOM}}, ${v1(tls('DISABLE'))}`,
      'v1',
      'DISABLE',
      'RANDOM',
      'DISABLE',
    ],
    [
      'a port of a subset replaces all',
      `trafficPolicy: {${tls('SIMPLE')}, ${RANDOM}}, ${v1(port(80, tls('DISABLE')))}`,
      'v1',
      'DISABLE',
      undefined,
      'DISABLE',
    ],
    [
      'with nothing too',
      `trafficPolicy: {${tls('SIMPLE')}}, ${v1(port(80, RANDOM))}`,
      'v1',
      undefined,
      'RANDOM',
      'SIMPLE',
    ],
    ['no mode means no TLS', 'trafficPolicy: {tls: {}}', undefined, 'DISABLE', undefined, 'DISABLE'],
  ])('%s', (_, spec, subset, mode, balancer, seen) => {
    const { policy, mode: endpoints } = found(spec, 80, subset);
    expect(policy.tls === undefined ? undefined : (policy.tls.value.mode ?? 'DISABLE')).toBe(mode);
    expect(policy.loadBalancer?.value.simple).toBe(balancer);
    expect(endpoints).toBe(seen);
  });

  test('blocks know where they were written', () => {
    const spec = `trafficPolicy: {${RANDOM}}, ${v1(port(80, tls('DISABLE')))}`;
    expect(found(spec, 80, 'v1').policy.tls?.origin.path).toEqual([
      'spec',
      'subsets',
      0,
      'trafficPolicy',
      'portLevelSettings',
      0,
      'tls',
    ]);
  });
});
