/**
 * What a sidecar does with outbound connections that no service explains: 15001 itself, the chain at
 * the end of every other listener, and the explicit HTTP proxy (listener_builder.go
 * buildVirtualOutboundListener, buildOutboundCatchAllNetworkFiltersOnly; listener.go buildHTTPProxy).
 */
import { BLACKHOLE, PASSTHROUGH } from '../clusterNames.ts';
import type { FilterChain, Listener, NetworkFilter } from '../envoy/listener.ts';
import { egressProxyCluster } from '../routes/catchAll.ts';
import type { ProxyScope } from '../scope/types.ts';
import { PLAINTEXT_HTTP } from './alpn.ts';
import { WILDCARD } from './inboundPorts.ts';
import { EVERYWHERE, NOWHERE } from './inspectors.ts';
import { ANYTHING } from './outboundChain.ts';

const OUTBOUND_PORT = 15001;
const FALLTHROUGH_CHAIN = 'PassthroughFilterChain';
const LOOPBACK = '127.0.0.1';

/** What a listener does with bytes that none of its chains wants. */
export const fallthrough = (scope: ProxyScope): FilterChain => ({
  name: FALLTHROUGH_CHAIN,
  match: ANYTHING,
  filters: [unknownTraffic(scope)],
  origins: scope.outboundTrafficPolicy.origins,
});

function unknownTraffic(scope: ProxyScope): NetworkFilter {
  const { mode, origins } = scope.outboundTrafficPolicy;
  const name = mode === 'REGISTRY_ONLY' ? BLACKHOLE : (egressProxyCluster(scope) ?? PASSTHROUGH);
  return { kind: 'tcp-proxy', tcpProxy: { clusters: [{ name, weight: 1 }], statPrefix: name, origins } };
}

/** 15001 itself: no service has the port or the address. */
export function catchAllListener(scope: ProxyScope): Listener {
  const { mode, origins } = scope.outboundTrafficPolicy;
  const blackHole: NetworkFilter = {
    kind: 'tcp-proxy',
    tcpProxy: { clusters: [{ name: BLACKHOLE, weight: 1 }], statPrefix: BLACKHOLE, origins: [] },
  };
  const dynamicDns = mode === 'ALLOW_ANY_DYNAMIC_DNS';
  return {
    name: 'virtualOutbound',
    direction: 'outbound',
    address: WILDCARD,
    port: OUTBOUND_PORT,
    bindToPort: true,
    useOriginalDestination: true,
    tlsInspector: NOWHERE,
    httpInspector: dynamicDns ? EVERYWHERE : NOWHERE,
    listenerFiltersTimeoutMs: 0,
    filterChains: [
      {
        name: 'virtualOutbound-blackhole',
        match: { ...ANYTHING, destinationPort: OUTBOUND_PORT },
        filters: [blackHole],
        origins: [],
      },
      ...(dynamicDns ? [dynamicDnsChain(scope)] : []),
      { name: 'virtualOutbound-catchall-tcp', match: ANYTHING, filters: [unknownTraffic(scope)], origins },
    ],
    origins,
  };
}

const dynamicDnsChain = (scope: ProxyScope): FilterChain => ({
  name: 'virtualOutbound-catchall-tcp-http',
  match: { ...ANYTHING, applicationProtocols: PLAINTEXT_HTTP },
  filters: [],
  cannotTell: { code: 'unmodelled-field', params: { field: 'ALLOW_ANY_DYNAMIC_DNS' } },
  origins: scope.outboundTrafficPolicy.origins,
});

/** `proxyHttpPort`: an HTTP proxy that applications may be told to use. It is not simulated. */
export function explicitProxy({ mesh }: ProxyScope): readonly Listener[] {
  const port = mesh.config.raw.proxyHttpPort ?? 0;
  if (port === 0) return [];
  const { origin } = mesh.config;
  return [
    {
      name: `${LOOPBACK}_${port}`,
      direction: 'outbound',
      address: LOOPBACK,
      port,
      bindToPort: true,
      useOriginalDestination: false,
      tlsInspector: NOWHERE,
      httpInspector: NOWHERE,
      listenerFiltersTimeoutMs: 0,
      filterChains: [],
      cannotTell: { code: 'unmodelled-field', params: { field: 'proxyHttpPort' } },
      origins: origin === undefined ? [] : [{ ...origin, path: [...origin.path, 'proxyHttpPort'] }],
    },
  ];
}
