/**
 * The endpoints that istiod holds for a service: all of one host and namespace together, however
 * many ServiceEntries they come from; and the identities that a client will accept of them
 * (pilot/pkg/model/push_context.go ServiceEndpointsByPort, addServiceAccounts).
 */
import type { Endpoint, Mesh, MeshService } from '../../mesh/types.ts';

interface Held {
  readonly endpoints: readonly Endpoint[];
  readonly identities: readonly string[];
}

const memo = new WeakMap<Mesh, Map<string, Held>>();

function held(mesh: Mesh, service: MeshService): Held {
  let byHost = memo.get(mesh);
  if (byHost === undefined) {
    byHost = new Map();
    memo.set(mesh, byHost);
  }
  const key = `${service.namespace}/${service.hostname}`;
  const known = byHost.get(key);
  if (known !== undefined) return known;
  const all = (mesh.serviceByHostname.get(service.hostname) ?? []).filter((s) => s.namespace === service.namespace);
  // A ServiceEntry with several addresses is several services with the same endpoints.
  const oncePerResource = all.filter((s, index) => all.findIndex((other) => other.resource === s.resource) === index);
  const endpoints = oncePerResource.flatMap((s) => s.endpoints);
  const fresh: Held = { endpoints, identities: identitiesOf(mesh, endpoints, all.at(-1)?.subjectAltNames ?? []) };
  byHost.set(key, fresh);
  return fresh;
}

export const endpointsOfPort = (mesh: Mesh, service: MeshService, port: number): readonly Endpoint[] =>
  held(mesh, service).endpoints.filter((endpoint) => endpoint.servicePort === port);

/**
 * Whom a client expects behind the service: service accounts of all its endpoints, of whatever port
 * or subset, and the names that the service declares, in every trust domain of the mesh.
 */
export const acceptedIdentities = (mesh: Mesh, service: MeshService): readonly string[] =>
  held(mesh, service).identities;

function identitiesOf(mesh: Mesh, endpoints: readonly Endpoint[], declared: readonly string[]): readonly string[] {
  const own = [...endpoints.map((endpoint) => endpoint.spiffeId ?? ''), ...declared].filter((id) => id !== '');
  const aliases = mesh.config.trustDomainAliases;
  const expanded = own.flatMap((id) => [id, ...aliases.map((domain) => inTrustDomain(id, domain))]);
  return [...new Set(expanded)].sort();
}

const SPIFFE_ID = /^spiffe:\/\/[^/]+(\/ns\/.+\/sa\/.+)$/;

const inTrustDomain = (id: string, domain: string): string => {
  const path = SPIFFE_ID.exec(id)?.[1];
  return path === undefined ? id : `spiffe://${domain}${path}`;
};
