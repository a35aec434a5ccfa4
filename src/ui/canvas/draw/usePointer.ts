/** Where the pointer is over the canvas, in the canvas's own coordinates; nothing while it is elsewhere. */
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import type { Position } from '../../../state/workspace/workspace.ts';

export function usePointer(frame: RefObject<HTMLElement | null>): RefObject<Position | undefined> {
  const { screenToFlowPosition } = useReactFlow();
  const pointer = useRef<Position>(undefined);
  useEffect(() => {
    const node = frame.current;
    const onMove = ({ clientX, clientY }: PointerEvent): void => {
      pointer.current = screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false });
    };
    const onLeave = (): void => {
      pointer.current = undefined;
    };
    node?.addEventListener('pointermove', onMove);
    node?.addEventListener('pointerleave', onLeave);
    return () => {
      node?.removeEventListener('pointermove', onMove);
      node?.removeEventListener('pointerleave', onLeave);
    };
  }, [frame, screenToFlowPosition]);
  return pointer;
}
