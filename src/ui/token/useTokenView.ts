/** What the engine says of a token at one workload, asked again for every new text; keeps the last answer meanwhile. */
import { useEffect, useState } from 'react';
import type { WorkloadId } from '../../base/ids.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { TokenView } from '../../worker/tokenView.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;

export function useTokenView(at: WorkloadId | undefined, token: string): TokenView | undefined {
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const [view, setView] = useState<TokenView>();
  useEffect(() => {
    if (at === undefined) return undefined;
    const abort = new AbortController();
    void studio.engine.ask({ kind: 'inspect-token', revision, at, token }, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setView(reply.answer);
    });
    return () => abort.abort();
  }, [studio, revision, at, token]);
  return view;
}
