/** Asks for the dashboards of the newest text and of the saved calls; keeps the last answer meanwhile. */
import { useEffect, useMemo, useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import { toCall } from '../../state/workspace/toCall.ts';
import type { SecurityView } from '../../worker/securityView.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;
const callsOf = ({ workspace }: StudioState) => workspace.calls;
const worldOf = ({ workspace }: StudioState) => workspace.world;

export function useSecurity(): SecurityView | undefined {
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const saved = useStudioState(callsOf);
  const world = useStudioState(worldOf);
  const calls = useMemo(
    () =>
      saved.flatMap((draft) => {
        const call = toCall(draft, world);
        return call.ok ? [{ id: draft.id, call: call.value }] : [];
      }),
    [saved, world],
  );
  const [view, setView] = useState<SecurityView>();
  useEffect(() => {
    if (revision === 0) return undefined;
    const abort = new AbortController();
    void studio.engine.ask({ kind: 'security', revision, calls }, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setView(reply.answer);
    });
    return () => abort.abort();
  }, [studio, revision, calls]);
  return view;
}
