/**
 * Meshes at random, written in every style: block and flow, anchors, comments, quotes, indents, CRLF,
 * JSON, Lists; namespaces written or left out.
 */
import fc from 'fast-check';
import { filesOf, type Plain } from './anyStyle.ts';

const SPACES = ['shop', 'shop', 'shop', 'annex', 'default', 'istio-system'] as const;
const NAMES = ['web', 'api', 'db'] as const;

export const space = fc.constantFrom(...SPACES);
export const name = fc.constantFrom(...NAMES);

/** `default` need not be written. */
const meta = (own: string, of: string, isWritten: boolean): Plain =>
  of === 'default' && !isWritten ? { name: own } : { name: own, namespace: of };

const workload = fc
  .tuple(space, name, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([of, own, isWritten, hasAccount, isPod]) => {
    // One object in two places: written as an anchor and its alias.
    const labels = { app: own };
    const pod = {
      ...(hasAccount ? { serviceAccountName: own } : {}),
      containers: [{ name: 'app', image: own, ports: [{ containerPort: 8080 }] }],
    };
    return [
      ...(hasAccount ? [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(own, of, isWritten) }] : []),
      isPod
        ? { apiVersion: 'v1', kind: 'Pod', metadata: { ...meta(own, of, isWritten), labels }, spec: pod }
        : {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: meta(own, of, isWritten),
            spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
          },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: meta(own, of, isWritten),
        spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
      },
    ];
  });

const host = fc.tuple(name, space, fc.constantFrom('short', 'space', 'full', 'outside')).map(([own, of, form]) => {
  const forms = {
    short: own,
    space: `${own}.${of}`,
    full: `${own}.${of}.svc.cluster.local`,
    outside: 'api.example.com',
  };
  return forms[form as keyof typeof forms];
});
const principal = fc.tuple(space, name).map(([of, own]) => `cluster.local/ns/${of}/sa/${own}`);
const optional = (key: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Plain> =>
  fc.option(value, { nil: undefined }).map((some) => (some === undefined ? {} : { [key]: some }));
const selector = optional(
  'selector',
  name.map((app) => ({ matchLabels: { app } })),
);

const spec: fc.Arbitrary<readonly [group: string, kind: string, spec: Plain]> = fc.oneof(
  fc
    .tuple(selector, fc.constantFrom('STRICT', 'PERMISSIVE'))
    .map(([own, mode]) => ['security.istio.io', 'PeerAuthentication', { ...own, mtls: { mode } }] as const),
  fc
    .tuple(
      selector,
      fc.array(principal, { minLength: 1, maxLength: 2 }),
      fc.array(space, { minLength: 1, maxLength: 2 }),
      host,
    )
    .map(
      ([own, principals, namespaces, called]) =>
        [
          'security.istio.io',
          'AuthorizationPolicy',
          {
            ...own,
            rules: [
              {
                from: [{ source: { principals } }, { source: { namespaces } }],
                to: [{ operation: { hosts: [called] } }],
              },
            ],
          },
        ] as const,
    ),
  host.map(
    (to) =>
      [
        'networking.istio.io',
        'DestinationRule',
        { host: to, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
      ] as const,
  ),
  fc.tuple(host, host, space).map(
    ([from, to, of]) =>
      [
        'networking.istio.io',
        'VirtualService',
        {
          hosts: [from],
          exportTo: ['.', of],
          http: [{ route: [{ destination: { host: to, port: { number: 80 } } }] }],
        },
      ] as const,
  ),
  fc
    .tuple(host, space)
    .map(
      ([to, of]) =>
        ['networking.istio.io', 'Sidecar', { egress: [{ hosts: [`./${to}`, `${of}/*`, 'istio-system/*'] }] }] as const,
    ),
);

const policy = fc
  .tuple(space, fc.constantFrom('p', 'web', 'q'), fc.boolean(), spec)
  .map(([of, own, isWritten, [group, kind, body]]) => [
    { apiVersion: `${group}/v1`, kind, metadata: meta(own, of, isWritten), spec: body },
  ]);

const room = space.map((own) => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: own, labels: { 'istio-injection': 'enabled' } } },
]);

export const objects = fc
  .array(fc.oneof({ weight: 3, arbitrary: workload }, { weight: 4, arbitrary: policy }, room), {
    minLength: 4,
    maxLength: 9,
  })
  .map((groups) => {
    const all = groups.flat() as Plain[];
    // A workload is known by its name alone.
    const key = ({ kind, metadata }: Plain): string =>
      JSON.stringify([
        kind === 'Pod' ? 'Deployment' : kind,
        { namespace: 'default', ...(metadata as Plain), labels: '' },
      ]);
    return all.filter((one, index) => all.findIndex((other) => key(other) === key(one)) === index);
  });

/** Files of every style with some mesh in them; comments are numbered remarks. */
export const anyMesh = fc
  .tuple(objects, fc.nat(), fc.boolean(), fc.integer({ min: 1, max: 3 }))
  .map(([all, seed, isCrlf, fileCount]) => filesOf(all, seed, isCrlf, fileCount));
