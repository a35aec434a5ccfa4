/**
 * The HTTP connection manager of a gateway's chains: filters in istiod's order, client address
 * from the edge's point of view, client certificate details written anew.
 *
 * Upstream authority: istio pilot/pkg/networking/core/gateway.go buildGatewayConnectionManager;
 * listener_builder.go buildHTTPConnectionManager; util/proxy_headers.go.
 */
import type { Origin } from '../../base/origin.ts';
import type { MeshConfig, PortProtocol, Workload } from '../../mesh/types.ts';
import type { ForwardClientCertDetails } from '../../resources/kinds/meshConfigProxy.ts';
import type { HttpConnectionManager, HttpFilter } from '../envoy/http.ts';

export interface GatewayHcmInput {
  readonly table: string;
  readonly protocol: PortProtocol;
  readonly workload: Workload;
  readonly config: MeshConfig;
  /** CUSTOM, jwt, AUDIT, DENY, ALLOW. */
  readonly authz: readonly HttpFilter[];
  readonly origins: readonly Origin[];
}

export function gatewayConnectionManager(input: GatewayHcmInput): HttpConnectionManager {
  const { gatewayTopology, proxyHeaders } = input.workload.proxyConfig;
  const forwardClientCert = forwardMode(gatewayTopology?.forwardClientCertDetails);
  const writesDetails = forwardClientCert === 'SANITIZE_SET' || forwardClientCert === 'APPEND_FORWARD';
  const server = proxyHeaders?.server;
  return {
    routes: { kind: 'rds', name: input.table },
    httpFilters: [
      ...input.authz,
      ...(input.protocol === 'GRPC-Web' ? [{ kind: 'grpc-web' } as const] : []),
      { kind: 'grpc-stats' },
      { kind: 'alpn' },
      { kind: 'fault' },
      { kind: 'cors' },
      { kind: 'router' },
    ],
    pathNormalization: pathNormalization(input.config),
    useRemoteAddress: true,
    xffNumTrustedHops: gatewayTopology?.numTrustedProxies ?? 0,
    forwardClientCert,
    xfccDetails: { subject: writesDetails, cert: writesDetails, dns: writesDetails, uri: writesDetails },
    serverHeader: server?.disabled
      ? { name: '', transformation: 'PASS_THROUGH' }
      : { name: server?.value || 'istio-envoy', transformation: 'OVERWRITE' },
    acceptHttp10: input.workload.proxyMetadata.ISTIO_META_HTTP10 === '1',
    direction: 'outbound',
    origins: input.origins,
  };
}

const forwardMode = (mode: ForwardClientCertDetails | undefined): HttpConnectionManager['forwardClientCert'] =>
  mode === undefined || mode === 'UNDEFINED' ? 'SANITIZE_SET' : mode;

function pathNormalization({ pathNormalization: mode }: MeshConfig): HttpConnectionManager['pathNormalization'] {
  return {
    normalize: mode !== 'NONE',
    mergeSlashes: mode === 'MERGE_SLASHES' || mode === 'DECODE_AND_MERGE_SLASHES',
    decodeSlashes: mode === 'DECODE_AND_MERGE_SLASHES',
  };
}
