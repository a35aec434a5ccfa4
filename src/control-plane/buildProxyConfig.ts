/**
 * Everything istiod would push to one proxy: listeners, routes, clusters with endpoints, secrets.
 * Each part is made when it is first read and kept, so that a call pays only for what it passes.
 */
import { rememberLast } from '../base/remembered.ts';
import type { Mesh, Workload } from '../mesh/types.ts';
import type { ClientTlsSettings } from '../resources/kinds/shared/trafficPolicy.ts';
import type { CannotTell } from '../trace/trace.ts';
import { outboundCluster } from './clusterNames.ts';
import { buildClusters } from './clusters/clusters.ts';
import type { Cluster } from './envoy/cluster.ts';
import type { RouteConfiguration } from './envoy/http.ts';
import type { FilterChain, Listener } from './envoy/listener.ts';
import type { ProxyConfig, ProxyNack, Secret } from './envoy/proxyConfig.ts';
import { buildGateway } from './gateway/index.ts';
import { lazyMap } from './lazyMap.ts';
import { inboundListener } from './listeners/inboundListener.ts';
import { outboundListeners } from './listeners/outboundListeners.ts';
import { proxyTaints } from './proxyTaints.ts';
import { sidecarRouteConfiguration } from './routes/sidecarRoutes.ts';
import { proxyScope, scopeOfPort } from './scope/proxyScope.ts';
import { pictureOf, sharedByGroup } from './scope/sharing.ts';
import { tlsMode } from './scope/trafficPolicy.ts';
import type { EffectiveDestinationRule, ProxyScope } from './scope/types.ts';
import { proxyNacks, proxySecrets, type WorkloadIdentity } from './secrets/index.ts';

interface Outbound {
  readonly listeners: readonly Listener[];
  readonly routes: ReadonlyMap<string, RouteConfiguration>;
}

const shared = sharedByGroup<Outbound>(pictureOf);

/** What a sidecar is given for the calls its applications make. */
function outboundOf(scope: ProxyScope): Outbound {
  return shared(scope, () => {
    const listeners = outboundListeners(scope);
    return { listeners, routes: sidecarRoutes(scope, listeners) };
  });
}

/** The configuration of a workload's proxy; undefined when it has none. */
export function buildProxyConfig(mesh: Mesh, workload: Workload, identity: WorkloadIdentity): ProxyConfig | undefined {
  if (workload.proxy === 'none') return undefined;
  const scope = proxyScope(mesh, workload);
  const gateway = once(() => buildGateway(scope));
  const listeners = once((): readonly Listener[] =>
    scope.proxyType === 'gateway' ? gateway().listeners : [...outboundOf(scope).listeners, inboundListener(scope)],
  );
  const clusters = buildClusters(scope);
  const secrets = once(
    (): ReadonlyMap<string, Secret> =>
      proxySecrets(mesh, workload, identity, listeners(), clustersWithOwnTls(scope, clusters)),
  );
  const routes = once(() => (scope.proxyType === 'gateway' ? gateway().routes : outboundOf(scope).routes));
  const taints = once((): readonly CannotTell[] => proxyTaints(scope));
  const nacks = once((): readonly ProxyNack[] => proxyNacks(listeners(), secrets(), routes().values()));
  return {
    workload: workload.id,
    type: scope.proxyType,
    clusters,
    get listeners() {
      return listeners();
    },
    get routes() {
      return routes();
    },
    get secrets() {
      return secrets();
    },
    get nacks() {
      return nacks();
    },
    get taints() {
      return taints();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Only clusters under a DestinationRule with TLS of the user's own ask for other secrets. */
function* clustersWithOwnTls(scope: ProxyScope, clusters: ReadonlyMap<string, Cluster>): Iterable<Cluster> {
  for (const service of scope.services) {
    const rule = scope.destinationRule(service);
    if (rule === undefined || !originatesTls(rule)) continue;
    for (const { number } of service.ports) {
      for (const subset of ['', ...(rule.spec.subsets ?? []).map(({ name }) => name ?? '')]) {
        const cluster = clusters.get(outboundCluster(number, subset, service.hostname));
        if (cluster !== undefined) yield cluster;
      }
    }
  }
}

const originatesTls = rememberLast(({ spec }: EffectiveDestinationRule): boolean =>
  [spec, ...(spec.subsets ?? [])].some(
    ({ trafficPolicy }) =>
      isOwnTls(trafficPolicy?.tls) || (trafficPolicy?.portLevelSettings ?? []).some(({ tls }) => isOwnTls(tls)),
  ),
);

const isOwnTls = (tls: ClientTlsSettings | undefined): boolean =>
  tls !== undefined && (tlsMode(tls) === 'SIMPLE' || tlsMode(tls) === 'MUTUAL');

/** Route tables that the listeners name, as the egress listener of their port sees the mesh. */
function sidecarRoutes(scope: ProxyScope, listeners: readonly Listener[]): ReadonlyMap<string, RouteConfiguration> {
  const names = new Set(listeners.flatMap(tableNames));
  return lazyMap({
    keys: () => names,
    make: (name) => (names.has(name) ? sidecarRouteConfiguration(scopeOfPort(scope, portOf(name)), name) : undefined),
  });
}

const portOf = (tableName: string): number => Number(tableName.slice(tableName.indexOf(':') + 1));

function tableNames({ filterChains, defaultFilterChain }: Listener): readonly string[] {
  const chains: readonly FilterChain[] = defaultFilterChain ? [...filterChains, defaultFilterChain] : filterChains;
  return chains.flatMap(({ filters }) =>
    filters.flatMap((filter) =>
      filter.kind === 'http-connection-manager' && filter.hcm.routes.kind === 'rds' ? [filter.hcm.routes.name] : [],
    ),
  );
}
