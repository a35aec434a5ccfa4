/**
 * The messages of a handshake in order, as RFC 8446 (TLS 1.3) and RFC 5246 (TLS 1.2) send them, up
 * to where this one ended. From the facts of the step alone: the bytes come with the engine's
 * `handshake` answer. Checks stand behind the message that brought what is checked.
 */
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';

export type HandshakeMessageName =
  | 'client_hello'
  | 'server_hello'
  | 'encrypted_extensions'
  | 'certificate_request'
  | 'server_certificate'
  | 'server_key_exchange'
  | 'server_hello_done'
  | 'client_certificate'
  | 'client_key_exchange'
  | 'certificate_verify'
  | 'change_cipher_spec'
  | 'finished'
  | 'alert'
  | 'plain_bytes';

export type HandshakeEvent =
  | {
      readonly kind: 'message';
      readonly from: 'client' | 'server';
      readonly name: HandshakeMessageName;
      readonly encrypted: boolean;
      /** For the two Certificate messages: what they carry, leaf first. */
      readonly certificates?: readonly string[];
    }
  | { readonly kind: 'check'; readonly check: CertificateCheck };

type Sender = 'client' | 'server';

export function handshakeEvents(step: TlsHandshakeStep): readonly HandshakeEvent[] {
  const { result } = step;
  if (result.kind === 'broken') {
    const hello = message('client', 'client_hello', false);
    return result.reason === 'not-tls' ? [hello, message('server', 'plain_bytes', false)] : [hello];
  }
  // Without a version in common the server has nothing to say but no.
  if (step.negotiated === undefined && step.checks.length === 0 && result.kind === 'refused') {
    return [message('client', 'client_hello', false), message('server', 'alert', false)];
  }
  const isTls13 = step.negotiated === undefined || step.negotiated.version === '1.3';
  return isTls13 ? tls13(step) : tls12(step);
}

function tls13({ client, server, checks, result }: TlsHandshakeStep): HandshakeEvent[] {
  const asked = server.clientCertificate !== 'not-requested';
  const events: HandshakeEvent[] = [
    message('client', 'client_hello', false),
    message('server', 'server_hello', false),
    message('server', 'encrypted_extensions', true),
    ...(asked ? [message('server', 'certificate_request', true)] : []),
    message('server', 'server_certificate', true, server.certificateChain),
    message('server', 'certificate_verify', true),
    message('server', 'finished', true),
    ...checksBy('client', checks),
  ];
  if (result.kind === 'refused' && result.by === 'client') return [...events, message('client', 'alert', true)];
  events.push(
    ...(asked ? [message('client', 'client_certificate', true, client.certificateChain)] : []),
    ...(asked && client.certificateChain.length > 0 ? [message('client', 'certificate_verify', true)] : []),
    message('client', 'finished', true),
    ...checksBy('server', checks),
  );
  return result.kind === 'refused' ? [...events, message('server', 'alert', true)] : events;
}

function tls12({ client, server, checks, result }: TlsHandshakeStep): HandshakeEvent[] {
  const asked = server.clientCertificate !== 'not-requested';
  const events: HandshakeEvent[] = [
    message('client', 'client_hello', false),
    message('server', 'server_hello', false),
    message('server', 'server_certificate', false, server.certificateChain),
    message('server', 'server_key_exchange', false),
    ...(asked ? [message('server', 'certificate_request', false)] : []),
    message('server', 'server_hello_done', false),
    ...checksBy('client', checks),
  ];
  if (result.kind === 'refused' && result.by === 'client') return [...events, message('client', 'alert', false)];
  events.push(
    ...(asked ? [message('client', 'client_certificate', false, client.certificateChain)] : []),
    message('client', 'client_key_exchange', false),
    ...(asked && client.certificateChain.length > 0 ? [message('client', 'certificate_verify', false)] : []),
    message('client', 'change_cipher_spec', false),
    message('client', 'finished', true),
    ...checksBy('server', checks),
  );
  if (result.kind === 'refused') return [...events, message('server', 'alert', false)];
  return [...events, message('server', 'change_cipher_spec', false), message('server', 'finished', true)];
}

const checksBy = (party: Sender, checks: readonly CertificateCheck[]): HandshakeEvent[] =>
  checks.filter(({ by }) => by === party).map((check) => ({ kind: 'check', check }));

const message = (
  from: Sender,
  name: HandshakeMessageName,
  encrypted: boolean,
  certificates?: readonly string[],
): HandshakeEvent => ({
  kind: 'message',
  from,
  name,
  encrypted,
  ...(certificates === undefined ? {} : { certificates }),
});
