/**
 * A destination of a route -> the name of the cluster it goes to. Nothing here checks that the
 * cluster exists: a wrong host, port or subset gives a name that no cluster has, and the proxy
 * answers 503 NC when a request comes.
 *
 * Upstream authority: istio pilot/pkg/networking/core/route/route.go GetDestinationCluster.
 */
import type { MeshService } from '../../mesh/types.ts';
import type { Destination } from '../../resources/kinds/virtualService.ts';
import { outboundCluster } from '../clusterNames.ts';

/** What istiod writes for a Gateway API backend that it refused to resolve. */
export const UNKNOWN_SERVICE_CLUSTER = 'UnknownService';

export type LookupService = (host: string) => MeshService | undefined;

/**
 * @param service The destination's service as the proxy sees it, if it does.
 * @param listenerPort Port the proxy listens on; used when neither the destination nor a
 *   single-port service names one.
 */
export function destinationCluster(
  destination: Destination | undefined,
  service: MeshService | undefined,
  listenerPort: number,
): string {
  const host = destination?.host ?? '';
  if (host === '') return UNKNOWN_SERVICE_CLUSTER;
  const onlyPort = service?.ports.length === 1 ? service.ports[0]?.number : undefined;
  const port = destination?.port ? (destination.port.number ?? 0) : (onlyPort ?? listenerPort);
  return outboundCluster(port, destination?.subset, service?.externalName || host);
}
