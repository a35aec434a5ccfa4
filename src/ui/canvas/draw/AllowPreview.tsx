/** The policy that would allow a call: asked of the engine before it is written, with what it opens and closes. */
import { useEffect, useState } from 'react';
import type { WorkloadId } from '../../../base/ids.ts';
import type { StudioState } from '../../../state/studioState.ts';
import type { Call } from '../../../trace/call.ts';
import type { EditQuery, EngineAnswers } from '../../../worker/protocol.ts';
import { useStudio, useStudioState, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';

const answeredOf = ({ engine }: StudioState) => engine.answered;

type Preview = NonNullable<EngineAnswers['preview-allow']>;

export interface AllowPreviewProps {
  readonly caller: WorkloadId;
  readonly target: WorkloadId;
  readonly onAllow: (intention: EditQuery['intention']) => void;
}

export function AllowPreview({ caller, target, onAllow }: AllowPreviewProps) {
  const studio = useStudio();
  const { t } = useTranslator('draw');
  const revision = useStudioState(answeredOf);
  const [preview, setPreview] = useState<Preview>();
  useEffect(() => {
    const abort = new AbortController();
    const intention = { kind: 'allow-call', caller, target } as const;
    void studio.engine.ask({ kind: 'preview-allow', revision, intention }, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setPreview(reply.answer);
    });
    return () => abort.abort();
  }, [studio, caller, target, revision]);

  return (
    <section className="connect-allow" aria-busy={preview === undefined}>
      <h3>{t('draw.connect.allowTitle')}</h3>
      {preview === undefined ? (
        <p className="muted">{t('draw.connect.asking')}</p>
      ) : preview.ok ? (
        <>
          <Calls calls={preview.value.opens} tried={preview.value.tried} what="opens" />
          <Calls calls={preview.value.closes} tried={preview.value.tried} what="closes" />
          <button
            type="button"
            className="button button-outlined"
            onClick={() => onAllow({ kind: 'allow-call', caller, target })}
          >
            <Icon name="policy" />
            {t('draw.connect.allow')}
          </button>
          <details className="connect-details">
            <summary className="link">{t('draw.connect.policy')}</summary>
            <pre className="connect-policy mono">
              {preview.value.edits.map(({ text }) => policyText(text)).join('\n')}
            </pre>
          </details>
        </>
      ) : (
        <p className="muted">{t(`notice.draw-${preview.error.code}`, preview.error.params)}</p>
      )}
    </section>
  );
}

/** Without the separator before the document. */
const policyText = (text: string): string => text.replace(/^\s*---\n/, '').trim();

const SHOWN = 3;

function Calls({ calls, tried, what }: { calls: readonly Call[]; tried: number; what: 'opens' | 'closes' }) {
  const { t } = useTranslator('draw');
  if (calls.length === 0) return <p className="muted">{t(`draw.connect.${what}None`, { tried })}</p>;
  return (
    <>
      <p className={`connect-${what}`}>{t(`draw.connect.${what}`, { count: calls.length, tried })}</p>
      <ul className="connect-calls mono">
        {calls.slice(0, SHOWN).map((call) => (
          <li key={JSON.stringify(call)}>{callText(call)}</li>
        ))}
      </ul>
    </>
  );
}

const callText = ({ from, request }: Call): string =>
  request.kind === 'http' ? `${from} ${request.method} ${request.url}` : `${from} tcp ${request.host}:${request.port}`;
