/** Where a command of the console runs: outside, or in a container of a workload. */
import { readKubectlExec } from '../curl/kubectlExec.ts';
import type { Studio } from '../studio.ts';
import type { CallDraft } from '../workspace/workspace.ts';

/** `around` is what stands before the program, `kubectl exec ... --` or nothing; a text is kubectl's complaint. */
export function placeOf(studio: Studio, around: readonly string[]): Partial<CallDraft> | string {
  if (around.length === 0) return { from: 'outside', container: 'app' };
  const { from = '', container = 'app' } = readKubectlExec(around);
  const [namespace = '', name = ''] = from.split('/');
  const workloads = (studio.store.getState().engine.graph?.workloads ?? []).filter(
    (one) => one.namespace === namespace,
  );
  // A pod is its workload's name and something behind it.
  const workload =
    workloads.find((one) => one.name === name) ??
    workloads.filter((one) => name.startsWith(`${one.name}-`)).sort((a, b) => b.name.length - a.name.length)[0];
  if (workload === undefined) return `Error from server (NotFound): pods "${name}" not found\n`;
  if (container === 'istio-proxy' && workload.proxy === 'none') {
    return `Error from server (BadRequest): container istio-proxy is not valid for pod ${name}\n`;
  }
  return { from: workload.id, container };
}
