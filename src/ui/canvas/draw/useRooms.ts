/**
 * What goes with opening and closing rooms: the others make way for one that opens, and the room has the
 * focus that a card inside it had.
 */
import { type RefObject, useEffect, useRef } from 'react';
import { moveNodes } from '../../../state/actions/moveNodes.ts';
import { useStudio } from '../../shared/context.tsx';
import { makeWayForOpened } from '../scene/makeWay.ts';
import type { Scene } from '../scene/scene.ts';

export function useRooms(frame: RefObject<HTMLElement | null>, scene: Scene): void {
  const studio = useStudio();
  const before = useRef(scene);
  useEffect(() => {
    const was = before.current;
    before.current = scene;
    const turned = [...scene.values()].filter(({ id, kind }) => isTurned(was.get(id)?.kind, kind));
    if (turned.length === 0) return;
    const opened = turned.filter(({ kind }) => kind === 'room').map(({ id }) => id);
    moveNodes(studio, makeWayForOpened(was, scene, new Set(opened)));
    // The library takes the cards away a moment later; only then is it known whether one had the focus.
    requestAnimationFrame(() => {
      const selected = studio.store.getState().selection.nodes.at(-1);
      if (document.activeElement !== document.body || selected === undefined) return;
      frame.current
        ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(selected)}"]`)
        ?.focus({ preventScroll: true });
    });
  }, [studio, frame, scene]);
}

const isTurned = (was: string | undefined, now: string): boolean =>
  (was === 'collapsed' && now === 'room') || (was === 'room' && now === 'collapsed');
