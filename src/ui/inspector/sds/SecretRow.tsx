/** One secret by the name a proxy asks for: who answers, from where, with what. */
import { resourceText } from '../../../i18n/render/names.ts';
import { reasonText } from '../../../i18n/render/reason.ts';
import { revealRange } from '../../../state/actions/look.ts';
import type { SdsSecretView } from '../../../worker/sdsView.ts';
import { CertificateCard } from '../../shared/CertificateCard.tsx';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';

export function SecretRow({ secret }: { secret: SdsSecretView }) {
  const studio = useStudio();
  const translator = useTranslator('sds');
  const { t } = translator;
  const { name, use, servedBy, from, range, state, why, message, certificates, crls, clusters } = secret;
  const [first] = certificates;
  return (
    <li className="sds-secret" data-state={state}>
      <p className="sds-name">
        <Icon name="certificate" />
        <code>{name}</code>
        <span className="muted">{t(`sds.use.${use}`)}</span>
      </p>
      <p className="sds-source">
        {t(`sds.asks.${servedBy}`)}
        {from !== undefined && (
          <>
            {' · '}
            {range === undefined ? (
              resourceText(from)
            ) : (
              <button type="button" className="link" onClick={() => revealRange(studio, range)}>
                {resourceText(from)}
              </button>
            )}
          </>
        )}
      </p>
      {clusters.length > 0 && <p className="sds-source mono">{clusters.join(', ')}</p>}
      {why !== undefined && (
        <p className="sds-fault">
          {t(state === 'refused' ? 'sds.refused' : 'sds.none', { why: reasonText(translator, why) })}
        </p>
      )}
      {message !== undefined && <code className="sds-message">{message}</code>}
      {first !== undefined && (
        <p className="sds-source">
          {t('sds.serial', { serial: first.serial, date: new Date(first.notAfter).toISOString().slice(0, 10) })}
        </p>
      )}
      {certificates.map((certificate) => (
        <CertificateCard key={certificate.fingerprint} certificate={certificate} />
      ))}
      {state === 'delivered' && certificates.length === 0 && <p className="sds-source">{t('sds.system')}</p>}
      {crls > 0 && <p className="sds-source">{t('sds.crls', { count: crls })}</p>}
    </li>
  );
}
