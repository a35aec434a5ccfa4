/**
 * Every VirtualService that istiod knows: those written as such with delegates merged in, and
 * those made of Ingresses and Gateway API routes, all in istiod's order (creation, name,
 * namespace). Remembered by `mesh.traffic`.
 */
import { stableList } from '../../base/remembered.ts';
import { compareText, resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { ingressVirtualServices } from '../gateway/ingress.ts';
import { gatewayApiVirtualServices } from '../gateway/kubernetes/virtualServices.ts';
import { resolveVirtualServices } from './delegates.ts';
import type { VirtualServiceInForce } from './virtualServiceInForce.ts';

const remembered = new WeakMap<object, readonly VirtualServiceInForce[]>();

export function mergeDelegates(mesh: Mesh): readonly VirtualServiceInForce[] {
  const known = remembered.get(mesh.traffic);
  if (known) return known;
  const inOrder = [
    ...resolveVirtualServices(resourcesOf(mesh, 'networking.istio.io/VirtualService'), mesh),
    ...ingressVirtualServices(mesh),
    ...gatewayApiVirtualServices(mesh),
  ].sort((a, b) => a.createdAt - b.createdAt || compareText(a.name, b.name) || compareText(a.namespace, b.namespace));
  const all = stableList(inOrder);
  remembered.set(mesh.traffic, all);
  return all;
}
