/** The scope of one workload's proxy (`namespace/name`), for tests of what is built from a scope. */
import { workloadId } from '../base/ids.ts';
import { proxyScope } from '../control-plane/scope/proxyScope.ts';
import type { ProxyScope } from '../control-plane/scope/types.ts';
import type { Mesh, Workload } from '../mesh/types.ts';

export function workloadOf(mesh: Mesh, workload: string): Workload {
  const [namespace = '', name = ''] = workload.split('/');
  const found = mesh.workloads.get(workloadId(namespace, name));
  if (!found) throw new Error(`no workload ${workload} in ${[...mesh.workloads.keys()].join(', ')}`);
  return found;
}

export function scopeOf(mesh: Mesh, workload: string, overrides: Partial<ProxyScope> = {}): ProxyScope {
  return { ...proxyScope(mesh, workloadOf(mesh, workload)), ...overrides };
}
