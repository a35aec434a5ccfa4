/**
 * The CA of a mesh and what it issues: a deterministic certificate authority under a seed, workload
 * certificates with exactly the fields of Istio's CA, and their lazy form. Keys and serial numbers
 * derive from (seed, identity), never from order. istio security/pkg/pki/util/generate_cert.go
 * genCertTemplateFromCSR, genCertTemplateFromOptions; security/pkg/pki/ca/ca.go.
 */
import { err, ok, type Result } from '../base/result.ts';
import { deriveSerial } from '../crypto/derive.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import { boundedCache } from './boundedCache.ts';
import { type Signer, signCertificate, signSelf } from './issue/sign.ts';
import { deriveKey, type KeyAlgorithm } from './keyAlgorithm.ts';
import type { Certificate, GeneralName, NameConstraints } from './types.ts';
import { encodeName, type NameSpec } from './x509/name.ts';
import { EKU } from './x509/oids.ts';

export { signCertificate, signCrl, signSelf } from './issue/sign.ts';
export type { CertificateTemplate } from './issue/template.ts';
export { encodeName, type NameSpec } from './x509/name.ts';
export { EKU } from './x509/oids.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A CA that can sign: its certificate, the certificates above it, and the roots it hands out. */
export interface CertificateAuthority extends Signer {
  /** Seed of the keys and serial numbers of what it issues. */
  readonly seed: string;
  /** Certificates between this one and the root, as cert-chain.pem has them; empty for a root. */
  readonly intermediates: readonly Certificate[];
  /** The root bundle (root-cert.pem) that goes to proxies as trust anchors. */
  readonly roots: readonly Certificate[];
  /** What workloads present between their leaf and the root bundle, when it is not the natural chain. */
  readonly presents?: readonly Certificate[];
}

/** What a workload of this CA presents after its leaf and before the root bundle. */
export function presentedAbove(ca: CertificateAuthority): readonly Certificate[] {
  if (ca.presents !== undefined) return ca.presents;
  const isRoot = ca.roots.some(({ fingerprint }) => fingerprint === ca.certificate.fingerprint);
  return isRoot ? [] : [ca.certificate, ...ca.intermediates];
}

export interface CaSpec {
  readonly seed: string;
  /** Names the CA among all of the seed: a resource id, `istiod self-signed`. */
  readonly label: string;
  /** Default `O=cluster.local`. */
  readonly subject?: NameSpec;
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly pathLength?: number;
  readonly nameConstraints?: NameConstraints;
  /** Distinguishes a renewed certificate of the same key (serial number, validity). */
  readonly generation?: number;
  /** Issued by another CA instead of by itself. */
  readonly parent?: CertificateAuthority;
}

/** A root CA, or with `parent` an intermediate CA. Istio's root has keyUsage certSign alone. */
export function createCa(spec: CaSpec): CertificateAuthority {
  const { seed, label, subject = [['O', 'cluster.local']], parent } = spec;
  const key = deriveKey(seed, `ca ${label}`, spec.keyAlgorithm ?? 'P-256');
  const template = {
    serial: deriveSerial(seed, `ca ${label} ${spec.generation ?? 0}`),
    subject: encodeName(subject),
    notBefore: spec.notBefore,
    notAfter: spec.notAfter,
    keyUsage: ['keyCertSign'],
    basicConstraints: { ca: true, ...(spec.pathLength !== undefined && { pathLength: spec.pathLength }) },
    subjectKeyId: 'computed',
    ...(spec.nameConstraints && { nameConstraints: spec.nameConstraints }),
  } as const;
  if (parent === undefined) {
    const certificate = signSelf(template, key);
    return { seed, certificate, key, intermediates: [], roots: [certificate] };
  }
  const certificate = signCertificate(template, key.publicKey, parent);
  const above = parent.roots.some(({ fingerprint }) => fingerprint === parent.certificate.fingerprint)
    ? []
    : [parent.certificate, ...parent.intermediates];
  return { seed, certificate, key, intermediates: above, roots: parent.roots };
}

/** A CA from given certificates and key (a plugged-in CA, a Secret, a case file). */
export const adoptCa = (
  seed: string,
  signer: Signer,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
): CertificateAuthority => ({ seed, ...signer, intermediates, roots });

