/** The diagnostics of the whole workspace: counted, filtered by severity, each with its place and its why. */
import { useState } from 'react';
import type { Diagnostic, Severity } from '../../base/diagnostics/diagnostic.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { ProblemRow, SEVERITY_ICONS } from './ProblemRow.tsx';

const diagnosticsOf = ({ engine }: StudioState) => engine.diagnostics;
const SEVERITIES = ['error', 'warning', 'info'] as const;
const SHOWN = 200;

export function Problems() {
  const { t } = useTranslator('editor', 'diagnostic', 'code');
  const diagnostics = useStudioState(diagnosticsOf);
  const [isOpen, setIsOpen] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<Severity>>(new Set());
  const count = (severity: Severity): number => diagnostics.filter((each) => each.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  const summary = [
    ...(errors > 0 ? [t('editor.errors', { count: errors })] : []),
    ...(warnings > 0 ? [t('editor.warnings', { count: warnings })] : []),
  ].join(', ');
  const shown = diagnostics.filter(({ severity }) => !hidden.has(severity));
  const toggle = (severity: Severity): void => {
    const next = new Set(hidden);
    if (!next.delete(severity)) next.add(severity);
    setHidden(next);
  };

  return (
    <section className="problems">
      <div className="problems-bar">
        <button type="button" className="problems-head" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
          <span>{t('editor.problems')}</span>
          <span className={errors > 0 ? 'problems-errors' : 'muted'}>
            {summary === '' ? t('editor.noProblems') : summary}
          </span>
        </button>
        {isOpen && diagnostics.length > 0 && (
          <fieldset className="problems-filter" aria-label={t('code.problems.filter')}>
            {SEVERITIES.map((severity) => (
              <button
                key={severity}
                type="button"
                className="problems-toggle"
                data-severity={severity}
                aria-pressed={!hidden.has(severity)}
                aria-label={`${t(`diagnosticUi.severity.${severity}`)}: ${count(severity)}`}
                onClick={() => toggle(severity)}
              >
                <Icon name={SEVERITY_ICONS[severity]} />
                {count(severity)}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {isOpen && (
        <ul className="problems-list">
          {shown.slice(0, SHOWN).map((diagnostic, at) => (
            // Two may be alike in all but their place in the list.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <ProblemRow key={`${keyOf(diagnostic)} ${at}`} diagnostic={diagnostic} />
          ))}
          {shown.length > SHOWN && (
            <li className="problems-more muted">{t('code.problems.more', { count: shown.length - SHOWN })}</li>
          )}
          {shown.length === 0 && diagnostics.length > 0 && (
            <li className="problems-more muted">{t('code.problems.none')}</li>
          )}
        </ul>
      )}
    </section>
  );
}

const keyOf = ({ code, range }: Diagnostic): string => `${code} ${range?.file ?? ''} ${range?.startLine ?? ''}`;
