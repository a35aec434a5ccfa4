/**
 * The resources in force, by kind, in istiod's order: creation time, then name, then namespace
 * (pilot/pkg/model/config.go configCompareByCreationTime).
 *
 * Creation time is metadata.creationTimestamp. An istio.io document without one was created after
 * those before it (`MeshOptions.defaultAges`); documents of other kinds without one have no age.
 */
import type { KindKey } from '../resources/kinds/registry.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import type { ParsedWorkspace, Resource } from '../resources/types.ts';
import type { Mesh, MeshOptions } from './types.ts';

/** `core/Service`, `security.istio.io/PeerAuthentication` ... */
const kindKey = (resource: Resource): string => `${resource.group === '' ? 'core' : resource.group}/${resource.kind}`;

const isIstio = (group: string): boolean => group === 'istio.io' || group.endsWith('.istio.io');

/** When each resource came to be, in milliseconds. */
export function creationTimes(parsed: ParsedWorkspace, options: MeshOptions): (resource: Resource) => number {
  const { base, step } = options.defaultAges ?? { base: options.now, step: 1 };
  const ages = new Map<string, number>();
  for (const resource of parsed.resources) {
    if (resource.creationTimestamp !== undefined) ages.set(resource.id, resource.creationTimestamp);
    else if (isIstio(resource.group)) ages.set(resource.id, base + step * resource.order);
  }
  return (resource) => ages.get(resource.id) ?? 0;
}

/** Byte-wise, as Go compares strings. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function indexResources(
  resources: readonly Resource[],
  createdAt: (resource: Resource) => number,
): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    const key = kindKey(resource);
    const list = index.get(key);
    if (list === undefined) index.set(key, [resource]);
    else list.push(resource);
  }
  for (const list of index.values()) {
    list.sort(
      (a, b) => createdAt(a) - createdAt(b) || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
    );
  }
  return index;
}

/** The resources of one kind, typed, in istiod's order. */
export function resourcesOf<K extends KindKey>(mesh: Pick<Mesh, 'resources'>, key: K): readonly ResourceOf<K>[] {
  return (mesh.resources.get(key) ?? []) as readonly ResourceOf<K>[];
}
