/**
 * Kubernetes NetworkPolicies: whether one stands between two pods. Whether it is enforced depends on
 * the cluster's network plugin, and what the caller then sees does too; so an answer here is no
 * verdict but a reason not to give one.
 *
 * Both ends count: egress policies that select the caller, ingress policies that select the called.
 */
import { type LabelSelector, labelSelectorSelects, namespaceLabels } from '../mesh/labelSelector.ts';
import { resourcesOf } from '../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../mesh/types.ts';
import { cidrContains } from './cidr.ts';

export type NetworkPolicy = ReturnType<typeof resourcesOf<'networking.k8s.io/NetworkPolicy'>>[number];
type Spec = NonNullable<NetworkPolicy['body']['spec']>;
type Direction = 'Ingress' | 'Egress';

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}
interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: NonNullable<NonNullable<Spec['ingress']>[number]['ports']>;
}

/** One end of a connection; no workload is something outside the cluster. */
export interface End {
  readonly workload: Workload | undefined;
  readonly address: string;
}

/** A policy that keeps this connection from being made; `port` is the called pod's own. */
export function policyInTheWay(mesh: Mesh, from: End, to: End, port: number): NetworkPolicy | undefined {
  const all = resourcesOf(mesh, 'networking.k8s.io/NetworkPolicy');
  if (all.length === 0) return undefined;
  return (
    forbidding(mesh, all, 'Egress', from.workload, to, port, to.workload) ??
    forbidding(mesh, all, 'Ingress', to.workload, from, port, to.workload)
  );
}

function forbidding(
  mesh: Mesh,
  all: readonly NetworkPolicy[],
  direction: Direction,
  selected: Workload | undefined,
  other: End,
  port: number,
  called: Workload | undefined,
): NetworkPolicy | undefined {
  if (selected === undefined) return undefined;
  const policies = all.filter((policy) => appliesTo(policy, direction, selected));
  const allowed = policies.some((policy) =>
    rules(policy, direction).some(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((peer) => isPeer(mesh, policy.namespace, peer, other))) &&
        (ports.length === 0 || ports.some((entry) => isPort(entry, port, called))),
    ),
  );
  return allowed ? undefined : policies[0];
}

function appliesTo({ namespace, body }: NetworkPolicy, direction: Direction, workload: Workload): boolean {
  const spec = body.spec ?? {};
  // Without policyTypes a policy is about ingress, and about egress when it has such rules.
  const types = spec.policyTypes ?? (spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
  return (
    namespace === workload.namespace &&
    types.includes(direction) &&
    labelSelectorSelects(spec.podSelector ?? {}, workload.labels)
  );
}

const rules = ({ body }: NetworkPolicy, direction: Direction): readonly Rule[] =>
  direction === 'Ingress'
    ? (body.spec?.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))
    : (body.spec?.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }));

function isPeer(mesh: Mesh, ownNamespace: string, peer: Peer, { workload, address }: End): boolean {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (ipBlock !== undefined) {
    return (
      cidrContains(ipBlock.cidr ?? '', address) && !(ipBlock.except ?? []).some((cidr) => cidrContains(cidr, address))
    );
  }
  // A server that plays the world outside is no pod there.
  if (workload === undefined || workload.externalHost !== undefined) return false;
  if (podSelector !== undefined && !labelSelectorSelects(podSelector, workload.labels)) return false;
  if (namespaceSelector === undefined) return workload.namespace === ownNamespace;
  const namespace = mesh.namespaces.get(workload.namespace) ?? { name: workload.namespace, labels: {} };
  return labelSelectorSelects(namespaceSelector, namespaceLabels(namespace));
}

function isPort(entry: Rule['ports'][number], port: number, called: Workload | undefined): boolean {
  if ((entry.protocol ?? 'TCP') !== 'TCP') return false;
  if (entry.port === undefined) return true;
  if (typeof entry.port === 'string' && !/^\d+$/.test(entry.port)) {
    return (
      called?.containerPorts.some((c) => c.name === entry.port && c.port === port && c.protocol === 'TCP') === true
    );
  }
  const first = Number(entry.port);
  return port >= first && port <= (entry.endPort ?? first);
}
