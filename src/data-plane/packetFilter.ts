/**
 * The cluster's packet filter, in front of every pod: what a NetworkPolicy makes of a connection and
 * of a lookup of names. A forbidden packet is dropped, so nobody answers and whoever waits gives up;
 * where the workspace does not say whether policies are enforced, there is no verdict.
 */
import type { Origin } from '../base/origin.ts';
import type { Workload } from '../mesh/types.ts';
import {
  type NetworkPolicy,
  networkPolicyEnforcement,
  policyInTheWay,
  policyInTheWayOfDns,
} from '../network/networkPolicy.ts';
import type { CannotTell } from '../trace/trace.ts';
import type { Dialler, Run } from './run.ts';
import type { Connection } from './wire.ts';

export type Filtered =
  | { readonly kind: 'passed' }
  | { readonly kind: 'dropped'; readonly by: Origin }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const PASSED: Filtered = { kind: 'passed' };

/** A connection between two pods, or between a pod and the outside. */
export function filterConnection(
  { env: { mesh } }: Run,
  { workload: caller }: Dialler,
  called: Workload | undefined,
  { sourceIp, destinationIp, destinationPort }: Connection,
): Filtered {
  if (called !== undefined && called.id === caller?.id) return PASSED;
  const to = { workload: called, address: destinationIp };
  return filtered(mesh, policyInTheWay(mesh, { workload: caller, address: sourceIp }, to, destinationPort));
}

/** A pod that asks the cluster's DNS; from outside nobody does. */
export const filterLookup = ({ env: { mesh } }: Run, asking: Workload | undefined): Filtered =>
  asking === undefined ? PASSED : filtered(mesh, policyInTheWayOfDns(mesh, asking));

function filtered(mesh: Run['env']['mesh'], policy: NetworkPolicy | undefined): Filtered {
  if (policy === undefined) return PASSED;
  const { namespace, name } = policy;
  switch (networkPolicyEnforcement(mesh)) {
    case 'ignore':
      return PASSED;
    case 'drop':
      return { kind: 'dropped', by: { resource: policy.id, path: ['spec'] } };
    case 'unknown':
      return { kind: 'cannot-tell', why: { code: 'network-plugin', params: { namespace, name } } };
  }
}
