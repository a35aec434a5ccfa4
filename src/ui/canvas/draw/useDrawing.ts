/**
 * Drawing by menu, form and keys: `A` opens the menu and Delete takes the selection away while the
 * canvas (or nothing) has the focus. What was added comes into view and takes the focus.
 */
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { draw, removeNodes } from '../../../state/actions/draw.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { useStudio } from '../../shared/context.tsx';
import { isTyping } from '../../shared/keys.ts';
import type { Scene, SceneNode } from '../scene/scene.ts';
import type { AddKind } from './addKinds.ts';
import { placeNew, placesAround } from './placeNew.ts';

export interface DrawingTools {
  readonly isMenuOpen: boolean;
  readonly openMenu: (open: boolean) => void;
  /** What the form is open for. */
  readonly kind: AddKind | undefined;
  readonly start: (kind: AddKind) => void;
  readonly cancel: () => void;
  readonly add: (intention: EditQuery['intention']) => void;
  readonly focusButton: () => void;
}

export function useDrawing(frame: RefObject<HTMLElement | null>, scene: Scene): DrawingTools {
  const studio = useStudio();
  const [isMenuOpen, openMenu] = useState(false);
  const [kind, start] = useState<AddKind>();
  const [made, setMade] = useState<string>();
  // Actions end later than they begin; the scene is the newest then.
  const newest = useRef(scene);
  newest.current = scene;

  const focusButton = useCallback(() => frame.current?.querySelector<HTMLElement>('.canvas-add')?.focus(), [frame]);
  const cancel = useCallback(() => start(undefined), []);
  const add = useCallback(
    (intention: EditQuery['intention']) => {
      start(undefined);
      void draw(studio, intention, (node) => placeNew(newest.current, node)).then(setMade);
    },
    [studio],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      const isHere = target === document.body || (target instanceof Node && frame.current?.contains(target) === true);
      if (!isHere || isTyping(target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.key.toLowerCase() === 'a' && !event.shiftKey) openMenu(true);
      else if (event.key === 'Delete' || event.key === 'Backspace') {
        const { nodes } = studio.store.getState().selection;
        if (nodes.length === 0) return;
        // The node that has the focus is about to go.
        focusButton();
        void removeNodes(studio, nodes, placesAround(newest.current, nodes));
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [studio, frame, focusButton]);

  useShowMade(frame, made === undefined ? undefined : scene.get(made), setMade);
  return { isMenuOpen, openMenu, kind, start, cancel, add, focusButton };
}

/** Once the new node is drawn: into view if it is not, and focused unless the hand is elsewhere. */
function useShowMade(
  frame: RefObject<HTMLElement | null>,
  node: SceneNode | undefined,
  setMade: (made: undefined) => void,
): void {
  const { fitView, flowToScreenPosition } = useReactFlow();
  useEffect(() => {
    if (node === undefined) return;
    const waiting = requestAnimationFrame(() => {
      setMade(undefined);
      const view = frame.current?.getBoundingClientRect();
      if (view === undefined) return;
      const from = flowToScreenPosition({ x: node.x, y: node.y });
      const to = flowToScreenPosition({ x: node.x + node.width, y: node.y + node.height });
      const isSeen = from.x >= view.left && from.y >= view.top && to.x <= view.right && to.y <= view.bottom;
      if (!isSeen) void fitView({ padding: 0.06, maxZoom: 1.25, minZoom: 0.05 });
      const isFree = document.activeElement === document.body || frame.current?.contains(document.activeElement);
      if (isFree === true) {
        frame.current
          ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`)
          ?.focus({ preventScroll: true });
      }
    });
    return () => cancelAnimationFrame(waiting);
  }, [frame, node, setMade, fitView, flowToScreenPosition]);
}
