/**
 * What a proxy holds while its CA's root is replaced. Input: the rotation's steps and the mesh clock;
 * output: the certificate and the trust anchors that the proxy got at its latest renewal, signed and
 * chosen as the step in force then said. Nothing reaches a proxy between two renewals (twelve hours
 * apart, unless SECRET_TTL and SECRET_GRACE_PERIOD_RATIO say otherwise): ROOTCA comes with the answer to its signing request, unless the trust bundle is distributed.
 *
 * Agents renew when a share of a certificate's life is over, so proxies renew at different hours: each
 * has an hour of its own, derived from its name. Authority: istio security/pkg/nodeagent/cache/
 * secretcache.go rotateTime, generateNewSecret; pilot/pkg/bootstrap/istio_ca.go handleEvent.
 */
import { type ResourceId, resourceIdParts } from '../../base/ids.ts';
import { hash32 } from '../../base/seededRandom.ts';
import type { Generation, Mesh, RootRotation, RotationStep, Workload } from '../../mesh/types.ts';
import {
  adoptCa,
  type CertificateAuthority,
  DAY,
  DEFAULT_WORKLOAD_TTL,
  HOUR,
  issueWorkloadCertificate,
  renewalPeriod,
  successorCa,
} from '../../pki/ca.ts';
import type { Certificate } from '../../pki/types.ts';
import type { WorkloadIdentity } from '../secrets/identity.ts';
import { meshIssuance } from './meshIssuance.ts';
import { proxyInput } from './pkiWorld.ts';

type Issued = Extract<WorkloadIdentity, { readonly kind: 'issued' }>;

const BEFORE: Omit<RotationStep, 'at'> = { signs: 'old', trusts: ['old'] };

/** Milliseconds from one renewal of this proxy to the next: SECRET_TTL and SECRET_GRACE_PERIOD_RATIO. */
export function renewalPeriodOf(workload: Workload): number {
  const { ttl, graceRatio } = proxyInput(workload);
  return renewalPeriod(ttl === 0 ? undefined : ttl, graceRatio);
}

/** How long a certificate of this proxy lasts. */
export const certificateLife = (workload: Workload): number => proxyInput(workload).ttl || DEFAULT_WORKLOAD_TTL;

/** The latest renewal of this proxy at `now`. */
export function renewedAt(mesh: Mesh, workload: Workload, now: number): number {
  const period = renewalPeriodOf(workload);
  const phase = (hash32(`${mesh.seed} ${workload.id}`) % Math.max(1, Math.floor(period / HOUR))) * HOUR;
  return Math.floor((now - phase) / period) * period + phase;
}

/** What the proxy was given at its latest renewal: whose signature, which roots. */
export function heldAt(
  mesh: Mesh,
  workload: Workload,
  { steps }: RootRotation,
  now: number,
): { readonly signs: Generation; readonly trusts: readonly Generation[]; readonly since: number } {
  const since = renewedAt(mesh, workload, now);
  const { signs, trusts } = steps.findLast(({ at }) => at <= since) ?? BEFORE;
  return { signs, trusts, since };
}

export function rotatedIdentity(mesh: Mesh, workload: Workload, identity: Issued, rotation: RootRotation): Issued {
  const cas = generations(mesh, identity, rotation);
  if (cas === undefined) return identity;
  const { signs, trusts, since } = heldAt(mesh, workload, rotation, mesh.now);
  const anchors = trusts.flatMap((generation) => cas[generation].roots);
  const ca = cas[signs];
  const { ttl } = proxyInput(workload);
  const request = { spiffeId: workload.spiffeId, issuedAt: since, ...(ttl ? { ttl } : {}) };
  const issued = issueWorkloadCertificate(ca, request);
  if (!issued.ok) return identity;
  const isRoot = ca.roots.some(({ fingerprint }) => fingerprint === ca.certificate.fingerprint);
  const between = isRoot ? [] : [ca.certificate, ...ca.intermediates];
  const presentedRoots: readonly Certificate[] = mesh.options.presentRoot === false ? [] : anchors;
  return {
    ...identity,
    chain: [issued.value.certificate, ...between, ...presentedRoots],
    key: issued.value.key,
    anchors,
  };
}

/** The CA as it is, and the one that takes its place: the same name, another key. */
function generations(
  mesh: Mesh,
  { authority, anchors }: Issued,
  { steps }: RootRotation,
): Readonly<Record<Generation, CertificateAuthority>> | undefined {
  const old = authority.id === 'istiod' ? istiodAuthority(mesh) : issuerAuthority(mesh, authority.id, anchors);
  if (old === undefined) return undefined;
  const notBefore = (steps[0]?.at ?? mesh.now) - DAY;
  return { old, new: successorCa(old, { seed: mesh.seed, label: authority.id, notBefore }) };
}

function istiodAuthority(mesh: Mesh): CertificateAuthority | undefined {
  const { istiodCa } = meshIssuance(mesh);
  return istiodCa?.ok === true ? istiodCa.value.ca : undefined;
}

function issuerAuthority(mesh: Mesh, id: string, roots: readonly Certificate[]): CertificateAuthority | undefined {
  // Authorities that are not istiod go by the id of their issuer's document.
  const { kind, namespace, name } = resourceIdParts(id as ResourceId);
  if (kind !== 'Issuer' && kind !== 'ClusterIssuer') return undefined;
  const state = meshIssuance(mesh).certManager.issuer(kind, namespace, name);
  return state?.kind === 'ca' ? adoptCa(mesh.seed, state.ca.signer, [], roots) : undefined;
}
