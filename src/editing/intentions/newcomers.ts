/**
 * Who selects somebody after a change and did not before: a policy where a workload arrives or whose
 * label it takes, and a policy that arrives (in the root namespace it applies to the whole mesh).
 */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import { isEmptySelector, type Labels, selects } from '../../mesh/labels.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Resource } from '../../resources/types.ts';
import type { LabelChange } from '../references/relocation.ts';
import type { Drawing, LeftBehind } from './intention.ts';
import { selectorIn } from './selectorIn.ts';

export interface Newcomer {
  readonly workload: Workload;
  readonly namespaceAfter: string;
  readonly labels: readonly LabelChange[];
}

export function newlySelecting(
  { parsed, mesh }: Drawing,
  newcomers: readonly Newcomer[],
  moved: ReadonlyMap<ResourceId, ResourceId>,
): LeftBehind[] {
  const own = new Set(newcomers.map(({ workload }) => workload.id));
  const others = [...mesh.workloads.values()]
    .filter(({ id }) => !own.has(id))
    .map((workload): Newcomer => ({ workload, namespaceAfter: workload.namespace, labels: [] }));
  return parsed.resources.flatMap((resource): LeftBehind[] => {
    const selector = resource.kind === 'Service' ? serviceSelector(resource) : selectorIn(resource);
    if (selector === undefined || isEmptySelector(selector)) return [];
    const idAfter = moved.get(resource.id) ?? resource.id;
    const isService = resource.kind === 'Service';
    const reaches = (policy: string, namespace: string): boolean =>
      namespace === policy || (!isService && policy === mesh.config.rootNamespace);
    // Whom a policy selects that goes along with its workloads is meant; the rest is not.
    return (moved.has(resource.id) ? others : newcomers)
      .filter(({ workload, namespaceAfter, labels }) => {
        const before = reaches(resource.namespace, workload.namespace) && selects(selector, workload.labels);
        const isReached = reaches(resourceIdParts(idAfter).namespace, namespaceAfter);
        return !before && isReached && selects(selector, labelsAfter(workload.labels, labels));
      })
      .map(({ workload }) => ({
        code: 'selects-newcomer',
        value: workload.name,
        origin: { resource: idAfter, path: ['spec'] },
      }));
  });
}

const labelsAfter = (labels: Labels, changes: readonly LabelChange[]): Labels => ({
  ...labels,
  ...Object.fromEntries(changes.map(({ key, to }) => [key, to])),
});

function serviceSelector({ body }: Resource): Labels | undefined {
  return (body as { readonly spec?: { readonly selector?: Labels } }).spec?.selector;
}
