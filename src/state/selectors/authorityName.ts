/** What a CA is called on the canvas: an issuer by the name of its resource, any other by its own. */
import { resourceIdParts } from '../../base/ids.ts';
import type { GraphAuthority } from '../../worker/meshGraph.ts';
import { isIssuer } from '../nodeIds.ts';

export function authorityName({ name, resource }: Pick<GraphAuthority, 'name' | 'resource'>): string {
  if (resource === undefined) return name;
  const { group, kind, name: own } = resourceIdParts(resource);
  return isIssuer(group, kind) ? own : name;
}
