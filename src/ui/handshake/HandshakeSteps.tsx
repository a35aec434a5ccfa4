/** The handshake in six steps, with who checks what against what; for those who meet it for the first time. */
import { partyPlace } from '../../i18n/render/names.ts';
import { type HandshakeStepId, handshakeSteps } from '../../state/trace/handshakeSteps.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop } from '../../trace/trace.ts';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import './handshakeSteps.css';

export function HandshakeSteps({
  handshake,
  client,
  server,
}: {
  handshake: TlsHandshakeStep;
  client: Hop | undefined;
  server: Hop | undefined;
}) {
  const translator = useTranslator('handshakeSteps');
  const { t } = translator;
  const place = (hop: Hop | undefined): string => (hop === undefined ? '?' : partyPlace(translator, hop.party));
  const names = { client: place(client), server: place(server) };
  const text = (id: HandshakeStepId): string =>
    t(`handshakeSteps.${id}`, { ...names, name: handshake.client.sni ?? names.server });
  return (
    <details className="handshake-steps" open>
      <summary>{t('handshakeSteps.title')}</summary>
      <ol>
        {handshakeSteps(handshake, server).map(({ id, state, check }, index) => (
          <li key={id} className={`handshake-step is-${state}`}>
            <span className="handshake-step-number">{index + 1}</span>
            <span>
              {text(id)}
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
