/**
 * The outbound listeners of a sidecar: one for each port or address that some service in scope has,
 * and 15001, which hands connections over to them by original destination and takes what none of
 * them wants (listener.go buildSidecarOutboundListeners, buildSidecarOutboundListener,
 * buildListenerFromEntry; listener_builder.go buildVirtualOutboundListener).
 *
 * HTTP services of a port share 0.0.0.0:port; TCP and sniffed ones listen on their own address.
 * Where both meet on one address the listener sniffs; the earlier service wins a real conflict.
 */
import type { Origin } from '../../base/origin.ts';
import { isIpAddress } from '../../mesh/addresses.ts';
import { parseProtocol, protocolClass } from '../../mesh/portProtocol.ts';
import type { MeshService, PortProtocol } from '../../mesh/types.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { endpointsOfPort } from '../clusters/serviceEndpoints.ts';
import type { FilterChain, Listener } from '../envoy/listener.ts';
import type { EgressListener, ProxyScope } from '../scope/types.ts';
import { PLAINTEXT_HTTP } from './alpn.ts';
import { connectionManager } from './connectionManager.ts';
import { RESERVED_PORTS, WILDCARD } from './inboundPorts.ts';
import { EVERYWHERE, NOWHERE } from './inspectors.ts';
import { ANYTHING, matchesAll, mergeChains, type OutboundChain, toMatch } from './outboundChain.ts';
import { outboundTcpChains } from './outboundTcpChains.ts';
import { catchAllListener, explicitProxy, fallthrough } from './unknownDestinations.ts';

interface ListenPort {
  readonly number: number;
  readonly protocol: PortProtocol;
  readonly origin: Origin;
}

/** A listener while services are added to it. */
interface Entry {
  readonly bind: string;
  readonly port: ListenPort;
  chains: readonly OutboundChain[];
  /** `Unsupported` once it sniffs. */
  protocol: PortProtocol;
  /** Made for an egress listener with a port: services of the catch-all stay out. */
  locked: boolean;
  readonly cannotTell?: CannotTell;
}

type Entries = Map<string, Entry>;

export function outboundListeners(scope: ProxyScope): readonly Listener[] {
  const entries: Entries = new Map();
  for (const egress of scope.egressListeners) {
    const { listener } = egress;
    if (listener?.port?.number) addEgressPort(scope, egress, entries);
    else addAllPorts(scope, egress, entries);
  }
  const ofServices = [...entries.values()].map((entry) => toListener(scope, entry));
  return [...ofServices, ...explicitProxy(scope), catchAllListener(scope)];
}

/** Every imported service on the port that the Sidecar names. */
function addEgressPort(scope: ProxyScope, egress: EgressListener, entries: Entries): void {
  const { listener, services, virtualServices } = egress;
  const origin = egress.origins[0];
  if (listener?.port === undefined || origin === undefined) return;
  const port: ListenPort = {
    number: listener.port.number ?? 0,
    protocol: parseProtocol(listener.port.protocol),
    origin,
  };
  if (isReserved(port, listener.bind)) return;
  for (const service of services) {
    add(scope, entries, { service, port, bind: listener.bind ?? '', virtualServices, cannotTell: captureMode(egress) });
  }
}

/** Every port of every imported service, but for ports that an earlier egress listener took. */
function addAllPorts(scope: ProxyScope, egress: EgressListener, entries: Entries): void {
  for (const entry of entries.values()) entry.locked = true;
  const { services, virtualServices, listener } = egress;
  const cannotTell = captureMode(egress);
  for (const service of services) {
    for (const servicePort of service.ports) {
      const port: ListenPort = servicePort;
      if (isReserved(port, listener?.bind)) continue;
      const input = { service, port, virtualServices, cannotTell };
      const bind = listener?.bind ?? '';
      if (bind !== '' || !isHeadlessTcp(scope, service, port)) {
        add(scope, entries, { ...input, bind });
        continue;
      }
      const instances = endpointsOfPort(scope.mesh, service, port.number);
      const plainServiceEntry = service.registry !== 'kubernetes' && service.selector === undefined;
      if (instances.length === 0 && plainServiceEntry) add(scope, entries, { ...input, bind: '' });
      for (const { address } of instances) {
        // A pod reaches itself without passing its proxy.
        if (isIpAddress(address) && address !== scope.workload.ip) add(scope, entries, { ...input, bind: address });
      }
    }
  }
}

/** Of TCP and sniffed ports without an address each endpoint gets a listener. */
const isHeadlessTcp = (scope: ProxyScope, service: MeshService, port: ListenPort): boolean => {
  const kind = protocolClass(port.protocol);
  return service.resolution === 'NONE' && addressOf(scope, service) === WILDCARD && (kind === 'TCP' || kind === 'Auto');
};

/** Listeners that bind real ports, and explicit HTTP proxies, are not simulated. */
function captureMode({ listener }: EgressListener): CannotTell | undefined {
  const cannotTell = (field: string): CannotTell => ({ code: 'unmodelled-field', params: { field } });
  if (listener?.captureMode === 'NONE') return cannotTell('egress.captureMode');
  if (listener?.bind?.startsWith('unix://') === true) return cannotTell('egress.bind');
  return parseProtocol(listener?.port?.protocol) === 'HTTP_PROXY' ? cannotTell('egress.port.protocol') : undefined;
}

/** Plain HTTP ports on which the proxy itself listens are left out. */
function isReserved(port: ListenPort, bind: string | undefined): boolean {
  if (!RESERVED_PORTS.has(port.number)) return false;
  return bind ? bind === WILDCARD : protocolClass(port.protocol) === 'HTTP';
}

