/**
 * All that changes the mesh from the canvas: the strip of tools, what is in the hand, names typed in
 * place, the handle that connects, the menu of what is selected, and the form of a new thing.
 */
import { useReactFlow } from '@xyflow/react';
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { selectNodes } from '../../../state/actions/look.ts';
import { parseNodeId } from '../../../state/nodeIds.ts';
import { collapsedOf } from '../../../state/workspace/collapsed.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import type { MeshGraph } from '../../../worker/meshGraph.ts';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { CanvasEmpty } from '../CanvasEmpty.tsx';
import { CanvasTools } from '../CanvasTools.tsx';
import { Overview } from '../Overview.tsx';
import type { Scene } from '../scene/scene.ts';
import { AddForm } from './AddForm.tsx';
import type { AddKind } from './addKinds.ts';
import { CommandMenu } from './CommandMenu.tsx';
import { ConnectBox } from './ConnectBox.tsx';
import { ConnectHandle } from './ConnectHandle.tsx';
import './draw.css';
import { nodeAt } from './hitTest.ts';
import { MoreButton } from './MoreButton.tsx';
import { DropLight, PlacingLayer } from './PlacingLayer.tsx';
import { RenameBox } from './RenameBox.tsx';
import { selectedOf } from './selected.ts';
import { ToolStrip } from './ToolStrip.tsx';
import type { Tool } from './tool.ts';
import { useCanvasKeys } from './useCanvasKeys.ts';
import { useCommands } from './useCommands.ts';
import { useDrawing } from './useDrawing.ts';
import { useMenuPlace } from './useMenuPlace.ts';
import { usePlacing } from './usePlacing.ts';
import { usePointer } from './usePointer.ts';
import { useRooms } from './useRooms.ts';

const FindBar = lazy(async () => ({ default: (await import('../find/FindBar.tsx')).FindBar }));

export interface DrawingProps {
  readonly frame: RefObject<HTMLElement | null>;
  readonly graph: MeshGraph;
  readonly scene: Scene;
  readonly selected: readonly string[];
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  /** The node under the pointer. */
  readonly pointed: string | undefined;
  /** The room that would take in what is dragged. */
  readonly into: string | undefined;
}

interface Connecting {
  readonly from: string;
  readonly to: string | undefined;
  readonly at: Position;
}

export function Drawing({ frame, graph, scene, selected, tool, onTool, pointed, into }: DrawingProps) {
  const { t } = useTranslator('draw');
  const studio = useStudio();
  const [isMenuOpen, openMenu] = useState(false);
  const [form, setForm] = useState<AddKind>();
  const [connecting, setConnecting] = useState<Connecting>();
  /** Asked for so many times: each asks for the field anew. 0: closed. */
  const [finding, setFinding] = useState(0);
  const startFinding = (): void => setFinding((before) => before + 1);
  const draws = useDrawing(frame, scene);
  const last = selected.at(-1);
  const menu = useMenuPlace(frame, scene);

  const connect = (): void => {
    const { ends } = selectedOf(studio.store.getState().selection.nodes, graph);
    const [from, to] = ends;
    if (from !== undefined) setConnecting({ from, to, at: menu.besideSelection() });
  };
  const commands = useCommands({ graph, scene, draws, connect, pointer: usePointer(frame) });
  const placing = usePlacing({ frame, scene, graph, selected: last, tool, setTool: onTool, onPlace: draws.place });
  useCanvasKeys(frame, {
    tool,
    setTool: onTool,
    placeByKeyboard: placing.placeByKeyboard,
    openAddMenu: () => openMenu(true),
    run: commands.run,
    paste: commands.paste,
    find: startFinding,
    nudge: commands.nudge,
  });
  useRooms(frame, scene);
  useRenameOnDoubleClick(frame, draws.startRename);
  useRoomPress(frame, scene, tool, (room) => selectNodes(studio, [room]));

  const focusSelected = (): void => {
    const id = studio.store.getState().selection.nodes.at(-1);
    const node = frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id ?? '')}"]`);
    if (node == null) draws.focusCanvas();
    else node.focus({ preventScroll: true });
  };
  const renamed = draws.renaming === undefined ? undefined : scene.get(draws.renaming);
  const held = useHeld(pointed);
  const source = held.node ?? last;

  return (
    <>
      {isBare(scene) && <CanvasEmpty onAdd={setForm} />}
      <ToolStrip tool={tool} onTool={onTool} placing={placing} />
      <PlacingLayer tool={tool} hover={placing.hover} byKeyboard={placing.byKeyboard} scene={scene} />
      {into !== undefined && (
        <DropLight scene={scene} node={into} words={t('draw.drop.moveHere', { name: parseName(into) })} />
      )}
      {source !== undefined && tool.kind === 'select' && into === undefined && isEnd(source) && (
        <ConnectHandle
          key={`connect ${source}`}
          scene={scene}
          node={source}
          name={parseName(source)}
          onPointed={held.hold}
          onConnect={(from, to, at) => setConnecting({ from, to, at })}
        />
      )}
      {last !== undefined && tool.kind === 'select' && into === undefined && (
        <MoreButton scene={scene} node={last} count={selected.length} onOpen={menu.open} />
      )}
      {renamed !== undefined && (
        <RenameBox
          key={`rename ${renamed.id}`}
          node={renamed}
          name={parseName(renamed.id)}
          onRename={(to) => draws.rename(renamed.id, to)}
          onClose={draws.endRename}
        />
      )}
      {menu.at !== undefined && (
        <CommandMenu
          at={menu.at}
          selected={selectedOf(selected, graph, collapsedOf(studio.store.getState().workspace))}
          onRun={commands.run}
          onClose={menu.close}
          returnFocus={focusSelected}
        />
      )}
      {connecting !== undefined && (
        <ConnectBox
          {...connecting}
          graph={graph}
          onAllow={(intention) => draws.place(intention, undefined)}
          onClose={() => setConnecting(undefined)}
          returnFocus={focusSelected}
        />
      )}
      {finding > 0 && (
        <Suspense>
          <FindBar
            key={finding}
            scene={scene}
            onClose={() => {
              setFinding(0);
              focusSelected();
            }}
          />
        </Suspense>
      )}
      <Overview scene={scene} selected={selected} />
      <CanvasTools
        scene={scene}
        adding={{ open: isMenuOpen, onOpenChange: openMenu, onChoose: setForm }}
        onFind={startFinding}
      />
      {form !== undefined && (
        <AddForm
          key={form}
          kind={form}
          graph={graph}
          selected={last}
          onAdd={(intention) => {
            setForm(undefined);
            draws.add(intention);
          }}
          onClose={() => setForm(undefined)}
          returnFocus={draws.focusCanvas}
        />
      )}
    </>
  );
}

