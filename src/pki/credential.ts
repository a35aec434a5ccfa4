/**
 * What a proxy holds for mutual TLS: its certificate chain, made only when somebody looks at it, and
 * its trust anchors. Workloads of one CA differ only in name and key, so whether their chains are
 * accepted is decided once for all of them, on a representative; a mesh of 1,000 workloads costs one
 * path validation, not 1,000 signatures. Under name constraints every chain is judged by itself.
 */
import { invariant } from '../base/invariant.ts';
import { ok, type Result } from '../base/result.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import {
  type CertificateAuthority,
  type IssuedCertificate,
  type IssueError,
  issueWorkloadCertificate,
  presentedAbove,
  type WorkloadRequest,
  workloadValidity,
} from './ca.ts';
import {
  checkNames,
  checkPath,
  type PeerCheck,
  type PeerFailure,
  type PeerValidation,
  verifyPeer,
} from './envoyPeer.ts';
import type { PathPurpose } from './pathTypes.ts';
import type { Certificate, GeneralName } from './types.ts';

export type CertificateChain = readonly [Certificate, ...Certificate[]];

export interface WorkloadCredential {
  readonly spiffeId: string;
  readonly subjectAltNames: readonly GeneralName[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** What this proxy trusts (ROOTCA). */
  readonly anchors: readonly Certificate[];
  /** The certificates it presents, leaf first; made on first use. */
  chain(): CertificateChain;
  key(): PrivateKey;
  /** A chain that is accepted exactly where this one is, shared by the workloads of the CA. */
  representative(): CertificateChain;
}

/** The name of the certificate that stands for all workloads of a CA. */
export const REPRESENTATIVE = 'spiffe://representative/ns/representative/sa/representative';

export interface CredentialPlan {
  readonly spiffeId: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly anchors: readonly Certificate[];
  /** What is presented after the leaf. */
  readonly above: readonly Certificate[];
  /** Makes the certificate of a workload of this CA. */
  readonly issue: (spiffeId: string) => IssuedCertificate;
}

/** A credential whose certificate is made when it is first looked at. */
export function lazyCredential({ issue, above, ...plan }: CredentialPlan): WorkloadCredential {
  const { spiffeId } = plan;
  const constrained = isConstrained([...above, ...plan.anchors]);
  return {
    ...plan,
    subjectAltNames: [{ kind: 'uri', value: spiffeId }],
    chain: once(() => [issue(spiffeId).certificate, ...above]),
    key: () => issue(spiffeId).key,
    representative: once(() => [issue(constrained ? spiffeId : REPRESENTATIVE).certificate, ...above]),
  };
}

/** Under name constraints no workload stands for another. */
export const isConstrained = (certificates: readonly Certificate[]): boolean =>
  certificates.some(({ nameConstraints }) => nameConstraints !== undefined);

/**
 * The credential of a workload under a CA, or why the CA refuses. `presentRoot`: the root bundle is
 * sent too, as istio-agent does with what istiod answers.
 */
export function workloadCredential(
  ca: CertificateAuthority,
  request: WorkloadRequest,
  presentRoot: boolean,
  anchors: readonly Certificate[] = ca.roots,
): Result<WorkloadCredential, IssueError> {
  const window = workloadValidity(ca, request);
  if (!window.ok) return window;
  const issue = (spiffeId: string): IssuedCertificate => {
    const issued = issueWorkloadCertificate(ca, { ...request, spiffeId });
    invariant(issued.ok, 'a granted validity is followed by a certificate');
    return issued.value;
  };
  const above = [...presentedAbove(ca), ...(presentRoot ? ca.roots : [])];
  return ok(lazyCredential({ spiffeId: request.spiffeId, ...window.value, anchors, above, issue }));
}

/** The value of the first call, kept: chains stay the same array, which path validation remembers by. */
function once(make: () => CertificateChain): () => CertificateChain {
  let made: CertificateChain | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A credential from given certificates (file certificates, a Secret): it represents itself. */
export const givenCredential = (
  chain: CertificateChain,
  key: PrivateKey,
  anchors: readonly Certificate[],
): WorkloadCredential => ({
  spiffeId: chain[0].subjectAltNames?.find(({ kind }) => kind === 'uri')?.value ?? '',
  subjectAltNames: chain[0].subjectAltNames ?? [],
  notBefore: chain[0].notBefore,
  notAfter: chain[0].notAfter,
  anchors,
  chain: () => chain,
  key: () => key,
  representative: () => chain,
});

/**
 * Would this validation accept the credential? The same answer as `verifyPeer` on its chain, without
 * making the chain (except for pins, which look at its very bytes). Undefined: accepted.
 */
export function credentialFailure(
  credential: WorkloadCredential,
  validation: PeerValidation,
  when: { readonly now: number; readonly purpose: PathPurpose },
): PeerFailure | undefined {
  const { certificateHashes = [], spkiHashes = [], anchors = [] } = validation;
  if (certificateHashes.length > 0 || spkiHashes.length > 0)
    return verifyPeer(credential.chain(), validation, when).failure;
  const constrained = isConstrained(anchors);
  const checks: PeerCheck[] = [];
  const chain = constrained || hasRevocation(validation) ? credential.chain() : credential.representative();
  const path = checkPath(chain, validation, when, checks);
  return path ?? checkNames({ subjectAltNames: credential.subjectAltNames }, validation, checks);
}

/** Serial numbers matter to revocation lists, so the representative cannot stand in. */
const hasRevocation = (validation: PeerValidation): boolean => validation.crls !== undefined;
