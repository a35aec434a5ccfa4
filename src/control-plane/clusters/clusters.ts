/**
 * Every cluster of a proxy by name, made when it is asked for: of each service port and subset in
 * scope, of its own inbound ports, and the fixed ones.
 */
import type { Hostname } from '../../base/ids.ts';
import { protocolClass } from '../../mesh/portProtocol.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import { outboundCluster, outboundSni } from '../clusterNames.ts';
import type { Cluster } from '../envoy/cluster.ts';
import { lazyMap } from '../lazyMap.ts';
import { sharedByGroup } from '../scope/sharing.ts';
import type { ProxyScope } from '../scope/types.ts';
import { fixedClusters, inboundClusterNames, inboundClusterOf } from './inboundClusters.ts';
import { type ClusterKey, outboundClusterOf } from './outboundCluster.ts';

/** Outbound clusters made so far, for all proxies that have the same ones. */
const outbound = sharedByGroup<Map<string, Cluster>>((mesh) => mesh);

export function buildClusters(scope: ProxyScope): ReadonlyMap<string, Cluster> {
  const fixed = fixedClusters(scope);
  const shared = outbound(scope, () => new Map());
  return lazyMap({
    keys: () => clusterNames(scope, fixed.keys()),
    make: (name) => {
      const own = fixed.get(name);
      if (own !== undefined) return own();
      const known = shared.get(name);
      if (known !== undefined) return known;
      const key = parseName(scope, name);
      if (key !== undefined) {
        const cluster = outboundClusterOf(scope, key);
        if (cluster !== undefined) shared.set(name, cluster);
        return cluster;
      }
      return scope.proxyType === 'sidecar' ? inboundClusterOf(scope, name) : undefined;
    },
  });
}

function* clusterNames(scope: ProxyScope, fixed: Iterable<string>): Iterable<string> {
  const sniRouted = scope.proxyType === 'gateway' && routesBySni(scope);
  for (const service of scope.services) {
    const subsets = ['', ...(scope.destinationRule(service)?.spec.subsets ?? []).map((subset) => subset.name ?? '')];
    for (const port of service.ports) {
      if (protocolClass(port.protocol) === 'none') continue;
      for (const subset of subsets) {
        yield outboundCluster(port.number, subset, service.hostname);
        if (sniRouted && !service.meshExternal) yield outboundSni(port.number, subset, service.hostname);
      }
    }
  }
  yield* fixed;
  if (scope.proxyType === 'sidecar') yield* inboundClusterNames(scope);
}

/** Whether some Gateway passes mesh mTLS on by its SNI. */
const routesBySni = (scope: ProxyScope): boolean =>
  resourcesOf(scope.mesh, 'networking.istio.io/Gateway').some((gateway) =>
    (gateway.body.spec?.servers ?? []).some((server) => server.tls?.mode === 'AUTO_PASSTHROUGH'),
  );

const NAME = /^outbound\|(\d+)\|([^|]*)\|(.+)$/;
const SNI_NAME = /^outbound_\.(\d+)_\.(.*?)_\.(.+)$/;

function parseName(scope: ProxyScope, name: string): ClusterKey | undefined {
  const plain = NAME.exec(name);
  const match = plain ?? (scope.proxyType === 'gateway' ? SNI_NAME.exec(name) : null);
  if (match === null) return undefined;
  const [, number = '', subset = '', host = ''] = match;
  const service = scope.serviceByHost.get(host as Hostname);
  const port = service?.ports.find((candidate) => candidate.number === Number(number));
  if (service === undefined || port === undefined) return undefined;
  const sniRouted = plain === null;
  return sniRouted && service.meshExternal ? undefined : { service, port, subset, sniRouted };
}
