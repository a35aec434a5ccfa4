/** News of secrets that an edit pushed to running gateways; fetched with the first of them. */
import { useEffect, useState } from 'react';
import { pushText } from '../../i18n/render/sdsPush.ts';
import { meetGateways } from '../../state/actions/gatewayMoment.ts';
import { selectNodes, showInspectorTab } from '../../state/actions/look.ts';
import { dismissPushes } from '../../state/actions/sdsNews.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import { newsOf } from '../../state/sds/watchPushes.ts';
import type { StudioState } from '../../state/studioState.ts';
import type { SecretPush } from '../../worker/sdsView.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

const sdsOf = ({ sds }: StudioState) => sds;

/** Every letter of a name typed is a push; only the last is worth reading. */
const SETTLES_MS = 900;
const STAYS_MS = 12_000;

/** The gateway goes on with what it has. */
const keeps = ({ kind, before }: SecretPush): boolean =>
  before !== undefined && (kind === 'withdrawn' || kind === 'refused');

export function PushNews() {
  const studio = useStudio();
  const translator = useTranslator('sds');
  const { t } = translator;
  const sds = useStudioState(sdsOf);
  const { news } = sds;
  const [settled, setSettled] = useState<number>();
  useEffect(() => {
    if (news === undefined) return undefined;
    const settle = setTimeout(() => setSettled(news), SETTLES_MS);
    const leave = setTimeout(() => dismissPushes(studio), STAYS_MS);
    return () => {
      clearTimeout(settle);
      clearTimeout(leave);
    };
  }, [studio, news]);
  const pushes = newsOf(sds);
  const [first, ...more] = pushes;
  if (first === undefined || settled !== news) return null;
  const show = (): void => {
    selectNodes(studio, [workloadNode(first.push.proxy)]);
    showInspectorTab(studio, 'sds');
    dismissPushes(studio);
  };
  return (
    <div className="notice notice-info">
      <Icon name="certificate" />
      <div className="notice-text">
        <p>
          {pushText(translator, first.push, 'news')}
          {more.length > 0 && <span className="muted"> {t('sds.news.more', { count: more.length })}</span>}
        </p>
        <button type="button" className="link" onClick={show}>
          {t('sds.log.show')}
        </button>
        {keeps(first.push) && (
          <button type="button" className="link" onClick={() => void meetGateways(studio, 'running')}>
            {t('sds.log.asRunning')}
          </button>
        )}
      </div>
      <button
        type="button"
        className="button button-icon"
        aria-label={t('sds.log.close')}
        onClick={() => dismissPushes(studio)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
