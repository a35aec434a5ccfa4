/** The handshake in six steps, with who checks what against what; for those who meet it for the first time. */
import { partyPlace } from '../../i18n/render/names.ts';
import { type HandshakeStepId, handshakeSteps } from '../../state/trace/handshakeSteps.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop } from '../../trace/trace.ts';
import type { CertificateView } from '../../worker/certificateView.ts';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import './handshakeSteps.css';
import { stepDetails } from './stepDetails.ts';

export function HandshakeSteps({
  handshake,
  client,
  server,
  certificates,
}: {
  handshake: TlsHandshakeStep;
  client: Hop | undefined;
  server: Hop | undefined;
  certificates: readonly CertificateView[];
}) {
  const translator = useTranslator('handshakeSteps');
  const { t } = translator;
  const place = (hop: Hop | undefined): string => (hop === undefined ? '?' : partyPlace(translator, hop.party));
  const names = { client: place(client), server: place(server) };
  const dialled = client?.steps.findLast((step) => step.kind === 'connect');
  const forwarded = server?.steps.findLast((step) => step.kind === 'forwarded')?.to;
  const text = (id: HandshakeStepId): string => {
    if (id === 'forwarded' && forwarded !== undefined) return t('handshakeSteps.forwardedTo', { to: forwarded });
    return t(`handshakeSteps.${id}`, {
      ...names,
      name: handshake.client.sni ?? names.server,
      address: dialled === undefined ? names.server : `${dialled.address}:${dialled.port}`,
    });
  };
  const details = stepDetails(translator, handshake, certificates);
  return (
    <details className="handshake-steps" open>
      <summary>{t('handshakeSteps.title')}</summary>
      <ol>
        {handshakeSteps(handshake, server).map(({ id, state, check }, index) => (
          <li key={id} className={`handshake-step is-${state}`}>
            <span className="handshake-step-number">{index + 1}</span>
            <span>
              {text(id)}
              {state !== 'not-reached' && details[id] !== undefined && (
                <span className="handshake-step-detail mono">{details[id]}</span>
              )}
              {check?.wanted !== undefined && check.saw !== undefined && (
                <span className="muted"> {t('handshakeSteps.compared', { wanted: check.wanted, saw: check.saw })}</span>
              )}
              {check?.text !== undefined && <span className="muted"> {check.text}</span>}
            </span>
            <span className="handshake-step-state">
              {state === 'done' && <Icon name="check" size={12} />}
              {state === 'failed' && <Icon name="close" size={12} />}
              <span className={state === 'skipped' || state === 'not-reached' ? 'muted' : 'visually-hidden'}>
                {t(`handshakeSteps.state.${state}`)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
