/** A mesh, and calls that were evaluated in it -> the three tables of the security dashboards. */
import type { WorkloadId } from '../../base/ids.ts';
import type { ProxyConfig } from '../../control-plane/envoy/index.ts';
import type { Mesh } from '../../mesh/types.ts';
import { doorsOf } from './doors.ts';
import { edgesOf } from './edges.ts';
import { policiesOf } from './policies.ts';
import type { SecurityReport, TracedCall } from './types.ts';

export function securityReport(
  mesh: Mesh,
  configOf: (workload: WorkloadId) => ProxyConfig,
  calls: readonly TracedCall[],
): SecurityReport {
  return { doors: doorsOf(mesh, configOf), edges: edgesOf(calls), policies: policiesOf(mesh) };
}
