/** A certificate authority: whom it certifies, and what would follow without it. */
import { selectNodes } from '../../state/actions/look.ts';
import { workloadNode } from '../../state/nodeIds.ts';
import type { GraphAuthority } from '../../worker/meshGraph.ts';
import { openDialog } from '../app/dialogs.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import './authority.css';
import { CertificateList } from './CertificateList.tsx';

export function AuthorityView({ authority }: { authority: GraphAuthority }) {
  const { t } = useTranslator('certificates', 'inspector');
  const studio = useStudio();
  const { name, kind, certifies, provenance = [] } = authority;
  return (
    <div className="inspector">
      <header className="inspector-head">
        <Icon name="authority" size={20} />
        <h2>{name}</h2>
        <span className="muted">{t(`certificates.authority.${kind}`)}</span>
      </header>
      <section className="section">
        <h3>{t('certificates.certifies', { count: certifies.length })}</h3>
        <p>
          {certifies.map((id) => (
            <button
              key={id}
              type="button"
              className="link inline-link"
              onClick={() => selectNodes(studio, [workloadNode(id)])}
            >
              {id}
            </button>
          ))}
        </p>
        <button type="button" className="button button-outlined" onClick={() => openDialog('breaks')}>
          {t('certificates.breaks.without')}
        </button>
      </section>
      {provenance.length > 1 && (
        <section className="section">
          <h3>{t('certificates.provenance')}</h3>
          <ol className="authority-chain">
            {[...provenance].reverse().map(({ kind: document, name: which }) => (
              <li key={`${document} ${which}`}>
                <span className="muted">{document}</span> <span className="mono">{which}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <CertificateList />
    </div>
  );
}
