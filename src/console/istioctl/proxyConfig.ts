/**
 * istioctl proxy-config listeners|routes|clusters|endpoints|secret: the tables of a proxy's
 * configuration, with istioctl's columns, order and spacing.
 */
import type { Certificate, Cluster, FilterChain, Listener, ProxyConfig, Secret, VirtualHost } from '../../engine.ts';
import { columns } from '../columns.ts';
import { type ConsoleEnv, type ConsoleOutput, failure, output, remark } from '../types.ts';
import type { IstioctlArgs } from './istioctl.ts';
import { podNamed } from './pods.ts';

const TABLES: Readonly<Record<string, (config: ProxyConfig, args: IstioctlArgs, now: number) => string>> = {
  listener: listeners,
  route: routes,
  cluster: clusters,
  endpoint: endpoints,
  secret: secrets,
};
const ALIASES: Readonly<Record<string, string>> = {
  listeners: 'listener',
  l: 'listener',
  routes: 'route',
  r: 'route',
  clusters: 'cluster',
  c: 'cluster',
  endpoints: 'endpoint',
  ep: 'endpoint',
  secrets: 'secret',
  s: 'secret',
};

export function proxyConfig({ compiled }: ConsoleEnv, args: IstioctlArgs): ConsoleOutput {
  const [what = '', target] = args.words;
  const table = TABLES[ALIASES[what] ?? what];
  if (table === undefined) {
    return failure(
      `Error: unknown resource type ${what}`,
      remark('unknown-command', {
        command: `istioctl proxy-config ${what}`.trim(),
        known: 'listeners, routes, clusters, endpoints, secret',
      }),
    );
  }
  if (target === undefined) return failure(`Error: ${what} requires pod name or --file parameter`);
  const workload = podNamed(compiled, target, args.namespace);
  if (workload === undefined) {
    const name = target.replace(/^\w+\//, '');
    return failure(`Error: unable to retrieve Pod: pods "${name}" not found`);
  }
  if (workload.proxy === 'none') {
    return failure(
      `Error: failed to execute command on ${workload.podName}.${workload.namespace} Envoy: container istio-proxy is not valid for pod ${workload.podName}`,
    );
  }
  const config = compiled.proxyConfig(workload.id);
  const format = args.values.get('output')?.at(-1);
  if (format === 'json' || format === 'yaml') {
    return output({
      exit: 1,
      remarks: [remark('not-simulated', { what: `proxy-config ${what} -o ${format}` }), remark('envoy-json')],
    });
  }
  return output({ stdout: table(config, args, compiled.mesh.now) });
}

function listeners(config: ProxyConfig, { values }: IstioctlArgs): string {
  const port = values.get('port')?.at(-1);
  const rows = config.listeners
    .filter((listener) => port === undefined || String(listener.port) === port)
    .toSorted((a, b) => compare(a.address, b.address) || a.port - b.port)
    .flatMap((listener) =>
      chainsOf(listener).map((chain) => [
        listener.address,
        String(listener.port),
        matchOf(chain),
        destinationOf(chain),
      ]),
    );
  return columns([['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'], ...rows], { padding: 1 });
}

const chainsOf = ({ filterChains, defaultFilterChain }: Listener): readonly FilterChain[] =>
  defaultFilterChain === undefined ? filterChains : [...filterChains, defaultFilterChain];

function matchOf({ match }: FilterChain): string {
  const parts = [
    ...(match.serverNames.length > 0 ? [`SNI: ${match.serverNames.join(',')}`] : []),
    ...(match.transportProtocol === undefined ? [] : [`Trans: ${match.transportProtocol}`]),
    ...(match.applicationProtocols.length > 0 ? [`App: ${match.applicationProtocols.join(',')}`] : []),
    ...(match.prefixRanges.length > 0 ? [`Addr: ${match.prefixRanges.join(',')}`] : []),
    ...(match.destinationPort === undefined ? [] : [`Port: ${match.destinationPort}`]),
  ];
  return parts.length === 0 ? 'ALL' : parts.join('; ');
}

function destinationOf({ filters }: FilterChain): string {
  for (const filter of filters) {
    if (filter.kind === 'tcp-proxy') return filter.tcpProxy.clusters.map(({ name }) => `Cluster: ${name}`).join(', ');
    if (filter.kind === 'http-connection-manager') {
      const { routes: used } = filter.hcm;
      return used.kind === 'rds' ? `Route: ${used.name}` : `Inline Route: ${inlineTargets(used.table.virtualHosts)}`;
    }
  }
  return 'Non-HTTP/Non-TCP';
}

const inlineTargets = (hosts: readonly VirtualHost[]): string =>
  hosts.flatMap(({ routes: all }) => all.map(({ match }) => pathOf(match.path))).join(', ');

function pathOf(path: { readonly kind: string; readonly value: string }): string {
  return path.kind === 'prefix' ? `${path.value}*` : path.kind === 'regex' ? `regex ${path.value}` : path.value;
}

function routes(config: ProxyConfig, { values }: IstioctlArgs): string {
  const name = values.get('name')?.at(-1);
  const rows = [...config.routes.values()]
    .filter((table) => name === undefined || table.name === name)
    .toSorted((a, b) => Number(a.name) - Number(b.name) || compare(a.name, b.name))
    .flatMap((table) =>
      table.virtualHosts.flatMap((host) =>
        host.routes.map((route) => {
          const by = route.origins.find(({ resource }) => resource.includes('/VirtualService/'))?.resource;
          return [
            table.name,
            host.name,
            domainsOf(host.domains),
            pathOf(route.match.path),
            by === undefined ? '' : by.split('/').slice(2).reverse().join('.'),
          ];
        }),
      ),
    );
  return columns([['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE'], ...rows], { padding: 5 });
}

/** The shortest name, and how many more there are. */
function domainsOf(domains: readonly string[]): string {
  const short = [...domains].filter((domain) => !domain.includes(':'));
  const named = short.length === 0 ? domains : short;
  const shown = named.slice(0, 2).join(', ');
  return named.length > 2 ? `${shown} + ${named.length - 2} more...` : shown;
}

function clusters(config: ProxyConfig, { values }: IstioctlArgs): string {
  const [fqdn, port, direction] = (['fqdn', 'port', 'direction'] as const).map((flag) => values.get(flag)?.at(-1));
  const rows = [...config.clusters.values()]
    .filter(({ name }) => {
      return (
        (fqdn === undefined || name.includes(fqdn)) &&
        (direction === undefined || name.includes(direction)) &&
        (port === undefined || name.includes(`|${port}|`))
      );
    })
    .map((cluster) => ({ cluster, parts: subsetKey(cluster.name) }))
    .toSorted(
      (a, b) =>
        compare(a.parts.host, b.parts.host) ||
        compare(a.parts.subset, b.parts.subset) ||
        a.parts.port - b.parts.port ||
        compare(a.parts.direction, b.parts.direction),
    )
    .map(({ cluster, parts }) => {
      const isKey = cluster.name.split('|').length > 3;
      return isKey
        ? [
            parts.host,
            String(parts.port),
            parts.subset === '' ? '-' : parts.subset,
            parts.direction,
            cluster.type,
            ruleOf(cluster),
          ]
        : [cluster.name, '-', '-', '-', cluster.type, ruleOf(cluster)];
    });
  return columns([['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'DESTINATION RULE'], ...rows], {
    padding: 5,
  });
}

function subsetKey(name: string): { direction: string; port: number; subset: string; host: string } {
  const [direction = '', port = '', subset = '', host = ''] = name.split('|');
  return name.includes('|')
    ? { direction, port: Number(port), subset, host }
    : { direction: '', port: 0, subset: '', host: name };
}

function ruleOf({ origins }: Cluster): string {
  const rule = origins.find(({ resource }) => resource.includes('/DestinationRule/'))?.resource;
  return rule === undefined ? '' : rule.split('/').slice(2).reverse().join('.');
}

function endpoints(config: ProxyConfig, { values }: IstioctlArgs): string {
  const wanted = values.get('cluster')?.at(-1);
  const rows = [...config.clusters.values()]
    .filter(({ name }) => wanted === undefined || name === wanted)
    .flatMap((cluster) =>
      cluster.endpoints.map((endpoint) => [
        `${endpoint.dnsName ?? endpoint.address}:${endpoint.port}`,
        'HEALTHY',
        'OK',
        cluster.name,
      ]),
    )
    .toSorted((a, b) => compare(a[0] ?? '', b[0] ?? '') || compare(a[3] ?? '', b[3] ?? ''));
  return columns([['ENDPOINT', 'STATUS', 'OUTLIER CHECK', 'CLUSTER'], ...rows], { padding: 5 });
}

function secrets(config: ProxyConfig, _args: IstioctlArgs, now: number): string {
  const rows = [...config.secrets].flatMap(([name, secret]) => secretRows(name, secret, now));
  const head = ['RESOURCE NAME', 'TYPE', 'STATUS', 'VALID CERT', 'SERIAL NUMBER', 'NOT AFTER', 'NOT BEFORE'];
  return columns([head, ...rows], { padding: 5 });
}

function secretRows(name: string, secret: Secret, now: number): string[][] {
  const row = (type: string, certificate: Certificate): string[] => [
    name,
    type,
    'ACTIVE',
    String(certificate.notBefore <= now && now <= certificate.notAfter),
    certificate.serial.toString(16),
    instant(certificate.notAfter),
    instant(certificate.notBefore),
  ];
  switch (secret.kind) {
    case 'certificate':
      return secret.chain.slice(0, 1).map((certificate) => row('Cert Chain', certificate));
    case 'trust-bundle':
      return secret.anchors.map((certificate) => row('CA', certificate));
    case 'missing':
      return [[name, '', 'WARMING', 'false', '', '', '']];
    default:
      return [[name, '', 'UNKNOWN', 'false', '', '', '']];
  }
}

const instant = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
