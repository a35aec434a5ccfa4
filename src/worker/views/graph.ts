/**
 * Compiled mesh -> MeshGraph: who is there, in which room, with which mTLS mode at its doors.
 * Ordered as the documents are; ranges point at the document that declares each thing.
 */
import type { ResourceId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import {
  type CompiledMesh,
  effectivePeerAuthentication,
  type Mesh,
  type MeshService,
  resourcesOf,
  type Workload,
} from '../../engine.ts';
import type {
  GraphAuthority,
  GraphNamespace,
  GraphPort,
  GraphService,
  GraphWorkload,
  MeshGraph,
} from '../meshGraph.ts';
import { rangeOf } from './located.ts';
import { type PolicyMarks, policyMarks } from './policyMarks.ts';
import { provenanceOf } from './provenance.ts';

export function meshGraph(compiled: CompiledMesh): MeshGraph {
  const { mesh } = compiled;
  const workloads = [...mesh.workloads.values()];
  const marks = policyMarks(compiled);
  return {
    namespaces: namespaces(compiled, marks),
    workloads: workloads.map((workload) => graphWorkload(compiled, workload, marks)),
    services: mesh.services.map((service) => graphService(compiled, service)),
    authorities: authorities(compiled, workloads),
    outsideAddress: mesh.outsideAddress,
  };
}

function namespaces(compiled: CompiledMesh, { ofNamespace }: PolicyMarks): GraphNamespace[] {
  const { mesh } = compiled;
  return [...mesh.namespaces.values()].map((namespace) => {
    const { base } = effectivePeerAuthentication(mesh, namespace.name, {});
    return {
      name: namespace.name,
      injection: namespace.injection,
      mtls: base.mode,
      ...markedBy(ofNamespace.get(namespace.name)),
      ...decidedBy(base.origins),
      ...rangeOf(compiled, namespace.origin),
    };
  });
}

function graphWorkload(compiled: CompiledMesh, workload: Workload, { ofWorkload }: PolicyMarks): GraphWorkload {
  const { mesh } = compiled;
  const mtls = effectivePeerAuthentication(mesh, workload.namespace, workload.labels);
  const ports = workload.applications.map((application): GraphPort => {
    const name = workload.containerPorts.find((port) => port.port === application.port)?.name;
    return {
      port: application.port,
      protocol: application.protocol,
      mtls: mtls.forPort(application.port).mode,
      ...(name === undefined ? {} : { name }),
    };
  });
  const gateway = workload.proxy === 'gateway' ? gatewaySide(mesh, workload) : undefined;
  return {
    id: workload.id,
    namespace: workload.namespace,
    name: workload.name,
    controller: workload.controller,
    resource: workload.origin.resource,
    serviceAccount: workload.serviceAccount,
    ip: workload.ip,
    proxy: workload.proxy,
    ambient: workload.ambient,
    labels: workload.labels,
    ports,
    mtls: mtls.base.mode,
    tainted: mesh.taints.some((taint) => taint.selects(workload)),
    ...markedBy(ofWorkload.get(workload.id)),
    ...decidedBy(mtls.base.origins),
    ...(gateway === undefined ? {} : { gateway }),
    ...(workload.proxy === 'none' ? {} : { spiffeId: workload.spiffeId }),
    ...(workload.externalHost === undefined ? {} : { externalHost: workload.externalHost }),
    ...rangeOf(compiled, workload.origin),
  };
}

/** Outside reaches it through a load balancer or node port: ingress; otherwise egress. */
function gatewaySide(mesh: Mesh, workload: Workload): 'ingress' | 'egress' {
  const reachable = mesh.services.some(
    (service) =>
      (service.type === 'LoadBalancer' || service.type === 'NodePort') &&
      service.endpoints.some((endpoint) => endpoint.workload === workload.id),
  );
  return reachable ? 'ingress' : 'egress';
}

function graphService(compiled: CompiledMesh, service: MeshService): GraphService {
  const workloads = [...new Set(service.endpoints.flatMap((endpoint) => endpoint.workload ?? []))];
  const [clusterIp] = service.addresses;
  return {
    id: `${service.namespace}/${service.name}`,
    namespace: service.namespace,
    name: service.name,
    hostname: service.hostname,
    registry: service.registry,
    type: service.type,
    meshExternal: service.meshExternal,
    ports: service.ports.map((port) => ({ name: port.name, port: port.number, protocol: port.protocol })),
    workloads,
    resource: service.resource,
    ...(clusterIp === undefined ? {} : { clusterIp }),
    ...(service.loadBalancerIp === undefined ? {} : { loadBalancerIp: service.loadBalancerIp }),
    ...rangeOf(compiled, { resource: service.resource, path: [] }),
  };
}

/** Every issuer of a proxy's certificate, by its root, and what the mesh declares of issuers. */
function authorities(compiled: CompiledMesh, workloads: readonly Workload[]): GraphAuthority[] {
  const { mesh } = compiled;
  const byRoot = new Map<string, { name: string; certifies: Workload[] }>();
  for (const workload of workloads) {
    if (workload.proxy === 'none') continue;
    const identity = compiled.identityOf(workload.id);
    if (identity.kind !== 'issued') continue;
    const known = byRoot.get(identity.authority.id);
    if (known === undefined)
      byRoot.set(identity.authority.id, { name: identity.authority.name, certifies: [workload] });
    else known.certifies.push(workload);
  }
  const pluggedIn = resourcesOf(mesh, 'core/Secret').find(
    ({ name, namespace }) => name === 'cacerts' && namespace === mesh.config.rootNamespace,
  );
  const isDeclared = (id: string): id is ResourceId => id.startsWith('cert-manager.io/');
  const issuing = [...byRoot].map(
    ([id, { name, certifies }]): GraphAuthority => ({
      id,
      name,
      kind: id === 'istiod' ? 'istiod' : isDeclared(id) ? 'signer' : 'custom',
      trustDomain: mesh.config.trustDomain,
      certifies: certifies.map((workload) => workload.id),
      ...(isDeclared(id) ? { provenance: provenanceOf(mesh, id) } : {}),
      ...madeBy(compiled, isDeclared(id) ? id : id === 'istiod' ? pluggedIn?.id : undefined),
    }),
  );
  const declared = (['cert-manager.io/ClusterIssuer', 'cert-manager.io/Issuer'] as const).flatMap((kind) =>
    resourcesOf(mesh, kind).map(
      (issuer): GraphAuthority => ({
        id: issuer.id,
        name: issuer.name,
        kind: 'signer',
        certifies: [],
        ...madeBy(compiled, issuer.id),
      }),
    ),
  );
  return [...issuing, ...declared.filter(({ id }) => !byRoot.has(id))];
}

const madeBy = (
  compiled: CompiledMesh,
  resource: ResourceId | undefined,
): Pick<GraphAuthority, 'resource' | 'range'> =>
  resource === undefined ? {} : { resource, ...rangeOf(compiled, { resource, path: [] }) };

const markedBy = (policies: readonly ResourceId[] | undefined): { policies?: readonly ResourceId[] } =>
  policies === undefined ? {} : { policies };

const decidedBy = (origins: readonly Origin[]): { mtlsBy?: Origin['resource'] } => {
  const [first] = origins;
  return first === undefined ? {} : { mtlsBy: first.resource };
};
