/** What stands and what becomes of the saved calls over it, asked for again with every revision. */
import { useEffect, useState } from 'react';
import { askConnections } from '../../state/actions/openConnections.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { ConnectionsView } from '../../worker/connectionsView.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;
const standingOf = ({ connections }: StudioState) => connections.standing;

export function useOpenConnections(): ConnectionsView | undefined {
  const studio = useStudio();
  const { language } = useTranslator();
  const revision = useStudioState(answeredOf);
  const standing = useStudioState(standingOf);
  const [view, setView] = useState<ConnectionsView>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision or connection is another answer
  useEffect(() => {
    if (revision === 0) return undefined;
    const abort = new AbortController();
    void askConnections(studio, language, { signal: abort.signal }).then((answer) => {
      if (answer !== undefined && !abort.signal.aborted) setView(answer);
    });
    return () => abort.abort();
  }, [studio, language, revision, standing]);
  return view;
}
