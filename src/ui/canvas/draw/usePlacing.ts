/**
 * The tool in the hand. An item is placed by dragging it from the strip, by choosing it and clicking
 * where it goes, or by Enter, which puts it where `keyboardPlace` says. While one is in the hand, what
 * would be made is known before the click: `hover` names and lights it.
 */
import { useReactFlow } from '@xyflow/react';
import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Position } from '../../../state/workspace/workspace.ts';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import type { Scene } from '../scene/scene.ts';
import { type DropTarget, dropTarget, keyboardPlace } from './dropTarget.ts';
import { nodeAt } from './hitTest.ts';
import type { Item } from './items.ts';
import { SELECT, type Tool } from './tool.ts';

export interface Hover {
  readonly item: Item;
  /** Of the pointer, in the window. */
  readonly screen: Position;
  /** Undefined: nothing of the kind goes there. */
  readonly target: DropTarget | undefined;
}

export interface Placing {
  readonly hover: Hover | undefined;
  /** Where Enter would put what is in the hand. */
  readonly byKeyboard: DropTarget | undefined;
  readonly grab: (item: Item, event: ReactPointerEvent) => void;
  /** Whether the press that just ended was a drag, so that no click follows. */
  readonly wasDragged: () => boolean;
  readonly placeByKeyboard: (item: Item) => void;
}

interface Asked {
  readonly frame: RefObject<HTMLElement | null>;
  readonly scene: Scene;
  readonly graph: MeshGraph;
  readonly selected: string | undefined;
  readonly tool: Tool;
  readonly setTool: (tool: Tool) => void;
  /** `at`: of the canvas; absent when no pointer said where. */
  readonly onPlace: (intention: EditQuery['intention'], at: Position | undefined) => void;
}

const DRAG_FROM = 4;

export function usePlacing(asked: Asked): Placing {
  const { frame, tool, graph, selected } = asked;
  const { screenToFlowPosition } = useReactFlow();
  const [hover, setHover] = useState<Hover>();
  const newest = useRef(asked);
  newest.current = asked;
  const dragged = useRef(false);

  const hoverAt = useCallback(
    (item: Item, screen: Position): Hover & { readonly at: Position } => {
      const at = screenToFlowPosition(screen, { snapToGrid: false });
      const { scene, graph: mesh } = newest.current;
      return { item, screen, at, target: dropTarget(item, nodeAt(scene, at)?.id, mesh) };
    },
    [screenToFlowPosition],
  );
  const drop = useCallback(
    (item: Item, screen: Position): boolean => {
      const { target, at } = hoverAt(item, screen);
      if (target === undefined) return false;
      newest.current.onPlace(target.intention, at);
      return true;
    },
    [hoverAt],
  );

  const inHand = tool.kind === 'place' ? tool.item : undefined;
  useEffect(() => {
    const node = frame.current;
    if (inHand === undefined || node === null) return undefined;
    const isCanvas = (event: Event): boolean =>
      event.target instanceof Element && event.target.closest('.react-flow, .canvas-empty') !== null;
    const onMove = ({ clientX, clientY }: PointerEvent): void => setHover(hoverAt(inHand, { x: clientX, y: clientY }));
    const onLeave = (): void => setHover(undefined);
    const onDown = (event: Event): void => {
      // No card is dragged, nothing selected: this press places.
      if (isCanvas(event)) event.stopPropagation();
    };
    const onClick = (event: MouseEvent): void => {
      if (!isCanvas(event)) return;
      event.stopPropagation();
      if (drop(inHand, { x: event.clientX, y: event.clientY })) newest.current.setTool(SELECT);
    };
    node.addEventListener('pointermove', onMove);
    node.addEventListener('pointerleave', onLeave);
    node.addEventListener('pointerdown', onDown, true);
    node.addEventListener('mousedown', onDown, true);
    node.addEventListener('click', onClick, true);
    return () => {
      setHover(undefined);
      node.removeEventListener('pointermove', onMove);
      node.removeEventListener('pointerleave', onLeave);
      node.removeEventListener('pointerdown', onDown, true);
      node.removeEventListener('mousedown', onDown, true);
      node.removeEventListener('click', onClick, true);
    };
  }, [frame, inHand, hoverAt, drop]);

  const grab = useCallback(
    (item: Item, event: ReactPointerEvent): void => {
      if (event.button !== 0) return;
      const start = { x: event.clientX, y: event.clientY };
      dragged.current = false;
      const onMove = ({ clientX, clientY }: PointerEvent): void => {
        if (!dragged.current && Math.hypot(clientX - start.x, clientY - start.y) < DRAG_FROM) return;
        dragged.current = true;
        setHover(hoverAt(item, { x: clientX, y: clientY }));
      };
      const end = (): void => {
        setHover(undefined);
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', onUp);
        window.removeEventListener('pointercancel', end);
        window.removeEventListener('keydown', onKey, true);
      };
      const onUp = ({ clientX, clientY }: PointerEvent): void => {
        end();
        const over = document.elementFromPoint(clientX, clientY);
        const isOnCanvas =
          over?.closest('.react-flow, .canvas-empty') != null && frame.current?.contains(over) === true;
        if (dragged.current && isOnCanvas) drop(item, { x: clientX, y: clientY });
      };
      const onKey = (key: KeyboardEvent): void => {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        end();
      };
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', onUp);
      window.addEventListener('pointercancel', end);
      window.addEventListener('keydown', onKey, true);
    },
    [frame, hoverAt, drop],
  );

  const placeByKeyboard = useCallback((item: Item): void => {
    const { graph: mesh, selected: node, onPlace, setTool } = newest.current;
    const target = dropTarget(item, keyboardPlace(item, node, mesh), mesh);
    if (target === undefined) return;
    onPlace(target.intention, undefined);
    setTool(SELECT);
  }, []);

  const wasDragged = useCallback((): boolean => {
    const was = dragged.current;
    dragged.current = false;
    return was;
  }, []);

  return {
    hover,
    byKeyboard: inHand === undefined ? undefined : dropTarget(inHand, keyboardPlace(inHand, selected, graph), graph),
    grab,
    wasDragged,
    placeByKeyboard,
  };
}
