/** What to do about a call that did not get through, in one line. */
import { remedyOf } from '../../i18n/render/remedy.ts';
import type { Trace } from '../../trace/trace.ts';
import { useTranslator } from '../shared/context.tsx';
import { Prose } from '../shared/Prose.tsx';

export function Remedy({ trace }: { trace: Trace }) {
  const { t } = useTranslator('remedy');
  const remedy = remedyOf(trace);
  if (remedy === undefined) return null;
  return (
    <span className="verdict-remedy">
      <strong>{t('remedy.label')}</strong> <Prose text={t(`remedy.${remedy}`)} />
    </span>
  );
}
