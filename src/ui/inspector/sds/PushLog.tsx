/** What was pushed to a gateway since the workspace was opened, newest first. */
import { pushText } from '../../../i18n/render/sdsPush.ts';
import type { SdsEvent } from '../../../state/sds/watchPushes.ts';
import { useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';

const ICONS = {
  supplied: 'check',
  replaced: 'replay',
  waiting: 'warning',
  withdrawn: 'warning',
  refused: 'error',
  released: 'minus',
} as const;

export function PushLog({ events }: { events: readonly SdsEvent[] }) {
  const translator = useTranslator('sds');
  const { t } = translator;
  return (
    <section className="section">
      <h3>{t('sds.log.title')}</h3>
      {events.length === 0 ? (
        <p className="muted">{t('sds.log.empty')}</p>
      ) : (
        <ol className="sds-log" aria-label={t('sds.log.label')}>
          {events.map(({ id, push }) => (
            <li key={id} data-kind={push.kind}>
              <Icon name={ICONS[push.kind]} size={12} />
              <span>{pushText(translator, push, 'log')}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
