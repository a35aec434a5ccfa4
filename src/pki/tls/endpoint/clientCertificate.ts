/** Does a client answer a certificate request with the certificate it has? */
import { type Bytes, equalBytes } from '../../../crypto/bytes.ts';
import { knownCertificate } from '../messages/knownCertificate.ts';
import type { TlsCredential } from './config.ts';
import type { Connection } from './connection.ts';

/**
 * The credential, unless the implementation minds the request's authorities and no certificate of
 * the chain was issued by one of them (Go's SupportsCertificate). An empty list minds nobody.
 */
export function canSendCertificate(
  conn: Connection,
  credential: TlsCredential | undefined,
  authorities: readonly Bytes[],
): TlsCredential | undefined {
  if (credential === undefined || conn.profile.minds === 'schemes' || authorities.length === 0) return credential;
  const isIssuedByOne = credential.chain.some((der) => {
    const parsed = knownCertificate(der);
    return parsed.ok && authorities.some((name) => equalBytes(name, parsed.value.issuer.der));
  });
  return isIssuedByOne ? credential : undefined;
}
