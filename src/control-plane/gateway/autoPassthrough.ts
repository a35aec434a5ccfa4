/**
 * AUTO_PASSTHROUGH (east-west gateways): one chain for every port and subset of every service
 * whose host lies within the server's hosts, chosen by the SNI that sidecars send and only for
 * mesh mTLS. No VirtualService and no authorization plays a part.
 *
 * Upstream authority: istio pilot/pkg/networking/core/gateway.go builtAutoPassthroughFilterChains.
 */
import type { Origin } from '../../base/origin.ts';
import { outboundSni } from '../clusterNames.ts';
import type { FilterChain } from '../envoy/listener.ts';
import { isSubsetOf, withoutNamespace } from '../routes/hostnames.ts';
import type { ProxyScope } from '../scope/types.ts';
import type { ServerInForce } from './gatewayInForce.ts';

/** What sidecars offer when they speak mesh mTLS. */
const MESH_ALPN = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

export function autoPassthroughChains(scope: ProxyScope, server: ServerInForce): FilterChain[] {
  const hosts = server.hosts.map(withoutNamespace);
  const chains: FilterChain[] = [];
  for (const service of scope.services) {
    if (service.meshExternal || !hosts.some((host) => isSubsetOf(service.hostname, host))) continue;
    const rule = scope.destinationRule(service);
    for (const port of service.ports) {
      if (port.protocol === 'UDP') continue;
      const add = (subset: string, origins: readonly Origin[]) => {
        const name = outboundSni(port.number, subset, service.hostname);
        chains.push({
          match: { prefixRanges: [], serverNames: [name], applicationProtocols: MESH_ALPN },
          filters: [{ kind: 'tcp-proxy', tcpProxy: { clusters: [{ name, weight: 1 }], statPrefix: name, origins } }],
          origins,
        });
      };
      add('', [server.origin, port.origin]);
      for (const subset of rule?.spec.subsets ?? []) {
        const from = rule?.from[0];
        add(subset.name ?? '', [server.origin, ...(from ? [{ resource: from.id, path: ['spec', 'subsets'] }] : [])]);
      }
    }
  }
  return chains;
}
