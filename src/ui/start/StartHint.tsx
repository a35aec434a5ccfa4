/** For newcomers: the example is one of many beginnings. Told until it is dismissed. */
import { hideStartHint } from '../../state/actions/look.ts';
import { openDialog } from '../app/dialogs.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { IconButton } from '../shared/controls.tsx';
import './startHint.css';

export function StartHint() {
  const studio = useStudio();
  const { t } = useTranslator('start');
  return (
    <p className="start-hint">
      <span>{t('start.hint')}</span>
      <button type="button" className="button button-outlined" onClick={() => openDialog('start')}>
        {t('start.hintOpen')}
      </button>
      <IconButton icon="close" label={t('start.hintClose')} onClick={() => hideStartHint(studio)} />
    </p>
  );
}
