/**
 * Policy audit: what each PeerAuthentication, RequestAuthentication and AuthorizationPolicy selects,
 * which select nothing (or only pods without a proxy), and which are without effect because of which
 * others. PeerAuthentications replace one another; the other kinds are in force together, so one of
 * them is shadowed only where another decides for every request: an ALLOW beside one that allows
 * everything, anything but CUSTOM beside a DENY of everything.
 */
import type { ResourceId, WorkloadId } from '../../base/ids.ts';
import {
  type AttachablePolicy,
  attachedPolicies,
  type ConsideredPolicy,
  effectivePeerAuthentication,
  groupByNamespace,
} from '../../control-plane/policies.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { PolicyRow, PolicyState } from './types.ts';

export function policiesOf(mesh: Mesh): readonly PolicyRow[] {
  const workloads = [...mesh.workloads.values()].filter(({ externalHost }) => externalHost === undefined);
  return [...peerAuthentications(mesh, workloads), ...attached(mesh, workloads)];
}

interface Seen {
  readonly selects: WorkloadId[];
  readonly unprotected: WorkloadId[];
  /** Workloads where it decides something. */
  readonly decides: WorkloadId[];
  readonly outcomes: Set<ConsideredPolicy['outcome']>;
  readonly by: Set<ResourceId>;
}

const nothingSeen = (): Seen => ({ selects: [], unprotected: [], decides: [], outcomes: new Set(), by: new Set() });

function peerAuthentications(mesh: Mesh, workloads: readonly Workload[]): PolicyRow[] {
  const policies = resourcesOf(mesh, 'security.istio.io/PeerAuthentication');
  const seen = new Map<ResourceId, Seen>(policies.map(({ id }) => [id, nothingSeen()]));
  for (const workload of workloads) {
    // A gateway's doors are opened by Gateways alone.
    if (workload.proxy === 'gateway') continue;
    const mtls = effectivePeerAuthentication(mesh, workload.namespace, workload.labels);
    const { considered } = mtls;
    const deciding = new Set([mtls.base, ...mtls.ports.values()].flatMap(({ origins }) => origins[0]?.resource ?? []));
    for (const { policy, outcome } of considered) {
      const own = seen.get(policy.id);
      if (own === undefined) continue;
      if (outcome === 'root-selector') {
        own.outcomes.add(outcome);
        continue;
      }
      if (workload.proxy === 'none') own.unprotected.push(workload.id);
      else {
        own.selects.push(workload.id);
        if (deciding.has(policy.id)) own.decides.push(workload.id);
        else {
          own.outcomes.add(outcome);
          for (const id of deciding) own.by.add(id);
          // The older one of the same level stands, even when it says nothing itself.
          const older = outcome === 'younger' ? considered.find((other) => other.outcome !== 'younger') : undefined;
          if (older !== undefined) own.by.add(older.policy.id);
        }
      }
    }
  }
  return policies.map((policy) => {
    const own = seen.get(policy.id) ?? nothingSeen();
    const { selector, mtls } = policy.body.spec ?? {};
    const selective = Object.keys(selector?.matchLabels ?? {}).length > 0;
    const isRoot = policy.namespace === mesh.config.rootNamespace;
    const state = peerState(own, isRoot && selective);
    return {
      resource: policy.id,
      kind: 'PeerAuthentication',
      namespace: policy.namespace,
      name: policy.name,
      scope: selective ? 'workload' : isRoot ? 'mesh' : 'namespace',
      summary: mtls?.mode ?? 'UNSET',
      selects: own.selects,
      unprotected: own.unprotected,
      state,
      by: state === 'shadowed' || state === 'partly' ? [...own.by].filter((id) => id !== policy.id) : [],
    };
  });
}

function peerState(seen: Seen, neverCounts: boolean): PolicyState {
  const { selects, unprotected, decides, outcomes } = seen;
  if (neverCounts) return 'root-selector';
  if (selects.length === 0) return unprotected.length > 0 ? 'only-without-proxy' : 'selects-nothing';
  if (decides.length === selects.length) return 'in-force';
  if (decides.length > 0) return 'partly';
  return outcomes.size === 1 && outcomes.has('inherits') ? 'says-nothing' : 'shadowed';
}

type Attached = AttachablePolicy & {
  readonly body: {
    readonly spec?: {
      readonly action?: string;
      readonly rules?: readonly object[];
      readonly jwtRules?: readonly { readonly issuer?: string }[];
    };
  };
};

