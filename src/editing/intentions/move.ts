/**
 * Workloads go to another namespace, with what is only theirs: Services that select nobody else,
 * accounts, policies that select them alone, DestinationRules and VirtualServices of their Services.
 */
import { type ResourceId, resourceId, resourceIdParts } from '../../base/ids.ts';
import { readServiceHost } from '../../base/serviceHost.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import { documentText } from '../render.ts';
import { appendTexts, namespaceIfMissing } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { isName } from './names.ts';
import { newlySelecting } from './newcomers.ts';
import { drawn, refused } from './outcome.ts';
import { partsOf } from './parts.ts';
import { policiesOnlyFor } from './policiesOnlyFor.ts';
import { referencesTo } from './referencesTo.ts';
import { relocate } from './relocate.ts';

export function move(drawing: Drawing, { workloads, namespace }: IntentionOf<'move'>): Drawn {
  const { mesh } = drawing;
  const going = workloads.flatMap((id) => mesh.workloads.get(id) ?? []);
  const missing = workloads.find((id) => !mesh.workloads.has(id));
  if (missing !== undefined) return refused('not-there', { what: missing });
  if (!isName('Namespace', namespace)) return refused('name-invalid', { name: namespace, kind: 'Namespace' });
  const leaving = going.filter((workload) => workload.namespace !== namespace);
  const [first] = leaving;
  if (first === undefined) return refused('nothing-to-do');
  const parts = partsOf(
    drawing,
    leaving.map(({ id }) => ({ kind: 'workload', id })),
  );
  const policies = policiesOnlyFor(drawing, new Set(leaving.map(({ id }) => id)));
  const ids = new Set([...parts, ...policies.map(({ id }) => id), ...routingOnlyFor(drawing, new Set(parts))]);
  const { own: accounts, shared } = accountsOf(mesh, leaving, namespace);
  const moved = new Map([...ids, ...accounts].map((id) => [id, inNamespace(id, namespace)]));
  // Two that had one name in their namespaces would be one in the new.
  if (new Set(moved.values()).size < moved.size)
    return refused('name-taken', { kind: resourceIdParts(first.origin.resource).kind, name: first.name });
  const outcome = relocate(drawing, { moved, select: inNamespace(first.origin.resource, namespace) });
  if (!outcome.ok) return outcome;
  const { edits, select, left, ...rest } = outcome.value;
  const declared = namespaceIfMissing(drawing, namespace, true);
  const room = declared.length === 0 ? [] : [appendTexts(drawing, namespace, declared.map(documentText))];
  const newcomers = leaving.map((workload) => ({ workload, namespaceAfter: namespace, labels: [] }));
  return drawn([...edits, ...room], select, {
    ...rest,
    left: [
      ...left,
      ...referencesTo(drawing, shared, drawing.files, 'shared-selector'),
      ...newlySelecting(drawing, newcomers, moved),
    ],
  });
}

/**
 * Accounts that nobody who stays has, nor anybody where they go: what is allowed to them goes along.
 * What is allowed to the others names somebody else as well, so it stays and is told.
 */
function accountsOf(
  { workloads }: Mesh,
  leaving: readonly Workload[],
  namespace: string,
): { readonly own: readonly ResourceId[]; readonly shared: readonly ResourceId[] } {
  const ids = new Set(leaving.map(({ id }) => id));
  const others = [...workloads.values()].filter(({ id }) => !ids.has(id));
  const own: ResourceId[] = [];
  const shared: ResourceId[] = [];
  for (const { namespace: from, serviceAccount } of leaving) {
    const isShared = others.some(
      (other) => other.serviceAccount === serviceAccount && (other.namespace === from || other.namespace === namespace),
    );
    (isShared ? shared : own).push(resourceId('', 'ServiceAccount', from, serviceAccount));
  }
  return { own, shared };
}

function inNamespace(id: ResourceId, namespace: string): ResourceId {
  const { group, kind, name } = resourceIdParts(id);
  return resourceId(group, kind, namespace, name);
}

/**
 * DestinationRules count in their Service's namespace; both kinds are about Services that leave, and no
 * other. One that is for some namespaces only would be for others then, so it stays.
 */
function routingOnlyFor({ mesh, parsed }: Drawing, parts: ReadonlySet<ResourceId>): ResourceId[] {
  return parsed.resources.flatMap((resource) => {
    if (resource.kind !== 'DestinationRule' && resource.kind !== 'VirtualService') return [];
    const { spec } = resource.body as {
      readonly spec?: {
        readonly host?: string;
        readonly hosts?: readonly string[];
        readonly exportTo?: readonly string[];
      };
    };
    if ((spec?.exportTo ?? []).some((to) => to !== '*')) return [];
    const hosts = spec?.hosts ?? (spec?.host === undefined ? [] : [spec.host]);
    const areLeaving = hosts.map((host) => {
      const read = readServiceHost(host, resource.namespace, mesh.config.domainSuffix);
      return (
        read !== undefined &&
        read.namespace === resource.namespace &&
        parts.has(resourceId('', 'Service', read.namespace, read.name))
      );
    });
    return areLeaving.length > 0 && areLeaving.every(Boolean) ? [resource.id] : [];
  });
}
