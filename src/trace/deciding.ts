/**
 * Which step decided a trace: the one a verdict talks about, whose lines are painted in the editor
 * and where playback rests. Trace -> hop and step, or nothing when there is no trace to speak of.
 */
import { resourceIdParts } from '../base/ids.ts';
import type { Origin } from '../base/origin.ts';
import type { Step } from './step.ts';
import type { Hop, HopId, Refuser, Trace } from './trace.ts';

export interface DecidingStep {
  readonly hop: Hop;
  readonly index: number;
  readonly step: Step;
}

export function decidingStep(trace: Trace): DecidingStep | undefined {
  const { disposition } = trace;
  switch (disposition.kind) {
    case 'refused':
      return (
        lastWhere(trace, disposition.hop, (step) => refuses(step, disposition.by)) ??
        lastAnywhere(trace, (step) => refuses(step, disposition.by)) ??
        lastOf(trace, disposition.hop)
      );
    case 'answered':
      return lastWhere(trace, disposition.hop, ({ kind }) => kind === 'responded') ?? lastOf(trace, disposition.hop);
    case 'failed':
      return (
        // An application that was never understood takes no step of its own.
        (disposition.hop === undefined ? undefined : lastOf(trace, disposition.hop)) ?? lastAnywhere(trace, breaks)
      );
    case 'cannot-tell':
      return lastAnywhere(trace, ({ kind }) => kind === 'cannot-tell');
    case 'served': {
      const hop = [...trace.hops].reverse().find(({ party }) => party.kind === 'application');
      return hop === undefined ? undefined : lastOf(trace, hop.id);
    }
  }
}

function refuses(step: Step, by: Refuser): boolean {
  switch (by) {
    case 'no-filter-chain':
      return step.kind === 'filter-chain-matched' && step.filterChain === undefined;
    case 'server-certificate':
    case 'client-certificate':
    case 'tls-parameters':
      return step.kind === 'tls-handshake' && step.result.kind !== 'established';
    case 'authorization':
      return step.kind === 'rbac-check' && step.decision === 'denied';
    case 'authentication':
      return step.kind === 'jwt-check' && step.result === 'refused';
    case 'external-authorizer':
      return step.kind === 'ext-authz' && (step.result === 'denied' || step.result === 'error');
  }
}

const breaks = (step: Step): boolean =>
  step.kind === 'connection-ended' ||
  (step.kind === 'responded' && step.local && step.status >= 400) ||
  (step.kind === 'connect' && step.result !== 'established') ||
  (step.kind === 'dns' && step.address === undefined);

function lastWhere(trace: Trace, id: HopId, test: (step: Step) => boolean): DecidingStep | undefined {
  const hop = trace.hops.find((candidate) => candidate.id === id);
  if (hop === undefined) return undefined;
  for (let index = hop.steps.length - 1; index >= 0; index--) {
    const step = hop.steps[index];
    if (step !== undefined && test(step)) return { hop, index, step };
  }
  return undefined;
}

const lastOf = (trace: Trace, id: HopId): DecidingStep | undefined => lastWhere(trace, id, () => true);

function lastAnywhere(trace: Trace, test: (step: Step) => boolean): DecidingStep | undefined {
  for (const { id } of [...trace.hops].reverse()) {
    const found = lastWhere(trace, id, test);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Kinds that decide by a rule of their own; others (a Service, a Deployment) only took part. */
const DECIDERS =
  /^(AuthorizationPolicy|PeerAuthentication|RequestAuthentication|Gateway|DestinationRule|Sidecar|VirtualService|NetworkPolicy)$/;

/** The resource the decision is put down to: the most decisive origin that is a policy of some kind. */
export const decidingResource = (step: Step): Origin | undefined =>
  step.origins.find(({ resource }) => DECIDERS.test(resourceIdParts(resource).kind));
