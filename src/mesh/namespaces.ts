/** The namespaces of a mesh: those with a document, and those that some resource names. */
import type { Resource } from '../resources/types.ts';
import { namespaceInjection } from './injection.ts';
import type { MeshNamespace } from './types.ts';

export function buildNamespaces(resources: readonly Resource[]): ReadonlyMap<string, MeshNamespace> {
  const result = new Map<string, MeshNamespace>();
  for (const resource of resources) {
    if (resource.group !== '' || resource.kind !== 'Namespace') continue;
    result.set(resource.name, {
      name: resource.name,
      labels: resource.labels,
      injection: namespaceInjection(resource.name, resource.labels),
      origin: { resource: resource.id, path: ['metadata', 'labels'] },
    });
  }
  for (const { namespace } of resources) {
    if (namespace === '' || result.has(namespace)) continue;
    result.set(namespace, { name: namespace, labels: {}, injection: false });
  }
  return result;
}
