/**
 * The error catalogue: packets that the cluster's network drops, since a NetworkPolicy allows none of
 * them. Whoever dials waits: curl, a proxy before an application, a pod that asks for a name.
 */
import { describe, expect, it } from 'vitest';
import { remedyOf } from '../../i18n/render/remedy.ts';
import { add, type Base, call, type Edit, expected, played, type Row, replace, seed, titled, traceOf } from './play.ts';

const policy = (namespace: string, spec: string): Edit =>
  add(
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: closed, namespace: ${namespace}}\nspec: ${spec}\n`,
  );
const NOTHING_IN = '{podSelector: {}, policyTypes: [Ingress]}';
const connectTimeout = (namespace: string, host: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: soon, namespace: ${namespace}}\nspec: {host: ${host}, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 1s}}}}\n`;

/** The cluster's network enforces NetworkPolicies, and proxies give up before the caller does. */
const filtered = (base: Base, rule: string): Base => ({
  ...base,
  file: {
    ...base.file,
    manifests: add(rule)(
      add(
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, annotations: {meshverdict.dev/network-policies: drop}}\n',
      )(base.file.manifests),
    ),
  },
});

const FOOCORP: readonly Row[] = [
  {
    title: 'to the gateway',
    edit: policy('istio-system', NOTHING_IN),
    exit: [28],
    error: /^Connection timed out after 8000 milliseconds$/,
    remedy: 'let-the-packets-through',
  },
  {
    title: 'from the gateway to the application',
    edit: policy('ux', NOTHING_IN),
    exit: [0],
    status: 503,
    remedy: 'let-the-packets-through',
  },
  {
    title: 'from the gateway, which may not dial',
    edit: policy('istio-system', '{podSelector: {}, policyTypes: [Egress]}'),
    exit: [0],
    status: 503,
    remedy: 'let-the-packets-through',
  },
  {
    title: 'to another port than the one that is allowed',
    edit: policy('ux', '{podSelector: {}, ingress: [{ports: [{port: 80}]}]}'),
    exit: [0],
    status: 503,
    remedy: 'let-the-packets-through',
  },
  {
    title: 'to the port that is allowed',
    edit: policy('ux', '{podSelector: {}, ingress: [{ports: [{port: 8080}]}]}'),
    exit: [0],
    status: 200,
  },
  {
    title: 'and the proxy waits longer than the caller',
    edit: (yaml) => policy('ux', NOTHING_IN)(replace('connectTimeout: 1s', 'connectTimeout: 10s')(yaml)),
    exit: [28],
    error: /^Operation timed out after 8000 milliseconds with 0 bytes received$/,
    remedy: 'let-the-packets-through',
  },
];

const TLS_HANDED_ON: readonly Row[] = [
  {
    title: 'of TLS, by a gateway that gives up',
    edit: policy('app', NOTHING_IN),
    exit: [35],
    error: /Connection reset by peer/,
    remedy: 'let-the-packets-through',
  },
];

const OUTSIDE: readonly Row[] = [
  {
    title: 'to the cluster’s DNS',
    edit: policy('app', '{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 443}, {port: 80}]}]}'),
    exit: [28],
    error: /^Resolving timed out after 8000 milliseconds$/,
    remedy: 'let-the-packets-through',
  },
  {
    title: 'to another address than those that are allowed',
    edit: policy(
      'app',
      '{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}, {to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}',
    ),
    call: call({ container: 'istio-proxy' }),
    exit: [28],
    error: /^Connection timed out/,
    remedy: 'let-the-packets-through',
  },
];

describe.each([
  [
    'an ingress gateway',
    filtered(
      seed('000-foocorp-mutual', 'default', 'frontend with the frontend client certificate'),
      connectTimeout('ux', 'frontend'),
    ),
    FOOCORP,
  ],
  [
    'TLS handed on',
    filtered(seed('003-gateway-outbound', 'passthrough-auto-mtls-out', 'https'), connectTimeout('app', 'server')),
    TLS_HANDED_ON,
  ],
  [
    'a server outside',
    filtered(
      seed('003-outbound-external', 'as-is', 'application sends https'),
      connectTimeout('app', 'api.example.com'),
    ),
    OUTSIDE,
  ],
] as const)('packets dropped: %s', (_name, base, rows) => {
  it.each(titled(rows))('%s', async (_title, row) => {
    expect(await played(base, row)).toEqual(expected(row));
  });
});

it('is no verdict while nobody says whether policies are enforced', async () => {
  const base = seed('000-foocorp-mutual', 'default', 'frontend with the frontend client certificate');
  const trace = await traceOf(base, { edit: policy('ux', NOTHING_IN) });
  expect(trace.disposition.kind).toBe('cannot-tell');
  expect(remedyOf(trace)).toBe('say-whether-policies-are-enforced');
});
