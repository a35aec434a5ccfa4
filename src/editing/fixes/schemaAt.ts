/** What the API knows at a place of a resource: the schema that describes the field there. */
import { resourceIdParts } from '../../base/ids.ts';
import type { FieldPath, Origin } from '../../base/origin.ts';
import { isMeshConfigMap, MESH_CONFIG_PATH, PROXY_CONFIG_ANNOTATION } from '../../resources/embeddedConfig.ts';
import { meshConfig } from '../../resources/kinds/meshConfig.ts';
import { proxyConfigDefaults } from '../../resources/kinds/meshConfigProxy.ts';
import { findKind } from '../../resources/kinds/registry.ts';
import { objectMeta } from '../../resources/kinds/shared/objectMeta.ts';
import type { Schema } from '../../resources/schema/schema.ts';

/** Names of the fields that may stand where the origin's field stands. */
export function fieldsBeside(origin: Origin | undefined): readonly string[] {
  const parent = origin && schemaAt({ ...origin, path: origin.path.slice(0, -1) });
  return parent?.type === 'object' ? Object.keys(parent.fields) : [];
}

export function schemaAt({ resource, path }: Origin): Schema<unknown> | undefined {
  const { group, kind, namespace, name } = resourceIdParts(resource);
  const inner = path.indexOf(PROXY_CONFIG_ANNOTATION) + 1;
  if (inner > 0) return descend(proxyConfigDefaults, path.slice(inner));
  const isInMeshConfig = MESH_CONFIG_PATH.every((step, at) => path[at] === step);
  if (isInMeshConfig && isMeshConfigMap({ group, kind, namespace, name }))
    return descend(meshConfig, path.slice(MESH_CONFIG_PATH.length));
  const body = findKind(group, kind)?.body;
  if (body === undefined) return undefined;
  return path[0] === 'metadata' ? descend(objectMeta, path.slice(1)) : descend(body, path);
}

function descend(schema: Schema<unknown>, path: FieldPath): Schema<unknown> | undefined {
  let at: Schema<unknown> | undefined = schema;
  for (const step of path) {
    if (at?.type === 'object') at = Object.hasOwn(at.fields, step) ? at.fields[String(step)] : undefined;
    else if (at?.type === 'list') at = at.item;
    else if (at?.type === 'map') at = at.value;
    else return undefined;
  }
  return at;
}
