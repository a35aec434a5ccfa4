/** What was shown whole stays whole when the window, or a panel beside the canvas, changes its size. */
import { getViewportForBounds, useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { FIT } from './fit.ts';

export function useStayWhole(): void {
  const width = useStore((flow) => flow.width);
  const height = useStore((flow) => flow.height);
  const { getViewport, setViewport, getNodes, getNodesBounds } = useReactFlow();
  const last = useRef({ width, height });
  useEffect(() => {
    const before = last.current;
    last.current = { width, height };
    if ([before.width, before.height, width, height].includes(0)) return;
    const bounds = getNodesBounds(getNodes());
    const whole = (size: typeof before): Viewport =>
      getViewportForBounds(bounds, size.width, size.height, FIT.minZoom, FIT.maxZoom, FIT.padding);
    if (isClose(whole(before), getViewport())) void setViewport(whole({ width, height }));
  }, [width, height, getViewport, setViewport, getNodes, getNodesBounds]);
}

/** Within a pixel, which is less than any move by hand. */
const isClose = (a: Viewport, b: Viewport): boolean =>
  Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.zoom - b.zoom) < 0.001;
