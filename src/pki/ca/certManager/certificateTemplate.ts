/**
 * cert-manager Certificate spec -> X.509 template, with its defaults and the refusals of its webhook.
 * cert-manager pkg/util/pki/certificatetemplate.go, csr.go, usages.go;
 * internal/apis/certmanager/validation/certificate.go.
 */
import { err, ok, type Result } from '../../../base/result.ts';
import { utf8 } from '../../../crypto/bytes.ts';
import { HOUR, MINUTE, type NameSpec } from '../../ca.ts';
import type { CertificateTemplate } from '../../issue/template.ts';
import type { KeyAlgorithm } from '../../keyAlgorithm.ts';
import type { GeneralName, GeneralSubtree, KeyUsage, NameConstraints } from '../../types.ts';
import { parseIp } from '../../x509/generalName.ts';
import { encodeName } from '../../x509/name.ts';
import { EKU } from '../../x509/oids.ts';
import { parseGoDuration } from '../goDuration.ts';
import type { CertificateSpecInput, NameConstraintItemInput } from '../inputs.ts';

export const DEFAULT_DURATION = 2160 * HOUR;

const KEY_USAGE: Readonly<Record<string, KeyUsage>> = {
  signing: 'digitalSignature',
  'digital signature': 'digitalSignature',
  'content commitment': 'nonRepudiation',
  'key encipherment': 'keyEncipherment',
  'key agreement': 'keyAgreement',
  'data encipherment': 'dataEncipherment',
  'cert sign': 'keyCertSign',
  'crl sign': 'cRLSign',
  'encipher only': 'encipherOnly',
  'decipher only': 'decipherOnly',
};

const EXTENDED_USAGE: Readonly<Record<string, string>> = {
  any: EKU.any,
  'server auth': EKU.serverAuth,
  'client auth': EKU.clientAuth,
  'code signing': EKU.codeSigning,
  'email protection': EKU.emailProtection,
  's/mime': EKU.emailProtection,
  'ipsec end system': '1.3.6.1.5.5.7.3.5',
  'ipsec tunnel': '1.3.6.1.5.5.7.3.6',
  'ipsec user': '1.3.6.1.5.5.7.3.7',
  timestamping: EKU.timeStamping,
  'ocsp signing': EKU.ocspSigning,
  'microsoft sgc': '1.3.6.1.4.1.311.10.3.3',
  'netscape sgc': '2.16.840.1.113730.4.1',
};

/** What the webhook answers: the field and its text. */
export interface CertificateRefusal {
  readonly field: string;
  readonly text: string;
}

const NO_NAMES =
  'at least one of commonName (from the commonName field or from a literalSubject), dnsNames, emailAddresses, ipAddresses, otherNames, or uriSANs must be set';

/** Why cert-manager's webhook refuses the object, or undefined. */
export function refuseCertificate(spec: CertificateSpecInput): CertificateRefusal | undefined {
  const names = [spec.dnsNames, spec.ipAddresses, spec.uris, spec.emailAddresses].some(
    (list) => (list?.length ?? 0) > 0,
  );
  const commonName = spec.commonName ?? '';
  if ((spec.secretName ?? '') === '') return { field: 'spec.secretName', text: 'must be specified' };
  if ((spec.issuerRef?.name ?? '') === '') return { field: 'spec.issuerRef.name', text: 'must be specified' };
  if (commonName === '' && (spec.literalSubject ?? '') === '' && spec.otherNames === undefined && !names)
    return { field: 'spec', text: NO_NAMES };
  if (utf8(commonName).length > 64)
    return { field: 'spec.commonName', text: 'Too long: may not be more than 64 bytes' };
  const duration = durationOf(spec);
  if (duration === undefined || duration < HOUR)
    return { field: 'spec.duration', text: 'certificate duration must be greater than 1h0m0s' };
  const renewBefore = spec.renewBefore === undefined ? undefined : parseGoDuration(spec.renewBefore);
  if (renewBefore !== undefined && renewBefore < 5 * MINUTE)
    return { field: 'spec.renewBefore', text: 'certificate renewBefore must be greater than 5m0s' };
  if (renewBefore !== undefined && renewBefore >= duration)
    return {
      field: 'spec.renewBefore',
      text: `certificate duration ${spec.duration ?? '2160h0m0s'} must be greater than renewBefore ${spec.renewBefore}`,
    };
  const unknown = (spec.usages ?? []).find((usage) => !(usage in KEY_USAGE) && !(usage in EXTENDED_USAGE));
  return unknown === undefined ? undefined : { field: 'spec.usages', text: `Unsupported value: "${unknown}"` };
}

export const durationOf = (spec: CertificateSpecInput): number | undefined =>
  spec.duration === undefined || spec.duration === '' ? DEFAULT_DURATION : parseGoDuration(spec.duration);

/** Key algorithm asked for; RSA 2048 by default. Undefined: one that nothing here supports. */
export function keyAlgorithmOf(spec: CertificateSpecInput): KeyAlgorithm | undefined {
  const { algorithm = 'RSA', size = 0 } = spec.privateKey ?? {};
  switch (algorithm) {
    case '':
    case 'RSA':
      return ({ 0: 'RSA-2048', 2048: 'RSA-2048', 3072: 'RSA-3072', 4096: 'RSA-4096', 8192: 'RSA-8192' } as const)[size];
    case 'ECDSA':
      return ({ 0: 'P-256', 256: 'P-256', 384: 'P-384', 521: 'P-521' } as const)[size];
    case 'Ed25519':
      return 'Ed25519';
    default:
      return undefined;
  }
}

