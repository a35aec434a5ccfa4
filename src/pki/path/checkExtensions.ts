/**
 * The extension checks of a built chain, from the leaf upwards: unknown critical extensions, CA flag,
 * extended key usage, key usage of the leaf, path length. BoringSSL looks only at certificates that
 * the peer presented; OpenSSL looks at the whole chain. check_chain_extensions, check_extensions.
 */
import type { PathPurpose } from '../pathTypes.ts';
import type { Certificate, KeyUsage } from '../types.ts';
import { isSelfSigned } from '../x509/issued.ts';
import { EKU } from '../x509/oids.ts';
import type { FailureAt, PathContext, Phase } from './context.ts';
import { ERR } from './errors.ts';

const REQUIRED_EKU: Readonly<Record<PathPurpose, string>> = { server: EKU.serverAuth, client: EKU.clientAuth };

/** Server gated cryptography OIDs, which OpenSSL still takes for serverAuth. */
const SERVER_GATED: readonly string[] = ['1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1'];

const REQUIRED_KEY_USAGE: Readonly<Record<PathPurpose, readonly KeyUsage[]>> = {
  server: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  client: ['digitalSignature', 'keyAgreement'],
};

const lacks = (present: readonly string[] | undefined, anyOf: readonly string[]): boolean =>
  present !== undefined && !anyOf.some((wanted) => present.includes(wanted));

export const checkBoringsslExtensions: Phase = (context) => checkExtensions(context, 'boringssl');
export const checkOpensslExtensions: Phase = (context) => checkExtensions(context, 'openssl');

function checkExtensions(context: PathContext, profile: 'boringssl' | 'openssl'): FailureAt | undefined {
  const { chain, steps, options } = context;
  const { purpose } = options;
  const end = profile === 'boringssl' ? context.untrusted : chain.length;
  // BoringSSL also leaves a self-issued leaf out of its count, which shifts the limit by one.
  let counted = profile === 'boringssl' && chain[0]?.selfIssued === true ? -1 : 0;
  for (const [depth, certificate] of chain.slice(0, end).entries()) {
    const base = { depth, certificate };
    const criticalOk = certificate.unknownCritical.length === 0;
    if (certificate.extensions.some((extension) => extension.critical))
      steps.push({ kind: 'critical-extensions', ...base, ok: criticalOk, unknown: certificate.unknownCritical });
    if (!criticalOk) return { number: ERR.unhandledCriticalExtension, depth };

    if (depth > 0) {
      const caOk =
        profile === 'boringssl' ? isBoringsslCa(certificate) : isOpensslCa(certificate, depth === chain.length - 1);
      steps.push({ kind: 'ca-flag', ...base, ok: caOk, basicConstraints: certificate.basicConstraints });
      if (!caOk) return { number: ERR.invalidCa, depth };
    }

    const failure = checkUsage(context, certificate, depth, purpose, profile);
    if (failure !== undefined) return failure;

    const limit = certificate.basicConstraints?.pathLength;
    if (depth > 1 && limit !== undefined && pathLengthApplies(certificate, profile)) {
      const ok = counted <= limit;
      steps.push({ kind: 'path-length', ...base, ok, limit, intermediatesBelow: Math.max(counted, 0) });
      if (!ok) return { number: ERR.pathLengthExceeded, depth };
    }
    // The leaf is never counted; self-issued intermediates are not either.
    if (depth > 0 && !certificate.selfIssued) counted++;
  }
  return undefined;
}

/** Extended key usage of every certificate, key usage of the leaf. */
function checkUsage(
  { steps }: PathContext,
  certificate: Certificate,
  depth: number,
  purpose: PathPurpose,
  profile: 'boringssl' | 'openssl',
): FailureAt | undefined {
  const base = { depth, certificate };
  const required = REQUIRED_EKU[purpose];
  const accepted = profile === 'openssl' && purpose === 'server' ? [required, ...SERVER_GATED] : [required];
  const ekuOk = !lacks(certificate.extendedKeyUsage, accepted);
  const present = certificate.extendedKeyUsage;
  steps.push({ kind: 'extended-key-usage', ...base, ok: ekuOk, required, ...(present && { present }) });
  if (!ekuOk) return { number: ERR.invalidPurpose, depth };
  if (depth > 0) return undefined;
  const requiredOneOf = REQUIRED_KEY_USAGE[purpose];
  const usageOk = !lacks(certificate.keyUsage, requiredOneOf);
  const usages = certificate.keyUsage;
  steps.push({ kind: 'key-usage', ...base, ok: usageOk, requiredOneOf, ...(usages && { present: usages }) });
  return usageOk ? undefined : { number: ERR.invalidPurpose, depth };
}

/** Envoy's BoringSSL exempts self-issued certificates from their own limit, OpenSSL does not. */
const pathLengthApplies = (certificate: Certificate, profile: 'boringssl' | 'openssl'): boolean =>
  profile === 'openssl' || !certificate.selfIssued;

/** X509_check_ca of BoringSSL: basicConstraints CA, or a self-signed version 1 certificate. */
function isBoringsslCa(certificate: Certificate): boolean {
  if (lacks(certificate.keyUsage, ['keyCertSign'])) return false;
  if (certificate.version === 1 && isSelfSigned(certificate, 'boringssl')) return true;
  return certificate.basicConstraints?.ca === true;
}

/** X509_check_ca of OpenSSL: the top of the chain may be a CA by keyUsage or by version 1 alone. */
function isOpensslCa(certificate: Certificate, isTop: boolean): boolean {
  if (lacks(certificate.keyUsage, ['keyCertSign'])) return false;
  if (certificate.basicConstraints !== undefined) return certificate.basicConstraints.ca;
  return (
    isTop && (certificate.keyUsage !== undefined || (certificate.version === 1 && isSelfSigned(certificate, 'openssl')))
  );
}
