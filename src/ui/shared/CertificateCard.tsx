/** One certificate: closed it says whose it is, opened everything that is checked. */
import type { StudioState } from '../../state/studioState.ts';
import type { CertificateView } from '../../worker/certificateView.ts';
import './certificate.css';
import { useStudio, useStudioState, useTranslator } from './context.tsx';
import { copyText } from './download.ts';
import { Icon } from './Icon.tsx';

const nowOf = ({ workspace }: StudioState) => Date.parse(workspace.world.now);

export function CertificateCard({ certificate, open = false }: { certificate: CertificateView; open?: boolean }) {
  const { t } = useTranslator('inspector');
  const now = useStudioState(nowOf);
  const kind = certificate.ca
    ? certificate.selfSigned
      ? 'inspector.certificate.root'
      : 'inspector.certificate.intermediate'
    : 'inspector.certificate.endEntity';
  const isExpired = now > certificate.notAfter;
  const isEarly = now < certificate.notBefore;
  return (
    <details className="certificate" open={open}>
      <summary>
        <Icon name="certificate" />
        <span className="certificate-title">
          <span className="certificate-name mono">{nameOf(certificate) ?? t('inspector.certificate.noSubject')}</span>
          <span className="certificate-kind">
            {t(kind)}
            {(isExpired || isEarly) && (
              <span className="certificate-fault">
                , {t(isExpired ? 'inspector.certificate.expired' : 'inspector.certificate.notYet')}
              </span>
            )}
          </span>
        </span>
        <Icon name="chevronDown" size={12} />
      </summary>
      <Fields certificate={certificate} />
    </details>
  );
}

/** A SPIFFE ID or DNS name says more than a subject, where there is one. */
function nameOf({ subjectAltNames, subject }: CertificateView): string | undefined {
  const uri = subjectAltNames.find(({ type }) => type === 'URI')?.value;
  const dns = subjectAltNames.find(({ type }) => type === 'DNS')?.value;
  return uri ?? dns ?? (subject === '' ? undefined : subject);
}

function Fields({ certificate }: { certificate: CertificateView }) {
  const studio = useStudio();
  const { t } = useTranslator('inspector');
  const usages = [...certificate.keyUsage, ...certificate.extendedKeyUsage];
  const rows: readonly [string, string][] = [
    [
      t('inspector.certificate.subject'),
      certificate.subject === '' ? t('inspector.certificate.noSubject') : certificate.subject,
    ],
    [t('inspector.certificate.issuer'), certificate.issuer],
    [
      t('inspector.certificate.names'),
      certificate.subjectAltNames.map(({ type, value }) => `${type}:${value}`).join('\n'),
    ],
    [
      t('inspector.certificate.validity'),
      t('inspector.certificate.validityValue', {
        from: dateText(certificate.notBefore),
        to: dateText(certificate.notAfter),
      }),
    ],
    [
      t('inspector.certificate.ca'),
      certificate.ca
        ? `${t('inspector.yes')}${certificate.pathLength === undefined ? '' : `, pathLenConstraint ${certificate.pathLength}`}`
        : t('inspector.no'),
    ],
    [t('inspector.certificate.usage'), usages.join(', ')],
    [t('inspector.certificate.key'), certificate.publicKey],
    [t('inspector.certificate.signature'), certificate.signatureAlgorithm],
    [t('inspector.certificate.serial'), certificate.serial],
    [t('inspector.certificate.fingerprint'), certificate.fingerprint],
  ];
  return (
    <div className="certificate-body">
      <dl className="facts">
        {rows.map(([label, value]) =>
          value === '' ? null : (
            <div key={label} className="fact">
              <dt>{label}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ),
        )}
      </dl>
      <button type="button" className="button button-outlined" onClick={() => void copyText(studio, certificate.pem)}>
        <Icon name="copy" />
        {t('inspector.certificate.copyPem')}
      </button>
    </div>
  );
}

const dateText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
