/**
 * The listeners and route tables of one gateway proxy. A port for which no server has a chain is
 * not listened on at all.
 *
 * Upstream authority: istio pilot/pkg/networking/core/gateway.go buildGatewayListeners;
 * listener.go buildGatewayListener.
 */
import { authzNack } from '../authz/index.ts';
import type { RouteConfiguration } from '../envoy/http.ts';
import type { FilterChain, Listener } from '../envoy/listener.ts';
import { isHttp } from '../routes/protocols.ts';
import type { ProxyScope } from '../scope/types.ts';
import { allGateways } from './allGateways.ts';
import { filterChainsOf } from './filterChains.ts';
import { gatewaysFor } from './gatewayInForce.ts';
import { type MergedGateway, mergeGateways } from './mergeGateways.ts';
import { refusal } from './refusals.ts';
import { gatewayRouteTable } from './routeTables.ts';
import { isPassthrough, isTlsServer } from './serverKind.ts';

export interface GatewayConfiguration {
  readonly listeners: readonly Listener[];
  readonly routes: ReadonlyMap<string, RouteConfiguration>;
  readonly skipped: MergedGateway['skipped'];
}

const INSPECTOR_TIMEOUT_MS = 15_000;
const NOWHERE = { byDefault: false, except: [] };

export function buildGateway(scope: ProxyScope): GatewayConfiguration {
  if (scope.proxyType !== 'gateway') return { listeners: [], routes: new Map(), skipped: [] };
  const merged = mergeGateways(gatewaysFor(scope.workload, allGateways(scope.mesh), scope.mesh));
  const routes = new Map<string, RouteConfiguration>();
  for (const [name, servers] of merged.serversByTable) {
    if (name !== '') routes.set(name, gatewayRouteTable(scope, name, servers));
  }
  return { listeners: listenersOf(scope, merged), routes, skipped: merged.skipped };
}

function listenersOf(scope: ProxyScope, merged: MergedGateway): Listener[] {
  const unprivileged = scope.workload.proxyMetadata.ISTIO_META_UNPRIVILEGED_POD === 'true';
  const chains = new Map<string, Bound & { readonly chains: FilterChain[] }>();
  const sniOwners = new Map<number, Map<string, string>>();
  for (const port of merged.ports) {
    if (unprivileged && port.number < 1024) continue;
    const address = port.bind || '0.0.0.0';
    const name = `${address}_${port.number}`;
    const owners = sniOwners.get(port.number) ?? new Map<string, string>();
    sniOwners.set(port.number, owners);
    const plainHttp = isHttp(port.servers[0]?.server.port.protocol ?? 'TCP');
    const own = filterChainsOf(scope, port, plainHttp, owners);
    const entry = chains.get(name);
    const passesThrough =
      own.length > 0 && port.servers.some(({ server }) => isTlsServer(server) && isPassthrough(server));
    if (entry) entry.chains.push(...own);
    chains.set(name, {
      address,
      port: port.number,
      chains: entry?.chains ?? own,
      passesThrough: passesThrough || entry?.passesThrough === true,
    });
  }
  return [...chains].flatMap(([name, entry]) => (entry.chains.length === 0 ? [] : [listener(scope, name, entry)]));
}

interface Bound {
  readonly address: string;
  readonly port: number;
  readonly chains: readonly FilterChain[];
  /** Some chain stands for names of a PASSTHROUGH server, if only for `*`: SNI is read. */
  readonly passesThrough: boolean;
}

function listener(scope: ProxyScope, name: string, { address, port, chains, passesThrough }: Bound): Listener {
  const inspectsTls =
    passesThrough || chains.some(({ match, tls }) => match.serverNames.length > 0 || (tls && tls.alpn.length > 0));
  const nack = refusal(chains, `${address}:${port}`) ?? authzNack(chains);
  // A PROXY protocol header is expected before everything else: what comes without it is refused.
  const proxyProtocol = scope.workload.proxyConfig.gatewayTopology?.proxyProtocol !== undefined;
  return {
    name,
    direction: 'outbound',
    address,
    port,
    bindToPort: true,
    useOriginalDestination: false,
    tlsInspector: inspectsTls ? { byDefault: true, except: [] } : NOWHERE,
    httpInspector: NOWHERE,
    listenerFiltersTimeoutMs: inspectsTls ? INSPECTOR_TIMEOUT_MS : 0,
    filterChains: chains,
    origins: chains.flatMap((chain) => chain.origins),
    ...(nack === undefined ? {} : { nack }),
    ...(proxyProtocol
      ? {
          cannotTell: {
            code: 'unmodelled-field' as const,
            params: { kind: 'ProxyConfig', field: 'gatewayTopology.proxyProtocol', reason: 'not-built' },
          },
        }
      : {}),
  };
}
