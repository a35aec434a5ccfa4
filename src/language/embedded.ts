/**
 * YAML inside a block scalar: MeshConfig in its ConfigMap, the ProxyConfig of a pod in an annotation.
 * The lines of a block scalar are read where they stand, indented as they are, so that every column
 * and offset inside is one of the text around.
 */
import type { FieldPath } from '../base/origin.ts';
import { isMeshConfigMap, PROXY_CONFIG_ANNOTATION } from '../resources/embeddedConfig.ts';
import { proxyConfigDefaults } from '../resources/kinds/meshConfigProxy.ts';
import { type Field, MESH_CONFIG_FIELD } from './fields/field.ts';

const PROXY_CONFIG_FIELD: Field = { key: 'MeshConfig.defaultConfig', schema: proxyConfigDefaults };

/** The schema of what a scalar holds, and the name of its kind; undefined: plain text. */
export function embeddedField(
  object: Parameters<typeof isMeshConfigMap>[0],
  path: FieldPath,
): { root: Field; kind: string } | undefined {
  if (path.join('.') === 'data.mesh' && isMeshConfigMap(object)) return { root: MESH_CONFIG_FIELD, kind: 'MeshConfig' };
  const [holder, name] = path.slice(-2);
  if (name === PROXY_CONFIG_ANNOTATION && holder === 'annotations')
    return { root: PROXY_CONFIG_FIELD, kind: 'ProxyConfig' };
  return undefined;
}
