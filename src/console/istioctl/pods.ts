/** Pods as istioctl takes them: `POD`, `POD.NAMESPACE`, `deploy/NAME`, `deploy/NAME.NAMESPACE`. */
import type { CompiledMesh, Workload } from '../../engine.ts';

export function podNamed({ mesh }: CompiledMesh, name: string, namespace: string): Workload | undefined {
  const [kind, written] = name.includes('/') ? name.split('/') : ['pod', name];
  const isPod = /^(pod|pods|po)$/.test(kind ?? '');
  const find = (wanted: string, home: string): Workload | undefined =>
    [...mesh.workloads.values()].find(
      (workload) => workload.namespace === home && (isPod ? workload.podName === wanted : workload.name === wanted),
    );
  const plain = find(written ?? '', namespace);
  if (plain !== undefined) return plain;
  const dot = (written ?? '').lastIndexOf('.');
  return dot < 0 ? undefined : find((written ?? '').slice(0, dot), (written ?? '').slice(dot + 1));
}
