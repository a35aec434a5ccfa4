/** Workloads go to another namespace, with what is theirs; references follow. */
import type { WorkloadId } from '../../base/ids.ts';
import { parseNodeId } from '../nodeIds.ts';
import type { Studio } from '../studio.ts';
import type { Places } from '../workspace/workspace.ts';
import { draw } from './draw.ts';

export async function moveWorkloads(
  studio: Studio,
  nodes: readonly string[],
  namespace: string,
  places: Places,
): Promise<void> {
  const workloads = nodes.flatMap((node) => {
    const ref = parseNodeId(node);
    return ref?.kind === 'workload' ? [ref.id as WorkloadId] : [];
  });
  if (workloads.length > 0) await draw(studio, { kind: 'move', workloads, namespace }, () => places);
}
