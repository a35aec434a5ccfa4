/** For a refused call: the smallest changes that would let it through, each tried, with what else it opens. */
import { lazy, Suspense } from 'react';
import type { Call } from '../../trace/call.ts';
import { useTranslator } from '../shared/context.tsx';
import { Popover } from '../shared/controls.tsx';
import { Icon } from '../shared/Icon.tsx';

const SuggestionList = lazy(async () => ({ default: (await import('./SuggestionList.tsx')).SuggestionList }));

export function SuggestionsButton({ call }: { call: Call }) {
  const { t } = useTranslator();
  return (
    <Popover
      label={t('verdict.suggest.title')}
      width={480}
      side="top"
      trigger={
        <button type="button" className="button button-outlined">
          {t('verdict.suggest.open')}
          <Icon name="chevronDown" size={12} />
        </button>
      }
    >
      <Suspense fallback={<p className="muted">{t('verdict.suggest.searching')}</p>}>
        <SuggestionList call={call} />
      </Suspense>
    </Popover>
  );
}
