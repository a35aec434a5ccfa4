/** Every Gateway that istiod knows, classic and of the Gateway API, oldest first. */
import { compareText } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import { classicGateways, type GatewayInForce } from './gatewayInForce.ts';
import { convertListeners } from './kubernetes/listeners.ts';

export function allGateways(mesh: Mesh): readonly GatewayInForce[] {
  const converted = convertListeners(mesh).flatMap(({ gateway }) => gateway ?? []);
  return [...classicGateways(mesh), ...converted].sort(
    (a, b) => a.createdAt - b.createdAt || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  );
}