/** A proxy that captures DNS hands out, and listens on, the addresses istiod allocates. */
function addressOf(scope: ProxyScope, service: MeshService): string {
  const [own] = service.addresses;
  if (own !== undefined) return own;
  const capturesDns = scope.workload.proxyMetadata['ISTIO_META_DNS_CAPTURE'] === 'true';
  return (capturesDns ? service.autoAllocatedAddress : undefined) ?? WILDCARD;
}

interface AddInput {
  readonly service: MeshService;
  readonly port: ListenPort;
  /** '' lets the protocol and the service decide. */
  readonly bind: string;
  readonly virtualServices: EgressListener['virtualServices'];
  readonly cannotTell: CannotTell | undefined;
}

function add(scope: ProxyScope, entries: Entries, input: AddInput): void {
  const { service, port } = input;
  const kind = protocolClass(port.protocol);
  if (service.resolution === 'ALIAS' || kind === 'none') return;
  const serviceAddress = addressOf(scope, service);
  const byNetwork = kind !== 'HTTP' && input.bind === '' && serviceAddress.includes('/');
  const ownBind = kind === 'HTTP' || byNetwork ? WILDCARD : serviceAddress;
  const bind = input.bind === '' ? ownBind : input.bind;
  const key = `${bind}_${port.number}`;
  const current = entries.get(key);
  if (current?.locked === true) return;

  const tcp = () =>
    outboundTcpChains(scope, {
      service,
      port,
      bind,
      serviceAddress: byNetwork ? '' : serviceAddress,
      cidrs: byNetwork ? [serviceAddress] : [],
      virtualServices: input.virtualServices,
    });
  const currentKind = current && protocolClass(current.protocol);
  let chains: readonly OutboundChain[];
  let protocol = port.protocol;
  if (port.protocol === 'HTTP_PROXY') chains = [httpChain(scope, input, bind, false)];
  else if (kind === 'HTTP') {
    if (current !== undefined && currentKind !== 'TCP') return;
    const sniffs = bind === WILDCARD;
    chains = [httpChain(scope, input, bind, sniffs)];
    if (sniffs) protocol = 'Unsupported';
  } else if (kind === 'TCP') chains = tcp();
  else {
    if (currentKind === 'Auto') return;
    chains = [...tcp(), httpChain(scope, input, bind, true)];
  }

  // A sniffed port takes the place of an HTTP one; everything else joins what is there.
  const replaces =
    current === undefined || port.protocol === 'HTTP_PROXY' || (kind === 'Auto' && currentKind === 'HTTP');
  if (current !== undefined && serverFirst(current.protocol, port.protocol)) return;
  if (replaces) {
    const { cannotTell } = input;
    entries.set(key, {
      bind,
      port,
      chains,
      protocol,
      locked: false,
      ...(cannotTell === undefined ? {} : { cannotTell }),
    });
    return;
  }
  current.chains = mergeChains(current.chains, chains);
  if (currentKind !== kind && currentKind !== 'Auto') current.protocol = 'Unsupported';
}

/** Sniffing would break protocols in which the server speaks first, so they share with nobody. */
const serverFirst = (current: PortProtocol, incoming: PortProtocol): boolean =>
  current !== incoming && [current, incoming].some((protocol) => protocol === 'Mongo' || protocol === 'MySQL');

function httpChain(scope: ProxyScope, input: AddInput, bind: string, sniffed: boolean): OutboundChain {
  const { service, port } = input;
  const ownTable = protocolClass(port.protocol) === 'Auto' && bind !== WILDCARD;
  const name = ownTable ? `${service.hostname}:${port.number}` : String(port.number);
  const hcm = connectionManager(scope, {
    direction: 'outbound',
    routes: { kind: 'rds', name },
    protocol: port.protocol,
    authFilters: [],
    origins: [port.origin],
  });
  return {
    sniHosts: [],
    destinationCidrs: [],
    applicationProtocols: sniffed ? PLAINTEXT_HTTP : [],
    ...(sniffed ? { transportProtocol: 'raw_buffer' as const } : {}),
    filters: [{ kind: 'http-connection-manager', hcm }],
    origins: [port.origin],
  };
}

function toListener(scope: ProxyScope, entry: Entry): Listener {
  const { chains } = entry;
  const everything = chains.find(matchesAll);
  const specific = chains.filter((chain) => !matchesAll(chain)).map(toFilterChain);
  const fallback: FilterChain =
    everything === undefined ? fallthrough(scope) : { ...toFilterChain(everything), match: ANYTHING };
  const alone = everything !== undefined && specific.length === 0;
  const sniffs = chains.some((chain) => chain.applicationProtocols.length > 0);
  return {
    name: `${entry.bind}_${entry.port.number}`,
    direction: 'outbound',
    address: entry.bind,
    port: entry.port.number,
    bindToPort: false,
    useOriginalDestination: false,
    tlsInspector: chains.some((chain) => chain.sniHosts.length > 0) ? EVERYWHERE : NOWHERE,
    httpInspector: sniffs ? EVERYWHERE : NOWHERE,
    listenerFiltersTimeoutMs: sniffs ? scope.mesh.config.protocolDetectionTimeoutMs : 0,
    filterChains: alone ? [fallback] : specific,
    ...(alone ? {} : { defaultFilterChain: fallback }),
    ...(entry.cannotTell === undefined ? {} : { cannotTell: entry.cannotTell }),
    origins: [entry.port.origin],
  };
}

const toFilterChain = (chain: OutboundChain): FilterChain => ({
  match: toMatch(chain),
  filters: chain.filters,
  origins: chain.origins,
});
