/** The mesh as a picture: React Flow holds the cards, the path layer the call. */
import {
  applyNodeChanges,
  Background,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useOnViewportChange,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { lazy, type RefObject, Suspense, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { selectNodes } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import { collapsedOf } from '../../state/workspace/collapsed.ts';
import type { Position } from '../../state/workspace/workspace.ts';
import type { MeshGraph } from '../../worker/meshGraph.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './canvas.css';
import { Approach, type Distance, distanceAt } from './distance.ts';
import { SELECT, type Tool } from './draw/tool.ts';
import { FIT } from './fit.ts';
import { flowAriaLabels } from './flowAriaLabels.ts';
import { AuthorityNode } from './nodes/AuthorityNode.tsx';
import { CollapsedRoom } from './nodes/CollapsedRoom.tsx';
import { BalancerNode, OutsideNode } from './nodes/OutsideNodes.tsx';
import { RoomNode } from './nodes/RoomNode.tsx';
import { WorkloadNode } from './nodes/WorkloadNode.tsx';
import { PathLayer } from './path/PathLayer.tsx';
import { insideRoom } from './scene/placement.ts';
import { buildScene, type Scene } from './scene/scene.ts';
import { type FlowNode, toFlowNodes } from './toFlowNodes.ts';
import { useDragging } from './useDragging.ts';
import { useShowAll } from './useShowAll.ts';
import { useStayWhole } from './useStayWhole.ts';

/** What changes the mesh comes a moment after what shows it. */
const Drawing = lazy(async () => ({ default: (await import('./draw/Drawing.tsx')).Drawing }));

const loadTogether = () => import('./together/TogetherLayer.tsx');
const TogetherLayer = lazy(async () => ({ default: (await loadTogether()).TogetherLayer }));
const TogetherBar = lazy(async () => ({ default: (await loadTogether()).TogetherBar }));

/** Threads of CAs are fetched after the mesh itself. */
const Threads = lazy(async () => ({ default: (await import('./authorities/Threads.tsx')).Threads }));

const nodeTypes = {
  room: RoomNode,
  collapsed: CollapsedRoom,
  workload: WorkloadNode,
  gateway: WorkloadNode,
  balancer: BalancerNode,
  outside: OutsideNode,
  authority: AuthorityNode,
};

const graphOf = ({ engine }: StudioState) => engine.graph;
const closedNames = ({ workspace }: StudioState) => collapsedOf(workspace);
const playsTogether = ({ together }: StudioState) => together.calls.length > 0;
const selectedIds = ({ selection }: StudioState) => selection.nodes;

export function Canvas() {
  const { store } = useStudio();
  const [distance, setDistance] = useState<Distance>(() => {
    const { graph } = store.getState().engine;
    return graph !== undefined && countOf(graph) > MANY ? 'farthest' : 'near';
  });
  return (
    <ReactFlowProvider>
      <Approach value={setDistance}>
        <CanvasInside distance={distance} />
      </Approach>
    </ReactFlowProvider>
  );
}

function CanvasInside({ distance }: { distance: Distance }) {
  const studio = useStudio();
  const translator = useTranslator();
  const graph = useStudioState(graphOf);
  const selected = useStudioState(selectedIds);
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef<Scene>(new Map());
  const dragging = useDragging(useCallback(() => shown.current, []));
  const { positions, lifted, into, move, onDragStart, onDrag, onDragStop } = dragging;
  const closed = useStudioState(closedNames);
  const isTogether = useStudioState(playsTogether);
  const scene = useMemo<Scene>(
    () => (graph === undefined ? new Map() : buildScene(graph, positions, lifted, new Set(closed))),
    [graph, positions, lifted, closed],
  );
  shown.current = scene;
  const [tool, setTool] = useState<Tool>(SELECT);
  const [pointed, setPointed] = useState<string>();
  const isFar = distance === 'farthest';
  const drawn = useRef<ReadonlyMap<string, FlowNode>>(new Map());
  const nodes = useMemo(
    () => (graph === undefined ? [] : toFlowNodes(scene, graph, new Set(selected), isFar, translator, drawn.current)),
    [scene, graph, selected, isFar, translator],
  );
  drawn.current = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const places: Record<string, Position> = {};
      let isSettled = false;
      for (const change of changes) {
        if (change.type !== 'position' || change.position === undefined) continue;
        const isFree = change.dragging === true || shown.current.get(change.id)?.room === undefined;
        places[change.id] = isFree ? onGrid(change.position) : insideRoom(change.position);
        isSettled ||= change.dragging !== true;
      }
      if (Object.keys(places).length > 0) move(places, isSettled);
      if (changes.some((change) => change.type === 'select')) {
        const after = applyNodeChanges(changes, nodes);
        selectNodes(studio, inOrder(studio.store.getState().selection.nodes, after));
      }
    },
    [studio, nodes, move],
  );

  useKeepZoom(frame);
  useStayWhole();
  useFitWhenNew(graph === undefined ? 0 : countOf(graph));

  return (
    <section
      ref={frame}
      className="canvas"
      data-distance={distance}
      data-tool={tool.kind}
      aria-label={translator.t('canvas.label')}
    >
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onNodeDragStart={onDragStart}
        onNodeDrag={onDrag}
        onNodeDragStop={onDragStop}
        onNodeMouseEnter={(_, node) => setPointed(node.id)}
        onNodeMouseLeave={() => setPointed(undefined)}
        ariaLabelConfig={flowAriaLabels(translator)}
        nodesConnectable={false}
        nodesDraggable={tool.kind === 'select'}
        deleteKeyCode={null}
        panOnScroll
        // As on a drawing board: the left button selects, Space, the hand and the middle one move the view.
        selectionOnDrag={tool.kind === 'select'}
        panOnDrag={tool.kind === 'hand' ? HAND_BUTTONS : MIDDLE_BUTTON}
        selectionKeyCode={null}
        multiSelectionKeyCode={ADD_KEYS}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={scene.size > MANY}
        selectNodesOnDrag={false}
        minZoom={0.05}
        maxZoom={2.5}
        fitView
        fitViewOptions={FIT}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1} color="var(--hairline)" />
        {isTogether ? (
          <Suspense>
            <TogetherLayer scene={scene} />
          </Suspense>
        ) : (
          <PathLayer scene={scene} />
        )}
      </ReactFlow>
      {graph !== undefined && (
        <Suspense>
          {isTogether && <TogetherBar />}
          <Threads graph={graph} scene={scene} pointed={pointed} selected={selected.at(-1)} />
          <Drawing
            frame={frame}
            graph={graph}
            scene={scene}
            selected={selected}
            tool={tool}
            onTool={setTool}
            pointed={pointed}
            into={into}
          />
        </Suspense>
      )}
    </section>
  );
}

