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
import { lazy, type RefObject, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { selectNodes } from '../../state/actions/look.ts';
import { moveNodes } from '../../state/actions/moveNodes.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Position } from '../../state/workspace/workspace.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './canvas.css';
import { flowAriaLabels } from './flowAriaLabels.ts';
import { BalancerNode, OutsideNode } from './nodes/OutsideNodes.tsx';
import { RoomNode } from './nodes/RoomNode.tsx';
import { WorkloadNode } from './nodes/WorkloadNode.tsx';
import { PathLayer } from './path/PathLayer.tsx';
import { buildScene, type Scene } from './scene/scene.ts';
import { type FlowNode, toFlowNodes } from './toFlowNodes.ts';

/** What changes the mesh comes a moment after what shows it. */
const Drawing = lazy(async () => ({ default: (await import('./draw/Drawing.tsx')).Drawing }));

const nodeTypes = {
  room: RoomNode,
  workload: WorkloadNode,
  gateway: WorkloadNode,
  balancer: BalancerNode,
  outside: OutsideNode,
};

const graphOf = ({ engine }: StudioState) => engine.graph;
const positionsOf = ({ workspace }: StudioState) => workspace.positions;
const selectedIds = ({ selection }: StudioState) => selection.nodes;

const FIT = { padding: 0.06, maxZoom: 1.25, minZoom: 0.05 } as const;

export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasInside />
    </ReactFlowProvider>
  );
}

function CanvasInside() {
  const studio = useStudio();
  const translator = useTranslator();
  const graph = useStudioState(graphOf);
  const stored = useStudioState(positionsOf);
  const selected = useStudioState(selectedIds);
  const frame = useRef<HTMLDivElement>(null);

  // While something is dragged its place is the hand's; dropping makes it the workspace's.
  const [dragged, setDragged] = useState<Readonly<Record<string, Position>>>({});
  const positions = useMemo(() => ({ ...stored, ...dragged }), [stored, dragged]);
  const scene = useMemo<Scene>(
    () => (graph === undefined ? new Map() : buildScene(graph, positions)),
    [graph, positions],
  );
  const [distance, setDistance] = useState<Distance>('near');
  const nodes = useMemo(
    () =>
      graph === undefined ? [] : toFlowNodes(scene, graph, new Set(selected), distance === 'farthest', translator),
    [scene, graph, selected, distance, translator],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const places: Record<string, Position> = {};
      let settled = false;
      for (const change of changes) {
        if (change.type !== 'position' || change.position === undefined) continue;
        places[change.id] = { x: Math.round(change.position.x / 4) * 4, y: Math.round(change.position.y / 4) * 4 };
        settled ||= change.dragging !== true;
      }
      if (Object.keys(places).length > 0) {
        if (settled) {
          setDragged({});
          moveNodes(studio, places);
        } else {
          setDragged((before) => ({ ...before, ...places }));
        }
      }
      if (changes.some((change) => change.type === 'select')) {
        const after = applyNodeChanges(changes, nodes);
        selectNodes(studio, inOrder(selected, after));
      }
    },
    [studio, nodes, selected],
  );

  useKeepZoom(frame, setDistance);
  useFitWhenNew(graph !== undefined && scene.size > 0);

  return (
    <section ref={frame} className="canvas" data-distance={distance} aria-label={translator.t('canvas.label')}>
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        ariaLabelConfig={flowAriaLabels(translator)}
        nodesConnectable={false}
        deleteKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={scene.size > 300}
        selectNodesOnDrag={false}
        minZoom={0.05}
        maxZoom={2.5}
        fitView
        fitViewOptions={FIT}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1} color="var(--hairline)" />
        <PathLayer scene={scene} />
      </ReactFlow>
      {graph !== undefined && (
        <Suspense>
          <Drawing frame={frame} graph={graph} scene={scene} selected={selected} />
        </Suspense>
      )}
    </section>
  );
}

/** Newly selected nodes come last: the last one is what panels talk about. */
function inOrder(before: readonly string[], nodes: readonly FlowNode[]): string[] {
  const now = nodes.filter((node) => node.selected === true).map((node) => node.id);
  return [...before.filter((id) => now.includes(id)), ...now.filter((id) => !before.includes(id))];
}

type Distance = 'near' | 'far' | 'farthest';

/** From afar a card is a name; from further still a room is a name and how many are in it. */
const distanceAt = (zoom: number): Distance => (zoom > 0.62 ? 'near' : zoom > 0.34 ? 'far' : 'farthest');

/** Text grows as the canvas shrinks: styles read the zoom from `--zoom`. */
function useKeepZoom(frame: RefObject<HTMLDivElement | null>, setDistance: (distance: Distance) => void): void {
  const { getZoom } = useReactFlow();
  const show = useCallback(
    (zoom: number): void => {
      frame.current?.style.setProperty('--zoom', zoom.toFixed(3));
      setDistance(distanceAt(zoom));
    },
    [frame, setDistance],
  );
  useEffect(() => show(getZoom()), [show, getZoom]);
  useOnViewportChange({ onChange: useCallback(({ zoom }) => show(zoom), [show]) });
}

const exampleOf = ({ workspace }: StudioState) => workspace.example ?? '';
const isReady = ({ engine }: StudioState) => engine.status === 'ready';

/** Another mesh is shown whole; an edit of the same one leaves the view where it is. */
function useFitWhenNew(hasNodes: boolean): void {
  const example = useStudioState(exampleOf);
  const ready = useStudioState(isReady);
  const { fitView } = useReactFlow();
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (!hasNodes || !ready || shown.current === example) return;
    shown.current = example;
    void fitView(FIT);
  }, [hasNodes, ready, example, fitView]);
}
