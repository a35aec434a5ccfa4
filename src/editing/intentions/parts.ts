/**
 * The resources that a thing on the canvas consists of. A workload: its controller, the Services that
 * select nobody else, and the ServiceAccount that nobody else uses; a namespace: everything in it.
 */
import { type ResourceId, resourceId, type WorkloadId } from '../../base/ids.ts';
import { isEmptySelector, selects } from '../../mesh/labels.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Drawing, Removable } from './intention.ts';

/** Each resource once; those that workloads share belong to them together. */
export function partsOf(drawing: Drawing, what: readonly Removable[]): ResourceId[] {
  const together = new Set(what.flatMap((one) => (one.kind === 'workload' ? [one.id] : [])));
  return [...new Set(what.flatMap((one) => partsOfOne(drawing, one, together)))];
}

function partsOfOne(drawing: Drawing, what: Removable, together: ReadonlySet<WorkloadId>): ResourceId[] {
  switch (what.kind) {
    case 'workload':
      return partsOfWorkload(drawing, what.id, together);
    case 'namespace':
      return partsOfNamespace(drawing, what.name);
    case 'service':
      return [resourceId('', 'Service', what.namespace, what.name)];
    case 'resource':
      return [what.id];
  }
}

function partsOfWorkload({ mesh, parsed }: Drawing, id: WorkloadId, together: ReadonlySet<WorkloadId>): ResourceId[] {
  const workload = mesh.workloads.get(id);
  if (workload === undefined) return [];
  const others = [...mesh.workloads.values()].filter(
    (other) => other.namespace === workload.namespace && other.id !== id && !together.has(other.id),
  );
  const services = servicesOf(mesh.services, workload).filter(
    ({ selector }) => !others.some(({ labels }) => selects(selector, labels)),
  );
  const account = resourceId('', 'ServiceAccount', workload.namespace, workload.serviceAccount);
  const ownsAccount =
    parsed.resources.some((found) => found.id === account) &&
    !others.some(({ serviceAccount }) => serviceAccount === workload.serviceAccount);
  return [workload.origin.resource, ...services.map(({ resource }) => resource), ...(ownsAccount ? [account] : [])];
}

/** The Kubernetes Services that select a workload. */
export const servicesOf = (services: Drawing['mesh']['services'], { namespace, labels }: Workload) =>
  services.filter(
    ({ registry, selector, namespace: own }) =>
      registry === 'kubernetes' && own === namespace && !isEmptySelector(selector) && selects(selector, labels),
  );

function partsOfNamespace({ parsed }: Drawing, name: string): ResourceId[] {
  const inside = [
    ...parsed.resources.filter((found) => found.namespace === name).map(({ id }) => id),
    ...parsed.rejected.filter((found) => found.namespace === name).map(({ resource }) => resource),
  ];
  return [resourceId('', 'Namespace', '', name), ...inside];
}
