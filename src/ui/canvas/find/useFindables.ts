/** The rows that can be found now: mesh, documents, and the steps of the call on show in the reader's words. */
import { useMemo } from 'react';
import { stepLine } from '../../../i18n/render/step.ts';
import { type Findable, findables } from '../../../state/find/findables.ts';
import { nodeIdOf } from '../../../state/nodeIds.ts';
import { shownTrace } from '../../../state/selectors/select.ts';
import type { StudioState } from '../../../state/studioState.ts';
import { decidingStep } from '../../../trace/deciding.ts';
import { useStudioState, useTranslator } from '../../shared/context.tsx';

const graphOf = ({ engine }: StudioState) => engine.graph;
const outlineOf = ({ engine }: StudioState) => engine.outline;
const verdictsOf = ({ verdicts }: StudioState) => verdicts;

export function useFindables(): readonly Findable[] {
  const translator = useTranslator();
  const graph = useStudioState(graphOf);
  const outline = useStudioState(outlineOf);
  const verdicts = useStudioState(verdictsOf);
  const trace = useStudioState(shownTrace);
  return useMemo(() => {
    if (graph === undefined) return [];
    const decided = trace === undefined ? undefined : decidingStep(trace);
    const isRefused = trace?.disposition.kind === 'refused';
    const steps = (trace?.hops ?? []).flatMap((hop) =>
      hop.steps.map((step, index) => ({
        hop: hop.id,
        index,
        line: stepLine(translator, step),
        kind: step.kind,
        node: nodeIdOf(hop.party),
        decided: isRefused && decided?.hop.id === hop.id && decided.index === index,
      })),
    );
    const traces = [
      ...Object.values(verdicts).flatMap(({ answer }) => answer?.trace ?? []),
      ...(trace === undefined ? [] : [trace]),
    ];
    return findables({ graph, outline, steps, traces });
  }, [graph, outline, verdicts, trace, translator]);
}
