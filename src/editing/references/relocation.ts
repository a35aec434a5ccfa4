/**
 * Who is called or lives how from now on: resources with another name or namespace, and label values
 * that change with them. What a reference is rewritten by.
 */
import { type ResourceId, resourceId, resourceIdParts } from '../../base/ids.ts';

export interface Place {
  readonly namespace: string;
  readonly name: string;
}

export interface LabelChange {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Namespace of the pods that carry it, before the change. */
  readonly namespace: string;
  /** Pods of other namespaces carry the same: what selects everywhere cannot follow. */
  readonly isShared: boolean;
}

export interface Relocation {
  readonly moved: ReadonlyMap<ResourceId, ResourceId>;
  /** Namespaces with another name. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly labels: readonly LabelChange[];
  /** `namespace/name` of the Services there are: what a host can mean. */
  readonly services: ReadonlySet<string>;
  /** Where the Secrets of gateways are looked for. */
  readonly gatewayNamespaces: readonly string[];
  readonly rootNamespace: string;
  readonly domain: string;
}

/** The new place of what the reference means; undefined: it is where it was. */
export function placeAfter(
  { moved }: Relocation,
  group: string,
  kind: string,
  namespace: string,
  name: string,
): Place | undefined {
  const to = moved.get(resourceId(group, kind, namespace, name));
  return to === undefined ? undefined : resourceIdParts(to);
}
