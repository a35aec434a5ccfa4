/**
 * The endpoints of an outbound cluster, each marked for mTLS or not (xds/endpoints
 * endpoint_builder.go, mtls_checker.go). The mark counts only in clusters that look at it.
 */

import { isIpAddress } from '../../mesh/addresses.ts';
import { selects } from '../../mesh/labels.ts';
import type { Endpoint, Mesh, MeshService, ServicePort } from '../../mesh/types.ts';
import type { ClientTlsMode } from '../../resources/kinds/shared/trafficPolicy.ts';
import { effectivePeerAuthentication } from '../authn/peerAuthentication.ts';
import type { Cluster, ClusterEndpoint } from '../envoy/cluster.ts';
import type { SubsetInForce } from '../scope/trafficPolicy.ts';
import { endpointsOfPort, endpointsOfPortName } from './serviceEndpoints.ts';

const ISTIO = 'istio';

export function clusterEndpoints(
  mesh: Mesh,
  type: Cluster['type'],
  service: MeshService,
  port: ServicePort,
  subset: SubsetInForce | undefined,
  ruleTlsMode: ClientTlsMode | undefined,
): readonly ClusterEndpoint[] {
  if (type === 'ORIGINAL_DST' || type === 'DYNAMIC_FORWARD_PROXY') return [];
  const byDns = type === 'STRICT_DNS' || type === 'LOGICAL_DNS';
  const candidates = byDns
    ? endpointsOfPort(mesh, service, port.number)
    : endpointsOfPortName(mesh, service, port.name).filter(({ address }) => isIpAddress(address));
  return candidates
    .filter((endpoint) => selects(subset?.subset.labels, endpoint.labels))
    .map((endpoint) => {
      const mtls = speaksMtls(mesh, endpoint, ruleTlsMode);
      return {
        address: endpoint.address,
        port: endpoint.port,
        ...(isIpAddress(endpoint.address) ? {} : { dnsName: endpoint.address }),
        ...(endpoint.workload === undefined ? {} : { workload: endpoint.workload }),
        ...(mtls.enabled && endpoint.tlsMode === ISTIO ? { tlsMode: ISTIO } : {}),
        weight: endpoint.weight ?? 1,
        priority: 0,
        origins: [...mtls.origins, endpoint.origin],
      };
    });
}

/** A DestinationRule's mode decides; else the endpoint's label, unless its own PeerAuthentication says DISABLE. */
function speaksMtls(mesh: Mesh, endpoint: Endpoint, ruleTlsMode: ClientTlsMode | undefined) {
  if (ruleTlsMode !== undefined) return { enabled: ruleTlsMode === 'ISTIO_MUTUAL', origins: [] };
  if (endpoint.tlsMode !== ISTIO) return { enabled: false, origins: [] };
  const { mode, origins } = effectivePeerAuthentication(mesh, endpoint.namespace, endpoint.labels).forPort(
    endpoint.port,
  );
  return { enabled: mode !== 'DISABLE', origins };
}
