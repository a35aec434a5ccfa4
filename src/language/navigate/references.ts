/**
 * Everything in the mesh that names a resource (or a part of one, as a subset): the search for
 * references, over the resources in force. A value is looked at only when it could name the target.
 */

import { resourceIdParts } from '../../base/ids.ts';
import type { FieldPath, Origin } from '../../base/origin.ts';
import type { Mesh } from '../../mesh/types.ts';
import { findKind } from '../../resources/kinds/registry.ts';
import type { Resource } from '../../resources/types.ts';
import { childOf, type Field, itemOf, rootField } from '../fields/field.ts';
import type { ReferencePlace } from '../references/reference.ts';
import { hasSelector, selectedWorkloads } from '../references/selected.ts';
import { REFERENCES } from '../references/table.ts';
import { resolveTargets } from '../references/targets.ts';

interface Mention {
  readonly path: FieldPath;
  readonly value: string;
  readonly key: string;
}

export function referencesTo(mesh: Mesh, resources: readonly Resource[], definitions: readonly Origin[]): Origin[] {
  const found: Origin[] = [];
  for (const resource of resources) {
    const where = placeIn(mesh, resource);
    for (const { path, value, key } of mentions(resource)) {
      const kind = REFERENCES[key];
      if (kind === undefined || !definitions.some((definition) => couldName(value, definition, resources))) continue;
      const targets = resolveTargets(kind, { ...where, path }, value);
      const isNamed = targets.some(
        ({ origin }) => origin !== undefined && definitions.some((each) => covers(each, origin)),
      );
      if (isNamed) found.push({ resource: resource.id, path });
    }
    if (selects(where, definitions))
      found.push({ resource: resource.id, path: ['spec', selectorField(resource.kind)] });
  }
  return found;
}

const selectorField = (kind: string): string =>
  kind === 'Sidecar' || kind === 'EnvoyFilter' || kind === 'ServiceEntry' ? 'workloadSelector' : 'selector';

function placeIn(mesh: Mesh, resource: Resource): ReferencePlace {
  const { kind, namespace, name } = resource;
  const object: unknown = { kind, metadata: { name, namespace }, ...(resource.body as object) };
  return { mesh, kind, namespace, path: [], valueAt: (path) => textual(read(object, path)) };
}

function read(value: unknown, path: FieldPath): unknown {
  let node = value;
  for (const step of path) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = Reflect.get(node, step);
  }
  return node;
}

const textual = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** Values of the fields that name something. */
function mentions(resource: Resource): Mention[] {
  const found: Mention[] = [];
  const visit = (field: Field | undefined, value: unknown, path: FieldPath): void => {
    if (field === undefined || value === undefined || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(itemOf(field), item, [...path, index]);
    } else if (typeof value === 'object') {
      for (const [name, item] of Object.entries(value)) visit(childOf(field, name), item, [...path, name]);
    } else if (REFERENCES[field.key] !== undefined) {
      found.push({ path, value: String(value), key: field.key });
    }
  };
  const root = rootField(findKind(resource.group, resource.kind));
  visit(root, { metadata: { namespace: resource.namespace }, ...(resource.body as object) }, []);
  return found;
}

/** A cheap test before the exact one. */
function couldName(value: string, { resource, path }: Origin, resources: readonly Resource[]): boolean {
  if (value.includes('*')) return true;
  if (path.length > 2) {
    const owner = resources.find(({ id }) => id === resource);
    const text = owner === undefined ? undefined : read(owner.body, path);
    if (typeof text === 'string') return value.includes(text) || text.includes(value);
    return true;
  }
  const { name, kind } = resourceIdParts(resource);
  // Hosts of a ServiceEntry, and Secrets of a Certificate, have names of their own.
  return kind === 'ServiceEntry' || kind === 'Certificate' || kind === 'ConfigMap' || value.includes(name);
}

/** A definition is the whole resource, or the part that its path says. */
function covers({ resource, path }: Origin, origin: Origin): boolean {
  if (origin.resource !== resource) return false;
  const own = path.length === 2 && path[0] === 'metadata' ? [] : path;
  return own.every((step, index) => step === origin.path[index]);
}

/** A selector names the workloads that it selects; none at all names nobody in particular. */
function selects(where: ReferencePlace, definitions: readonly Origin[]): boolean {
  if (!hasSelector(where.kind) || where.valueAt(['spec', selectorField(where.kind)]) === undefined) return false;
  return (selectedWorkloads(where) ?? []).some(({ origin }) =>
    definitions.some((each) => each.resource === origin.resource),
  );
}
