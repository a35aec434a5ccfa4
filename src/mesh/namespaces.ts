/** The namespaces of a mesh: those with a document, and those that some resource names. */
import { rememberLast, stableList } from '../base/remembered.ts';
import type { Resource } from '../resources/types.ts';
import { namespaceInjection } from './injection.ts';
import type { MeshNamespace } from './types.ts';

export function buildNamespaces(resources: readonly Resource[]): ReadonlyMap<string, MeshNamespace> {
  const documents = resources.filter(({ group, kind }) => group === '' && kind === 'Namespace');
  const result = new Map(documents.map((resource) => [resource.name, documented(resource)]));
  for (const resource of resources) {
    const { namespace } = resource;
    if (namespace !== '' && !result.has(namespace)) result.set(namespace, named(resource));
  }
  return byName(stableList([...result.values()]));
}

const documented = rememberLast(
  ({ id, name, labels }: Resource): MeshNamespace => ({
    name,
    labels,
    injection: namespaceInjection(name, labels),
    origin: { resource: id, path: ['metadata', 'labels'] },
  }),
);

const named = rememberLast(
  ({ namespace }: Resource): MeshNamespace => ({ name: namespace, labels: {}, injection: false }),
);

const byName = rememberLast(
  (namespaces: readonly MeshNamespace[]): ReadonlyMap<string, MeshNamespace> =>
    new Map(namespaces.map((namespace) => [namespace.name, namespace])),
);