/** Nothing but the outside. */
const isBare = (scene: Scene): boolean => [...scene.values()].every(({ kind }) => kind === 'outside');

/** Only who can call has a handle. */
const isEnd = (node: string): boolean => {
  const kind = parseNodeId(node)?.kind;
  return kind === 'workload' || kind === 'outside';
};

/** The name alone, without the namespace. */
function parseName(node: string): string {
  const ref = parseNodeId(node);
  if (ref === undefined || ref.kind === 'outside') return node;
  return ref.id.slice(ref.kind === 'authority' ? ref.id.lastIndexOf('/') + 1 : ref.id.indexOf('/') + 1);
}

function useRenameOnDoubleClick(frame: RefObject<HTMLElement | null>, start: (node: string) => void): void {
  useEffect(() => {
    const node = frame.current;
    const onDouble = ({ target }: MouseEvent): void => {
      const id = target instanceof Element ? target.closest<HTMLElement>('.react-flow__node')?.dataset.id : undefined;
      if (id !== undefined) start(id);
    };
    node?.addEventListener('dblclick', onDouble);
    return () => node?.removeEventListener('dblclick', onDouble);
  }, [frame, start]);
}

/** A room lets presses inside it through to the ground; one that was no drag selects it. */
function useRoomPress(
  frame: RefObject<HTMLElement | null>,
  scene: Scene,
  tool: Tool,
  select: (room: string) => void,
): void {
  const { screenToFlowPosition } = useReactFlow();
  const newest = useRef({ scene, tool, select });
  newest.current = { scene, tool, select };
  useEffect(() => {
    const node = frame.current;
    let start: Position = { x: 0, y: 0 };
    const onDown = ({ clientX, clientY }: PointerEvent): void => {
      start = { x: clientX, y: clientY };
    };
    const onClick = ({ target, clientX, clientY, shiftKey }: MouseEvent): void => {
      const { scene: seen, tool: now, select: choose } = newest.current;
      const isPane = target instanceof Element && target.classList.contains('react-flow__pane');
      const isDrag = Math.hypot(clientX - start.x, clientY - start.y) > 4;
      if (!isPane || isDrag || shiftKey || now.kind !== 'select') return;
      const under = nodeAt(seen, screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false }));
      // The library lets go of everything on such a press; this comes after.
      if (under?.kind === 'room') setTimeout(() => choose(under.id), 0);
    };
    node?.addEventListener('pointerdown', onDown, true);
    node?.addEventListener('click', onClick);
    return () => {
      node?.removeEventListener('pointerdown', onDown, true);
      node?.removeEventListener('click', onClick);
    };
  }, [frame, screenToFlowPosition]);
}

/** A card stays pointed at while the pointer is on its handle, and a moment on the way there. */
function useHeld(pointed: string | undefined): { node: string | undefined; hold: (isHeld: boolean) => void } {
  const [node, setNode] = useState<string>();
  const [isHeld, hold] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    if (pointed !== undefined) {
      setNode(pointed);
      return undefined;
    }
    const timer = setTimeout(() => setNode(undefined), 250);
    return () => clearTimeout(timer);
  }, [pointed, isHeld]);
  return { node, hold };
}
