/**
 * The scope of a proxy: which services, VirtualServices and DestinationRules it gets, decided by
 * exportTo and by its Sidecar resource (pilot/pkg/model/sidecar.go; gateways:
 * DefaultSidecarScopeForGateway). Proxies of one namespace under one Sidecar share everything
 * but the choice among DestinationRules with a workloadSelector.
 */
import type { Origin } from '../../base/origin.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import { bindsToMesh } from '../routes/sidecarVirtualServices.ts';
import { specOf, type VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';
import { mergeDelegates } from '../routes/virtualServices.ts';
import { inVisibilityOrder, isVisibleTo } from '../routes/visibility.ts';
import { destinationRuleIndex } from './destinationRules.ts';
import { parseEgressHosts } from './egressHosts.ts';
import { exportedServices, importedServices, joinServices } from './servicesInScope.ts';
import { sidecarOf } from './sidecarSelection.ts';
import type { EgressListener, ProxyScope, SidecarResource } from './types.ts';

type SharedScope = Pick<
  ProxyScope,
  'services' | 'serviceByHost' | 'virtualServices' | 'egressListeners' | 'outboundTrafficPolicy' | 'sidecar'
>;

/** What proxies of a mesh share, by `mesh.traffic`: policies have no part in it. */
const shared = new WeakMap<
  object,
  { scopes: Map<string, SharedScope>; virtualServices?: readonly VirtualServiceInForce[] }
>();

export function proxyScope(mesh: Mesh, workload: Workload): ProxyScope {
  const proxyType = workload.proxy === 'gateway' ? 'gateway' : 'sidecar';
  const sidecar = sidecarOf(mesh, workload);
  const key = `${proxyType} ${workload.namespace} ${sidecar?.id ?? ''}`;
  const memo = memoOf(mesh);
  let scope = memo.scopes.get(key);
  if (scope === undefined) {
    memo.virtualServices ??= mergeDelegates(mesh);
    scope =
      proxyType === 'gateway'
        ? gatewayScope(mesh, workload.namespace, memo.virtualServices)
        : sidecarScope(mesh, workload.namespace, sidecar, memo.virtualServices);
    memo.scopes.set(key, scope);
  }
  const { lookup, lookupInbound } = destinationRuleIndex(mesh);
  return {
    ...scope,
    mesh,
    workload,
    proxyType,
    destinationRule: (service) => lookup(service, workload),
    inboundDestinationRule: (service) => lookupInbound(service, workload),
  };
}

function memoOf({ traffic }: Mesh) {
  const known = shared.get(traffic);
  if (known !== undefined) return known;
  const fresh = { scopes: new Map<string, SharedScope>() };
  shared.set(traffic, fresh);
  return fresh as { scopes: Map<string, SharedScope>; virtualServices?: readonly VirtualServiceInForce[] };
}

function gatewayScope(mesh: Mesh, namespace: string, all: readonly VirtualServiceInForce[]): SharedScope {
  const services = exportedServices(mesh, namespace);
  const virtualServices = inVisibilityOrder(
    all.filter((virtualService) => isVisibleTo(virtualService, namespace)),
    namespace,
  );
  const { services: joined, byHost } = joinServices(mesh, [{ origins: [], services, virtualServices: [] }], namespace);
  return {
    services: joined,
    serviceByHost: byHost,
    virtualServices,
    egressListeners: [],
    // Gateways have no original destination to fall back on; nothing asks for their policy.
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY', origins: [] },
  };
}

function sidecarScope(
  mesh: Mesh,
  namespace: string,
  sidecar: SidecarResource | undefined,
  all: readonly VirtualServiceInForce[],
): SharedScope {
  const exported = exportedServices(mesh, namespace);
  const candidates = inVisibilityOrder(
    all.filter((virtualService) => bindsToMesh(virtualService) && isVisibleTo(virtualService, namespace)),
    namespace,
  );
  const written = sidecar?.body.spec?.egress ?? [];
  const listeners = written.length > 0 ? written : [undefined];
  const egressListeners = listeners.map((listener, index): EgressListener => {
    const hosts = parseEgressHosts(listener?.hosts ?? ['*/*'], namespace);
    return {
      ...(listener === undefined ? {} : { listener }),
      origins: listener === undefined ? [] : originOf(sidecar, ['spec', 'egress', index]),
      services: importedServices(exported, hosts, listener, namespace),
      virtualServices: hosts.everything
        ? candidates
        : candidates.filter((virtualService) =>
            hosts.importsVirtualService(
              virtualService.namespace,
              specOf(virtualService).hosts ?? [],
              virtualService.semantics === 'gateway-api',
            ),
          ),
    };
  });
  const { services, byHost } = joinServices(mesh, egressListeners, namespace);
  const union = new Set(egressListeners.flatMap((listener) => listener.virtualServices));
  return {
    services,
    serviceByHost: byHost,
    virtualServices: candidates.filter((virtualService) => union.has(virtualService)),
    egressListeners,
    outboundTrafficPolicy: outboundTrafficPolicy(mesh, sidecar),
    ...(sidecar === undefined ? {} : { sidecar }),
  };
}

/** The Sidecar's policy replaces the mesh's, in both directions; without a mode it is REGISTRY_ONLY. */
function outboundTrafficPolicy(mesh: Mesh, sidecar: SidecarResource | undefined): ProxyScope['outboundTrafficPolicy'] {
  const own = sidecar?.body.spec?.outboundTrafficPolicy;
  if (own !== undefined && own !== null) {
    return { mode: own.mode ?? 'REGISTRY_ONLY', origins: originOf(sidecar, ['spec', 'outboundTrafficPolicy']) };
  }
  const { outboundTrafficPolicy: mode, origin } = mesh.config;
  const written = mesh.config.raw.outboundTrafficPolicy !== undefined && origin !== undefined;
  return { mode, origins: written ? [{ ...origin, path: [...origin.path, 'outboundTrafficPolicy'] }] : [] };
}

const originOf = (sidecar: SidecarResource | undefined, path: Origin['path']): readonly Origin[] =>
  sidecar === undefined ? [] : [{ resource: sidecar.id, path }];

/**
 * The scope as the route table of one outbound port sees it: services and VirtualServices of the
 * egress listener that owns the port (SidecarScope.GetEgressListenerForRDS).
 */
export function scopeOfPort(scope: ProxyScope, port: number): ProxyScope {
  const owner = scope.egressListeners.find(
    ({ listener }) => listener?.port === undefined || listener.port.number === port,
  );
  if (owner === undefined) return { ...scope, services: [], virtualServices: [] };
  return { ...scope, services: owner.services, virtualServices: owner.virtualServices };
}
