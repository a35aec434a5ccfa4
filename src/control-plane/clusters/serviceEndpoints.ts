/**
 * The endpoints that istiod holds for a service: all of one host and namespace together, however
 * many Services and ServiceEntries they come from; and the identities that a client accepts of
 * them (pilot/pkg/model/push_context.go initServiceRegistry, addServiceAccounts;
 * endpointshards.go CopyEndpoints).
 */
import type { Endpoint, Mesh, MeshService } from '../../mesh/types.ts';

interface Held {
  readonly endpoints: readonly Endpoint[];
  readonly byPort: ReadonlyMap<number, readonly Endpoint[]>;
  readonly identities: readonly string[];
}

/** By `mesh.traffic`. */
const memo = new WeakMap<object, Map<string, Held>>();

function held(mesh: Mesh, service: MeshService): Held {
  let byHost = memo.get(mesh.traffic);
  if (byHost === undefined) {
    byHost = new Map();
    memo.set(mesh.traffic, byHost);
  }
  const key = `${service.namespace}/${service.hostname}`;
  const known = byHost.get(key);
  if (known !== undefined) return known;
  const services = (mesh.serviceByHostname.get(service.hostname) ?? []).filter(
    (s) => s.namespace === service.namespace,
  );
  const fresh = join(mesh, services);
  byHost.set(key, fresh);
  return fresh;
}

/** @param services Of one host and namespace, in istiod's order. */
function join(mesh: Mesh, services: readonly MeshService[]): Held {
  // A ServiceEntry with several addresses is several services with the same endpoints. Those of a
  // Service that is exported to nobody are never looked up.
  const sources = services.filter(
    (service, index) =>
      services.findIndex((other) => other.resource === service.resource) === index &&
      !(service.registry === 'kubernetes' && service.exportTo.includes('~')),
  );
  const byPort = new Map<number, readonly Endpoint[]>();
  for (const { ports } of services) {
    const own = new Map<number, Endpoint[]>();
    for (const source of sources) {
      for (const endpoint of source.endpoints) {
        // Kubernetes endpoints are matched by the name of their port, others by its number.
        const port = ports.find((candidate) =>
          source.registry === 'kubernetes'
            ? candidate.name === endpoint.servicePortName
            : candidate.number === endpoint.servicePort,
        );
        if (port === undefined) continue;
        const list = own.get(port.number) ?? [];
        own.set(port.number, list);
        list.push(endpoint);
      }
    }
    for (const [port, endpoints] of own) byPort.set(port, endpoints);
  }
  const endpoints = sources.flatMap((source) => source.endpoints);
  return { endpoints, byPort, identities: identitiesOf(mesh, endpoints, services.at(-1)?.subjectAltNames ?? []) };
}

/** What DNS clusters resolve, and what auto mTLS looks at. */
export const endpointsOfPort = (mesh: Mesh, service: MeshService, port: number): readonly Endpoint[] =>
  held(mesh, service).byPort.get(port) ?? [];

/** EDS looks endpoints up by the name of their port. */
export const endpointsOfPortName = (mesh: Mesh, service: MeshService, name: string): readonly Endpoint[] =>
  held(mesh, service).endpoints.filter((endpoint) => endpoint.servicePortName === name);

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
