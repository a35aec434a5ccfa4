/** One TLS server of a gateway: its names, what it presents, what it checks clients against. */
import { resourceText } from '../../../i18n/render/names.ts';
import { revealRange } from '../../../state/actions/look.ts';
import type { SdsSecretView, SdsServerView } from '../../../worker/sdsView.ts';
import { useStudio, useTranslator } from '../../shared/context.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { SecretRow } from './SecretRow.tsx';

export function ServerCard({ server, secrets }: { server: SdsServerView; secrets: readonly SdsSecretView[] }) {
  const studio = useStudio();
  const { t } = useTranslator('sds');
  const { serverNames, presents, verifiesBy, state, range, gateway } = server;
  const names = [...presents, ...(verifiesBy === undefined ? [] : [verifiesBy])];
  return (
    <li className="sds-server" data-state={state}>
      <div className="sds-server-head">
        <strong className="mono">{serverNames.length === 0 ? t('sds.anyName') : serverNames.join(', ')}</strong>
        <span className="sds-state">
          <Icon name={state === 'serving' ? 'check' : state === 'unknown' ? 'info' : 'warning'} size={12} />
          {t(`sds.state.${state}`)}
        </span>
      </div>
      <p className="sds-source">
        {t('sds.port', { listener: server.listener })}
        {gateway !== undefined && (
          <>
            {' · '}
            {range === undefined ? (
              resourceText(gateway)
            ) : (
              <button type="button" className="link" onClick={() => revealRange(studio, range)}>
                {resourceText(gateway)}
              </button>
            )}
          </>
        )}
      </p>
      {state !== 'serving' && <p className="sds-meets">{t(`sds.meets.${state}`)}</p>}
      <ul className="sds-secrets">
        {names.map((name) => {
          const secret = secrets.find((candidate) => candidate.name === name);
          return secret === undefined ? null : <SecretRow key={name} secret={secret} />;
        })}
      </ul>
      <p className="sds-source">{t(`sds.clientCertificate.${server.clientCertificate}`)}</p>
    </li>
  );
}
