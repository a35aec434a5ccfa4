/** The caller's handshake as `openssl s_client` prints it, to be compared and copied. */
import { sClientOutput } from '../../i18n/render/sClientOutput.ts';
import type { FinishedRun } from '../../state/studioState.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop } from '../../trace/trace.ts';
import { useStudio, useTranslator } from '../shared/context.tsx';
import { copyText } from '../shared/download.ts';
import { Icon } from '../shared/Icon.tsx';

export function SClient({
  run,
  handshake,
  client,
}: {
  run: FinishedRun;
  handshake: TlsHandshakeStep;
  client: Hop | undefined;
}) {
  const studio = useStudio();
  const { t } = useTranslator('handshakeSteps');
  const { cacert, cert } = run.draft;
  const dialled = client?.steps.find((step) => step.kind === 'connect');
  const text = sClientOutput(
    handshake,
    (fingerprint) => run.answer.certificates.find((certificate) => certificate.fingerprint === fingerprint),
    {
      address: dialled?.address ?? handshake.client.sni ?? '',
      port: dialled?.port ?? 443,
      ...(cacert.length === 0
        ? {}
        : {
            caFile:
              cacert.length === 1 ? `${cacert[0]}.pem` : `<(cat ${cacert.map((name) => `${name}.pem`).join(' ')})`,
          }),
      ...(cert === undefined ? {} : { certificate: cert }),
    },
  );
  return (
    <details className="s-client">
      <summary>{t('handshakeSteps.sClient')}</summary>
      <p className="muted">{t('handshakeSteps.sClientHint')}</p>
      <pre>{text}</pre>
      <button type="button" className="button button-outlined" onClick={() => void copyText(studio, text)}>
        <Icon name="copy" />
        {t('handshakeSteps.copy')}
      </button>
    </details>
  );
}
