/**
 * The VirtualServices bound to one gateway, in the order in which istiod considers them, and which
 * of a server's hosts they share.
 *
 * Upstream authority: istio pilot/pkg/model/push_context.go VirtualServicesForGateway;
 * pilot/pkg/networking/core/gateway.go pickMatchingGatewayHosts.
 */
import type { MeshService } from '../../mesh/types.ts';
import { hostsOverlap, withoutNamespace } from '../routes/hostnames.ts';
import { specOf, type VirtualServiceInForce } from '../routes/virtualServiceInForce.ts';
import { inVisibilityOrder } from '../routes/visibility.ts';
import type { ProxyScope } from '../scope/types.ts';
import type { ServerInForce } from './gatewayInForce.ts';

export function virtualServicesFor(scope: ProxyScope, gateway: string): VirtualServiceInForce[] {
  return inVisibilityOrder(
    scope.virtualServices.filter((virtualService) => specOf(virtualService).gateways?.includes(gateway)),
    scope.workload.namespace,
  );
}

/** For TCP and TLS: any overlap of any host, in either direction. */
export function sharesHost(server: ServerInForce, virtualService: VirtualServiceInForce): boolean {
  return (specOf(virtualService).hosts ?? []).some((host) =>
    server.hosts.some((serverHost) => {
      const slash = serverHost.indexOf('/');
      if (slash >= 0 && serverHost.slice(0, slash) !== virtualService.namespace) return false;
      return hostsOverlap(withoutNamespace(serverHost), host);
    }),
  );
}

/** A service of the VirtualService's own namespace goes before another of the same host. */
export function lookupServiceFor(scope: ProxyScope, namespace: string): (host: string) => MeshService | undefined {
  return (host) => {
    const found = scope.serviceByHost.get(host as MeshService['hostname']);
    if (found === undefined || found.namespace === namespace) return found;
    return scope.services.find((service) => service.hostname === host && service.namespace === namespace) ?? found;
  };
}
