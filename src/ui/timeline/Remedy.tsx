/** What to do about a call that did not get through, in one line; and what the workspace has yet to say. */
import { remedyOf } from '../../i18n/render/remedy.ts';
import { draw } from '../../state/actions/draw.ts';
import type { Trace } from '../../trace/trace.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Prose } from '../shared/Prose.tsx';

export function Remedy({ trace }: { trace: Trace }) {
  const { t } = useTranslator('remedy');
  const remedy = remedyOf(trace);
  if (remedy === undefined) return null;
  return (
    <span className="verdict-remedy">
      <strong>{t('remedy.label')}</strong> <Prose text={t(`remedy.${remedy}`)} />
      {remedy === 'say-whether-policies-are-enforced' && <Enforcement />}
    </span>
  );
}

function Enforcement() {
  const studio = useStudio();
  const { t } = useTranslator('remedy');
  const say = (enforcement: 'drop' | 'ignore') => () =>
    void draw(studio, { kind: 'set-network-policies', enforcement });
  return (
    <span className="verdict-choices">
      <button type="button" className="button button-outlined" onClick={say('drop')}>
        {t('remedy.enforced')}
      </button>
      <button type="button" className="button button-outlined" onClick={say('ignore')}>
        {t('remedy.ignored')}
      </button>
    </span>
  );
}