/** Parts of the subject in the order of Go's pkix.Name. */
export function subjectOf(spec: CertificateSpecInput): NameSpec {
  const { subject = {}, commonName = '' } = spec;
  const all = (type: string, values: readonly string[] | undefined): [string, string][] =>
    (values ?? []).map((value) => [type, value]);
  return [
    ...all('C', subject.countries),
    ...all('O', subject.organizations),
    ...all('OU', subject.organizationalUnits),
    ...all('L', subject.localities),
    ...all('ST', subject.provinces),
    ...all('street', subject.streetAddresses),
    ...all('postalCode', subject.postalCodes),
    ...(commonName === '' ? [] : [['CN', commonName] as const]),
    ...(subject.serialNumber === undefined || subject.serialNumber === ''
      ? []
      : [['serialNumber', subject.serialNumber] as const]),
  ];
}

export function altNamesOf(spec: CertificateSpecInput): readonly GeneralName[] {
  const of = (kind: 'dns' | 'email' | 'uri', values: readonly string[] | undefined): GeneralName[] =>
    (values ?? []).map((value) => ({ kind, value }));
  const addresses = (spec.ipAddresses ?? []).flatMap((value): GeneralName[] => {
    const bytes = parseIp(value);
    return bytes === undefined ? [] : [{ kind: 'ip', value, bytes }];
  });
  return [...of('dns', spec.dnsNames), ...of('email', spec.emailAddresses), ...addresses, ...of('uri', spec.uris)];
}

/**
 * The latest moment of issuance at `now`: certificates are renewed each time the rest of their life is
 * renewBefore, counted from 1970, so that moving the clock by less changes nothing.
 */
export function latestIssuance(spec: CertificateSpecInput, now: number): number {
  const duration = durationOf(spec) ?? DEFAULT_DURATION;
  const before = spec.renewBefore === undefined ? undefined : parseGoDuration(spec.renewBefore);
  const share = spec.renewBeforePercentage === undefined ? undefined : (duration * spec.renewBeforePercentage) / 100;
  const interval = duration - (before ?? share ?? duration / 3);
  return Math.floor((Math.floor(now / interval) * interval) / 1000) * 1000;
}

/** Everything but the serial number. The error names a part of the spec that is not modelled. */
export function templateOf(
  spec: CertificateSpecInput,
  issuedAt: number,
): Result<Omit<CertificateTemplate, 'serial'>, string> {
  if ((spec.literalSubject ?? '') !== '') return err('literalSubject');
  if (spec.otherNames !== undefined) return err('otherNames');
  const duration = durationOf(spec) ?? DEFAULT_DURATION;
  const isCa = spec.isCA === true;
  const usages = (spec.usages?.length ?? 0) > 0 ? (spec.usages ?? []) : ['digital signature', 'key encipherment'];
  const wanted = [...(isCa ? ['cert sign'] : []), ...usages];
  const keyUsage = [...new Set(wanted.flatMap((usage) => KEY_USAGE[usage] ?? []))];
  const extendedKeyUsage = [...new Set(wanted.flatMap((usage) => EXTENDED_USAGE[usage] ?? []))];
  const subject = subjectOf(spec);
  const subjectAltNames = altNamesOf(spec);
  const nameConstraints = isCa ? constraintsOf(spec) : undefined;
  return ok({
    subject: encodeName(subject),
    notBefore: issuedAt,
    notAfter: issuedAt + duration,
    ...(keyUsage.length > 0 && { keyUsage }),
    ...(extendedKeyUsage.length > 0 && { extendedKeyUsage }),
    basicConstraints: { ca: isCa },
    ...(isCa && { subjectKeyId: 'computed' as const }),
    ...(subjectAltNames.length > 0 && { subjectAltNames, subjectAltNamesCritical: subject.length === 0 }),
    ...(nameConstraints && { nameConstraints }),
  });
}

function constraintsOf({ nameConstraints }: CertificateSpecInput): NameConstraints | undefined {
  if (nameConstraints === undefined) return undefined;
  const subtrees = (item: NameConstraintItemInput | undefined): GeneralSubtree[] => [
    ...(item?.dnsDomains ?? []).map((value) => subtree({ kind: 'dns', value })),
    ...(item?.emailAddresses ?? []).map((value) => subtree({ kind: 'email', value })),
    ...(item?.uriDomains ?? []).map((value) => subtree({ kind: 'uri', value })),
    ...(item?.ipRanges ?? []).flatMap((value) => ipRange(value)),
  ];
  return { permitted: subtrees(nameConstraints.permitted), excluded: subtrees(nameConstraints.excluded) };
}

const subtree = (base: GeneralName): GeneralSubtree => ({ base, hasDistance: false });

function ipRange(cidr: string): readonly GeneralSubtree[] {
  const [address = '', length = ''] = cidr.split('/');
  const bytes = parseIp(address);
  const bits = Number(length);
  if (bytes === undefined || length === '' || !(bits >= 0 && bits <= 8 * bytes.length)) return [];
  const mask = bytes.map((_, i) => (0xff00 >> Math.min(Math.max(bits - 8 * i, 0), 8)) & 0xff);
  const both = new Uint8Array([...bytes.map((byte, i) => byte & (mask[i] ?? 0)), ...mask]);
  return [subtree({ kind: 'ip', value: cidr, bytes: both })];
}
