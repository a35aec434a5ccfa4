/**
 * One proxy's configuration and the policies in force at one workload, as the inspector shows them.
 * Tables have the columns that `istioctl proxy-config` prints, so that its users know them. Types only.
 */
import type { ResourceId, WorkloadId } from '../base/ids.ts';
import type { SourceRange } from '../base/origin.ts';
import type { Reason } from '../trace/step.ts';
import type { MtlsMode } from './meshGraph.ts';

export interface ProxyConfigView {
  readonly workload: WorkloadId;
  readonly type: 'sidecar' | 'gateway';
  readonly tables: readonly ProxyConfigTable[];
  /** Configuration the proxy refused, in its own words. */
  readonly nacks: readonly { readonly resource: string; readonly message: string }[];
}

export interface ProxyConfigTable {
  readonly id: 'listeners' | 'routes' | 'clusters' | 'endpoints' | 'secrets';
  /** As istioctl spells them: ADDRESSES, PORT, MATCH, DESTINATION ... */
  readonly columns: readonly string[];
  readonly rows: readonly ProxyConfigRow[];
}

export interface ProxyConfigRow {
  /** Envoy's name of the item: the one that steps of a trace mention. */
  readonly name: string;
  readonly cells: readonly string[];
  /** The item in Envoy's shape, ready to print as JSON; private keys left out. */
  readonly detail: JsonValue;
  readonly range?: SourceRange;
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

export interface PoliciesView {
  readonly workload: WorkloadId;
  /** Effective mode of each port (and of `default`: all others), and who decided. */
  readonly mtls: readonly {
    readonly port: number | 'default';
    readonly mode: MtlsMode;
    readonly by?: ResourceId;
    readonly range?: SourceRange;
  }[];
  /** Every policy that selects it, in the order in which they take effect. */
  readonly policies: readonly PolicyView[];
}

export interface PolicyView {
  readonly resource: ResourceId;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** What it selects the workload by. */
  readonly scope: 'mesh' | 'namespace' | 'workload' | 'service' | 'gateway';
  readonly state: 'in-force' | 'overridden' | 'not-modelled';
  /** Who wins where it is overridden. */
  readonly by?: ResourceId;
  /** Why it is in force or not, e.g. `policy-narrower-wins`. */
  readonly why: Reason;
  /** In a word or two what it says: `STRICT`, `ALLOW`, `DENY`, an issuer ... */
  readonly summary: string;
  readonly range?: SourceRange;
}
