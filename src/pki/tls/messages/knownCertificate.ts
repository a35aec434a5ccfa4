/** Certificates by their bytes: each is sent, received, judged and shown, but read only once. */
import type { Result } from '../../../base/result.ts';
import { type Bytes, fromLatin1 } from '../../../crypto/bytes.ts';
import { boundedCache } from '../../boundedCache.ts';
import { parseCertificate } from '../../certificate.ts';
import type { Certificate, CertificateError } from '../../types.ts';

const known = boundedCache<Result<Certificate, CertificateError>>(500);

export const knownCertificate = (der: Bytes): Result<Certificate, CertificateError> =>
  // A copy, because `der` may be part of a record.
  known.get(fromLatin1(der), () => parseCertificate(Uint8Array.from(der)));
