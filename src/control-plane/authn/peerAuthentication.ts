/**
 * PeerAuthentication: the mTLS mode that a workload's proxy enforces on each port, with what was
 * considered (pilot/pkg/security/authn/policy_applier.go ComposePeerAuthentication), and the mode
 * of a namespace as clients infer it for auto mTLS (pilot/pkg/model/authentication.go).
 *
 * Three levels, the narrower one wins where it says something: mesh (root namespace, no selector),
 * namespace, workload (selector, outside the root namespace). Of one level only the oldest counts.
 */
import type { Origin } from '../../base/origin.ts';
import { rememberLast } from '../../base/remembered.ts';
import { isEmptySelector, type Labels, selects } from '../../mesh/labels.ts';
import { resourcesOf } from '../../mesh/resourceIndex.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { PeerAuthenticationBody } from '../../resources/kinds/peerAuthentication.ts';
import type { Resource } from '../../resources/types.ts';

export type PeerAuthentication = Resource<'PeerAuthentication', PeerAuthenticationBody>;
export type MtlsMode = 'DISABLE' | 'PERMISSIVE' | 'STRICT';

/** A mode and the fields that decided it, most decisive first; none when it is the default. */
export interface DecidedMode {
  readonly mode: MtlsMode;
  readonly origins: readonly Origin[];
}

export interface EffectivePeerAuthentication {
  /** Of ports without a setting of their own, and of traffic to ports that no Service has. */
  readonly base: DecidedMode;
  /** By container port. */
  readonly ports: ReadonlyMap<number, DecidedMode>;
  readonly forPort: (port: number) => DecidedMode;
  /** Every policy that was looked at and what became of it, in the order of precedence. */
  readonly considered: readonly ConsideredPolicy[];
}

export interface ConsideredPolicy {
  readonly policy: PeerAuthentication;
  readonly level: 'mesh' | 'namespace' | 'workload';
  readonly outcome:
    | 'decides'
    /** Says UNSET, or nothing of mtls. */
    | 'inherits'
    /** A narrower level decides. */
    | 'overridden'
    /** An older policy of the same level stands. */
    | 'younger'
    /** A selector in the root namespace never counts. */
    | 'root-selector';
}

const DEFAULT_MODE: DecidedMode = { mode: 'PERMISSIVE', origins: [] };

const effective = new WeakMap<Mesh, WeakMap<Labels, Map<string, EffectivePeerAuthentication>>>();

/** What counts for a pod with these labels in this namespace. */
export function effectivePeerAuthentication(
  mesh: Mesh,
  namespace: string,
  labels: Labels,
): EffectivePeerAuthentication {
  // Asked for every endpoint of every cluster, with the labels object of the pod.
  const ofMesh = effective.get(mesh) ?? new WeakMap<Labels, Map<string, EffectivePeerAuthentication>>();
  effective.set(mesh, ofMesh);
  const ofLabels = ofMesh.get(labels) ?? new Map<string, EffectivePeerAuthentication>();
  ofMesh.set(labels, ofLabels);
  const known = ofLabels.get(namespace) ?? compose(mesh, namespace, labels);
  ofLabels.set(namespace, known);
  return known;
}

