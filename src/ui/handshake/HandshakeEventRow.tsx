/** One message between the lifelines, or one check at the party that makes it. */
import { useState } from 'react';
import { certificateOf } from '../../state/selectors/select.ts';
import type { HandshakeEvent } from '../../state/trace/handshakeMessages.ts';
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { HandshakeMessage } from '../../worker/certificateView.ts';
import type { SendAnswer } from '../../worker/protocol.ts';
import { CertificateCard } from '../shared/CertificateCard.tsx';
import { useTranslator } from '../shared/context.tsx';
import { Icon } from '../shared/Icon.tsx';
import { BytesView } from './BytesView.tsx';

export interface HandshakeEventRowProps {
  readonly event: HandshakeEvent;
  readonly handshake: TlsHandshakeStep;
  readonly answer: SendAnswer;
  /** Its bytes, once they are known. */
  readonly message: HandshakeMessage | undefined;
  /** As an eavesdropper sees it. */
  readonly onTheWire: boolean;
}

export function HandshakeEventRow({ event, handshake, answer, message, onTheWire }: HandshakeEventRowProps) {
  const { t } = useTranslator('handshake');
  const [isOpen, setIsOpen] = useState(false);
  if (event.kind === 'check')
    return <CheckRow check={event.check} subject={subjectOf(event.check, handshake, answer)} />;
  const { from, name, encrypted, certificates } = event;
  // What is encrypted says nothing of itself on the wire: not even which message it is.
  const isHidden = onTheWire && encrypted;
  const label = isHidden ? t('handshake.record') : t(`handshake.message.${name}`);
  return (
    <li
      className="message"
      data-from={from}
      data-encrypted={encrypted}
      data-alert={name === 'alert' || name === 'plain_bytes'}
    >
      <div className="message-arrow">
        <button
          type="button"
          className="message-name"
          disabled={message === undefined}
          aria-expanded={message === undefined ? undefined : isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name={encrypted ? 'lock' : 'unlock'} size={12} />
          {label}
          <span className="visually-hidden">
            , {t(`handshake.${from}`)}, {t(encrypted ? 'handshake.encrypted' : 'handshake.clear')}
          </span>
          {message !== undefined && <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size={12} />}
        </button>
      </div>
      {isOpen && message !== undefined && <BytesView message={message} onTheWire={onTheWire} />}
      {name === 'client_hello' && <Offer handshake={handshake} />}
      {certificates !== undefined && !isHidden && (
        <div className="message-cards">
          {certificates.length === 0 && <p className="muted">{t('handshake.noCertificate')}</p>}
          {certificates.map((fingerprint) => {
            const certificate = certificateOf(answer, fingerprint);
            return certificate === undefined ? (
              <code key={fingerprint}>{fingerprint.slice(0, 16)}…</code>
            ) : (
              <CertificateCard key={fingerprint} certificate={certificate} />
            );
          })}
        </div>
      )}
    </li>
  );
}

/** What the client says of itself, for all to read. */
function Offer({ handshake: { client } }: { handshake: TlsHandshakeStep }) {
  const { t } = useTranslator('handshake');
  const versions =
    client.minVersion === client.maxVersion
      ? `TLS ${client.maxVersion}`
      : `TLS ${client.minVersion}–${client.maxVersion}`;
  return (
    <p className="message-note">
      {[
        t('handshake.offers', { versions }),
        client.sni === undefined ? t('handshake.noSni') : t('handshake.sni', { name: client.sni }),
        ...(client.alpn.length === 0 ? [] : [t('handshake.alpn', { protocols: client.alpn.join(', ') })]),
      ].join(' · ')}
    </p>
  );
}

/** The certificate that a check is about, where the peer sent more than one. */
function subjectOf(
  { by, depth }: CertificateCheck,
  handshake: TlsHandshakeStep,
  answer: SendAnswer,
): string | undefined {
  const chain = (by === 'client' ? handshake.server : handshake.client).certificateChain;
  if (depth === undefined || chain.length < 2) return undefined;
  const certificate = certificateOf(answer, chain[depth] ?? '');
  if (certificate === undefined) return undefined;
  return certificate.subjectAltNames[0]?.value ?? certificate.subject;
}

function CheckRow({ check, subject }: { check: CertificateCheck; subject: string | undefined }) {
  const { t } = useTranslator('handshake');
  return (
    <li className="check" data-by={check.by} data-passed={check.passed}>
      <Icon name={check.passed ? 'check' : 'close'} />
      <div className="check-text">
        <span>
          <span className="visually-hidden">{t(`handshake.${check.by}`)}: </span>
          {t(`handshake.check.${check.check}`)}
          <span className="visually-hidden">: {t(check.passed ? 'handshake.passed' : 'handshake.failed')}</span>
        </span>
        {subject !== undefined && <span className="check-detail check-subject">{subject}</span>}
        {check.wanted !== undefined && (
          <span className="check-detail">
            {t('handshake.wanted')} <code>{check.wanted}</code>
          </span>
        )}
        {check.saw !== undefined && (
          <span className="check-detail">
            {t('handshake.saw')} <code>{check.saw}</code>
          </span>
        )}
        {check.text !== undefined && <code className="check-detail">{check.text}</code>}
      </div>
    </li>
  );
}
