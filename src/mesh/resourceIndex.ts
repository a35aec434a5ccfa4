/**
 * The resources in force, by kind, in istiod's order: creation time, then name, then namespace
 * (pilot/pkg/model/config.go configCompareByCreationTime).
 *
 * Creation time is metadata.creationTimestamp. An istio.io document without one was created after
 * those before it (`MeshOptions.defaultAges`); documents of other kinds without one have no age.
 */
import { rememberLast, stableList } from '../base/remembered.ts';
import type { KindKey } from '../resources/kinds/registry.ts';
import type { ResourceOf } from '../resources/ofKind.ts';
import type { Resource } from '../resources/types.ts';
import type { Mesh, MeshOptions } from './types.ts';

/** `core/Service`, `security.istio.io/PeerAuthentication` ... */
const kindKey = (resource: Resource): string => `${resource.group === '' ? 'core' : resource.group}/${resource.kind}`;

const isIstio = (group: string): boolean => group === 'istio.io' || group.endsWith('.istio.io');

type DefaultAges = NonNullable<MeshOptions['defaultAges']>;

export const defaultAges = (options: MeshOptions): DefaultAges => options.defaultAges ?? { base: options.now, step: 1 };

/** When a resource of the text came to be, in milliseconds. */
export const ageOf = ({ creationTimestamp, group, order }: Resource, { base, step }: DefaultAges): number =>
  creationTimestamp ?? (isIstio(group) ? base + step * order : 0);

/** Byte-wise, as Go compares strings. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function indexResources(
  resources: readonly Resource[],
  { base, step }: DefaultAges,
): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    const key = kindKey(resource);
    const list = index.get(key);
    if (list === undefined) index.set(key, [resource]);
    else list.push(resource);
  }
  // A kind that did not change keeps its list, and with it what other layers remember of it.
  return new Map([...index].map(([key, list]) => [key, stableList(inOrder(stableList(list), base, step))]));
}

const inOrder = rememberLast((list: readonly Resource[], base: number, step: number): readonly Resource[] => {
  const aged = list.map((resource) => ({ resource, age: ageOf(resource, { base, step }) }));
  aged.sort(
    ({ resource: a, age: ofA }, { resource: b, age: ofB }) =>
      ofA - ofB || compareText(a.name, b.name) || compareText(a.namespace, b.namespace),
  );
  return aged.map(({ resource }) => resource);
});

const NONE: readonly never[] = [];

/** The resources of one kind, typed, in istiod's order. */
export function resourcesOf<K extends KindKey>(mesh: Pick<Mesh, 'resources'>, key: K): readonly ResourceOf<K>[] {
  return (mesh.resources.get(key) ?? NONE) as readonly ResourceOf<K>[];
}
