/** Another name for a node; whatever refers to the old one follows, and what could not is told. */
import type { WorkloadId } from '../../base/ids.ts';
import type { EditQuery } from '../../worker/protocol.ts';
import { parseNodeId } from '../nodeIds.ts';
import { graphIndex } from '../selectors/graphIndex.ts';
import type { Studio } from '../studio.ts';
import { draw } from './draw.ts';

type Nameable = Extract<EditQuery['intention'], { kind: 'rename' }>['what'];

/** Returns the node under its new name. */
export async function renameNode(studio: Studio, node: string, to: string): Promise<string | undefined> {
  const what = nameable(studio, node);
  return what === undefined ? undefined : draw(studio, { kind: 'rename', what, to });
}

function nameable({ store }: Studio, node: string): Nameable | undefined {
  const ref = parseNodeId(node);
  if (ref?.kind === 'workload') return { kind: 'workload', id: ref.id as WorkloadId };
  if (ref?.kind === 'namespace') return { kind: 'namespace', name: ref.id };
  const { services, authorities } = graphIndex(store.getState().engine.graph);
  const id = services.get(node)?.resource ?? authorities.get(node)?.resource;
  return id === undefined ? undefined : { kind: 'resource', id };
}
