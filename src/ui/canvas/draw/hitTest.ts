/** What stands under a point of the canvas: a card before the room it is in. */
import type { Position } from '../../../state/workspace/workspace.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';

export function nodeAt(scene: Scene, { x, y }: Position, isAsked: (node: SceneNode) => boolean = () => true) {
  let room: SceneNode | undefined;
  for (const node of scene.values()) {
    if (x < node.x || y < node.y || x > node.x + node.width || y > node.y + node.height || !isAsked(node)) continue;
    if (node.kind !== 'room') return node;
    room = node;
  }
  return room;
}
