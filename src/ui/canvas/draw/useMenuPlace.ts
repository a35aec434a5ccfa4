/**
 * Where the menu opens: under the pointer for a right click, which also selects what is under it;
 * beside the selection for Shift F10, the menu key and the button.
 */
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { selectNodes } from '../../../state/actions/look.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import { useStudio } from '../../shared/context.tsx';
import type { Scene } from '../scene/scene.ts';
import { nodeAt } from './hitTest.ts';

export interface MenuPlace {
  readonly at: Position | undefined;
  readonly open: (at: Position) => void;
  readonly close: () => void;
  /** Of the window, below the last node that is selected. */
  readonly besideSelection: () => Position;
}

export function useMenuPlace(frame: RefObject<HTMLElement | null>, scene: Scene): MenuPlace {
  const studio = useStudio();
  const { screenToFlowPosition, flowToScreenPosition } = useReactFlow();
  const [at, setAt] = useState<Position>();
  const newest = useRef(scene);
  newest.current = scene;

  const besideSelection = useCallback((): Position => {
    const box = newest.current.get(studio.store.getState().selection.nodes.at(-1) ?? '');
    if (box !== undefined) return flowToScreenPosition({ x: box.x + 12, y: box.y + Math.min(box.height, 60) });
    const { left = 0, top = 0 } = frame.current?.getBoundingClientRect() ?? {};
    return { x: left + 24, y: top + 60 };
  }, [studio, frame, flowToScreenPosition]);

  useEffect(() => {
    const node = frame.current;
    const onMenu = (event: MouseEvent): void => {
      const { target } = event;
      if (!(target instanceof Element) || target.closest('.react-flow__renderer, .react-flow__node') === null) return;
      event.preventDefault();
      // The key's event comes from what has the focus, without a button.
      if (event.button !== 2 && event.detail === 0) {
        const id = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
        if (id !== undefined && !studio.store.getState().selection.nodes.includes(id)) selectNodes(studio, [id]);
        setAt(besideSelection());
        return;
      }
      const point = { x: event.clientX, y: event.clientY };
      const under = nodeAt(newest.current, screenToFlowPosition(point, { snapToGrid: false }));
      const { nodes } = studio.store.getState().selection;
      if (under === undefined) selectNodes(studio, []);
      else if (!nodes.includes(under.id)) selectNodes(studio, [under.id]);
      setAt(point);
    };
    node?.addEventListener('contextmenu', onMenu);
    return () => node?.removeEventListener('contextmenu', onMenu);
  }, [studio, frame, besideSelection, screenToFlowPosition]);

  return { at, open: setAt, close: useCallback(() => setAt(undefined), []), besideSelection };
}
