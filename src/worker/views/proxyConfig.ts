/**
 * A proxy's configuration in the tables that `istioctl proxy-config` prints. Cells are short texts,
 * `detail` is the whole item in Envoy's shape without private keys.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { Cluster, CompiledMesh, FilterChain, Listener, RouteConfiguration, Secret } from '../../engine.ts';
import type { JsonValue, ProxyConfigRow, ProxyConfigTable, ProxyConfigView } from '../proxyView.ts';
import { rangeOf } from './located.ts';

export function proxyConfigView(compiled: CompiledMesh, id: WorkloadId): ProxyConfigView | undefined {
  const workload = compiled.mesh.workloads.get(id);
  if (workload === undefined || workload.proxy === 'none') return undefined;
  const config = compiled.proxyConfig(id);
  const row = (name: string, cells: readonly string[], item: unknown, origins: readonly Origin[]): ProxyConfigRow => ({
    name,
    cells,
    detail: printable(item),
    ...rangeOf(compiled, origins[0]),
  });
  const clusters = [...config.clusters.values()];
  const tables: ProxyConfigTable[] = [
    {
      id: 'listeners',
      columns: ['ADDRESSES', 'PORT', 'MATCH', 'DESTINATION'],
      rows: config.listeners.flatMap((listener) =>
        chainsOf(listener).map((chain) =>
          row(
            listener.name,
            [listener.address, String(listener.port), matchText(chain), destinationText(chain)],
            chain,
            chain.origins,
          ),
        ),
      ),
    },
    {
      id: 'routes',
      columns: ['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE'],
      rows: [...config.routes.values()].flatMap((table) => routeRows(table, row)),
    },
    {
      id: 'clusters',
      columns: ['SERVICE FQDN', 'PORT', 'SUBSET', 'DIRECTION', 'TYPE', 'TRANSPORT'],
      rows: clusters.map((cluster) => row(cluster.name, clusterCells(cluster), cluster, cluster.origins)),
    },
    {
      id: 'endpoints',
      columns: ['ENDPOINT', 'TLS MODE', 'CLUSTER'],
      rows: clusters.flatMap((cluster) =>
        cluster.endpoints.map((endpoint) =>
          row(
            cluster.name,
            [`${endpoint.dnsName ?? endpoint.address}:${endpoint.port}`, endpoint.tlsMode ?? '-', cluster.name],
            endpoint,
            endpoint.origins,
          ),
        ),
      ),
    },
    {
      id: 'secrets',
      columns: ['RESOURCE NAME', 'TYPE', 'STATUS', 'VALID UNTIL'],
      rows: [...config.secrets].map(([name, secret]) =>
        row(name, secretCells(name, secret), secretDetail(secret), secret.origins),
      ),
    },
  ];
  return {
    workload: id,
    type: config.type,
    tables,
    nacks: config.nacks.map(({ resource, message }) => ({ resource, message })),
  };
}

const chainsOf = (listener: Listener): readonly FilterChain[] =>
  listener.defaultFilterChain === undefined
    ? listener.filterChains
    : [...listener.filterChains, listener.defaultFilterChain];

function matchText({ match }: FilterChain): string {
  const parts = [
    ...(match.serverNames.length > 0 ? [`SNI: ${match.serverNames.join(',')}`] : []),
    ...(match.transportProtocol === undefined ? [] : [`Trans: ${match.transportProtocol}`]),
    ...(match.applicationProtocols.length > 0 ? [`App: ${match.applicationProtocols.join(',')}`] : []),
    ...(match.destinationPort === undefined ? [] : [`Port: ${match.destinationPort}`]),
    ...(match.prefixRanges.length > 0 ? [`Addr: ${match.prefixRanges.join(',')}`] : []),
  ];
  return parts.length === 0 ? 'ALL' : parts.join('; ');
}

function destinationText(chain: FilterChain): string {
  for (const filter of chain.filters) {
    if (filter.kind === 'tcp-proxy') {
      return filter.tcpProxy.clusters.map((cluster) => `Cluster: ${cluster.name}`).join(', ');
    }
    if (filter.kind === 'http-connection-manager') {
      const { routes } = filter.hcm;
      return routes.kind === 'rds' ? `Route: ${routes.name}` : `Inline Route: ${routes.table.name}`;
    }
  }
  return '-';
}

function routeRows(
  table: RouteConfiguration,
  row: (name: string, cells: readonly string[], item: unknown, origins: readonly Origin[]) => ProxyConfigRow,
): ProxyConfigRow[] {
  return table.virtualHosts.flatMap((host) =>
    host.routes.map((route) => {
      const { path } = route.match;
      const match =
        path.kind === 'prefix' ? `${path.value}*` : path.kind === 'regex' ? `regex ${path.value}` : path.value;
      const by = route.origins.find((origin) => origin.resource.includes('/VirtualService/'))?.resource;
      const virtualService = by === undefined ? '' : by.split('/').slice(2).reverse().join('.');
      return row(
        table.name,
        [table.name, host.name, host.domains.join(', '), match, virtualService],
        route,
        route.origins,
      );
    }),
  );
}

function clusterCells(cluster: Cluster): string[] {
  const [direction = '', port = '', subset = '', host = ''] = cluster.name.split('|');
  const named = cluster.name.includes('|');
  return [
    named ? host : cluster.name,
    named ? port : '-',
    subset === '' ? '-' : subset,
    named ? direction : '-',
    cluster.type,
    transportText(cluster),
  ];
}

function transportText({ transport }: Cluster): string {
  if (transport.kind === 'raw') return 'raw_buffer';
  return transport.kind === 'tls' ? transport.tls.mode : `${transport.tls.mode} by endpoint`;
}

function secretCells(name: string, secret: Secret): string[] {
  switch (secret.kind) {
    case 'certificate':
      return [name, 'Cert Chain', 'ACTIVE', day(secret.chain[0]?.notAfter)];
    case 'trust-bundle':
      return [name, 'CA', 'ACTIVE', day(Math.min(...secret.anchors.map((anchor) => anchor.notAfter)))];
    case 'system-trust':
      return [name, 'CA', 'ACTIVE', '-'];
    case 'unknown':
      return [name, '-', 'UNKNOWN', '-'];
    case 'missing':
      return [name, '-', 'WARMING', '-'];
    case 'unloadable':
      return [name, '-', 'REJECTED', '-'];
  }
}

const day = (time: number | undefined): string =>
  time === undefined || !Number.isFinite(time) ? '-' : new Date(time).toISOString().replace('.000', '');

/** Secrets are shown by what they certify; keys never leave the engine. */
function secretDetail(secret: Secret): unknown {
  switch (secret.kind) {
    case 'certificate':
      return { kind: secret.kind, chain: secret.chain.map((certificate) => certificate.fingerprint) };
    case 'trust-bundle':
      return { kind: secret.kind, anchors: secret.anchors.map((anchor) => anchor.fingerprint) };
    case 'system-trust':
      return { kind: secret.kind };
    case 'unknown':
      return { kind: secret.kind, cannotTell: secret.cannotTell };
    case 'missing':
      return { kind: secret.kind, why: secret.why };
    case 'unloadable':
      return { kind: secret.kind, message: secret.message };
  }
}

/** Plain JSON of an item, without origins (they are for us) and without functions. */
function printable(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(printable);
  if (value instanceof Map) return printable(Object.fromEntries(value));
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(
      ([key, item]) =>
        key !== 'origins' && key !== 'origin' && key !== 'why' && typeof item !== 'function' && item !== undefined,
    );
    return Object.fromEntries(entries.map(([key, item]) => [key, printable(item)]));
  }
  return String(value);
}
