/** Certificates and key sets that stand in the text as base64, PEM or JSON. */
import { altNames, isCa, parseCertificates } from '../../pki/certificate.ts';
import type { Certificate } from '../../pki/types.ts';
import type { CertificateFacts, Meaning } from './description.ts';

/** What a value of a Secret or ConfigMap holds; undefined: nothing that we read. */
export function secretMeaning(value: string, now: number): Meaning | undefined {
  const text = value.replace(/^[ \t]+/gm, '').trim();
  const pem = text.includes('-----BEGIN') ? text : decode(text);
  if (pem === undefined || !pem.includes('CERTIFICATE-----')) return undefined;
  const parsed = parseCertificates(pem);
  if (!parsed.ok) return { kind: 'certificate-unreadable' };
  return { kind: 'certificates', certificates: parsed.value.slice(0, 4).map((each) => facts(each, now)) };
}

function decode(base64: string): string | undefined {
  try {
    return atob(base64.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}

function facts(certificate: Certificate, now: number): CertificateFacts {
  const { subject, issuer, notBefore, notAfter } = certificate;
  return {
    subject: subject.text,
    issuer: issuer.text,
    names: (['dns', 'uri', 'ip', 'email'] as const).flatMap((kind) => altNames(certificate, kind)),
    notBefore,
    notAfter,
    validity: now < notBefore ? 'not-yet-valid' : now > notAfter ? 'expired' : 'valid',
    ca: isCa(certificate),
  };
}

/** The keys of an inline `jwks`. */
export function keySetMeaning(text: string): Meaning | undefined {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    if (!Array.isArray(keys)) return undefined;
    const field = (key: unknown, name: string): string => {
      const value: unknown = typeof key === 'object' && key !== null ? Reflect.get(key, name) : undefined;
      return typeof value === 'string' ? value : '';
    };
    return {
      kind: 'key-set',
      keys: keys.slice(0, 8).map((key: unknown) => ({
        id: field(key, 'kid'),
        type: [field(key, 'kty'), field(key, 'crv'), field(key, 'alg')].filter((part) => part !== '').join(' '),
      })),
    };
  } catch {
    return undefined;
  }
}
