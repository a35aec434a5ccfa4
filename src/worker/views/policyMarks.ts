/**
 * Which security policies are for whom, as far as their own text says: compiled mesh -> policies by
 * workload that select it by label, and by namespace those for all of it. Those for the whole mesh
 * stand with the root namespace. A hint for the canvas; what decides, and in which order, the policies
 * of a workload (policies.ts) tell.
 */
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import { type CompiledMesh, resourcesOf, selects, type Workload } from '../../engine.ts';

const KINDS = [
  'security.istio.io/PeerAuthentication',
  'security.istio.io/RequestAuthentication',
  'security.istio.io/AuthorizationPolicy',
] as const;

export interface PolicyMarks {
  readonly ofWorkload: ReadonlyMap<WorkloadId, readonly ResourceId[]>;
  readonly ofNamespace: ReadonlyMap<string, readonly ResourceId[]>;
}

export function policyMarks({ mesh }: CompiledMesh): PolicyMarks {
  const ofWorkload = new Map<WorkloadId, ResourceId[]>();
  const ofNamespace = new Map<string, ResourceId[]>();
  // A selector looks at one namespace, so large meshes stay cheap; only the root namespace's look at all.
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of mesh.workloads.values()) put(byNamespace, workload.namespace, workload);
  for (const kind of KINDS) {
    for (const { id, namespace, body } of resourcesOf(mesh, kind)) {
      const { spec } = body;
      // Bound to a Gateway or Service by reference: not to labels.
      if (spec !== undefined && ('targetRefs' in spec || 'targetRef' in spec)) continue;
      const labels = spec?.selector?.matchLabels ?? {};
      if (Object.keys(labels).length === 0) {
        put(ofNamespace, namespace, id);
        continue;
      }
      const isRoot = namespace === mesh.config.rootNamespace;
      for (const workload of isRoot ? mesh.workloads.values() : (byNamespace.get(namespace) ?? [])) {
        if (workload.proxy !== 'none' && selects(labels, workload.labels)) put(ofWorkload, workload.id, id);
      }
    }
  }
  return { ofWorkload, ofNamespace };
}

function put<K, V>(into: Map<K, V[]>, key: K, value: V): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [value]);
  else known.push(value);
}
