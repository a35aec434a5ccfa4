/** What would follow from a disturbance of keys or clocks, and from the replacement of a root. */
import type { WorkloadId } from '../../base/ids.ts';
import type { Disturbance, Generation, Mesh, RotationStep } from '../../mesh/types.ts';
import type { Call } from '../../trace/call.ts';
import type { Trace } from '../../trace/trace.ts';

/** What somebody asks about. */
export type DisturbanceKind =
  | { readonly kind: 'authority-gone'; readonly authority: string }
  | { readonly kind: 'root-removed'; readonly fingerprint: string }
  | { readonly kind: 'clock-off'; readonly workload: WorkloadId; readonly milliseconds: number };

/** Compiles the workspace as it is, under a disturbance and at a moment of the mesh clock. */
export interface DisturbanceEnv {
  readonly now: number;
  /** Of the certificates that proxies hold. */
  readonly longestLife: number;
  compile(
    disturbance: Disturbance | undefined,
    now: number,
  ): Promise<{ readonly mesh: Mesh; readonly evaluate: (call: Call) => Trace }>;
}

/** What a proxy holds at a moment of a rotation. */
export type HeldOf = (
  workload: WorkloadId,
  at: number,
) => { readonly signs: Generation; readonly trusts: readonly Generation[] };

export interface ChangedCall {
  readonly call: Call;
  readonly before: Trace;
  readonly after: Trace;
}

/** A moment at which calls end differently than they do without the disturbance. */
export interface Stage {
  /** `restarted`: to proxies that start anew; `run-out`: when what they hold has run out. */
  readonly kind: 'at-once' | 'restarted' | 'run-out';
  readonly at: number;
  readonly changed: readonly ChangedCall[];
}

export interface WhatBreaks {
  readonly stages: readonly Stage[];
  /** Calls that were made again at each stage. */
  readonly tried: number;
}

/** A stretch of time in which a call ends differently than before the rotation. */
export interface FailureWindow {
  readonly call: Call;
  readonly from: number;
  /** Absent: it does not end. */
  readonly until?: number;
  readonly after: Trace;
}

export interface RotationView {
  readonly steps: readonly RotationStep[];
  readonly from: number;
  readonly until: number;
  readonly proxies: readonly {
    readonly workload: WorkloadId;
    readonly states: readonly {
      readonly from: number;
      readonly signs: Generation;
      readonly trusts: readonly Generation[];
    }[];
  }[];
  readonly windows: readonly FailureWindow[];
  readonly tried: number;
}
