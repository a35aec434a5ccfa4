/** The bytes of one handshake of the run on show, asked for when somebody looks at it. */
import { useEffect, useState } from 'react';
import { usedConnections } from '../../state/actions/sendCall.ts';
import type { FinishedRun, StudioState } from '../../state/studioState.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { HandshakeBytes } from '../../worker/certificateView.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;

export function useHandshakeBytes(
  run: FinishedRun,
  { connection, layer }: TlsHandshakeStep,
): HandshakeBytes | undefined {
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const { call } = run.answer.trace;
  const [known, setKnown] = useState<{ run: FinishedRun; key: string; bytes: HandshakeBytes | undefined }>();
  const key = `${connection}.${layer}`;
  useEffect(() => {
    // Bytes of another text would be bytes of another handshake.
    if (run.revision !== revision) return undefined;
    const abort = new AbortController();
    const query = { kind: 'handshake', revision, call, connection, layer, ...usedConnections(studio) } as const;
    void studio.engine.ask(query, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setKnown({ run, key, bytes: reply.answer });
    });
    return () => abort.abort();
  }, [studio, run, revision, call, connection, layer, key]);
  return known?.run === run && known.key === key ? known.bytes : undefined;
}
