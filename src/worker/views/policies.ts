/**
 * Which policies are in force at one workload, in the order in which they take effect, and what
 * became of those that were considered and are not.
 */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import {
  type AttachablePolicy,
  attachedPolicies,
  type CompiledMesh,
  type ConsideredPolicy,
  effectivePeerAuthentication,
  groupByNamespace,
  resourcesOf,
  type Workload,
} from '../../engine.ts';
import type { PoliciesView, PolicyView } from '../proxyView.ts';
import { rangeOf } from './located.ts';

export function policiesView(compiled: CompiledMesh, id: WorkloadId): PoliciesView | undefined {
  const workload = compiled.mesh.workloads.get(id);
  if (workload === undefined) return undefined;
  const mtls = effectivePeerAuthentication(compiled.mesh, workload.namespace, workload.labels);
  const ports = new Set([...workload.applications.map((application) => application.port), ...mtls.ports.keys()]);
  const row = (port: number | 'default', mode: { mode: typeof mtls.base.mode; origins: readonly Origin[] }) => ({
    port,
    mode: mode.mode,
    ...(mode.origins[0] === undefined ? {} : { by: mode.origins[0].resource }),
    ...rangeOf(compiled, mode.origins[0]),
  });
  return {
    workload: id,
    mtls: [row('default', mtls.base), ...[...ports].sort((a, b) => a - b).map((port) => row(port, mtls.forPort(port)))],
    policies: [
      ...mtls.considered.map((considered) => peerAuthentication(compiled, considered, mtls.considered)),
      ...(workload.proxy === 'none' ? [] : authorization(compiled, workload)),
    ],
  };
}

function peerAuthentication(
  compiled: CompiledMesh,
  { policy, level, outcome }: ConsideredPolicy,
  all: readonly ConsideredPolicy[],
): PolicyView {
  const winner = all.find((other) => other.outcome === 'decides');
  const inForce = outcome === 'decides';
  return {
    resource: policy.id,
    kind: 'PeerAuthentication',
    namespace: policy.namespace,
    name: policy.name,
    scope: level,
    state: inForce ? 'in-force' : 'overridden',
    why: { code: `peer-authentication-${outcome}`, params: {} },
    summary: policy.body.spec?.mtls?.mode ?? 'UNSET',
    ...(inForce || winner === undefined ? {} : { by: winner.policy.id }),
    ...rangeOf(compiled, { resource: policy.id, path: [] }),
  };
}

function authorization(compiled: CompiledMesh, workload: Workload): PolicyView[] {
  const { mesh } = compiled;
  const view = (policy: AttachablePolicy, summary: string): PolicyView => ({
    resource: policy.id,
    kind: policy.kind,
    namespace: policy.namespace,
    name: policy.name,
    scope: scopeOf(policy, mesh.config.rootNamespace),
    state: 'in-force',
    why: { code: 'policy-attached', params: {} },
    summary,
    ...rangeOf(compiled, { resource: policy.id, path: [] }),
  });
  const authentications = groupByNamespace(resourcesOf(mesh, 'security.istio.io/RequestAuthentication'));
  const authorizations = groupByNamespace(resourcesOf(mesh, 'security.istio.io/AuthorizationPolicy'));
  return [
    ...attachedPolicies(authentications, workload, 'own-first', mesh).map((policy) =>
      view(policy, (policy.body.spec?.jwtRules ?? []).map((rule) => rule.issuer ?? '').join(', ')),
    ),
    ...attachedPolicies(authorizations, workload, 'root-first', mesh)
      .map((policy) => view(policy, policy.body.spec?.action ?? 'ALLOW'))
      .sort((a, b) => PHASES.indexOf(a.summary) - PHASES.indexOf(b.summary)),
  ];
}

/** The order in which Envoy evaluates them. */
const PHASES = ['CUSTOM', 'AUDIT', 'DENY', 'ALLOW'];

function scopeOf(policy: AttachablePolicy, rootNamespace: string): PolicyView['scope'] {
  const { selector, targetRef, targetRefs } = policy.body.spec ?? {};
  if (targetRef !== undefined || (targetRefs ?? []).length > 0) return 'gateway';
  if (Object.keys(selector?.matchLabels ?? {}).length > 0) return 'workload';
  return policy.namespace === rootNamespace ? 'mesh' : 'namespace';
}
