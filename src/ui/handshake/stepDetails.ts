/** What stands behind the six steps: whose certificate, issued by whom, checked against which CAs and names. */
import type { Translator } from '../../i18n/i18n.ts';
import type { HandshakeStepId } from '../../state/trace/handshakeSteps.ts';
import type { TlsHandshakeStep, TrustParams } from '../../trace/tlsStep.ts';
import type { CertificateView } from '../../worker/certificateView.ts';

export function stepDetails(
  translator: Translator<'handshakeSteps'>,
  { client, server }: TlsHandshakeStep,
  certificates: readonly CertificateView[],
): Partial<Record<HandshakeStepId, string | undefined>> {
  const { t } = translator;
  const find = (fingerprint: string | undefined) =>
    certificates.find((certificate) => certificate.fingerprint === fingerprint);
  const presented = (chain: readonly string[]): string | undefined => {
    const leaf = find(chain[0]);
    return leaf && t('handshakeSteps.certificate', { subject: nameOf(leaf), issuer: leaf.issuer });
  };
  const trust = ({ anchors, names }: TrustParams): string => {
    if (anchors === 'none') return t('handshakeSteps.trustsAnything');
    const cas =
      anchors === 'system'
        ? t('handshakeSteps.trustsSystem')
        : t('handshakeSteps.trusts', { names: anchors.map((anchor) => find(anchor)?.subject ?? '?').join(', ') });
    const expected = names === undefined ? [] : 'host' in names ? [names.host] : names.anyOf;
    return expected.length === 0 ? cas : `${cas}; ${t('handshakeSteps.expects', { names: expected.join(', ') })}`;
  };
  return {
    'server-presents': presented(server.certificateChain),
    'client-verifies': trust(client.trust),
    'client-presents': presented(client.certificateChain),
    'server-verifies': server.trust && trust(server.trust),
  };
}

/** The subject; of certificates without one, the name they are for. */
const nameOf = ({ subject, subjectAltNames }: CertificateView): string =>
  subject === '' ? (subjectAltNames[0]?.value ?? '') : subject;
