/**
 * X509_V_ERR_* numbers with the texts of BoringSSL and OpenSSL 3.0 and the TLS alert each sends.
 * BoringSSL crypto/x509/x509_txt.cc, SSL_alert_from_verify_result; OpenSSL crypto/x509/x509_txt.c,
 * ssl_x509err2alert. Numbers from 65 on differ
 * between the two.
 */
import type { PathFailure, PathProfile } from '../pathTypes.ts';

export const ERR = {
  unableToGetIssuer: 2,
  unableToGetCrl: 3,
  unableToDecodeIssuerKey: 6,
  signatureFailure: 7,
  crlSignatureFailure: 8,
  notYetValid: 9,
  expired: 10,
  crlNotYetValid: 11,
  crlExpired: 12,
  depthZeroSelfSigned: 18,
  selfSignedInChain: 19,
  unableToGetIssuerLocally: 20,
  unableToVerifyFirst: 21,
  chainTooLong: 22,
  revoked: 23,
  invalidCa: 24,
  pathLengthExceeded: 25,
  invalidPurpose: 26,
  unhandledCriticalExtension: 34,
  keyUsageNoCrlSign: 35,
  unhandledCriticalCrlExtension: 36,
  keyUsageNoCertSign: 32,
  invalidExtension: 41,
  differentCrlScope: 44,
  permittedViolation: 47,
  excludedViolation: 48,
  subtreeMinMax: 49,
  unsupportedConstraintType: 51,
  unsupportedConstraintSyntax: 52,
  unsupportedNameSyntax: 53,
  /** BoringSSL only. */
  nameConstraintsWithoutSans: 67,
  /** OpenSSL only: its own numbers are these less 1000, which mean other errors in BoringSSL. */
  leafKeyTooSmall: 1066,
  caKeyTooSmall: 1067,
  caDigestTooWeak: 1068,
} as const;

/** TLS AlertDescription values (RFC 8446 6). */
export const ALERT = {
  badCertificate: 42,
  unsupportedCertificate: 43,
  certificateRevoked: 44,
  certificateExpired: 45,
  certificateUnknown: 46,
  unknownCa: 48,
  decryptError: 51,
} as const;

type Row = readonly [
  boringssl: string,
  boringsslAlert: number,
  openssl?: string | undefined,
  opensslAlert?: number | undefined,
];

const A = ALERT;
const TABLE: Readonly<Record<number, Row>> = {
  2: ['unable to get issuer certificate', A.unknownCa],
  3: ['unable to get certificate CRL', A.unknownCa],
  6: ['unable to decode issuer public key', A.badCertificate],
  7: ['certificate signature failure', A.decryptError],
  8: ['CRL signature failure', A.decryptError],
  9: ['certificate is not yet valid', A.certificateExpired, undefined, A.badCertificate],
  10: ['certificate has expired', A.certificateExpired],
  11: ['CRL is not yet valid', A.certificateExpired, undefined, A.badCertificate],
  12: ['CRL has expired', A.certificateExpired],
  18: ['self signed certificate', A.unknownCa, 'self-signed certificate'],
  19: ['self signed certificate in certificate chain', A.unknownCa, 'self-signed certificate in certificate chain'],
  20: ['unable to get local issuer certificate', A.unknownCa],
  21: ['unable to verify the first certificate', A.unknownCa],
  22: ['certificate chain too long', A.unknownCa],
  23: ['certificate revoked', A.certificateRevoked],
  24: ['invalid CA certificate', A.unknownCa],
  25: ['path length constraint exceeded', A.unknownCa],
  26: ['unsupported certificate purpose', A.unsupportedCertificate, 'unsuitable certificate purpose'],
  32: ['key usage does not include certificate signing', A.certificateUnknown],
  34: ['unhandled critical extension', A.certificateUnknown],
  35: ['key usage does not include CRL signing', A.certificateUnknown],
  36: ['unhandled critical CRL extension', A.certificateUnknown],
  41: ['invalid or inconsistent certificate extension', A.certificateUnknown],
  44: ['Different CRL scope', A.certificateUnknown, 'different CRL scope'],
  47: ['permitted subtree violation', A.certificateUnknown],
  48: ['excluded subtree violation', A.certificateUnknown],
  49: ['name constraints minimum and maximum not supported', A.certificateUnknown],
  51: ['unsupported name constraint type', A.certificateUnknown],
  52: ['unsupported or invalid name constraint syntax', A.certificateUnknown],
  53: ['unsupported or invalid name syntax', A.certificateUnknown],
  67: ['Issuer has name constraints but leaf has no SANs', A.certificateUnknown],
  1066: ['unknown certificate verification error', A.badCertificate, 'EE certificate key too weak'],
  1067: ['unknown certificate verification error', A.badCertificate, 'CA certificate key too weak'],
  1068: ['unknown certificate verification error', A.badCertificate, 'CA signature digest algorithm too weak'],
};

const UNKNOWN: Row = ['unknown certificate verification error', A.certificateUnknown];

/** The failure with the texts of both implementations and the alert of the one that verified. */
export function pathFailure(number: number, depth: number, profile: PathProfile): PathFailure {
  const [boringsslText, boringsslAlert, opensslText, opensslAlert] = TABLE[number] ?? UNKNOWN;
  return {
    number: profile === 'openssl' ? opensslNumber(number) : number,
    depth,
    boringsslText,
    opensslText: opensslText ?? boringsslText,
    alert: profile === 'boringssl' ? boringsslAlert : (opensslAlert ?? boringsslAlert),
  };
}

/** OpenSSL 3 renumbered "invalid CA certificate"; its errors without a BoringSSL twin are kept above 1000. */
const opensslNumber = (number: number): number =>
  number === ERR.invalidCa ? 79 : number > 1000 ? number - 1000 : number;

/** Errors that come from a revocation list: Envoy says so in its text. */
const REVOCATION_ERRORS: ReadonlySet<number> = new Set([
  ERR.unableToGetCrl,
  ERR.crlSignatureFailure,
  ERR.crlNotYetValid,
  ERR.crlExpired,
  ERR.revoked,
  ERR.keyUsageNoCrlSign,
  ERR.unhandledCriticalCrlExtension,
  ERR.differentCrlScope,
]);

/**
 * What Envoy puts into its transport failure reason after `verify cert failed: `: the function, depth
 * and text of BoringSSL's error (Utility::getX509VerificationErrorInfo).
 */
export function envoyPathError(failure: PathFailure): string {
  const crl = REVOCATION_ERRORS.has(failure.number)
    ? 'certificate revocation check against provided CRLs failed: '
    : '';
  return `X509_verify_cert: certificate verification error at depth ${failure.depth}: ${crl}${failure.boringsslText}`;
}
