/** Cards dropped into another room, or dropped as copies: an edit of the text, and the places where the hand left them. */
import { copyNodes, pasteYaml } from '../../../state/actions/copyPaste.ts';
import { moveWorkloads } from '../../../state/actions/moveWorkloads.ts';
import { parseNodeId, workloadNode } from '../../../state/nodeIds.ts';
import type { Studio } from '../../../state/studio.ts';
import type { Placed, Places } from '../../../state/workspace/workspace.ts';
import { makeWay } from '../scene/makeWay.ts';
import type { Scene } from '../scene/scene.ts';
import { placeCopies } from './placeCopies.ts';
import { placeInRoom, placesAround, placesIn } from './placeNew.ts';

export interface Drop {
  readonly nodes: readonly string[];
  /** Where they are now, from the corner of the room that they were in. */
  readonly places: Places;
  readonly into: string | undefined;
  /** As it was before the drag. */
  readonly scene: Scene;
}

/** The workloads move into the room's namespace. */
export function dropNodes(studio: Studio, { nodes, places, into, scene }: Drop): Promise<void> {
  const room = into === undefined ? undefined : scene.get(into);
  const ref = into === undefined ? undefined : parseNodeId(into);
  if (room === undefined || ref?.kind !== 'namespace') return Promise.resolve();
  // Nobody's places are seen in a closed room: it opens, and they stand where there is room.
  if (room.kind === 'collapsed') return moveWorkloads(studio, nodes, ref.id, placesAround(scene, nodes));
  const taken: Record<string, Placed> = placesIn(scene, room);
  const stay = { ...placesAround(scene, nodes), ...taken };
  const dropped: Record<string, Placed> = {};
  for (const node of nodes) {
    const card = scene.get(node);
    const from = scene.get(card?.room ?? '');
    const place = places[node];
    if (card === undefined || from === undefined || place === undefined) continue;
    const at = { x: from.x + place.x + card.width / 2, y: from.y + place.y + card.height / 2 };
    const id = workloadNode(`${ref.id}/${node.slice(node.indexOf('/') + 1)}`);
    dropped[id] = placeInRoom(room, [...Object.values(taken), ...Object.values(dropped)], at);
  }
  return moveWorkloads(studio, nodes, ref.id, makeWay(scene, { ...stay, ...dropped }));
}

/** Copies where the hand left them; the originals stay. */
export async function dropCopies(studio: Studio, { nodes, places, into, scene }: Drop): Promise<void> {
  const ref = into === undefined ? undefined : parseNodeId(into);
  const text = await copyNodes(studio, nodes);
  if (text === '') return;
  await pasteYaml(studio, text, ref?.kind === 'namespace' ? ref.id : undefined, (_, copies) =>
    placeCopies(scene, copies, places),
  );
}
