/**
 * Whether a cluster without a TLS setting speaks mesh mTLS (cluster_tls.go
 * buildUpstreamTLSSettings, push_context.go BestEffortInferServiceMTLSMode). Only the namespace's
 * and the mesh's PeerAuthentication are asked: what a single workload or port wants is decided per
 * endpoint, or, where endpoints carry no label, not at all.
 */
import type { Origin } from '../../base/origin.ts';
import type { Endpoint, Mesh, MeshService } from '../../mesh/types.ts';
import type { Reason } from '../../trace/step.ts';
import { namespaceMode } from '../authn/peerAuthentication.ts';
import { reason } from './reasons.ts';

export interface AutoMtls {
  readonly enabled: boolean;
  readonly why: Reason;
  readonly origins: readonly Origin[];
}

export function autoMtls(
  mesh: Mesh,
  service: MeshService,
  endpoints: readonly Endpoint[],
  /** Original destination: a headless service, or PASSTHROUGH in the policy that istiod looks at. */
  passthrough: boolean,
): AutoMtls {
  const { namespace } = service;
  if (service.meshExternal) {
    return {
      enabled: false,
      why: reason('auto-mtls-mesh-external', { host: service.hostname }),
      origins: [service.origin],
    };
  }
  if (!mesh.config.enableAutoMtls) {
    const { origin } = mesh.config;
    const origins = origin === undefined ? [] : [{ ...origin, path: [...origin.path, 'enableAutoMtls'] }];
    return { enabled: false, why: reason('auto-mtls-off'), origins };
  }
  if (passthrough || service.resolution === 'NONE') {
    if (endpoints.length === 0) {
      return {
        enabled: false,
        why: reason('auto-mtls-no-endpoints', { host: service.hostname }),
        origins: [service.origin],
      };
    }
    const without = endpoints.find((endpoint) => endpoint.tlsMode === 'disabled');
    if (without !== undefined) {
      const endpoint = without.workload ?? without.address;
      return {
        enabled: false,
        why: reason('auto-mtls-endpoint-without-proxy', { endpoint }),
        origins: [without.origin],
      };
    }
  }
  const mode = namespaceMode(mesh, namespace);
  const origins = mode?.origins ?? [];
  return mode?.mode === 'DISABLE'
    ? { enabled: false, why: reason('auto-mtls-namespace-disabled', { namespace }), origins }
    : { enabled: true, why: reason('auto-mtls', { namespace }), origins };
}
