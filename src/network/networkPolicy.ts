/**
 * Kubernetes NetworkPolicies: whether one stands between two pods, or between a pod and the cluster's
 * DNS. Whether it is enforced depends on the cluster's network plugin, which the annotation
 * meshverdict.dev/network-policies on the Namespace kube-system says: `drop` (as Calico and Cilium do)
 * or `ignore`. Without it an answer here is no verdict but a reason not to give one.
 *
 * Both ends count: egress policies that select the caller, ingress policies that select the called.
 * Upstream authority: the NetworkPolicy API's own comments (k8s.io/api/networking/v1).
 */
import { NETWORK_POLICIES } from '../mesh/annotations.ts';
import { type LabelSelector, labelSelectorSelects, namespaceLabels } from '../mesh/labelSelector.ts';
import { resourcesOf } from '../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../mesh/types.ts';
import { cidrContains } from './cidr.ts';

export type NetworkPolicy = ReturnType<typeof resourcesOf<'networking.k8s.io/NetworkPolicy'>>[number];
type Spec = NonNullable<NetworkPolicy['body']['spec']>;
type Direction = 'Ingress' | 'Egress';
type Protocol = 'TCP' | 'UDP';

/** What the cluster's network plugin does with packets that no policy allows. */
export type Enforcement = 'drop' | 'ignore' | 'unknown';

export function networkPolicyEnforcement(mesh: Mesh): Enforcement {
  const system = resourcesOf(mesh, 'core/Namespace').find(({ name }) => name === 'kube-system');
  const said = system?.annotations[NETWORK_POLICIES];
  return said === 'drop' || said === 'ignore' ? said : 'unknown';
}

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
  readonly workload: Selected | undefined;
  readonly address: string;
}
type Selected = Pick<Workload, 'namespace' | 'labels' | 'containerPorts' | 'externalHost'>;

/** A policy that keeps this connection from being made; `port` is the called pod's own. */
export function policyInTheWay(mesh: Mesh, from: End, to: End, port: number): NetworkPolicy | undefined {
  const all = resourcesOf(mesh, 'networking.k8s.io/NetworkPolicy');
  if (all.length === 0) return undefined;
  const wanted = { protocol: 'TCP', port, called: to.workload } as const;
  return (
    forbidding(mesh, all, 'Egress', from.workload, to, wanted) ??
    forbidding(mesh, all, 'Ingress', to.workload, from, wanted)
  );
}

/** The pods that answer DNS in every cluster; a workspace seldom has them. */
const CLUSTER_DNS: Selected = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, containerPorts: [] };

/** An egress policy that keeps a pod from asking for names. An ipBlock is taken to hold the DNS server. */
export function policyInTheWayOfDns(mesh: Mesh, asking: Workload): NetworkPolicy | undefined {
  const all = resourcesOf(mesh, 'networking.k8s.io/NetworkPolicy');
  if (all.length === 0) return undefined;
  const wanted = { protocol: 'UDP', port: 53, called: CLUSTER_DNS } as const;
  return forbidding(mesh, all, 'Egress', asking, { workload: CLUSTER_DNS, address: undefined }, wanted);
}

interface Wanted {
  readonly protocol: Protocol;
  readonly port: number;
  /** Whose port it is: names of ports are its own. */
  readonly called: Selected | undefined;
}
/** The address is not known of what the workspace does not have. */
type Other = Pick<End, 'workload'> & { readonly address: string | undefined };

function forbidding(
  mesh: Mesh,
  all: readonly NetworkPolicy[],
  direction: Direction,
  selected: Selected | undefined,
  other: Other,
  wanted: Wanted,
): NetworkPolicy | undefined {
  if (selected === undefined) return undefined;
  const policies = all.filter((policy) => appliesTo(policy, direction, selected));
  const allowed = policies.some((policy) =>
    rules(policy, direction).some(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((peer) => isPeer(mesh, policy.namespace, peer, other))) &&
        (ports.length === 0 || ports.some((entry) => isPort(entry, wanted))),
    ),
  );
  return allowed ? undefined : policies[0];
}

function appliesTo({ namespace, body }: NetworkPolicy, direction: Direction, workload: Selected): boolean {
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

function isPeer(mesh: Mesh, ownNamespace: string, peer: Peer, { workload, address }: Other): boolean {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  if (ipBlock !== undefined) {
    if (address === undefined) return true;
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

function isPort(entry: Rule['ports'][number], { protocol, port, called }: Wanted): boolean {
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  if (entry.port === undefined) return true;
  if (typeof entry.port === 'string' && !/^\d+$/.test(entry.port)) {
    if (called === CLUSTER_DNS) return entry.port === 'dns';
    return (
      called?.containerPorts.some((c) => c.name === entry.port && c.port === port && c.protocol === protocol) === true
    );
  }
  const first = Number(entry.port);
  return port >= first && port <= (entry.endPort ?? first);
}
