/** The engine broke on this text: says so, and that nothing typed is lost. The next edit tries again. */
import { reasonText } from '../../i18n/render/reason.ts';
import type { StudioState } from '../../state/studioState.ts';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';

const engineOf = ({ engine }: StudioState) => engine;

export function EngineBanner() {
  const translator = useTranslator();
  const { t } = translator;
  const { status, failure } = useStudioState(engineOf);
  if (status !== 'failed') return null;
  const message = failure === undefined ? '' : reasonText(translator, failure);
  return (
    <div className="banner" role="alert">
      <Icon name="error" />
      <p className="banner-text">{t('app.engine.failedDetail', { message })}</p>
      <button type="button" className="button button-outlined" onClick={() => window.location.reload()}>
        {t('app.engine.reload')}
      </button>
    </div>
  );
}