function attached(mesh: Mesh, workloads: readonly Workload[]): PolicyRow[] {
  const authentications: readonly Attached[] = resourcesOf(mesh, 'security.istio.io/RequestAuthentication');
  const authorizations: readonly Attached[] = resourcesOf(mesh, 'security.istio.io/AuthorizationPolicy');
  const on = new Map<ResourceId, Workload[]>();
  /** The AuthorizationPolicies in force together, by workload. */
  const together = new Map<WorkloadId, readonly Attached[]>();
  const [byNamespace, rulesByNamespace] = [groupByNamespace(authentications), groupByNamespace(authorizations)];
  for (const workload of workloads) {
    const own = attachedPolicies(rulesByNamespace, workload, 'root-first', mesh);
    together.set(workload.id, own);
    for (const policy of [...attachedPolicies(byNamespace, workload, 'own-first', mesh), ...own]) {
      const reached = on.get(policy.id);
      if (reached === undefined) on.set(policy.id, [workload]);
      else reached.push(workload);
    }
  }
  const row = (policy: Attached, kind: PolicyRow['kind'], summary: string): PolicyRow => {
    const reached = on.get(policy.id) ?? [];
    const protectedOnes = reached.filter(({ proxy }) => proxy !== 'none');
    const by = kind === 'AuthorizationPolicy' ? shadowersOf(policy, protectedOnes, together) : [];
    return {
      resource: policy.id,
      kind,
      namespace: policy.namespace,
      name: policy.name,
      scope: scopeOf(policy, mesh.config.rootNamespace),
      summary,
      selects: protectedOnes.map(({ id }) => id),
      unprotected: reached.filter(({ proxy }) => proxy === 'none').map(({ id }) => id),
      state: attachedState(policy, kind, reached.length, protectedOnes.length, by.length > 0),
      by,
    };
  };
  return [
    ...authentications.map((policy) =>
      row(
        policy,
        'RequestAuthentication',
        (policy.body.spec?.jwtRules ?? []).map(({ issuer }) => issuer ?? '').join(', '),
      ),
    ),
    ...authorizations.map((policy) => row(policy, 'AuthorizationPolicy', policy.body.spec?.action ?? 'ALLOW')),
  ];
}

function attachedState(
  policy: Attached,
  kind: PolicyRow['kind'],
  reached: number,
  enforced: number,
  isShadowed: boolean,
): PolicyState {
  const { action = 'ALLOW', rules = [], jwtRules = [] } = policy.body.spec ?? {};
  if (reached === 0) return 'selects-nothing';
  if (enforced === 0) return 'only-without-proxy';
  if (isShadowed) return 'shadowed';
  if (kind === 'RequestAuthentication') return jwtRules.length === 0 ? 'says-nothing' : 'in-force';
  if (action === 'CUSTOM' || action === 'AUDIT') return 'by-provider';
  // An ALLOW without rules lets nothing through; a DENY without rules denies nothing.
  return action === 'DENY' && rules.length === 0 ? 'says-nothing' : 'in-force';
}

/** Policies that decide every request wherever this one is in force; [] where one place is left to it. */
function shadowersOf(
  policy: Attached,
  workloads: readonly Workload[],
  together: ReadonlyMap<WorkloadId, readonly Attached[]>,
): ResourceId[] {
  const action = policy.body.spec?.action ?? 'ALLOW';
  if (action === 'CUSTOM' || action === 'AUDIT') return [];
  const found = new Set<ResourceId>();
  for (const { id } of workloads) {
    const others = (together.get(id) ?? []).filter((other) => other.id !== policy.id);
    const everything = others.filter((other) => matchesEverything(other));
    const deniers = everything.filter(({ body }) => body.spec?.action === 'DENY');
    const allowers = everything.filter(({ body }) => (body.spec?.action ?? 'ALLOW') === 'ALLOW');
    // Two that say the same do not shadow each other: the first of them stands.
    const isFirst = (other: Attached): boolean => !matchesEverything(policy) || other.order < policy.order;
    const shadowing = action === 'DENY' ? deniers.filter(isFirst) : [...deniers, ...allowers.filter(isFirst)];
    if (shadowing.length === 0) return [];
    for (const other of shadowing) found.add(other.id);
  }
  return [...found];
}

/** A rule without from, to and when is met by every request and connection. */
const matchesEverything = ({ body }: Attached): boolean =>
  (body.spec?.rules ?? []).some((rule) => Object.values(rule).every((part) => part === undefined));

function scopeOf({ body, namespace }: Attached, rootNamespace: string): PolicyRow['scope'] {
  const { selector, targetRef, targetRefs } = body.spec ?? {};
  if (targetRef !== undefined || (targetRefs ?? []).length > 0) return 'gateway';
  if (Object.keys(selector?.matchLabels ?? {}).length > 0) return 'workload';
  return namespace === rootNamespace ? 'mesh' : 'namespace';
}
