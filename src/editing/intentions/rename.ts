/**
 * Another name for a workload, a namespace or any other resource. With a workload go what is named
 * after it: a Service that selects only it, an account that only it uses, its `app` label; with a
 * namespace everything in it.
 */
import { type ResourceId, resourceId, resourceIdParts } from '../../base/ids.ts';
import type { Workload } from '../../mesh/types.ts';
import type { Drawing, Drawn, IntentionOf } from './intention.ts';
import { labelChanges } from './labelChanges.ts';
import { isName } from './names.ts';
import { newlySelecting } from './newcomers.ts';
import { refused, withLeft } from './outcome.ts';
import { partsOf } from './parts.ts';
import { relocate } from './relocate.ts';

export function rename(drawing: Drawing, { what, to }: IntentionOf<'rename'>): Drawn {
  switch (what.kind) {
    case 'workload': {
      const workload = drawing.mesh.workloads.get(what.id);
      return workload === undefined ? refused('not-there', { what: what.id }) : renameWorkload(drawing, workload, to);
    }
    case 'namespace':
      return renameNamespace(drawing, what.name, to);
    case 'resource': {
      const { group, kind, namespace, name } = resourceIdParts(what.id);
      if (kind === 'Namespace') return renameNamespace(drawing, name, to);
      const workload = [...drawing.mesh.workloads.values()].find(({ origin }) => origin.resource === what.id);
      if (workload !== undefined) return renameWorkload(drawing, workload, to);
      if (!isKnown(drawing, what.id)) return refused('not-there', { what: `${kind} ${name}` });
      if (name === to) return refused('nothing-to-do');
      if (!isName(kind, to)) return refused('name-invalid', { name: to, kind });
      const select = resourceId(group, kind, namespace, to);
      return relocate(drawing, { moved: new Map([[what.id, select]]), select });
    }
  }
}

const isKnown = ({ parsed }: Drawing, id: ResourceId): boolean =>
  parsed.resources.some((found) => found.id === id) || parsed.rejected.some(({ resource }) => resource === id);

function renameWorkload(drawing: Drawing, workload: Workload, to: string): Drawn {
  const { name, id } = workload;
  const own = workload.origin.resource;
  const { kind } = resourceIdParts(own);
  if (name === to) return refused('nothing-to-do');
  const parts = partsOf(drawing, [{ kind: 'workload', id }]).filter((part) => resourceIdParts(part).name === name);
  for (const part of parts) {
    const { kind: ofPart } = resourceIdParts(part);
    if (!isName(ofPart, to)) return refused('name-invalid', { name: to, kind: ofPart });
  }
  // A pod's name may differ from its workload's: a ReplicaSet by hand, say.
  if (!parts.includes(own)) return refused('not-there', { what: `${kind} ${name}` });
  const moved = new Map(parts.map((part) => [part, renamed(part, to)]));
  const labels = labelChanges(drawing.mesh, workload, to);
  const newcomer = { workload, namespaceAfter: workload.namespace, labels };
  return withLeft(
    relocate(drawing, { moved, labels, select: renamed(own, to) }),
    newlySelecting(drawing, [newcomer], moved),
  );
}

function renamed(id: ResourceId, to: string): ResourceId {
  const { group, kind, namespace } = resourceIdParts(id);
  return resourceId(group, kind, namespace, to);
}

function renameNamespace(drawing: Drawing, name: string, to: string): Drawn {
  const { mesh, parsed } = drawing;
  const inside = [
    ...parsed.resources.filter(({ namespace }) => namespace === name).map(({ id }) => id),
    ...parsed.rejected.filter(({ namespace }) => namespace === name).map(({ resource }) => resource),
  ];
  const own = resourceId('', 'Namespace', '', name);
  const isDeclared = isKnown(drawing, own);
  if (isSystem(name, mesh.config.rootNamespace)) return refused('system-namespace', { namespace: name });
  if (!isDeclared && inside.length === 0) return refused('not-there', { what: name });
  if (name === to) return refused('nothing-to-do');
  if (!isName('Namespace', to)) return refused('name-invalid', { name: to, kind: 'Namespace' });
  const isTaken = mesh.namespaces.has(to) || parsed.resources.some(({ namespace }) => namespace === to);
  if (isTaken || isSystem(to, mesh.config.rootNamespace)) return refused('name-taken', { kind: 'Namespace', name: to });
  const moved = new Map(
    inside.map((id): [ResourceId, ResourceId] => {
      const parts = resourceIdParts(id);
      return [id, resourceId(parts.group, parts.kind, to, parts.name)];
    }),
  );
  moved.set(own, resourceId('', 'Namespace', '', to));
  // One that is only mentioned has no document to show.
  const [first = own] = inside;
  const select = moved.get(isDeclared ? own : first) ?? own;
  return relocate(drawing, { moved, namespaces: new Map([[name, to]]), select });
}

/** Those that exist without a document, and that Istio's own configuration names. */
const isSystem = (name: string, root: string): boolean => name === 'default' || name === root || /^kube-/.test(name);
