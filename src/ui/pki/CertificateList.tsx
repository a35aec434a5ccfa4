/** The mesh clock and every certificate of the mesh, the first to end first; the timeline has the rest. */
import type { CertificateListView } from '../../worker/protocol.ts';
import { openDialog } from '../app/dialogs.ts';
import { CertificateCard } from '../shared/CertificateCard.tsx';
import { useStudioState, useTranslator } from '../shared/context.tsx';
import './certificateList.css';
import { holderText } from './holderText.ts';
import { MeshClock, meshNow } from './MeshClock.tsx';
import { useCertificates } from './useCertificates.ts';

export function CertificateList() {
  const { t } = useTranslator('certificates');
  const now = useStudioState(meshNow);
  const list = useCertificates();
  return (
    <section className="section certificates-view">
      <h3>{t('certificates.title')}</h3>
      <p className="muted">{t('certificates.hint')}</p>
      <MeshClock />
      <button
        type="button"
        className="button button-outlined certificates-open"
        onClick={() => openDialog('certificates')}
      >
        {t('certificates.open')}
      </button>
      <ul className="certificate-bars">
        {list?.certificates.map((entry) => (
          <Row key={entry.certificate.fingerprint} entry={entry} now={now} />
        ))}
      </ul>
      {list !== undefined && list.proxiesLeftOut > 0 && (
        <p className="muted">{t('certificates.proxiesLeftOut', { count: list.proxiesLeftOut })}</p>
      )}
    </section>
  );
}

function Row({ entry, now }: { entry: CertificateListView['certificates'][number]; now: number }) {
  const translator = useTranslator('certificates');
  const { t } = translator;
  const { certificate, holders } = entry;
  const { notBefore, notAfter } = certificate;
  const state = now > notAfter ? 'expired' : now < notBefore ? 'notYet' : 'valid';
  return (
    <li data-state={state}>
      <p className="certificate-holder">
        {holderText(translator, holders)}
        <span className="muted">
          {' · '}
          {state === 'valid'
            ? t('certificates.until', { date: new Date(notAfter).toISOString().slice(0, 10) })
            : t(`certificates.${state}`)}
        </span>
      </p>
      <CertificateCard certificate={certificate} />
    </li>
  );
}
