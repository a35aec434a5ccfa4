/**
 * x-forwarded-client-cert: what a proxy passes on of its client's certificate.
 * Upstream authority: Envoy source/common/http/conn_manager_utility.cc mutateXfccRequestHeader.
 */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import { certificatePem } from '../../pki/certificate.ts';
import type { Certificate } from '../../pki/types.ts';
import type { TlsSession } from '../tls/handshakeOutcome.ts';
import type { HttpRequest } from '../wire.ts';
import { replaced } from './clientAddress.ts';

const XFCC = 'x-forwarded-client-cert';

/** `session` is the TLS that this proxy terminated, if it did. */
export function forwardClientCertificate(
  request: HttpRequest,
  hcm: HttpConnectionManager,
  session: TlsSession | undefined,
): HttpRequest {
  const mode = hcm.forwardClientCert;
  if (mode === 'ALWAYS_FORWARD_ONLY') return request;
  const peer = session?.peerChain[0];
  if (mode === 'SANITIZE' || session === undefined || peer === undefined) {
    return { ...request, headers: replaced(request.headers, XFCC, undefined) };
  }
  if (mode === 'FORWARD_ONLY') return request;
  const element = elementOf(peer, session.serverChain[0], hcm.xfccDetails);
  const incoming = request.headers.filter(([key]) => key === XFCC).map(([, value]) => value);
  const value = mode === 'APPEND_FORWARD' ? [...incoming, element].join(',') : element;
  return { ...request, headers: replaced(request.headers, XFCC, value) };
}

function elementOf(peer: Certificate, own: Certificate, details: HttpConnectionManager['xfccDetails']): string {
  const parts = names(own, 'uri').map((uri) => `By=${uri}`);
  parts.push(`Hash=${peer.fingerprint}`);
  if (details.cert) parts.push(`Cert="${encodeURIComponent(certificatePem(peer))}"`);
  if (details.subject) parts.push(`Subject="${peer.subject.text}"`);
  if (details.uri) {
    const uris = names(peer, 'uri');
    parts.push(...(uris.length === 0 ? [''] : uris).map((uri) => `URI=${uri}`));
  }
  if (details.dns) parts.push(...names(peer, 'dns').map((dns) => `DNS=${dns}`));
  return parts.join(';');
}

const names = (certificate: Certificate, kind: 'uri' | 'dns'): readonly string[] =>
  (certificate.subjectAltNames ?? []).flatMap((name) => (name.kind === kind ? [name.value] : []));
