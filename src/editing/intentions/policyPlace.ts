/** Where a policy of a scope is written, and what it selects: istiod reads the mesh's from the root namespace. */
import { ok, type Result } from '../../base/result.ts';
import { isEmptySelector, type Labels } from '../../mesh/labels.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Drawing, PolicyScope, Refusal } from './intention.ts';
import { refused } from './outcome.ts';
import { selectorOf } from './selectorOf.ts';

export interface PolicyPlace {
  readonly namespace: string;
  /** Absent: everything in the namespace; in the root namespace, everything. */
  readonly selected?: { readonly workload: Workload; readonly labels: Labels };
}

export function placeOf(drawing: Drawing, scope: PolicyScope): Result<PolicyPlace, Refusal> {
  const { mesh } = drawing;
  switch (scope.kind) {
    case 'mesh':
      return ok({ namespace: mesh.config.rootNamespace });
    case 'namespace':
      return ok({ namespace: scope.name });
    case 'workload': {
      const workload = mesh.workloads.get(scope.id);
      if (workload === undefined) return refused('not-there', { what: scope.id });
      const labels = selectorOf(drawing, workload);
      // Without labels a selector would select the whole namespace.
      if (isEmptySelector(labels)) return refused('no-labels', { workload: scope.id });
      return ok({ namespace: workload.namespace, selected: { workload, labels } });
    }
  }
}
