/** Rings around what was found on the canvas; the one that the walk has come to is filled. */
import { ViewportPortal } from '@xyflow/react';
import type { Findable } from '../../../state/find/findables.ts';
import type { Scene } from '../scene/scene.ts';

export interface FoundLightsProps {
  readonly scene: Scene;
  readonly rows: readonly Findable[];
  readonly current: Findable | undefined;
}

export function FoundLights({ scene, rows, current }: FoundLightsProps) {
  const nodes = new Set(rows.flatMap((row) => row.nodes));
  return (
    <ViewportPortal>
      {[...nodes].map((node) => {
        const box = scene.get(node);
        if (box === undefined) return null;
        return (
          <div
            key={node}
            className="found-light"
            aria-hidden="true"
            data-current={current?.nodes.includes(node) === true}
            style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
          />
        );
      })}
    </ViewportPortal>
  );
}
