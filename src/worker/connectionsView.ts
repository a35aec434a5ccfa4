/** Connections that the page keeps open, and what becomes of its calls over them and without them. */
import type { WorkloadId } from '../base/ids.ts';
import type { Ended } from '../engine.ts';
import type { Call } from '../trace/call.ts';
import type { Trace } from '../trace/trace.ts';
import type { CertificateView } from './certificateView.ts';

/**
 * The page owns which connections are open, by number; the engine has what they are, and forgets those
 * that the page no longer names.
 */
export interface ConnectionsQuery {
  readonly kind: 'connections';
  readonly revision: number;
  readonly standing: readonly number[];
  /** Sent first, at the clock of this revision; the connections they open are kept. */
  readonly open: readonly Call[];
  /** Made twice, over what stands and anew. */
  readonly calls: readonly Call[];
}

export interface ConnectionsView {
  /** Those of the query that the engine knows, then what was opened. */
  readonly connections: readonly OpenConnectionView[];
  /** Of the calls, those that still find a connection to go over. */
  readonly calls: readonly { readonly call: Call; readonly over: Trace; readonly anew: Trace }[];
}

export interface OpenConnectionView {
  readonly id: number;
  /** The mesh clock then. */
  readonly openedAt: number;
  /** Absent: outside the cluster. */
  readonly client?: WorkloadId;
  /** The caller itself holds it, not its proxy. */
  readonly byCaller: boolean;
  readonly server: WorkloadId;
  readonly serverCertificate: CertificateView;
  readonly clientCertificate?: CertificateView;
  /** It is no more, and why; absent: it stands. */
  readonly end?: Ended;
}
