/**
 * Dragging cards: while it lasts their places are the hand's, dropping makes them the workspace's.
 * Cards over another room than their own are lifted: their room no longer makes way for them, and
 * dropping them there moves the workloads into that namespace. With Alt held, copies are dropped and
 * the originals go back.
 */
import { type OnNodeDrag, useReactFlow } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { moveNodes } from '../../state/actions/moveNodes.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Places, Position } from '../../state/workspace/workspace.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';
import { makeWay } from './scene/makeWay.ts';
import { insideRoom } from './scene/placement.ts';
import type { Scene, SceneNode } from './scene/scene.ts';
import type { FlowNode } from './toFlowNodes.ts';

export interface Dragging {
  /** Stored places, with those of the hand over them. */
  readonly positions: Places;
  /** Cards that their room does not make way for. */
  readonly lifted: ReadonlySet<string>;
  /** The room that would take them in. */
  readonly into: string | undefined;
  readonly move: (places: Places, isSettled: boolean) => void;
  readonly onDragStart: OnNodeDrag<FlowNode>;
  readonly onDrag: OnNodeDrag<FlowNode>;
  readonly onDragStop: OnNodeDrag<FlowNode>;
}

const positionsOf = ({ workspace }: StudioState) => workspace.positions;
const NOTHING: Places = {};
const NOBODY: ReadonlySet<string> = new Set();

export function useDragging(sceneNow: () => Scene): Dragging {
  const studio = useStudio();
  const stored = useStudioState(positionsOf);
  const { screenToFlowPosition } = useReactFlow();
  const [dragged, setDragged] = useState<Places>(NOTHING);
  const [over, setOver] = useState<{ readonly into: string; readonly lifted: ReadonlySet<string> }>();
  const places = useRef<Places>(NOTHING);
  const home = useRef<Scene>(undefined);
  const positions = useMemo(() => ({ ...stored, ...dragged }), [stored, dragged]);

  const move = useCallback(
    (changed: Places, isSettled: boolean) => {
      if (home.current !== undefined) places.current = { ...places.current, ...changed };
      // By keys there is no drop: each step is one of its own. By hand, `onDragStop` settles.
      if (isSettled && home.current === undefined) moveNodes(studio, changed);
      else setDragged((before) => ({ ...before, ...changed }));
    },
    [studio],
  );

  const onDragStart = useCallback(() => {
    home.current = sceneNow();
    places.current = NOTHING;
  }, [sceneNow]);

  const onDrag = useCallback<OnNodeDrag<FlowNode>>(
    (event, _, nodes) => {
      const into = roomUnder(sceneNow(), screenToFlowPosition(pointOf(event)), nodes);
      setOver((before) => {
        if (before?.into === into) return before;
        return into === undefined ? undefined : { into, lifted: new Set(nodes.map(({ id }) => id)) };
      });
    },
    [sceneNow, screenToFlowPosition],
  );

  const onDragStop = useCallback<OnNodeDrag<FlowNode>>(
    (event, _, nodes) => {
      const scene = home.current ?? sceneNow();
      home.current = undefined;
      const into = roomUnder(scene, screenToFlowPosition(pointOf(event)), nodes);
      const moved = places.current;
      places.current = NOTHING;
      setDragged(NOTHING);
      setOver(undefined);
      const ids = nodes.map(({ id }) => id);
      if (event.altKey || into !== undefined) {
        const drop = { nodes: ids, places: moved, into, scene };
        void import('./draw/dropNodes.ts').then(({ dropNodes, dropCopies }) =>
          event.altKey ? dropCopies(studio, drop) : dropNodes(studio, drop),
        );
      } else if (Object.keys(moved).length > 0) moveNodes(studio, makeWay(scene, settled(scene, moved)));
    },
    [studio, sceneNow, screenToFlowPosition],
  );

  return { positions, lifted: over?.lifted ?? NOBODY, into: over?.into, move, onDragStart, onDrag, onDragStop };
}

/** A card goes back inside its room's left and upper walls; the others give way. */
const settled = (scene: Scene, moved: Places): Places =>
  Object.fromEntries(
    Object.entries(moved).map(([id, place]) => [id, scene.get(id)?.room === undefined ? place : insideRoom(place)]),
  );

const pointOf = (event: MouseEvent | TouchEvent | React.MouseEvent): Position => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
};

const isRoom = ({ kind }: SceneNode): boolean => kind === 'room' || kind === 'collapsed';

/** A room that none of the cards is in already; rooms themselves are not dropped into rooms. */
function roomUnder(scene: Scene, { x, y }: Position, nodes: readonly FlowNode[]): string | undefined {
  const own = new Set(nodes.map(({ parentId }) => parentId));
  if (nodes.some(({ type }) => type !== 'workload' && type !== 'gateway')) return undefined;
  for (const node of scene.values()) {
    const isOver = x >= node.x && y >= node.y && x <= node.x + node.width && y <= node.y + node.height;
    if (isRoom(node) && !own.has(node.id) && isOver) return node.id;
  }
  return undefined;
}
