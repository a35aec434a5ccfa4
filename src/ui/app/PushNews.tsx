/** News of secrets that an edit pushed to running gateways; fetched with the first of them. */
import { useEffect } from 'react';
import { pushText } from '../../i18n/render/sdsPush.ts';
import { selectNodes, showInspectorTab } from '../../state/actions/look.ts';
import { dismissPushes } from '../../state/actions/sdsNews.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import { newsOf } from '../../state/sds/watchPushes.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudio, useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

const sdsOf = ({ sds }: StudioState) => sds;

/** Long enough to read two sentences twice. */
const STAYS_MS = 15_000;
const SHOWN = 3;

export function PushNews() {
  const studio = useStudio();
  const translator = useTranslator();
  const { t } = translator;
  const sds = useStudioState(sdsOf);
  const { news } = sds;
  useEffect(() => {
    if (news === undefined) return undefined;
    const timer = setTimeout(() => dismissPushes(studio), STAYS_MS);
    return () => clearTimeout(timer);
  }, [studio, news]);
  const pushes = newsOf(sds);
  const [first] = pushes;
  if (first === undefined) return null;
  const show = (): void => {
    selectNodes(studio, [workloadNode(first.push.proxy)]);
    showInspectorTab(studio, 'sds');
    dismissPushes(studio);
  };
  return (
    <div className="notice notice-info">
      <Icon name="certificate" />
      <div className="notice-text">
        {pushes.slice(0, SHOWN).map(({ id, push }) => (
          <p key={id}>{pushText(translator, push)}</p>
        ))}
        <button type="button" className="link" onClick={show}>
          {t('sds.log.show')}
        </button>
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
