/** Typed access to resources by `group/Kind`. */
import type { BodyOfKind, KindKey, KindNameOf } from './kinds/registry.ts';
import type { Resource } from './types.ts';

/** e.g. ResourceOf<'security.istio.io/PeerAuthentication'>. */
export type ResourceOf<K extends KindKey> = Resource<KindNameOf<K>, BodyOfKind<K>>;

export const kindKey = (resource: { readonly group: string; readonly kind: string }): string =>
  `${resource.group === '' ? 'core' : resource.group}/${resource.kind}`;

/** Narrows a resource to its typed body. */
export function isKind<K extends KindKey>(resource: Resource, key: K): resource is ResourceOf<K> {
  return kindKey(resource) === key;
}

/** The resources of one kind, in workspace order. */
export function ofKind<K extends KindKey>(resources: readonly Resource[], key: K): readonly ResourceOf<K>[] {
  return resources.filter((resource): resource is ResourceOf<K> => isKind(resource, key));
}
