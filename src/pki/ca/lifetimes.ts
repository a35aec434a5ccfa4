/**
 * When things renew: workload certificates in the agent, istiod's own root, cert-manager's
 * certificates, and which change of a plugged-in root istiod takes without a restart.
 * istio security/pkg/nodeagent/cache/secretcache.go rotateTime, security/pkg/util/certutil.go
 * GetWaitTime, pilot/pkg/bootstrap/istio_ca.go handleEvent; cert-manager pki.RenewalTime.
 */
import { AGENT_GRACE_RATIO, HOUR } from '../ca.ts';
import type { Certificate } from '../types.ts';

/** SECRET_GRACE_PERIOD_RATIO_JITTER. */
export const AGENT_GRACE_JITTER = 0.01;

/** Earliest and latest moment at which an agent renews; lifetimes count from when it was created. */
export function agentRenewal(
  createdAt: number,
  expiresAt: number,
  ratio: number = AGENT_GRACE_RATIO,
): { readonly earliest: number; readonly latest: number } {
  const lifetime = expiresAt - createdAt;
  const at = (share: number): number => expiresAt - lifetime * Math.min(Math.max(share, 0), 1);
  return { earliest: at(ratio + AGENT_GRACE_JITTER), latest: at(ratio - AGENT_GRACE_JITTER) };
}

/** istiod renews its self-signed root, with the same key, when less than 20 % of its life is left. */
export const ROOT_GRACE_SHARE = 0.2;

export function selfSignedRootRenewal(root: Certificate): number {
  return root.notAfter - (root.notAfter - root.notBefore) * ROOT_GRACE_SHARE;
}

/** cert-manager: the time of renewal; by default a third of the life before the end. */
export function certManagerRenewal(
  certificate: Certificate,
  renewBefore?: number,
  renewBeforePercentage?: number,
): number {
  const lifetime = certificate.notAfter - certificate.notBefore;
  const before =
    renewBeforePercentage !== undefined && renewBeforePercentage > 0 && renewBeforePercentage < 100
      ? (lifetime * renewBeforePercentage) / 100
      : renewBefore !== undefined && renewBefore > 0 && renewBefore < lifetime
        ? renewBefore
        : lifetime / 3;
  return Math.floor((certificate.notAfter - before) / 1000) * 1000;
}

export type PluggedRootChange =
  /** The same root bundle: workloads take the new intermediate at their next renewal. */
  | 'accepted'
  | 'multi-root-disabled'
  /** Neither bundle contains the other. */
  | 'not-a-superset';

/** What istiod does when the mounted root bundle changes while it runs. */
export function pluggedRootChange(
  before: readonly Certificate[],
  after: readonly Certificate[],
  multiRoot: boolean,
): PluggedRootChange {
  const contains = (a: readonly Certificate[], b: readonly Certificate[]): boolean =>
    b.every(({ fingerprint }) => a.some((certificate) => certificate.fingerprint === fingerprint));
  if (contains(before, after) && contains(after, before)) return 'accepted';
  if (!multiRoot) return 'multi-root-disabled';
  return contains(before, after) || contains(after, before) ? 'accepted' : 'not-a-superset';
}

/** When a certificate changes what peers answer, in the order of time. */
export type LifetimeEvent =
  | { readonly kind: 'becomes-valid'; readonly at: number }
  | { readonly kind: 'renewal-due'; readonly at: number }
  | { readonly kind: 'expires'; readonly at: number };

/** The events of a certificate, for a timeline of the mesh. Expiry concerns new handshakes only. */
export function lifetimeEvents(certificate: Certificate, renewalAt: number | undefined): readonly LifetimeEvent[] {
  const events: LifetimeEvent[] = [
    { kind: 'becomes-valid', at: certificate.notBefore },
    ...(renewalAt === undefined ? [] : [{ kind: 'renewal-due' as const, at: renewalAt }]),
    { kind: 'expires', at: certificate.notAfter },
  ];
  return events.sort((a, b) => a.at - b.at);
}

/** Backoff of the agent inside one call: five tries, 100 ms doubled each time (jitter left out). */
export const agentRetryDelays = (): readonly number[] => [100, 200, 400, 800, 1600];

/** cert-manager retries a failed issuance after 1 h, 2 h, ... at most 32 h. */
export const certManagerRetryDelay = (failedAttempts: number): number =>
  Math.min(2 ** Math.max(failedAttempts - 1, 0), 32) * HOUR;
