/** The simulator's side of a variant's configuration, in the form that `compareConfiguration` reads. */
import type { CompiledMesh } from '../engine.ts';
import type { ConfigurationView } from './compare/configuration.ts';

export function configurationView(compiled: CompiledMesh): ConfigurationView {
  const nacks: string[] = [];
  for (const workload of compiled.mesh.workloads.values()) {
    if (workload.proxy === 'none') continue;
    for (const { typeUrl, message } of compiled.proxyConfig(workload.id).nacks) {
      nacks.push(`${workload.podName}.${workload.namespace} ${typeUrl} ${message}`);
    }
  }
  return {
    rejected: compiled.parsed.rejected,
    warnings: compiled.parsed.warnings,
    nacks,
    // File-mode analysis is not modelled yet; docs/fidelity.md says so.
    analysis: [],
  };
}
