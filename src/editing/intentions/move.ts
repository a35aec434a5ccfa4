/**
 * Workloads go to another namespace, with what is only theirs: Services that select nobody else,
 * accounts, policies that select them alone, DestinationRules and VirtualServices of their Services.
 */
import { type ResourceId, resourceId, resourceIdParts } from '../../base/ids.ts';
import { readServiceHost } from '../../base/serviceHost.ts';
import { append, namespaceIfMissing } from './append.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { isName } from './names.ts';
import { drawn, refused } from './outcome.ts';
import { partsOf } from './parts.ts';
import { policiesOnlyFor } from './policiesOnlyFor.ts';
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
  const moved = new Map([...ids].map((id) => [id, inNamespace(id, namespace)]));
  // Two that had one name in their namespaces would be one in the new.
  if (new Set(moved.values()).size < moved.size)
    return refused('name-taken', { kind: resourceIdParts(first.origin.resource).kind, name: first.name });
  const outcome = relocate(drawing, { moved, select: inNamespace(first.origin.resource, namespace) });
  const declared = namespaceIfMissing(drawing, namespace, true);
  if (!outcome.ok || declared.length === 0) return outcome;
  const room = append(drawing, namespace, declared, resourceId('', 'Namespace', '', namespace));
  if (!room.ok) return room;
  const { edits, select, ...rest } = outcome.value;
  return drawn([...edits, ...room.value.edits], select, rest);
}

function inNamespace(id: ResourceId, namespace: string): ResourceId {
  const { group, kind, name } = resourceIdParts(id);
  return resourceId(group, kind, namespace, name);
}

/** DestinationRules count in their Service's namespace; both kinds are about Services that leave, and no other. */
function routingOnlyFor({ mesh, parsed }: Drawing, parts: ReadonlySet<ResourceId>): ResourceId[] {
  return parsed.resources.flatMap((resource) => {
    if (resource.kind !== 'DestinationRule' && resource.kind !== 'VirtualService') return [];
    const { spec } = resource.body as {
      readonly spec?: { readonly host?: string; readonly hosts?: readonly string[] };
    };
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
