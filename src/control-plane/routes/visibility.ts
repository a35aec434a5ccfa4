/**
 * The order in which istiod considers VirtualServices for one proxy: those private to its
 * namespace, then those exported to it by name, then the public ones; Gateway API routes of the
 * proxy's own namespace lead the public ones. Within a group the given order stays.
 *
 * Upstream authority: istio pilot/pkg/model/push_context.go initVirtualServices,
 * VirtualServicesForGateway; pilot/pkg/model/virtualservice.go SelectVirtualServices.
 */
import type { VirtualServiceInForce } from './virtualServiceInForce.ts';

function rank(virtualService: VirtualServiceInForce, namespace: string): number {
  if (virtualService.exportedTo.includes('*')) {
    return virtualService.semantics === 'gateway-api' && virtualService.namespace === namespace ? 2 : 3;
  }
  return virtualService.namespace === namespace ? 0 : 1;
}

export function inVisibilityOrder(
  virtualServices: readonly VirtualServiceInForce[],
  namespace: string,
): VirtualServiceInForce[] {
  return [...virtualServices].sort((a, b) => rank(a, namespace) - rank(b, namespace));
}

/** Whether exportTo lets the namespace see it at all. */
export const isVisibleTo = (virtualService: VirtualServiceInForce, namespace: string): boolean =>
  virtualService.exportedTo.includes('*') ||
  (!virtualService.exportedTo.includes('~') && virtualService.exportedTo.includes(namespace));
