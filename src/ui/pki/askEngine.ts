/** A question that costs many evaluations: asked by a button, its answer kept until the mesh changes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { savedCalls } from '../../state/actions/openConnections.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { EngineAnswers, RotateRootQuery, WhatBreaksQuery } from '../../worker/protocol.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';

type CostlyQuery = WhatBreaksQuery | RotateRootQuery;
type Asking<K extends CostlyQuery['kind']> =
  | { readonly status: 'idle' | 'asking' | 'failed' }
  | { readonly status: 'answered'; readonly answer: NonNullable<EngineAnswers[K]> };

const answeredOf = ({ engine }: StudioState) => engine.answered;

type Body<Q> = Q extends CostlyQuery ? Omit<Q, 'revision' | 'calls'> : never;

export function useCostlyAnswer<K extends CostlyQuery['kind']>(): readonly [
  Asking<K>,
  (query: Extract<Body<CostlyQuery>, { readonly kind: K }>) => void,
] {
  const studio = useStudio();
  const { language } = useTranslator();
  const revision = useStudioState(answeredOf);
  const [asking, setAsking] = useState<Asking<K> & { readonly revision: number }>({ status: 'idle', revision: 0 });
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const ask = useCallback(
    (query: Extract<Body<CostlyQuery>, { readonly kind: K }>): void => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      setAsking({ status: 'asking', revision });
      // The union's members differ in these fields alone, which the parameter's type has checked.
      const whole = { ...query, revision, calls: savedCalls(studio, language) } as unknown as CostlyQuery;
      void studio.engine.ask(whole, own.signal).then((reply) => {
        if (own.signal.aborted) return;
        const answer = reply.kind === 'answer' ? (reply.answer as EngineAnswers[K]) : undefined;
        setAsking(
          answer === undefined || answer === null
            ? { status: 'failed', revision }
            : { status: 'answered', answer, revision },
        );
      });
    },
    [studio, language, revision],
  );
  return [asking.revision === revision ? asking : { status: 'idle' }, ask];
}
