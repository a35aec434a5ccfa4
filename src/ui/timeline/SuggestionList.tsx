/** The list behind the suggestions button; loaded when it is opened. */
import { useEffect, useState } from 'react';
import { resourceText } from '../../i18n/render/names.ts';
import { applyProposedEdits } from '../../state/actions/applyEdits.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { Call } from '../../trace/call.ts';
import type { SuggestionsView, SuggestionView } from '../../worker/suggestionsView.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import './suggestions.css';

const answeredOf = ({ engine }: StudioState) => engine.answered;

/** Asked only when the list is opened: it costs many evaluations. */
export function SuggestionList({ call }: { call: Call }) {
  const studio = useStudio();
  const { t } = useTranslator('suggest');
  const revision = useStudioState(answeredOf);
  const [answer, setAnswer] = useState<SuggestionsView>();
  useEffect(() => {
    const abort = new AbortController();
    setAnswer(undefined);
    void studio.engine.ask({ kind: 'suggest', revision, call }, abort.signal).then((reply) => {
      if (reply.kind === 'answer' && !abort.signal.aborted) setAnswer(reply.answer);
    });
    return () => abort.abort();
  }, [studio, call, revision]);
  return (
    <div className="suggestions" aria-busy={answer === undefined}>
      <h2 className="suggestions-title">{t('verdict.suggest.title')}</h2>
      {answer === undefined ? (
        <p className="muted">{t('verdict.suggest.searching')}</p>
      ) : (
        <>
          <p className="muted">{t(answer.suggestions.length === 0 ? 'suggest.none' : 'suggest.intro')}</p>
          <ol className="suggestions-list">
            {answer.suggestions.map((suggestion) => (
              <SuggestionItem key={JSON.stringify(suggestion.edits)} suggestion={suggestion} />
            ))}
          </ol>
          {answer.remedies.length > 0 && (
            <>
              <h3 className="suggestions-subtitle">{t('suggest.remedies')}</h3>
              <ul className="suggestions-remedies">
                {answer.remedies.map((remedy) => (
                  <li key={remedy}>{t(`suggest.remedy.${remedy}`)}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </div>
  );
}

function SuggestionItem({ suggestion }: { suggestion: SuggestionView }) {
  const studio = useStudio();
  const { t } = useTranslator('suggest');
  const { kind, resource, edits, opens, tried } = suggestion;
  // An edit inside a flow list begins with its comma, which is no part of what is added.
  const added = edits.map(({ text }) => text.replace(/^(\n|, )|\n$/g, '')).join('\n');
  return (
    <li className="suggestion">
      <div className="suggestion-head">
        <span className="suggestion-name">{t(`suggest.kind.${kind}`, { resource: resourceText(resource) })}</span>
        <button type="button" className="button button-primary" onClick={() => applyProposedEdits(studio, edits)}>
          {t('suggest.apply')}
        </button>
      </div>
      {added.trim() !== '' && <pre className="suggestion-text mono">{added}</pre>}
      {opens.length === 0 ? (
        <p className="muted">{t('suggest.opensNone', { tried })}</p>
      ) : (
        <>
          <p className="suggestion-opens">{t('suggest.opens', { count: opens.length, tried })}</p>
          <ul className="suggestion-calls mono">
            {opens.slice(0, 3).map((open) => (
              <li key={JSON.stringify(open)}>{callText(open)}</li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

function callText({ from, request }: Call): string {
  return request.kind === 'http'
    ? `${from} ${request.method} ${request.url}`
    : `${from} tcp ${request.host}:${request.port}`;
}
