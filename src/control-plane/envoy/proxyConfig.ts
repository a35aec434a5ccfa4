/** Everything one proxy holds: the sum of LDS, RDS, CDS, EDS and SDS. */
import type { WorkloadId } from '../../base/ids.ts';
import type { Origin } from '../../base/origin.ts';
import type { TlsCertificate } from '../../pki/envoyLoad.ts';
import type { Certificate, Crl } from '../../pki/types.ts';
import type { Reason } from '../../trace/step.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { Cluster } from './cluster.ts';
import type { RouteConfiguration } from './http.ts';
import type { Listener } from './listener.ts';

export interface ProxyConfig {
  readonly workload: WorkloadId;
  readonly type: 'sidecar' | 'gateway';
  readonly listeners: readonly Listener[];
  readonly routes: ReadonlyMap<string, RouteConfiguration>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly secrets: ReadonlyMap<string, Secret>;
  /** Configuration Envoy refused, as its log has it. */
  readonly nacks: readonly ProxyNack[];
  /** What would change this proxy but is not modelled; a verdict that passes through it cannot be told. */
  readonly taints: readonly CannotTell[];
}

export interface ProxyNack {
  /** xDS type, e.g. `type.googleapis.com/envoy.config.listener.v3.Listener`. */
  readonly typeUrl: string;
  readonly resource: string;
  readonly message: string;
  readonly origins: readonly Origin[];
}

/** Of a proxy that runs: it uses an earlier answer, since the present one brings nothing. */
export interface Kept {
  readonly why: Reason;
}

/** What SDS answers for one name. */
export type Secret =
  | {
      readonly kind: 'certificate';
      readonly chain: readonly Certificate[];
      readonly key: TlsCertificate['key'];
      readonly kept?: Kept;
      readonly origins: readonly Origin[];
    }
  | {
      readonly kind: 'trust-bundle';
      readonly anchors: readonly Certificate[];
      /** Absent: revocation is not checked. */
      readonly crls?: readonly Crl[];
      readonly kept?: Kept;
      readonly origins: readonly Origin[];
    }
  /** The proxy's operating system bundle. */
  | { readonly kind: 'system-trust'; readonly origins: readonly Origin[] }
  /** What the file or server holds is not in the mesh: whoever needs it cannot be judged. */
  | { readonly kind: 'unknown'; readonly cannotTell: CannotTell; readonly origins: readonly Origin[] }
  | { readonly kind: 'missing'; readonly why: Reason; readonly origins: readonly Origin[] }
  /** Delivered, but Envoy cannot load it. */
  | {
      readonly kind: 'unloadable';
      readonly message: string;
      readonly why: Reason;
      readonly origins: readonly Origin[];
    };
