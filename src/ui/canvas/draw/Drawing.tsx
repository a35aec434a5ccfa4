/** All that changes the mesh from the canvas: its tools, what an empty one says, and the form of a new thing. */
import type { RefObject } from 'react';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import { CanvasEmpty } from '../CanvasEmpty.tsx';
import { CanvasTools } from '../CanvasTools.tsx';
import type { Scene } from '../scene/scene.ts';
import { AddForm } from './AddForm.tsx';
import { useDrawing } from './useDrawing.ts';

export interface DrawingProps {
  readonly frame: RefObject<HTMLElement | null>;
  readonly graph: MeshGraph;
  readonly scene: Scene;
  readonly selected: readonly string[];
}

export function Drawing({ frame, graph, scene, selected }: DrawingProps) {
  const drawing = useDrawing(frame, scene);
  return (
    <>
      {isBare(scene) && <CanvasEmpty onAdd={drawing.start} />}
      <CanvasTools
        scene={scene}
        adding={{ open: drawing.isMenuOpen, onOpenChange: drawing.openMenu, onChoose: drawing.start }}
      />
      {drawing.kind !== undefined && (
        <AddForm
          key={drawing.kind}
          kind={drawing.kind}
          graph={graph}
          selected={selected.at(-1)}
          onAdd={drawing.add}
          onClose={drawing.cancel}
          returnFocus={drawing.focusButton}
        />
      )}
    </>
  );
}

/** Nothing but the outside. */
const isBare = (scene: Scene): boolean => [...scene.values()].every(({ kind }) => kind === 'outside');
