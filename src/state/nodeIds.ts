import type { Party } from '../trace/trace.ts';

/** Ids of what stands on the canvas: readable, and the keys of stored positions. */
export const OUTSIDE = 'outside';
export const namespaceNode = (name: string): string => `ns:${name}`;
export const workloadNode = (id: string): string => `wl:${id}`;
export const serviceNode = (id: string): string => `svc:${id}`;
export const authorityNode = (id: string): string => `ca:${id}`;

/** Its node is named after the resource itself. */
export const isIssuer = (group: string, kind: string): boolean =>
  group === 'cert-manager.io' && (kind === 'Issuer' || kind === 'ClusterIssuer');

export type NodeRef =
  | { readonly kind: 'outside' }
  | { readonly kind: 'namespace' | 'workload' | 'service' | 'authority'; readonly id: string };

export function parseNodeId(id: string): NodeRef | undefined {
  if (id === OUTSIDE) return { kind: 'outside' };
  const kinds = { ns: 'namespace', wl: 'workload', svc: 'service', ca: 'authority' } as const;
  const colon = id.indexOf(':');
  const kind = kinds[id.slice(0, colon) as keyof typeof kinds];
  return colon < 0 || kind === undefined ? undefined : { kind, id: id.slice(colon + 1) };
}

/** Where a party of a trace stands; undefined where it has no place of its own. */
export function nodeIdOf(party: Party): string | undefined {
  switch (party.kind) {
    case 'client':
      return party.workload === undefined ? OUTSIDE : workloadNode(party.workload);
    case 'proxy':
    case 'application':
      return workloadNode(party.workload);
    case 'network':
      return party.via === 'load-balancer' ? serviceNode(serviceIdOf(party.service)) : undefined;
  }
}

/** `name.namespace.svc.cluster.local` is the Service `namespace/name`; an id stays as it is. */
function serviceIdOf(service: string): string {
  const [, name, namespace] = /^([^./]+)\.([^./]+)\.svc\./.exec(service) ?? [];
  return name === undefined ? service : `${namespace}/${name}`;
}
