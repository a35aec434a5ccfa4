/**
 * ReferenceGrants: a namespace opens its Secrets, ConfigMaps or Services to the Gateways or routes
 * of another.
 *
 * Upstream authority: istio pilot/pkg/config/kube/gatewaycommon/references.go.
 */
import { resourcesOf } from '../../../mesh/resourceIndex.ts';
import type { Mesh } from '../../../mesh/types.ts';

export interface CrossReference {
  readonly from: { readonly group: string; readonly kind: string; readonly namespace: string };
  readonly to: { readonly group: string; readonly kind: string; readonly namespace: string; readonly name: string };
}

export function referenceGranted(mesh: Mesh, { from, to }: CrossReference): boolean {
  return resourcesOf(mesh, 'gateway.networking.k8s.io/ReferenceGrant').some(({ namespace, body }) => {
    if (namespace !== to.namespace) return false;
    const opensFrom = body.spec?.from?.some(
      (entry) => entry.group === from.group && entry.kind === from.kind && entry.namespace === from.namespace,
    );
    const opensTo = body.spec?.to?.some(
      (entry) =>
        (entry.group ?? '') === to.group &&
        entry.kind === to.kind &&
        (entry.name === undefined || entry.name === to.name),
    );
    return opensFrom === true && opensTo === true;
  });
}
