/** Layout on demand: asks for it, stores it as one step of the history, and shows the whole. */
import { useState } from 'react';
import { arrangeNodes } from '../../state/actions/moveNodes.ts';
import { notify } from '../../state/actions/update.ts';
import { useStudio } from '../shared/context.tsx';
import { type Scene, seenAt } from './scene/scene.ts';
import { useShowAll } from './useShowAll.ts';

/** `rest`: what the hand placed stays where it is. */
export type ArrangeWhat = 'rest' | 'everything';

export function useArrange(scene: Scene): { arrange: (what: ArrangeWhat) => Promise<void>; isBusy: boolean } {
  const studio = useStudio();
  const showAll = useShowAll();
  const [isBusy, setIsBusy] = useState(false);
  const arrange = async (what: ArrangeWhat): Promise<void> => {
    setIsBusy(true);
    try {
      const [layout, { arrangeRest }, { linksOfCalls }] = await Promise.all([
        import('./scene/arrange.ts'),
        import('./scene/arrangeRest.ts'),
        import('./scene/linksOfCalls.ts'),
      ]);
      const { verdicts, workspace } = studio.store.getState();
      const traces = Object.values(verdicts).flatMap(({ answer }) => answer?.trace ?? []);
      const ideal = await layout.arrange(scene, linksOfCalls(traces, scene));
      const stored = workspace.positions;
      const arranged = what === 'everything' ? ideal : arrangeRest(scene, stored, ideal);
      const isSame = Object.entries(arranged).every(
        ([node, { x, y }]) => stored[node]?.x === x && stored[node]?.y === y,
      );
      if (isSame) return notify(studio, 'arrange-nothing');
      // What is inside a closed room is not seen, and not arranged.
      const hidden = Object.entries(stored).filter(([node]) => !scene.has(node) && seenAt(scene, node) !== undefined);
      arrangeNodes(studio, { ...Object.fromEntries(hidden), ...arranged });
      // The new places are drawn first.
      requestAnimationFrame(showAll);
    } catch {
      notify(studio, 'arrange-failed', {}, 'problem');
    } finally {
      setIsBusy(false);
    }
  };
  return { arrange, isBusy };
}
