/** Every Gateway that istiod knows: classic, of Ingresses and of the Gateway API, oldest first. */
import { compareText } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { classicGateways, type GatewayInForce } from './gatewayInForce.ts';
import { ingressGateways } from './ingress.ts';
import { convertListeners } from './kubernetes/listeners.ts';

const remembered = new WeakMap<object, readonly GatewayInForce[]>();

export function allGateways(mesh: Mesh): readonly GatewayInForce[] {
  const known = remembered.get(mesh.traffic);
  if (known) return known;
  const converted = convertListeners(mesh).flatMap(({ gateway }) => gateway ?? []);
  const all = [...classicGateways(mesh), ...ingressGateways(mesh), ...converted].sort(
    (a, b) => a.createdAt - b.createdAt || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  );
  remembered.set(mesh.traffic, all);
  return all;
}
