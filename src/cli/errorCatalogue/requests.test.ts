/**
 * The error catalogue: requests that arrive, and that a proxy answers by itself: tokens, external
 * authorizers, paths, time-outs. Meshes of the corpus.
 */
import { describe, expect, it } from 'vitest';
import { add, call, type Edit, expected, played, type Row, replace, seed, titled } from './play.ts';

const TOKENS: readonly Row[] = [
  ...['expired', 'tampered', 'other-key', 'wrong-issuer', 'not-a-jwt'].map(
    (token): Row => ({
      title: `token: ${token}`,
      call: call({ token }),
      exit: [0],
      status: 401,
      remedy: 'present-an-accepted-token',
    }),
  ),
  {
    title: 'the key set has no key: Envoy refuses the listener',
    edit: (yaml) => yaml.replace(/jwks: .*/, `jwks: '{"keys": []}'`),
    exit: [0],
    status: 503,
    flags: 'URX,UF',
    remedy: 'give-a-key-set',
  },
];

const AUTHORIZER = (answer: string): Edit =>
  add(
    [
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: checks}\n',
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: checker, namespace: checks}\nspec:\n  selector: {matchLabels: {app: checker}}\n  template:\n    metadata:\n      labels: {app: checker}\n      annotations: {meshverdict.dev/ext-authz: ${answer}}\n    spec: {containers: [{name: app, image: checker}]}\n`,
      'apiVersion: v1\nkind: Service\nmetadata: {name: checker, namespace: checks}\nspec: {selector: {app: checker}, ports: [{name: http, port: 8000}]}\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    extensionProviders: [{name: checker, envoyExtAuthzHttp: {service: checker.checks.svc.cluster.local, port: 8000}}]\n',
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: ask, namespace: ux}\nspec: {action: CUSTOM, provider: {name: checker}, rules: [{}]}\n',
    ].join('---\n'),
  );

const REQUESTS: readonly Row[] = [
  {
    title: 'a zero byte in the path',
    call: call({ url: 'https://frontend.foocorp.com/%00', pathAsIs: true }),
    exit: [0],
    status: 400,
    remedy: 'send-a-proper-path',
  },
  {
    title: 'no Host',
    call: call({ headers: { 'Host:': '' } }),
    exit: [0],
    status: 400,
    details: /^missing_host_header$/,
    remedy: 'send-a-host',
  },
  {
    title: 'a header of more than 60 KiB',
    call: (base) => ({ ...base, headers: { ...base.headers, Cookie: 'a'.repeat(62_000) } }),
    exit: [0],
    status: 431,
    flags: 'DPE',
    details: /^http1.headers_too_large$/,
    remedy: 'send-smaller-headers',
  },
  {
    title: 'more than a hundred headers',
    call: (base) => ({
      ...base,
      headers: { ...base.headers, ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`X-${i}`, 'a'])) },
    }),
    exit: [0],
    status: 431,
    details: /^http1.too_many_headers$/,
    remedy: 'send-smaller-headers',
  },
  {
    title: 'a header of more than 60 KiB, HTTP/2',
    call: (base) => ({ ...base, http2: true, headers: { ...base.headers, Cookie: 'a'.repeat(62_000) } }),
    exit: [92],
    flags: 'DR',
    details: /^http2.header_list_size_too_large$/,
    remedy: 'send-smaller-headers',
  },
  {
    title: 'the external authorizer denies',
    edit: AUTHORIZER('deny'),
    exit: [0],
    status: 403,
    flags: 'UAEX',
    remedy: 'ask-the-authorizer',
  },
  {
    title: 'the external authorizer fails',
    edit: AUTHORIZER('error'),
    exit: [0],
    status: 403,
    remedy: 'ask-the-authorizer',
  },
];

const TIMEOUTS: readonly Row[] = [
  {
    title: 'a proxy waits less long than the next one takes',
    edit: (yaml) =>
      replace(
        '- match: [{gateways: [egress], port: 80}]\n',
        '- match: [{gateways: [egress], port: 80}]\n    fault: {delay: {fixedDelay: 5s, percentage: {value: 100}}}\n',
      )(
        replace(
          '- match: [{gateways: [mesh], port: 80}]\n',
          '- match: [{gateways: [mesh], port: 80}]\n    timeout: 1s\n',
        )(yaml),
      ),
    exit: [0],
    status: 504,
    remedy: 'take-the-fault-away',
  },
];

describe.each([
  ['tokens', seed('002-request-authentication', 'workload', 'in the mesh to httpbin: good token'), TOKENS],
  ['requests', seed('000-foocorp-mutual', 'default', 'frontend with the frontend client certificate'), REQUESTS],
  ['time-outs', seed('003-egress-gateway', 'http-through', 'application sends http'), TIMEOUTS],
] as const)('%s', (_name, base, rows) => {
  it.each(titled(rows))('%s', async (_title, row) => {
    expect(await played(base, row)).toEqual(expected(row));
  });
});
