/** Who a workload is: its SPIFFE ID, the certificate chain it presents, the anchors it trusts. */
import type { GraphWorkload } from '../../worker/meshGraph.ts';
import { openDialog } from '../app/dialogs.ts';
import { CertificateCard } from '../shared/CertificateCard.tsx';
import { useTranslator } from '../shared/context.tsx';
import { CsrFlow } from './CsrFlow.tsx';
import { Fact, Facts } from './Facts.tsx';
import { useWorkloadAnswer } from './useEngineAnswer.ts';

export function IdentityTab({ workload }: { workload: GraphWorkload }) {
  const { t } = useTranslator('inspector');
  const asked = useWorkloadAnswer('identity', workload.id);
  if (asked.status === 'waiting') return <p className="section muted">{t('inspector.loading')}</p>;
  if (asked.status === 'none') return <p className="section muted">{t('inspector.noProxy')}</p>;
  const { spiffeId, trustDomain, chain, trustAnchors, signedBy } = asked.value;
  return (
    <>
      <section className="section">
        <Facts>
          {spiffeId !== undefined && (
            <Fact label={t('inspector.field.spiffeId')} code>
              {spiffeId}
            </Fact>
          )}
          <Fact label={t('inspector.field.trustDomain')} code>
            {trustDomain}
          </Fact>
          {signedBy !== undefined && <Fact label={t('inspector.field.signedBy')}>{signedBy}</Fact>}
        </Facts>
      </section>
      {chain.length > 0 && (
        <section className="section">
          <h3>{t('inspector.chain')}</h3>
          <ol className="certificates">
            {chain.map((certificate) => (
              <li key={certificate.fingerprint}>
                <CertificateCard certificate={certificate} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {trustAnchors.length > 0 && (
        <section className="section">
          <h3>{t('inspector.anchors')}</h3>
          <ol className="certificates">
            {trustAnchors.map((certificate) => (
              <li key={certificate.fingerprint}>
                <CertificateCard certificate={certificate} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {spiffeId !== undefined && <CsrFlow workload={workload} />}
      <p className="section">
        <button type="button" className="link" onClick={() => openDialog('certificates')}>
          {t('app.openCertificates')}
        </button>
      </p>
      {chain.length === 0 && spiffeId === undefined && <p className="section muted">{t('inspector.noProxy')}</p>}
    </>
  );
}
