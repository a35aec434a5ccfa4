/**
 * Policies that protect nothing: every pod that one selects runs without a proxy, in a namespace that
 * has no injection. As istioctl analyze reports such namespaces (IST0102 NamespaceNotInjected), told of
 * the policy, whose author believes otherwise. Policies for the whole mesh and for Gateways are left out.
 */
import type { Diagnostic } from '../base/diagnostics/diagnostic.ts';
import { type Labels, selects } from '../mesh/labels.ts';
import { resourcesOf } from '../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../mesh/types.ts';

const KINDS = [
  'security.istio.io/PeerAuthentication',
  'security.istio.io/AuthorizationPolicy',
  'security.istio.io/RequestAuthentication',
] as const;

export function unprotected(mesh: Mesh): readonly Diagnostic[] {
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of mesh.workloads.values()) {
    // Ambient mode would protect in another way, which is not simulated; servers outside are nobody's pods.
    if (workload.externalHost !== undefined || workload.ambient) continue;
    const others = byNamespace.get(workload.namespace);
    if (others === undefined) byNamespace.set(workload.namespace, [workload]);
    else others.push(workload);
  }
  return KINDS.flatMap((kind) =>
    resourcesOf(mesh, kind).flatMap(({ id, namespace, body, kind: shortKind }): Diagnostic[] => {
      const spec: { readonly selector?: { readonly matchLabels?: unknown }; readonly targetRefs?: unknown } =
        body.spec ?? {};
      if (namespace === mesh.config.rootNamespace || spec.targetRefs !== undefined) return [];
      if (mesh.namespaces.get(namespace)?.injection !== false) return [];
      const selected = (byNamespace.get(namespace) ?? []).filter(({ labels }) =>
        selects(spec.selector?.matchLabels as Labels | undefined, labels),
      );
      if (selected.length === 0 || selected.some(({ proxy }) => proxy !== 'none')) return [];
      return [
        {
          code: 'policy-without-proxy',
          severity: 'warning',
          params: { kind: shortKind, namespace, count: selected.length },
          origin: { resource: id, path: ['metadata', 'name'] },
        },
      ];
    }),
  );
}
