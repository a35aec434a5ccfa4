/** The labels that change when a workload gets another name. */
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { LabelChange } from '../references/relocation.ts';

/** Labels that idiomatically say a workload's name. */
const NAME_LABELS = ['app', 'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'k8s-app', 'name', 'istio'];

/** Those that say it and are said of nobody else in the namespace. */
export function labelChanges(mesh: Mesh, { id, name, namespace, labels }: Workload, to: string): LabelChange[] {
  const others = [...mesh.workloads.values()].filter((other) => other.id !== id);
  return NAME_LABELS.filter((key) => labels[key] === name).flatMap((key): LabelChange[] => {
    const sharing = others.filter((other) => other.labels[key] === name);
    if (sharing.some((other) => other.namespace === namespace)) return [];
    return [{ key, from: name, to, namespace, isShared: sharing.length > 0 }];
  });
}
