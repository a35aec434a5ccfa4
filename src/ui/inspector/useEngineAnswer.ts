/** Asks the engine about something and asks again for every new text; keeps the last answer meanwhile. */
import { useEffect, useState } from 'react';
import type { StudioState } from '../../state/studioState.ts';
import type { EngineAnswers, EngineQuery } from '../../worker/protocol.ts';
import { useStudio, useStudioState } from '../shared/context.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;

/** `undefined` while nothing is known yet; `none` when the engine knows no such thing. */
export type Asked<T> =
  | { readonly status: 'waiting' }
  | { readonly status: 'known'; readonly value: T }
  | { readonly status: 'none' };

type WorkloadQuery = Extract<EngineQuery, { readonly workload: unknown }>;

export function useWorkloadAnswer<K extends WorkloadQuery['kind']>(
  kind: K,
  workload: WorkloadQuery['workload'],
): Asked<NonNullable<EngineAnswers[K]>> {
  const studio = useStudio();
  const revision = useStudioState(answeredOf);
  const [asked, setAsked] = useState<{ about: string; answer: Asked<NonNullable<EngineAnswers[K]>> }>();
  useEffect(() => {
    if (revision === 0) return undefined;
    const abort = new AbortController();
    const query = { kind, revision, workload } as Extract<EngineQuery, { readonly kind: K }>;
    void studio.engine.ask(query, abort.signal).then((reply) => {
      if (reply.kind !== 'answer' || abort.signal.aborted) return;
      const value = reply.answer as EngineAnswers[K];
      setAsked({
        about: workload,
        answer: value === undefined || value === null ? { status: 'none' } : { status: 'known', value },
      });
    });
    return () => abort.abort();
  }, [studio, kind, workload, revision]);
  return asked?.about === workload ? asked.answer : { status: 'waiting' };
}
