/**
 * What drawing does, by menu, form, strip and keys alike: carry out an intention, show what came of it
 * and give it the focus; a thing that was dropped is given its name where it stands.
 */
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ResourceId } from '../../../base/ids.ts';
import { duplicateNodes } from '../../../state/actions/copyPaste.ts';
import { draw, removeNodes } from '../../../state/actions/draw.ts';
import { selectNodes } from '../../../state/actions/look.ts';
import { renameNode } from '../../../state/actions/rename.ts';
import { revealResource } from '../../../state/actions/revealResource.ts';
import { parseNodeId } from '../../../state/nodeIds.ts';
import type { Position } from '../../../state/workspace/workspace.ts';
import type { EditQuery } from '../../../worker/protocol.ts';
import { useStudio } from '../../shared/context.tsx';
import type { Scene, SceneNode } from '../scene/scene.ts';
import { useShowAll } from '../useShowAll.ts';
import { placeCopies } from './placeCopies.ts';
import { placeNew, placesAround } from './placeNew.ts';

export interface Draws {
  /** Added by the form, under the name that was typed there. */
  readonly add: (intention: EditQuery['intention']) => void;
  /** Added where the pointer says, or where there is room; its name is typed next. */
  readonly place: (intention: EditQuery['intention'], at: Position | undefined) => void;
  readonly remove: (nodes: readonly string[]) => void;
  readonly duplicate: (nodes: readonly string[]) => void;
  readonly rename: (node: string, to: string) => void;
  readonly startRename: (node: string) => void;
  readonly endRename: () => void;
  /** The node whose name is being typed. */
  readonly renaming: string | undefined;
  readonly show: (node: string) => void;
  readonly focusCanvas: () => void;
}

export function useDrawing(frame: RefObject<HTMLElement | null>, scene: Scene): Draws {
  const studio = useStudio();
  const [made, setMade] = useState<Made>();
  const [renaming, setRenaming] = useState<string>();
  // Actions end later than they begin; the scene is the newest then.
  const newest = useRef(scene);
  newest.current = scene;

  const draws = useMemo(() => {
    const focusCanvas = () => frame.current?.querySelector<HTMLElement>('.canvas-add')?.focus();
    const carryOut = async (intention: EditQuery['intention'], at: Position | undefined, isNamed: boolean) => {
      let resource: ResourceId | undefined;
      const node = await draw(studio, intention, (made) => placeNew(newest.current, made, at), {
        made: (made) => {
          resource = made;
        },
      });
      if (node !== undefined) setMade({ node, isNamed });
      else if (resource !== undefined) await revealResource(studio, resource);
    };
    return {
      add: (intention: EditQuery['intention']) => void carryOut(intention, undefined, true),
      place: (intention: EditQuery['intention'], at: Position | undefined) => void carryOut(intention, at, false),
      remove: (nodes: readonly string[]) => {
        if (nodes.length === 0) return;
        // The node that has the focus is about to go.
        focusCanvas();
        void removeNodes(studio, nodes, placesAround(newest.current, nodes));
      },
      duplicate: (nodes: readonly string[]) => {
        void duplicateNodes(studio, nodes, (_, copies) => placeCopies(newest.current, copies)).then(
          (node) => node !== undefined && setMade({ node, isNamed: true }),
        );
      },
      rename: (node: string, to: string) => {
        setRenaming(undefined);
        void renameNode(studio, node, to).then((now) => setMade({ node: now ?? node, isNamed: true }));
      },
      startRename: (node: string) => {
        if (isNameable(node)) setRenaming(node);
      },
      endRename: () =>
        setRenaming((node) => {
          if (node !== undefined) setMade({ node, isNamed: true });
          return undefined;
        }),
      show: (node: string) => {
        selectNodes(studio, [node]);
        setMade({ node, isNamed: true });
      },
      focusCanvas,
    };
  }, [studio, frame]);

  const shown = made === undefined ? undefined : scene.get(made.node);
  const onShown = useCallback(() => {
    if (made !== undefined && !made.isNamed && isNameable(made.node)) setRenaming(made.node);
    setMade(undefined);
  }, [made]);
  useShowMade(frame, shown, onShown);
  return { ...draws, renaming };
}

interface Made {
  readonly node: string;
  readonly isNamed: boolean;
}

const isNameable = (node: string): boolean => {
  const kind = parseNodeId(node)?.kind;
  return kind === 'namespace' || kind === 'workload' || kind === 'service' || kind === 'authority';
};

/** Once the node is drawn: into view if it is not, and focused unless the hand is elsewhere. */
function useShowMade(frame: RefObject<HTMLElement | null>, node: SceneNode | undefined, onShown: () => void): void {
  const { flowToScreenPosition } = useReactFlow();
  const showAll = useShowAll();
  useEffect(() => {
    if (node === undefined) return undefined;
    const waiting = requestAnimationFrame(() => {
      onShown();
      const view = frame.current?.getBoundingClientRect();
      if (view === undefined) return;
      const from = flowToScreenPosition({ x: node.x, y: node.y });
      const to = flowToScreenPosition({ x: node.x + node.width, y: node.y + node.height });
      const isSeen = from.x >= view.left && from.y >= view.top && to.x <= view.right && to.y <= view.bottom;
      if (!isSeen) showAll();
      const isFree = document.activeElement === document.body || frame.current?.contains(document.activeElement);
      if (isFree === true) {
        frame.current
          ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`)
          ?.focus({ preventScroll: true });
      }
    });
    return () => cancelAnimationFrame(waiting);
  }, [frame, node, onShown, showAll, flowToScreenPosition]);
}
