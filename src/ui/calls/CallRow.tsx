/** One saved call: its name leads to its trace; expected, now, and how they compare. */
import { memo } from 'react';
import { localize } from '../../base/localizedText.ts';
import { chooseSavedCall } from '../../state/actions/changeCall.ts';
import { expectWhatHappens, moveSavedCall } from '../../state/actions/collection.ts';
import { showBottomTab } from '../../state/actions/look.ts';
import { sendCall } from '../../state/actions/sendCall.ts';
import type { Standing } from '../../state/calls/tally.ts';
import type { CallVerdict } from '../../state/studioState.ts';
import type { SavedCall } from '../../state/workspace/workspace.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import { CallActions } from './CallActions.tsx';
import { expectationText, outcomeWords, standingDetail } from './words.ts';

export interface CallRowProps {
  readonly call: SavedCall;
  readonly verdict: CallVerdict | undefined;
  readonly standing: Standing;
}

export const CallRow = memo(function CallRow({ call, verdict, standing }: CallRowProps) {
  const studio = useStudio();
  const translator = useTranslator('calls');
  const { t, language } = translator;
  const name = localize(call.name, language);
  const [outcome] = verdict?.outcomes ?? [];
  const detail = standingDetail(translator, standing, verdict);
  const open = (): void => {
    chooseSavedCall(studio, call.id);
    void sendCall(studio, { play: false });
    showBottomTab(studio, 'timeline');
  };
  return (
    <tr className="calls-row" data-standing={standing.kind}>
      <th scope="row">
        <button
          type="button"
          className="calls-name"
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          title={t('calls.keys')}
          onClick={open}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            const button = event.currentTarget;
            moveSavedCall(studio, call.id, event.key === 'ArrowUp' ? -1 : 1);
            // A row that is moved in the document lets go of the focus.
            requestAnimationFrame(() => button.focus());
          }}
        >
          {name}
        </button>
        <span className="calls-where">
          {call.from === 'outside' ? t('calls.outside') : call.from}
          {call.container === 'istio-proxy' && ', istio-proxy'} → {call.url}
        </span>
      </th>
      <td>
        {call.expect !== undefined ? (
          expectationText(translator, call.expect)
        ) : (
          <button
            type="button"
            className="button calls-expect"
            aria-label={t('calls.expectNowLabel', { name })}
            disabled={outcome === undefined || outcome.kind === 'cannot-tell' || (verdict?.outcomes?.length ?? 0) > 1}
            onClick={() => expectWhatHappens(studio, call.id)}
          >
            <Icon name="plus" size={12} />
            {t('calls.expectNow')}
          </button>
        )}
      </td>
      <td>
        {outcome !== undefined && (
          <span className="calls-now">
            <VerdictMark kind={outcome.kind} size={16} />
            {outcomeWords(translator, outcome)}
          </span>
        )}
      </td>
      <td>
        <span className="calls-standing" data-standing={standing.kind}>
          {standing.kind === 'open' ? (
            <span className="muted">{t('calls.standing.open')}</span>
          ) : (
            <>
              <Icon name={SIGNS[standing.kind]} />
              {t(`calls.standing.${standing.kind}`)}
            </>
          )}
        </span>
        {detail !== undefined && <span className="calls-detail">{detail}</span>}
      </td>
      <td className="calls-actions">
        <CallActions call={call} name={name} outcome={outcome} />
      </td>
    </tr>
  );
});

const SIGNS = { 'as-expected': 'check', differs: 'error', 'cannot-tell': 'info', waiting: 'info' } as const;
