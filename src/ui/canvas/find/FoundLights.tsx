/** Rings around what was found on the canvas; the one that the walk has come to is filled. */
import { ViewportPortal } from '@xyflow/react';
import type { Findable } from '../../../state/find/findables.ts';
import { type Scene, seenAt } from '../scene/scene.ts';

export interface FoundLightsProps {
  readonly scene: Scene;
  readonly rows: readonly Findable[];
  readonly current: Findable | undefined;
}

export function FoundLights({ scene, rows, current }: FoundLightsProps) {
  const boxes = new Set(rows.flatMap((row) => row.nodes.flatMap((node) => seenAt(scene, node) ?? [])));
  const lit = new Set(current?.nodes.flatMap((node) => seenAt(scene, node) ?? []));
  return (
    <ViewportPortal>
      {[...boxes].map((box) => (
        <div
          key={box.id}
          className="found-light"
          aria-hidden="true"
          data-current={lit.has(box)}
          style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
        />
      ))}
    </ViewportPortal>
  );
}
