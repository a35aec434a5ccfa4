/** Certificate, CertificateRequest, CertificateVerify, Finished, in both versions (RFC 8446 4.3-4.4, RFC 5246 7.4). */
import type { Bytes } from '../../../crypto/bytes.ts';
import { type Codec, opaque, rest, struct, uint, vector } from '../codec/codec.ts';
import { certificateFields, certificateText } from './certificateFields.ts';
import { CERTIFICATE_REQUEST_EXTENSIONS, distinguishedName, NO_EXTENSIONS, signatureScheme } from './extensionKinds.ts';
import { type Extension, extensionList } from './extensions.ts';

export interface CertificateEntry {
  /** DER. */
  readonly data: Bytes;
  readonly extensions: readonly Extension[];
}

export interface CertificateMessage {
  /** TLS 1.3: echoes the request's context; always empty within a handshake. */
  readonly context: Bytes;
  readonly entries: readonly CertificateEntry[];
}

const certificateData = opaque(3, { min: 1 }, certificateFields, certificateText);

const certificateEntry = struct<CertificateEntry>(
  [
    { key: 'data', meaning: 'certificate.cert_data', codec: certificateData },
    { key: 'extensions', meaning: 'certificate.extensions', codec: extensionList(NO_EXTENSIONS) },
  ],
  (entry) => certificateText(entry.data),
);

export const certificateCodec: Codec<CertificateMessage> = struct<CertificateMessage>([
  { key: 'context', meaning: 'certificate.certificate_request_context', codec: opaque(1) },
  {
    key: 'entries',
    meaning: 'certificate.certificate_list',
    codec: vector(3, 'certificate.entry', certificateEntry),
  },
]);

export interface Certificate12Message {
  readonly certificates: readonly Bytes[];
}
export const certificate12Codec: Codec<Certificate12Message> = struct<Certificate12Message>([
  {
    key: 'certificates',
    meaning: 'certificate.certificate_list',
    codec: vector(3, 'certificate.cert_data', certificateData),
  },
]);

export interface CertificateRequest {
  readonly context: Bytes;
  readonly extensions: readonly Extension[];
}
export const certificateRequestCodec: Codec<CertificateRequest> = struct<CertificateRequest>([
  { key: 'context', meaning: 'certificate_request.certificate_request_context', codec: opaque(1) },
  {
    key: 'extensions',
    meaning: 'certificate_request.extensions',
    codec: extensionList(CERTIFICATE_REQUEST_EXTENSIONS),
  },
]);

export interface CertificateRequest12 {
  readonly certificateTypes: readonly number[];
  readonly signatureAlgorithms: readonly number[];
  /** DER names. */
  readonly authorities: readonly Bytes[];
}
const certificateType = uint(1, (type) => (type === 1 ? 'rsa_sign (1)' : type === 64 ? 'ecdsa_sign (64)' : undefined));

export const certificateRequest12Codec: Codec<CertificateRequest12> = struct<CertificateRequest12>([
  {
    key: 'certificateTypes',
    meaning: 'certificate_request.certificate_types',
    codec: vector(1, 'certificate_request.certificate_type', certificateType, { min: 1 }),
  },
  {
    key: 'signatureAlgorithms',
    meaning: 'certificate_request.supported_signature_algorithms',
    codec: vector(2, 'signature_scheme', signatureScheme, { min: 2 }),
  },
  {
    key: 'authorities',
    meaning: 'certificate_request.certificate_authorities',
    codec: vector(2, 'distinguished_name', distinguishedName),
  },
]);

export interface CertificateVerify {
  readonly algorithm: number;
  readonly signature: Bytes;
}
export const certificateVerifyCodec: Codec<CertificateVerify> = struct<CertificateVerify>([
  { key: 'algorithm', meaning: 'certificate_verify.algorithm', codec: signatureScheme },
  { key: 'signature', meaning: 'certificate_verify.signature', codec: opaque(2) },
]);

export interface Finished {
  readonly verifyData: Bytes;
}
export const finishedCodec: Codec<Finished> = struct<Finished>([
  { key: 'verifyData', meaning: 'finished.verify_data', codec: rest },
]);
