/** When the holder of a certificate renews it: agents, cert-manager, istiod for its own root; nobody else does. */
import {
  agentRenewal,
  type Certificate,
  CLOCK_SKEW_GRACE,
  type CompiledMesh,
  certManagerRenewal,
  type HeldCertificate,
  meshIssuance,
  parseGoDuration,
  resourcesOf,
  selfSignedRootRenewal,
  type Workload,
} from '../../engine.ts';

export interface Renewal {
  readonly earliest: number;
  readonly latest: number;
}

const once = (at: number): Renewal => ({ earliest: at, latest: at });

/** A proxy's own certificate; istiod dates it two minutes back. */
export function proxyRenewal(
  { notBefore, notAfter }: Certificate,
  authority: string,
  { proxyMetadata }: Workload,
): Renewal {
  const created = notBefore + (authority === 'istiod' ? CLOCK_SKEW_GRACE : 0);
  const ratio = Number(proxyMetadata.SECRET_GRACE_PERIOD_RATIO ?? Number.NaN);
  return agentRenewal(created, notAfter, Number.isFinite(ratio) ? ratio : undefined);
}

/** What lies in the mesh: cert-manager renews what it issued; a Secret that was put there stays. */
export function heldRenewal(
  { mesh }: CompiledMesh,
  { certificate, holder, origin }: HeldCertificate,
): Renewal | undefined {
  if (holder.kind !== 'cert-manager') return undefined;
  const wish = resourcesOf(mesh, 'cert-manager.io/Certificate').find(({ id }) => id === origin.resource);
  const { renewBefore, renewBeforePercentage } = wish?.body.spec ?? {};
  const before = renewBefore === undefined ? undefined : parseGoDuration(renewBefore);
  return once(certManagerRenewal(certificate, before, renewBeforePercentage));
}

/** istiod's own root, when istiod made it: a certificate of the same key. */
export function rootRenewal({ mesh }: CompiledMesh, root: Certificate): Renewal | undefined {
  const own = meshIssuance(mesh).istiodCa;
  if (own?.ok !== true || own.value.kind !== 'self-signed') return undefined;
  return own.value.ca.certificate.fingerprint === root.fingerprint ? once(selfSignedRootRenewal(root)) : undefined;
}
