/** What an expression can say. */
import { FIND_KEYS } from '../../../state/find/findExpression.ts';
import { useTranslator } from '../../shared/context.tsx';

export function FindHelp() {
  const { t } = useTranslator('find');
  return (
    <div className="find-help">
      <p>{t('find.explain')}</p>
      <dl>
        {FIND_KEYS.map((key) => (
          <div key={key} className="find-key">
            <dt className="mono">{t(`find.example.${key}`)}</dt>
            <dd>{t(`find.key.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