const HAND_BUTTONS = [0, 1];
const MIDDLE_BUTTON = [1];
const ADD_KEYS = ['Shift', 'Meta', 'Control'];

const onGrid = ({ x, y }: Position): Position => ({ x: Math.round(x / 4) * 4, y: Math.round(y / 4) * 4 });

/** Newly selected nodes come last: the last one is what panels talk about. */
function inOrder(before: readonly string[], nodes: readonly FlowNode[]): string[] {
  const now = nodes.filter((node) => node.selected === true).map((node) => node.id);
  return [...before.filter((id) => now.includes(id)), ...now.filter((id) => !before.includes(id))];
}

/** Text grows as the canvas shrinks: styles read the zoom from `--zoom`. */
function useKeepZoom(frame: RefObject<HTMLDivElement | null>): void {
  const approach = useContext(Approach);
  const { getZoom } = useReactFlow();
  const show = useCallback(
    (zoom: number): void => {
      frame.current?.style.setProperty('--zoom', zoom.toFixed(3));
      approach(distanceAt(zoom));
    },
    [frame, approach],
  );
  useEffect(() => show(getZoom()), [show, getZoom]);
  useOnViewportChange({ onChange: useCallback(({ zoom }) => show(zoom), [show]) });
}

const openedOf = ({ opened }: StudioState) => opened;
const isReady = ({ engine }: StudioState) => engine.status === 'ready';

/** From so many on only what is in view is drawn. */
const MANY = 300;

/** What stands on the canvas, seen or not. */
const countOf = ({ workloads, namespaces, authorities }: MeshGraph): number =>
  workloads.length + namespaces.length + authorities.length + 1;

/** So many new cards at once were not drawn by hand. */
const ARRIVAL = 8;

/**
 * Another mesh is shown whole, and so is one that doubled at a stroke, as an import does; any other
 * edit leaves the view where it is.
 */
function useFitWhenNew(nodes: number): void {
  const opened = useStudioState(openedOf);
  const ready = useStudioState(isReady);
  const showAll = useShowAll();
  const shown = useRef<{ readonly opened: number; readonly nodes: number }>(undefined);
  useEffect(() => {
    if (nodes === 0 || !ready) return;
    const before = shown.current;
    shown.current = { opened, nodes };
    if (before?.opened === opened && nodes - before.nodes < Math.max(ARRIVAL, before.nodes)) return;
    showAll();
  }, [nodes, ready, opened, showAll]);
}
