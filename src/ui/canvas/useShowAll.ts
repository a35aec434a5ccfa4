/**
 * Brings everything into view. Where that is from so far that rooms stand for their cards, the cards
 * are let go first: else a thousand of them were drawn, only to go again.
 */
import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useContext } from 'react';
import { Approach, distanceAt } from './distance.ts';
import { FIT } from './fit.ts';

export function useShowAll(): () => void {
  const { fitView, getNodes, getNodesBounds, getZoom } = useReactFlow();
  const flow = useStoreApi();
  const approach = useContext(Approach);
  return useCallback(() => {
    const { width, height } = flow.getState();
    const bounds = getNodesBounds(getNodes());
    const { zoom } = getViewportForBounds(bounds, width, height, FIT.minZoom, FIT.maxZoom, FIT.padding);
    if (distanceAt(zoom) === 'farthest') approach('farthest');
    // Drawn like that, and then gone there.
    requestAnimationFrame(() => void fitView(FIT).then(() => approach(distanceAt(getZoom()))));
  }, [fitView, getNodes, getNodesBounds, getZoom, flow, approach]);
}
