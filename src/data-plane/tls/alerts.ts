/**
 * TLS alerts by number, with the names that OpenSSL (curl) and BoringSSL (Envoy) print when a peer
 * sends one. OpenSSL's error code is 0x0A000000 + 1000 + alert, BoringSSL's 16 << 24 + 1000 + alert.
 */
interface AlertNames {
  /** RFC 8446 name. */
  readonly name: string;
  readonly openssl: string;
  readonly boringssl: string;
}

export const TLS_ALERT = {
  handshakeFailure: 40,
  badCertificate: 42,
  unsupportedCertificate: 43,
  certificateRevoked: 44,
  certificateExpired: 45,
  certificateUnknown: 46,
  illegalParameter: 47,
  unknownCa: 48,
  decryptError: 51,
  protocolVersion: 70,
  internalError: 80,
  badCertificateHashValue: 114,
  certificateRequired: 116,
  noApplicationProtocol: 120,
} as const;

const NAMES: Readonly<Record<number, AlertNames>> = {
  40: {
    name: 'handshake_failure',
    openssl: 'sslv3 alert handshake failure',
    boringssl: 'SSLV3_ALERT_HANDSHAKE_FAILURE',
  },
  42: { name: 'bad_certificate', openssl: 'sslv3 alert bad certificate', boringssl: 'SSLV3_ALERT_BAD_CERTIFICATE' },
  43: {
    name: 'unsupported_certificate',
    openssl: 'sslv3 alert unsupported certificate',
    boringssl: 'SSLV3_ALERT_UNSUPPORTED_CERTIFICATE',
  },
  44: {
    name: 'certificate_revoked',
    openssl: 'sslv3 alert certificate revoked',
    boringssl: 'SSLV3_ALERT_CERTIFICATE_REVOKED',
  },
  45: {
    name: 'certificate_expired',
    openssl: 'sslv3 alert certificate expired',
    boringssl: 'SSLV3_ALERT_CERTIFICATE_EXPIRED',
  },
  46: {
    name: 'certificate_unknown',
    openssl: 'sslv3 alert certificate unknown',
    boringssl: 'SSLV3_ALERT_CERTIFICATE_UNKNOWN',
  },
  47: {
    name: 'illegal_parameter',
    openssl: 'sslv3 alert illegal parameter',
    boringssl: 'SSLV3_ALERT_ILLEGAL_PARAMETER',
  },
  48: { name: 'unknown_ca', openssl: 'tlsv1 alert unknown ca', boringssl: 'TLSV1_ALERT_UNKNOWN_CA' },
  51: { name: 'decrypt_error', openssl: 'tlsv1 alert decrypt error', boringssl: 'TLSV1_ALERT_DECRYPT_ERROR' },
  70: { name: 'protocol_version', openssl: 'tlsv1 alert protocol version', boringssl: 'TLSV1_ALERT_PROTOCOL_VERSION' },
  80: { name: 'internal_error', openssl: 'tlsv1 alert internal error', boringssl: 'TLSV1_ALERT_INTERNAL_ERROR' },
  114: {
    name: 'bad_certificate_hash_value',
    openssl: 'tlsv1 bad certificate hash value',
    boringssl: 'TLSV1_ALERT_BAD_CERTIFICATE_HASH_VALUE',
  },
  116: {
    name: 'certificate_required',
    openssl: 'tlsv13 alert certificate required',
    boringssl: 'TLSV1_ALERT_CERTIFICATE_REQUIRED',
  },
  120: {
    name: 'no_application_protocol',
    openssl: 'tlsv1 alert no application protocol',
    boringssl: 'TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
  },
};

/** curl 7.88 with this OpenSSL is the caller that the corpus observed. */
const OPENSSL = 'OpenSSL/3.0.22';
const BORINGSSL_BASE = 16 << 24;
const ALERT_REASON_BASE = 1000;

export const alertName = (alert: number): string => NAMES[alert]?.name ?? `alert_${alert}`;

const hex = (reason: number): string => reason.toString(16).toUpperCase().padStart(3, '0');

const opensslError = (reason: number, text: string): string =>
  `${OPENSSL}:error:0A000${hex(reason)}:SSL routines::${text}`.replace(':error', ': error');

/** What curl prints for an alert that it received. */
export const opensslAlertText = (alert: number): string =>
  opensslError(ALERT_REASON_BASE + alert, NAMES[alert]?.openssl ?? `tlsv1 alert ${alert}`);

export const OPENSSL_WRONG_VERSION = opensslError(0x10b, 'wrong version number');
export const OPENSSL_LEGACY_SIGNATURE = opensslError(0x14d, 'legacy sigalg disallowed or unsupported');

/** Envoy's transport failure reason around one or more BoringSSL errors; logs have no spaces in it. */
const tlsError = (...errors: readonly string[]): string =>
  `TLS_error:|${errors.join('|')}:TLS_error_end`.replaceAll(' ', '_');

const sslError = (reason: number, name: string): string =>
  `${BORINGSSL_BASE + reason}:SSL routines:OPENSSL_internal:${name}`;

/** The failure reason of an Envoy that received an alert. */
export const boringsslAlertText = (alert: number): string =>
  tlsError(sslError(ALERT_REASON_BASE + alert, NAMES[alert]?.boringssl ?? `TLSV1_ALERT_${alert}`));

export const BORINGSSL = {
  certificateVerifyFailed: (detail: string): string =>
    tlsError(`${sslError(125, 'CERTIFICATE_VERIFY_FAILED')}:${detail}`),
  noClientCertificate: tlsError(
    `${sslError(192, 'PEER_DID_NOT_RETURN_A_CERTIFICATE')}:peer did not provide required client certificate`,
  ),
  keyUsage: tlsError(sslError(302, 'KEY_USAGE_BIT_INCORRECT')),
  noSupportedVersions: tlsError(sslError(258, 'NO_SUPPORTED_VERSIONS_ENABLED')),
  unsupportedProtocol: tlsError(sslError(240, 'UNSUPPORTED_PROTOCOL')),
  noSharedCipher: tlsError(sslError(178, 'NO_SHARED_CIPHER')),
  connectionRejected: tlsError(sslError(133, 'CONNECTION_REJECTED')),
  wrongVersionNumber: tlsError(sslError(247, 'WRONG_VERSION_NUMBER')),
  httpRequest: tlsError(sslError(156, 'HTTP_REQUEST')),
  /** OpenSSL's alert in TLS 1.3 comes before the keys that would make it readable. */
  unreadableAlert: tlsError(sslError(112, 'BAD_PACKET_LENGTH'), sslError(139, 'DECRYPTION_FAILED_OR_BAD_RECORD_MAC')),
  connectionReset: tlsError('33554536:system library:OPENSSL_internal:Connection reset by peer'),
  secretMissing: 'TLS_error:_Secret_is_not_supplied_by_SDS',
} as const;