/** A new root that takes the place of another: the same name, another key. */
export function successorCa(
  old: CertificateAuthority,
  { seed, label, notBefore }: { readonly seed: string; readonly label: string; readonly notBefore: number },
): CertificateAuthority {
  const key = deriveKey(seed, `successor of ${label}`, 'P-256');
  const certificate = signSelf(
    {
      serial: deriveSerial(seed, `successor of ${label}`),
      subject: old.certificate.subject.der,
      notBefore,
      notAfter: notBefore + 3650 * DAY,
      keyUsage: ['keyCertSign'],
      basicConstraints: { ca: true },
      subjectKeyId: 'computed',
    },
    key,
  );
  return adoptCa(seed, { certificate, key }, [], [certificate]);
}

/** istiod: notBefore lies two minutes back, as grace for skewed clocks. */
export const CLOCK_SKEW_GRACE = 2 * MINUTE;
export const DEFAULT_WORKLOAD_TTL = 24 * HOUR;
export const MAX_WORKLOAD_TTL = 90 * DAY;

export interface WorkloadRequest {
  /** The authenticated identity, which becomes the only name. */
  readonly spiffeId: string;
  readonly issuedAt: number;
  readonly ttl?: number;
  readonly maxTtl?: number;
  readonly keyAlgorithm?: KeyAlgorithm;
}

export type IssueError =
  | { readonly code: 'ttl-too-long'; readonly requestedMs: number; readonly maximumMs: number }
  | { readonly code: 'signing-certificate-expired'; readonly notAfter: number };

export interface IssuedCertificate {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
}

const issued = boundedCache<IssuedCertificate>(5000);

/** The certificate of a workload as Istio's CA makes it; the same request gives the same bytes. */
export function issueWorkloadCertificate(
  ca: CertificateAuthority,
  request: WorkloadRequest,
): Result<IssuedCertificate, IssueError> {
  const window = workloadValidity(ca, request);
  if (!window.ok) return window;
  const { notBefore, notAfter } = window.value;
  const { spiffeId, keyAlgorithm = 'P-256', issuedAt } = request;
  const cacheKey = [ca.certificate.fingerprint, ca.seed, spiffeId, keyAlgorithm, issuedAt, notAfter].join(' ');
  return ok(
    issued.get(cacheKey, () => {
      const key = deriveKey(ca.seed, `workload ${spiffeId} ${issuedAt}`, keyAlgorithm);
      const certificate = signCertificate(
        workloadTemplate(deriveSerial(ca.seed, `workload ${spiffeId} ${issuedAt}`), spiffeId, notBefore, notAfter),
        key.publicKey,
        ca,
      );
      return { certificate, key };
    }),
  );
}

/** Validity of a workload certificate: clamped to the CA's own end. */
export function workloadValidity(
  ca: CertificateAuthority,
  { issuedAt, ttl = DEFAULT_WORKLOAD_TTL, maxTtl = MAX_WORKLOAD_TTL }: WorkloadRequest,
): Result<{ readonly notBefore: number; readonly notAfter: number }, IssueError> {
  if (ttl > maxTtl) return err({ code: 'ttl-too-long', requestedMs: ttl, maximumMs: maxTtl });
  const end = ca.certificate.notAfter;
  if (end < issuedAt) return err({ code: 'signing-certificate-expired', notAfter: end });
  return ok({ notBefore: issuedAt - CLOCK_SKEW_GRACE, notAfter: Math.min(issuedAt + ttl, end) });
}

function workloadTemplate(serial: bigint, spiffeId: string, notBefore: number, notAfter: number) {
  const san: GeneralName = { kind: 'uri', value: spiffeId };
  return {
    serial,
    subject: encodeName([]),
    notBefore,
    notAfter,
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: [EKU.serverAuth, EKU.clientAuth],
    basicConstraints: { ca: false },
    subjectAltNames: [san],
    subjectAltNamesCritical: true,
  } as const;
}

/** SECRET_GRACE_PERIOD_RATIO: the share of a life that is left when an agent renews. */
export const AGENT_GRACE_RATIO = 0.5;

/** From one renewal of an agent to the next; a ratio that leaves no time at all is taken for a minute. */
export const renewalPeriod = (ttl: number = DEFAULT_WORKLOAD_TTL, graceRatio: number = AGENT_GRACE_RATIO): number =>
  Math.max(60_000, ttl * (1 - Math.min(Math.max(graceRatio, 0), 1)));

/** The moment of the latest renewal at `now` of an agent that started at 0. */
export function latestRenewal(now: number, ttl?: number, graceRatio?: number): number {
  const period = renewalPeriod(ttl, graceRatio);
  return Math.floor(now / period) * period;
}
