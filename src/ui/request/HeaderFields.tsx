/** Request headers in order; names as typed. */
import { changeDraft } from '../../state/actions/changeCall.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

const headersOf = ({ request }: StudioState) => request.draft.headers;

export function HeaderFields() {
  const studio = useStudio();
  const { t } = useTranslator();
  const headers = useStudioState(headersOf);
  const change = (at: number, header: readonly [string, string] | undefined): void =>
    changeDraft(studio, {
      headers: headers.flatMap((old, index) => (index !== at ? [old] : header === undefined ? [] : [header])),
    });
  return (
    <div className="options-row">
      <span className="options-label">{t('request.option.headers')}</span>
      {headers.map(([name, value], at) => (
        // Headers have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className="options-header">
          <input
            className="field mono"
            aria-label={t('request.option.headerName')}
            placeholder={t('request.option.headerName')}
            spellCheck={false}
            value={name}
            onChange={(event) => change(at, [event.target.value, value])}
          />
          <input
            className="field mono"
            aria-label={t('request.option.headerValue')}
            placeholder={t('request.option.headerValue')}
            spellCheck={false}
            value={value}
            onChange={(event) => change(at, [name, event.target.value])}
          />
          <button
            type="button"
            className="button button-icon"
            aria-label={t('request.option.removeHeader', { name })}
            onClick={() => change(at, undefined)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <div>
        <button
          type="button"
          className="button"
          onClick={() => changeDraft(studio, { headers: [...headers, ['', '']] })}
        >
          <Icon name="plus" />
          {t('request.option.addHeader')}
        </button>
      </div>
    </div>
  );
}
