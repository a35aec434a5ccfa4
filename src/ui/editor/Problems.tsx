/** The diagnostics of the whole workspace, one line each; closed it only counts. */
import { useState } from 'react';
import { diagnosticText } from '../../i18n/render/reason.ts';
import { revealRange } from '../../state/actions/look.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

const diagnosticsOf = ({ engine }: StudioState) => engine.diagnostics;
const ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;
const SHOWN = 200;

export function Problems() {
  const studio = useStudio();
  const translator = useTranslator('diagnostic', 'editor');
  const { t } = translator;
  const diagnostics = useStudioState(diagnosticsOf);
  const [isOpen, setIsOpen] = useState(false);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const summary = [
    ...(errors > 0 ? [t('editor.errors', { count: errors })] : []),
    ...(warnings > 0 ? [t('editor.warnings', { count: warnings })] : []),
  ].join(', ');

  return (
    <section className="problems">
      <button type="button" className="problems-head" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
        <span>{t('editor.problems')}</span>
        <span className={errors > 0 ? 'problems-errors' : 'muted'}>
          {summary === '' ? t('editor.noProblems') : summary}
        </span>
      </button>
      {isOpen && (
        <ul className="problems-list">
          {diagnostics.slice(0, SHOWN).map((diagnostic, at) => {
            const { severity, range, code } = diagnostic;
            return (
              // Two may be alike in all but their place in the list.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={`${code} ${at}`}>
                <button
                  type="button"
                  className="problem"
                  data-severity={severity}
                  disabled={range === undefined}
                  onClick={() => {
                    if (range !== undefined) revealRange(studio, range);
                  }}
                >
                  <Icon name={ICONS[severity]} />
                  <span className="visually-hidden">{t(`diagnosticUi.severity.${severity}`)}: </span>
                  <span className="problem-text">{diagnosticText(translator, diagnostic)}</span>
                  {range !== undefined && (
                    <span className="muted">
                      {range.file}:{range.startLine}
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
