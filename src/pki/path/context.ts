/**
 * What the phases of one validation share: the chain as built so far, how much of it came from the
 * peer, and the record of steps. A phase returns the first failure it meets, or undefined.
 */
import type { PathOptions, PathStep } from '../pathTypes.ts';
import type { Certificate } from '../types.ts';

export interface PathContext {
  readonly options: PathOptions;
  readonly presented: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /** Leaf first. */
  readonly chain: Certificate[];
  /** How many certificates from the start of the chain came from the peer. */
  untrusted: number;
  readonly steps: PathStep[];
}

/** Error number and depth; texts are added at the end. */
export interface FailureAt {
  readonly number: number;
  readonly depth: number;
}

/** A phase of the verification, in the implementation's order. */
export type Phase = (context: PathContext) => FailureAt | undefined;
