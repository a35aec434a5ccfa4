/**
 * The HTTP connection manager as istiod configures it for sidecars (listener_builder.go
 * buildHTTPConnectionManager, util GetProxyHeadersFromProxyConfig): headers it sets, path
 * normalization, and the order of its filters.
 */
import type { Origin } from '../../base/origin.ts';
import type { PortProtocol, Workload } from '../../mesh/types.ts';
import type { MeshProxyConfig } from '../../resources/kinds/meshConfigProxy.ts';
import type { HttpConnectionManager, HttpFilter } from '../envoy/http.ts';
import type { ProxyScope } from '../scope/types.ts';

const SERVER_NAME = 'istio-envoy';
const ENVOY_DEFAULT_SERVER_NAME = 'envoy';

export interface ConnectionManagerInput {
  readonly direction: 'inbound' | 'outbound';
  readonly routes: HttpConnectionManager['routes'];
  readonly protocol: PortProtocol;
  /** Authentication and authorization of this side; they run first. */
  readonly authFilters: readonly HttpFilter[];
  readonly origins: readonly Origin[];
}

export function connectionManager(scope: ProxyScope, input: ConnectionManagerInput): HttpConnectionManager {
  const { workload } = scope;
  const headers = workload.proxyConfig.proxyHeaders;
  const inbound = input.direction === 'inbound';
  const current = headers?.setCurrentClientCertDetails;
  return {
    routes: input.routes,
    httpFilters: httpFilters(input),
    pathNormalization: pathNormalization(scope),
    useRemoteAddress: false,
    xffNumTrustedHops: 0,
    forwardClientCert: inbound ? forwardClientCert(headers) : 'SANITIZE',
    xfccDetails: {
      subject: inbound && (current?.subject ?? true),
      cert: inbound && (current?.cert ?? false),
      dns: inbound && (current?.dns ?? true),
      uri: inbound && (current?.uri ?? true),
    },
    serverHeader: serverHeader(headers, inbound),
    acceptHttp10: acceptsHttp10(workload),
    direction: input.direction,
    origins: input.origins,
  };
}

/** The environment variable ISTIO_META_HTTP10 of the proxy. */
export const acceptsHttp10 = (workload: Workload): boolean => workload.proxyMetadata['ISTIO_META_HTTP10'] === '1';

function httpFilters({ direction, protocol, authFilters }: ConnectionManagerInput): readonly HttpFilter[] {
  return [
    ...authFilters,
    ...(protocol === 'GRPC-Web' ? [{ kind: 'grpc-web' as const }] : []),
    { kind: 'grpc-stats' },
    ...(direction === 'outbound' ? [{ kind: 'alpn' as const }] : []),
    { kind: 'fault' },
    { kind: 'cors' },
    { kind: 'router' },
  ];
}

export function pathNormalization(scope: Pick<ProxyScope, 'mesh'>): HttpConnectionManager['pathNormalization'] {
  const wanted = scope.mesh.config.pathNormalization;
  return {
    normalize: wanted !== 'NONE',
    mergeSlashes: wanted === 'MERGE_SLASHES' || wanted === 'DECODE_AND_MERGE_SLASHES',
    decodeSlashes: wanted === 'DECODE_AND_MERGE_SLASHES',
  };
}

type ProxyHeaders = NonNullable<MeshProxyConfig['proxyHeaders']>;

function forwardClientCert(headers: ProxyHeaders | undefined): HttpConnectionManager['forwardClientCert'] {
  const wanted = headers?.forwardedClientCert;
  return wanted === undefined || wanted === 'UNDEFINED' ? 'APPEND_FORWARD' : wanted;
}

/** The client side leaves Envoy's own name, `envoy`. */
function serverHeader(headers: ProxyHeaders | undefined, inbound: boolean): HttpConnectionManager['serverHeader'] {
  if (headers?.server?.disabled === true) return { name: ENVOY_DEFAULT_SERVER_NAME, transformation: 'PASS_THROUGH' };
  const name = headers?.server?.value || (inbound ? SERVER_NAME : ENVOY_DEFAULT_SERVER_NAME);
  return { name, transformation: 'OVERWRITE' };
}
