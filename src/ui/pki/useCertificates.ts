/** Every certificate of the mesh, asked for again with every revision. */
import { useEffect, useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import type { CertificateListView } from '../../worker/protocol.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;

export function useCertificates(): CertificateListView | undefined {
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const [list, setList] = useState<CertificateListView>();
  useEffect(() => {
    if (revision === 0) return undefined;
    const abort = new AbortController();
    void studio.engine.ask({ kind: 'certificates', revision }, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setList(reply.answer);
    });
    return () => abort.abort();
  }, [studio, revision]);
  return list;
}
