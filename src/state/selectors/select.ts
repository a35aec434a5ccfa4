/** Derived values that several views share. Constants, so that stores compare them by identity. */
import type { Origin, SourceRange } from '../../base/origin.ts';
import type { CertificateView } from '../../worker/certificateView.ts';
import type { SendAnswer } from '../../worker/protocol.ts';
import type { FinishedRun, StudioState } from '../studioState.ts';

/** The run on show: while a new one is asked for, still the last. */
export function shownRun({ run }: StudioState): FinishedRun | undefined {
  return run.status === 'done' ? run : run.status === 'sending' ? run.previous : undefined;
}

export const shownTrace = (state: StudioState) => shownRun(state)?.answer.trace;

/** The node that panels talk about. */
export const selectedNode = ({ selection }: StudioState): string | undefined => selection.nodes.at(-1);

export function rangeOf({ located }: SendAnswer, origin: Origin): SourceRange | undefined {
  return located.find((entry) => isSameOrigin(entry.origin, origin))?.range;
}

const isSameOrigin = (a: Origin, b: Origin): boolean =>
  a.resource === b.resource && a.path.length === b.path.length && a.path.every((part, at) => part === b.path[at]);

export const certificateOf = ({ certificates }: SendAnswer, fingerprint: string): CertificateView | undefined =>
  certificates.find((certificate) => certificate.fingerprint === fingerprint);
