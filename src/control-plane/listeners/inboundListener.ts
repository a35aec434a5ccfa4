/**
 * The inbound listener of a sidecar, 0.0.0.0:15006: chains for each declared port, and passthrough
 * chains for all the rest, each in the form its protocol and the PeerAuthentication in force ask
 * for (listener_inbound.go buildInboundListeners, buildInboundPassthroughChains).
 */
import type { Origin } from '../../base/origin.ts';
import { protocolClass } from '../../mesh/portProtocol.ts';
import type { PortProtocol } from '../../mesh/types.ts';
import { type DecidedMode, effectivePeerAuthentication } from '../authn/peerAuthentication.ts';
import { authzNack, httpAuthzFilters, networkAuthzFilters } from '../authz/index.ts';
import { BLACKHOLE, INBOUND_PASSTHROUGH, inboundCluster } from '../clusterNames.ts';
import type { HttpFilter } from '../envoy/http.ts';
import type { FilterChain, FilterChainMatch, Listener, NetworkFilter } from '../envoy/listener.ts';
import { inboundRouteConfiguration } from '../routes/defaultRoute.ts';
import type { ProxyScope } from '../scope/types.ts';
import { connectionManager } from './connectionManager.ts';
import { type InboundMatchOption, inboundMatchOptions } from './inboundMatchOptions.ts';
import { type InboundPort, inboundPorts, isDeclaredPort, WILDCARD } from './inboundPorts.ts';
import { inboundTls } from './inboundTls.ts';
import { inboundInspectors } from './inspectors.ts';

export const INBOUND_PORT = 15006;
const LISTENER = 'virtualInbound';
const BLACKHOLE_CHAIN = 'virtualInbound-blackhole';
const PASSTHROUGH_HTTP_CHAIN = 'virtualInbound-catchall-http';

/** Chains of one port, or of all undeclared ports. */
interface ChainSet {
  readonly destinationPort?: number;
  readonly mode: DecidedMode;
  readonly protocol: PortProtocol;
  readonly cluster: string;
  readonly chainName: (handler: InboundMatchOption['handler']) => string;
  readonly instanceHostname: string;
  readonly servicePort: number;
  readonly origins: readonly Origin[];
}

export function inboundListener(scope: ProxyScope): Listener {
  const { workload, mesh } = scope;
  const authentication = effectivePeerAuthentication(mesh, workload.namespace, workload.labels);
  const passthroughPorts = [...authentication.ports.keys()].filter((port) => !isDeclaredPort(scope, port));
  const sets: readonly ChainSet[] = [
    passthroughSet(undefined, authentication.base),
    ...passthroughPorts.map((port) => passthroughSet(port, authentication.forPort(port))),
    ...inboundPorts(scope).map((port) => declaredSet(port, authentication.forPort(port.port))),
  ];
  const auth = {
    http: httpAuthzFilters(mesh, workload),
    network: networkAuthzFilters(mesh, workload),
  };
  const filterChains = [blackholeChain(), ...sets.flatMap((set) => chainsOf(scope, set, auth))];
  const nack = authzNack(filterChains);
  return {
    name: LISTENER,
    direction: 'inbound',
    address: WILDCARD,
    port: INBOUND_PORT,
    bindToPort: true,
    useOriginalDestination: true,
    ...inboundInspectors(filterChains),
    listenerFiltersTimeoutMs: mesh.config.protocolDetectionTimeoutMs,
    filterChains,
    origins: authentication.base.origins,
    ...(nack === undefined ? {} : { nack }),
  };
}

const passthroughSet = (port: number | undefined, mode: DecidedMode): ChainSet => ({
  ...(port === undefined ? {} : { destinationPort: port }),
  mode,
  protocol: 'Unsupported',
  cluster: INBOUND_PASSTHROUGH,
  chainName: (handler) => (handler === 'http' ? PASSTHROUGH_HTTP_CHAIN : LISTENER),
  instanceHostname: '',
  servicePort: 0,
  origins: [],
});

const declaredSet = (port: InboundPort, mode: DecidedMode): ChainSet => ({
  destinationPort: port.port,
  mode,
  protocol: port.protocol,
  cluster: inboundCluster(port.port),
  chainName: () => `${port.bind}_${port.port}`,
  instanceHostname: port.instanceHostname,
  servicePort: port.servicePort,
  origins: port.origins,
});

interface AuthFilters {
  readonly http: readonly HttpFilter[];
  readonly network: readonly NetworkFilter[];
}

function chainsOf(scope: ProxyScope, set: ChainSet, auth: AuthFilters): readonly FilterChain[] {
  const origins = [...set.mode.origins, ...set.origins];
  return inboundMatchOptions(protocolClass(set.protocol), set.mode.mode).map((option) => ({
    name: set.chainName(option.handler),
    match: matchOf(set.destinationPort, option),
    ...(option.terminatesTls ? { tls: inboundTls(scope.mesh.config, option.handler, origins) } : {}),
    filters: option.handler === 'http' ? httpFilters(scope, set, auth) : tcpFilters(set, auth),
    origins,
  }));
}

function matchOf(destinationPort: number | undefined, option: InboundMatchOption): FilterChainMatch {
  return {
    ...(destinationPort === undefined ? {} : { destinationPort }),
    prefixRanges: [],
    serverNames: [],
    transportProtocol: option.transportProtocol,
    applicationProtocols: option.applicationProtocols,
  };
}

function httpFilters(scope: ProxyScope, set: ChainSet, auth: AuthFilters): readonly NetworkFilter[] {
  const table = inboundRouteConfiguration(scope.mesh, {
    cluster: set.cluster,
    instanceHostname: set.instanceHostname,
    servicePort: set.servicePort,
    protocol: set.protocol,
    origins: set.origins,
  });
  const hcm = connectionManager(scope, {
    direction: 'inbound',
    routes: { kind: 'inline', table },
    protocol: set.protocol,
    authFilters: auth.http,
    origins: set.origins,
  });
  return [{ kind: 'http-connection-manager', hcm }];
}

const tcpFilters = (set: ChainSet, auth: AuthFilters): readonly NetworkFilter[] => [
  ...auth.network,
  tcpProxy(set.cluster, set.origins),
];

const tcpProxy = (cluster: string, origins: readonly Origin[]): NetworkFilter => ({
  kind: 'tcp-proxy',
  tcpProxy: { clusters: [{ name: cluster, weight: 1 }], statPrefix: cluster, origins },
});

/** Traffic to 15006 itself would loop. */
const blackholeChain = (): FilterChain => ({
  name: BLACKHOLE_CHAIN,
  match: { destinationPort: INBOUND_PORT, prefixRanges: [], serverNames: [], applicationProtocols: [] },
  filters: [tcpProxy(BLACKHOLE, [])],
  origins: [],
});
