/**
 * Which VirtualServices speak to a sidecar, and for which services each of them does: a
 * VirtualService with a wildcard host claims a service only if no other names that service more
 * exactly.
 *
 * Upstream authority: istio pilot/pkg/networking/core/httproute.go selectVirtualServices,
 * route/route.go separateVSHostsAndServices; pilot/pkg/model/sidecar.go
 * computeWildcardHostVirtualServiceIndex.
 */
import type { MeshService } from '../../mesh/types.ts';
import type { ProxyScope } from '../scope/types.ts';
import { hostsOverlap, isWildcard, MESH_GATEWAY, mostSpecificMatch } from './hostnames.ts';
import { specOf, type VirtualServiceInForce } from './virtualServiceInForce.ts';
import { inVisibilityOrder } from './visibility.ts';

export interface MeshVirtualServices {
  readonly virtualServices: readonly VirtualServiceInForce[];
  /** The services (of one port) that a VirtualService routes for, and its hosts that are none. */
  readonly split: (
    virtualService: VirtualServiceInForce,
    services: ReadonlyMap<string, MeshService>,
  ) => { readonly matching: readonly MeshService[]; readonly otherHosts: readonly string[] };
}

export const bindsToMesh = (virtualService: VirtualServiceInForce): boolean => {
  const gateways = specOf(virtualService).gateways ?? [];
  return gateways.length === 0 || gateways.includes(MESH_GATEWAY);
};

const remembered = new WeakMap<ProxyScope, MeshVirtualServices>();

export function meshVirtualServices(scope: ProxyScope): MeshVirtualServices {
  const known = remembered.get(scope);
  if (known) return known;
  const index = indexOf(scope);
  remembered.set(scope, index);
  return index;
}

function indexOf(scope: ProxyScope): MeshVirtualServices {
  const virtualServices = inVisibilityOrder(scope.virtualServices.filter(bindsToMesh), scope.workload.namespace);
  const exact = new Map<string, VirtualServiceInForce>();
  const wildcards = new Map<string, VirtualServiceInForce>();
  for (const virtualService of virtualServices) {
    for (const host of specOf(virtualService).hosts ?? []) {
      const index = isWildcard(host) ? wildcards : exact;
      if (!index.has(host)) index.set(host, virtualService);
    }
  }
  const claims = (virtualService: VirtualServiceInForce, service: MeshService) =>
    mostSpecificMatch(service.hostname, exact, wildcards) === virtualService;
  return {
    virtualServices,
    split(virtualService, services) {
      const matching: MeshService[] = [];
      const otherHosts: string[] = [];
      for (const host of hostsWildcardsLast(virtualService)) {
        if (!isWildcard(host)) {
          const service = services.get(host.toLowerCase());
          if (service) matching.push(service);
          else otherHosts.push(host);
          continue;
        }
        if (virtualService.semantics === 'gateway-api') {
          otherHosts.push(host);
          continue;
        }
        const covered = [...services.values()].filter((service) =>
          hostsOverlap(service.hostname.toLowerCase(), host.toLowerCase()),
        );
        if (covered.length === 0) otherHosts.push(host.toLowerCase());
        matching.push(...covered.filter((service) => claims(virtualService, service)));
      }
      return { matching, otherHosts };
    },
  };
}

function hostsWildcardsLast(virtualService: VirtualServiceInForce): readonly string[] {
  const hosts = specOf(virtualService).hosts ?? [];
  return [...hosts.filter((host) => !isWildcard(host)), ...hosts.filter(isWildcard)];
}

/**
 * Off port 80 a VirtualService counts only if one of its hosts is a service of that port; on port
 * 80 hosts that are no service are served too.
 */
export function virtualServicesOfPort(
  index: MeshVirtualServices,
  services: ReadonlyMap<string, MeshService>,
  port: number,
): readonly VirtualServiceInForce[] {
  if (port === 80) return index.virtualServices;
  const wildcardServices = [...services.keys()].filter(isWildcard);
  return index.virtualServices.filter((virtualService) =>
    (specOf(virtualService).hosts ?? []).some((text) => {
      const host = text.toLowerCase();
      if (services.has(host)) return true;
      return isWildcard(host)
        ? [...services.keys()].some((service) => hostsOverlap(host, service))
        : wildcardServices.some((service) => hostsOverlap(host, service));
    }),
  );
}
