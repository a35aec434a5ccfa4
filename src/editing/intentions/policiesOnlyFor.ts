/** Policies that belong to some workloads: Istio's, with a selector that picks out those and nobody else. */
import type { WorkloadId } from '../../base/ids.ts';
import { isEmptySelector, selects } from '../../mesh/labels.ts';
import type { Resource } from '../../resources/types.ts';
import type { Drawing } from './intention.ts';
import { selectorIn } from './selectorIn.ts';

export function policiesOnlyFor({ mesh, parsed }: Drawing, theirs: ReadonlySet<WorkloadId>): Resource[] {
  return parsed.resources.filter((resource) => {
    const selector = selectorIn(resource);
    if (!resource.group.endsWith('istio.io') || resource.namespace === mesh.config.rootNamespace) return false;
    if (selector === undefined || isEmptySelector(selector)) return false;
    const selected = [...mesh.workloads.values()].filter(
      ({ namespace, labels }) => namespace === resource.namespace && selects(selector, labels),
    );
    return selected.length > 0 && selected.every(({ id }) => theirs.has(id));
  });
}
