/** One diagnostic: what it says, where, and on demand why that matters and which change would mend it. */
import { useEffect, useState } from 'react';
import type { Diagnostic } from '../../base/diagnostics/diagnostic.ts';
import { diagnosticText } from '../../i18n/render/reason.ts';
import { applyProposedEdits } from '../../state/actions/applyEdits.ts';
import { revealRange } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { EngineAnswers } from '../../worker/protocol.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

export const SEVERITY_ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;

type Fixes = NonNullable<EngineAnswers['fixes']>;

export function ProblemRow({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const studio = useStudio();
  const translator = useTranslator('diagnostic', 'code');
  const { t } = translator;
  const [isOpen, setIsOpen] = useState(false);
  const { severity, range, code } = diagnostic;
  return (
    <li>
      <div className="problem" data-severity={severity}>
        <button
          type="button"
          className="problem-place"
          disabled={range === undefined}
          onClick={() => {
            if (range !== undefined) revealRange(studio, range);
          }}
        >
          <Icon name={SEVERITY_ICONS[severity]} />
          <span className="visually-hidden">{t(`diagnosticUi.severity.${severity}`)}: </span>
          <span className="problem-text">{diagnosticText(translator, diagnostic)}</span>
          {range !== undefined && (
            <span className="muted problem-line">
              {range.file}:{range.startLine}
            </span>
          )}
        </button>
        <button
          type="button"
          className="button button-icon"
          aria-expanded={isOpen}
          aria-label={t('code.problems.explain', { code })}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
        </button>
      </div>
      {isOpen && <Explanation diagnostic={diagnostic} />}
    </li>
  );
}

const revisionOf = ({ engine }: StudioState) => engine.answered;

function Explanation({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const studio = useStudio();
  const { t } = useTranslator('code');
  const revision = useStudioState(revisionOf);
  const [fixes, setFixes] = useState<Fixes>();
  useEffect(() => {
    const abort = new AbortController();
    void studio.engine.ask({ kind: 'fixes', revision, diagnostic }, abort.signal).then((reply) => {
      if (reply.kind === 'answer') setFixes(reply.answer ?? []);
    });
    return () => abort.abort();
  }, [studio, revision, diagnostic]);
  return (
    <div className="problem-why">
      <p>
        <code>{diagnostic.code}</code> {t(`code.explain.${diagnostic.code}`)}
      </p>
      {fixes?.length === 0 && <p className="muted">{t('code.problems.noFix')}</p>}
      {fixes?.map(({ code, params, edits }) => (
        <button
          key={`${code} ${Object.values(params).join(' ')}`}
          type="button"
          className="button button-outlined"
          onClick={() => applyProposedEdits(studio, edits)}
        >
          {t(`code.fix.${code}`, params)}
        </button>
      ))}
    </div>
  );
}
