/**
 * Every VirtualService that istiod knows: those written as such with delegates merged in, and
 * those made of Gateway API routes, all in istiod's order (creation, name, namespace).
 */
import { compareText, resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { gatewayApiVirtualServices } from '../gateway/kubernetes/virtualServices.ts';
import { resolveVirtualServices } from './delegates.ts';
import type { VirtualServiceInForce } from './virtualServiceInForce.ts';

export function mergeDelegates(mesh: Mesh): readonly VirtualServiceInForce[] {
  const written = resolveVirtualServices(resourcesOf(mesh, 'networking.istio.io/VirtualService'), mesh.config);
  return [...written, ...gatewayApiVirtualServices(mesh)].sort(
    (a, b) =>
      mesh.createdAt(a) - mesh.createdAt(b) || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  );
}
