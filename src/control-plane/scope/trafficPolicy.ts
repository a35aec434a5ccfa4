/**
 * The traffic policy in force for one port and subset of a service, block by block, each with the
 * place it came from (pilot/pkg/networking/util GetPortLevelTrafficPolicy,
 * MergeSubsetTrafficPolicy). A port-level entry replaces the whole policy of its level: what it
 * leaves out is default, not inherited. Blocks are never merged inside.
 */
import type { FieldPath, Origin } from '../../base/origin.ts';
import type { Subset } from '../../resources/kinds/destinationRule.ts';
import type {
  ClientTlsMode,
  ClientTlsSettings,
  ConnectionPoolSettings,
  LoadBalancerSettings,
  TrafficPolicy,
} from '../../resources/kinds/shared/trafficPolicy.ts';
import { backendPolicyPlace } from '../gateway/kubernetes/backendTlsPolicies.ts';
import type { DestinationRuleResource, EffectiveDestinationRule } from './types.ts';

export interface Sourced<T> {
  readonly value: T;
  readonly origin: Origin;
}

export interface EffectiveTrafficPolicy {
  readonly tls?: Sourced<ClientTlsSettings>;
  readonly loadBalancer?: Sourced<LoadBalancerSettings>;
  readonly connectionPool?: Sourced<ConnectionPoolSettings>;
  readonly tunnel?: Sourced<NonNullable<TrafficPolicy['tunnel']>>;
  readonly proxyProtocol?: Sourced<NonNullable<TrafficPolicy['proxyProtocol']>>;
}

type Block = keyof EffectiveTrafficPolicy;
const BLOCKS: readonly Block[] = ['tls', 'loadBalancer', 'connectionPool', 'tunnel', 'proxyProtocol'];
/** Blocks that a port-level entry has, and so replaces even with nothing. */
const PORT_BLOCKS: readonly Block[] = ['tls', 'loadBalancer', 'connectionPool'];

export interface SubsetInForce {
  readonly subset: Subset;
  readonly resource: DestinationRuleResource;
  readonly path: FieldPath;
}

export function subsetOf(rule: EffectiveDestinationRule | undefined, name: string): SubsetInForce | undefined {
  const subset = rule?.spec.subsets?.find((candidate) => candidate.name === name);
  const from = rule?.subsetFrom.get(name);
  if (subset === undefined || from === undefined) return undefined;
  return { subset, resource: from.resource, path: ['spec', 'subsets', from.index] };
}

export function effectiveTrafficPolicy(
  rule: EffectiveDestinationRule | undefined,
  port: number,
  subset: SubsetInForce | undefined,
  /** The mesh's own, where the rule has none; a subset's policy goes over it all the same. */
  meshConnectionPool: Sourced<ConnectionPoolSettings> | undefined,
): EffectiveTrafficPolicy {
  const from = rule?.trafficPolicyFrom ?? rule?.from[0];
  const written = from === undefined ? NOTHING : level(rule?.spec.trafficPolicy, port, from, ['spec', 'trafficPolicy']);
  const base: EffectiveTrafficPolicy =
    written.policy.connectionPool !== undefined || meshConnectionPool === undefined
      ? written.policy
      : { ...written.policy, connectionPool: meshConnectionPool };
  if (subset === undefined) return base;
  const own = level(subset.subset.trafficPolicy, port, subset.resource, [...subset.path, 'trafficPolicy']);
  const merged: Partial<Record<Block, Sourced<unknown>>> = { ...base };
  for (const block of BLOCKS) {
    const value = own.policy[block];
    if (value !== undefined) merged[block] = value;
    else if (own.byPort && PORT_BLOCKS.includes(block)) delete merged[block];
  }
  return merged as EffectiveTrafficPolicy;
}

interface Level {
  readonly policy: EffectiveTrafficPolicy;
  readonly byPort: boolean;
}
const NOTHING: Level = { policy: {}, byPort: false };

function level(
  policy: TrafficPolicy | undefined,
  port: number,
  resource: DestinationRuleResource,
  path: FieldPath,
): Level {
  const entries = policy?.portLevelSettings ?? [];
  const index = entries.findIndex((entry) => entry.port?.number === port);
  const entry = entries[index];
  return entry === undefined
    ? { policy: blocks(policy ?? {}, resource, path), byPort: false }
    : { policy: blocks(entry, resource, [...path, 'portLevelSettings', index]), byPort: true };
}

function blocks(policy: TrafficPolicy, resource: DestinationRuleResource, path: FieldPath): EffectiveTrafficPolicy {
  const result: Partial<Record<Block, Sourced<unknown>>> = {};
  for (const block of BLOCKS) {
    const value = policy[block];
    if (value === undefined || value === null) continue;
    result[block] = { value, origin: backendPolicyPlace(value) ?? { resource: resource.id, path: [...path, block] } };
  }
  return result as EffectiveTrafficPolicy;
}

/** `tls: {}` has the enum's zero mode. */
export const tlsMode = (tls: ClientTlsSettings): ClientTlsMode => tls.mode ?? 'DISABLE';

/**
 * The TLS mode by which endpoints are marked. It falls back from port to top level, unlike the
 * cluster's own policy, so the two may disagree (xds/endpoints/mtls_checker.go
 * tlsModeForDestinationRule).
 */
export function endpointTlsMode(
  rule: EffectiveDestinationRule | undefined,
  port: number,
  subset: SubsetInForce | undefined,
): ClientTlsMode | undefined {
  return modeOf(subset?.subset.trafficPolicy, port) ?? modeOf(rule?.spec.trafficPolicy, port);
}

function modeOf(policy: TrafficPolicy | undefined, port: number): ClientTlsMode | undefined {
  const entry = policy?.portLevelSettings?.find((setting) => setting.port?.number === port && setting.tls);
  const tls = entry?.tls ?? policy?.tls;
  return tls === undefined || tls === null ? undefined : tlsMode(tls);
}
