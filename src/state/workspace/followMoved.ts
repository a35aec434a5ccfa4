/**
 * What a person made besides the YAML follows when things of the mesh get other names: where nodes
 * were put, who a saved call is from, the host it is sent to.
 */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import { readServiceHost, writeServiceHost } from '../../base/serviceHost.ts';
import { authorityNode, isIssuer, namespaceNode, serviceNode, workloadNode } from '../nodeIds.ts';
import type { CallDraft, Places } from './workspace.ts';

export interface Moved {
  readonly from: ResourceId;
  readonly to: ResourceId;
}

/** Who is where: `namespace/name` (of a namespace its name) before, and after. */
export interface Moves {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly workloads: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
  /** Issuers, by resource. */
  readonly authorities: ReadonlyMap<string, string>;
}

export function movesOf(moved: readonly Moved[]): Moves {
  const namespaces = new Map<string, string>();
  const workloads = new Map<string, string>();
  const services = new Map<string, string>();
  const authorities = new Map<string, string>();
  for (const { from, to } of moved) {
    const before = resourceIdParts(from);
    const after = resourceIdParts(to);
    const idAfter = `${after.namespace}/${after.name}`;
    if (before.kind === 'Namespace') namespaces.set(before.name, after.name);
    else if (isIssuer(before.group, before.kind)) authorities.set(from, to);
    else if (before.kind === 'Service') services.set(`${before.namespace}/${before.name}`, idAfter);
    else if (['apps', 'batch'].includes(before.group) || before.kind === 'Pod')
      workloads.set(`${before.namespace}/${before.name}`, idAfter);
  }
  return { namespaces, workloads, services, authorities };
}

export function followPositions(positions: Places, { namespaces, workloads, services, authorities }: Moves): Places {
  const nodes = new Map([
    ...[...namespaces].map(([from, to]) => [namespaceNode(from), namespaceNode(to)] as const),
    ...[...workloads].map(([from, to]) => [workloadNode(from), workloadNode(to)] as const),
    ...[...services].map(([from, to]) => [serviceNode(from), serviceNode(to)] as const),
    ...[...authorities].map(([from, to]) => [authorityNode(from), authorityNode(to)] as const),
  ]);
  return Object.fromEntries(Object.entries(positions).map(([node, place]) => [nodes.get(node) ?? node, place]));
}

const DOMAIN = 'cluster.local';

/** `known`: `namespace/name` of the Services there were, for short names of what stayed. */
export function followCall<C extends CallDraft>(call: C, moves: Moves, known: ReadonlySet<string>): C {
  const from = moves.workloads.get(call.from) ?? call.from;
  const follow = (host: string): string => followHost(host, call.from, from, moves, known);
  const { connectTo } = call;
  return {
    ...call,
    from,
    url: call.url.replace(/^([a-z]+:\/\/)?([^/?#:@]+)/i, (_, scheme = '', host: string) => scheme + follow(host)),
    headers: call.headers.map(([name, value]) =>
      name.toLowerCase() === 'host' ? ([name, value.replace(/^[^:]+/, follow)] as const) : ([name, value] as const),
    ),
    ...(connectTo === undefined
      ? {}
      : { connectTo: moves.services.get(connectTo) ?? moves.workloads.get(connectTo) ?? connectTo }),
  };
}

function followHost(
  host: string,
  caller: string,
  callerAfter: string,
  moves: Moves,
  known: ReadonlySet<string>,
): string {
  // The outside has no namespace that a short name could be read in.
  const namespaceOf = (id: string): string => (id.includes('/') ? id.slice(0, id.indexOf('/')) : '');
  const read = readServiceHost(host, namespaceOf(caller), DOMAIN);
  if (read === undefined) return host;
  const id = `${read.namespace}/${read.name}`;
  const to = moves.services.get(id);
  if (to === undefined && !known.has(id)) return host;
  const [namespace = '', name = ''] = (to ?? id).split('/');
  return writeServiceHost(read, { namespace, name }, namespaceOf(callerAfter), DOMAIN);
}