function compose(mesh: Mesh, namespace: string, labels: Labels): EffectivePeerAuthentication {
  const { byNamespace, dropped } = policiesOf(mesh);
  const root = mesh.config.rootNamespace;
  const candidates = [...new Set([namespace, root])].flatMap((ns) =>
    (byNamespace.get(ns) ?? []).filter((policy) => selects(selectorOf(policy), labels)),
  );
  const meshLevel = candidates.find((policy) => policy.namespace === root && isGeneral(policy));
  const namespaceLevel =
    namespace === root ? undefined : candidates.find((policy) => policy.namespace === namespace && isGeneral(policy));
  const workloadLevels = candidates.filter((policy) => policy.namespace !== root && !isGeneral(policy));
  const workloadLevel = workloadLevels[0];

  const levels = [meshLevel, namespaceLevel, workloadLevel].filter((policy) => policy !== undefined);
  let base = DEFAULT_MODE;
  let decisive: PeerAuthentication | undefined;
  for (const policy of levels) {
    const own = ownMode(policy);
    if (own === undefined) continue;
    base = { mode: own, origins: [{ resource: policy.id, path: ['spec', 'mtls', 'mode'] }] };
    decisive = policy;
  }
  const ports = portModes(workloadLevel, base);
  const outcomeOf = (policy: PeerAuthentication): ConsideredPolicy['outcome'] => {
    if (policy === decisive) return 'decides';
    return ownMode(policy) === undefined ? 'inherits' : 'overridden';
  };
  return {
    base,
    ports,
    forPort: (port) => ports.get(port) ?? base,
    get considered() {
      const younger = (level: ConsideredPolicy['level'], policy: PeerAuthentication): ConsideredPolicy => ({
        policy,
        level,
        outcome: 'younger',
      });
      return [
        ...workloadLevels.map(
          (policy, index): ConsideredPolicy =>
            index > 0 ? younger('workload', policy) : { policy, level: 'workload', outcome: outcomeOf(policy) },
        ),
        ...(namespaceLevel
          ? [{ policy: namespaceLevel, level: 'namespace' as const, outcome: outcomeOf(namespaceLevel) }]
          : []),
        ...(meshLevel ? [{ policy: meshLevel, level: 'mesh' as const, outcome: outcomeOf(meshLevel) }] : []),
        ...dropped
          .filter((policy) => policy.namespace === namespace || policy.namespace === root)
          .map((policy) => younger(policy.namespace === root ? 'mesh' : 'namespace', policy)),
        ...candidates
          .filter((policy) => policy.namespace === root && !isGeneral(policy))
          .map((policy): ConsideredPolicy => ({ policy, level: 'workload', outcome: 'root-selector' })),
      ];
    },
  };
}

function portModes(workloadLevel: PeerAuthentication | undefined, base: DecidedMode): ReadonlyMap<number, DecidedMode> {
  const ports = new Map<number, DecidedMode>();
  if (workloadLevel === undefined) return ports;
  for (const [port, setting] of Object.entries(workloadLevel.body.spec?.portLevelMtls ?? {})) {
    const own = setting?.mode;
    if (own === undefined || own === 'UNSET') {
      ports.set(Number(port), base);
      continue;
    }
    const origin: Origin = { resource: workloadLevel.id, path: ['spec', 'portLevelMtls', port, 'mode'] };
    ports.set(Number(port), { mode: own, origins: [origin] });
  }
  return ports;
}

/**
 * The mode clients infer for a namespace: its own policy, else the mesh's, else unknown. Workload
 * and port settings are invisible here.
 */
export function namespaceMode(mesh: Mesh, namespace: string): DecidedMode | undefined {
  const { byNamespace } = policiesOf(mesh);
  const root = mesh.config.rootNamespace;
  const general = (ns: string) => byNamespace.get(ns)?.find(isGeneral);
  const meshLevel = general(root);
  const meshMode = meshLevel && decided(meshLevel, DEFAULT_MODE);
  if (namespace === root) return meshMode;
  const namespaceLevel = general(namespace);
  return namespaceLevel ? decided(namespaceLevel, meshMode ?? DEFAULT_MODE) : meshMode;
}

function decided(policy: PeerAuthentication, inherited: DecidedMode): DecidedMode {
  const own = ownMode(policy);
  if (own === undefined) return inherited;
  return { mode: own, origins: [{ resource: policy.id, path: ['spec', 'mtls', 'mode'] }] };
}

const selectorOf = (policy: PeerAuthentication): Labels | undefined => policy.body.spec?.selector?.matchLabels;
const isGeneral = (policy: PeerAuthentication): boolean => isEmptySelector(selectorOf(policy));

function ownMode(policy: PeerAuthentication): MtlsMode | undefined {
  const mode = policy.body.spec?.mtls?.mode;
  return mode === undefined || mode === 'UNSET' ? undefined : mode;
}

interface Policies {
  /** Oldest first; of policies without selector only the oldest of each namespace is in. */
  readonly byNamespace: ReadonlyMap<string, readonly PeerAuthentication[]>;
  readonly dropped: readonly PeerAuthentication[];
}

const policiesOf = (mesh: Mesh): Policies => grouped(resourcesOf(mesh, 'security.istio.io/PeerAuthentication'));

const grouped = rememberLast((inForce: readonly PeerAuthentication[]): Policies => {
  const byNamespace = new Map<string, PeerAuthentication[]>();
  const dropped: PeerAuthentication[] = [];
  for (const policy of inForce) {
    const list = byNamespace.get(policy.namespace) ?? [];
    byNamespace.set(policy.namespace, list);
    if (isGeneral(policy) && list.some(isGeneral)) dropped.push(policy);
    else list.push(policy);
  }
  return { byNamespace, dropped };
});
