/** Where a trace was refused by a policy, and what the deciding filter saw of the call. */
import type { WorkloadId } from '../../base/ids.ts';
import type { RbacStep } from '../../trace/step.ts';
import type { Hop, Trace } from '../../trace/trace.ts';

export interface RbacRefusal {
  readonly workload: WorkloadId;
  readonly step: RbacStep;
  readonly seen: SeenCall;
}

export interface SeenCall {
  /** `trust-domain/ns/x/sa/y`; absent: no certificate. */
  readonly principal?: string;
  readonly sourceIp?: string;
  readonly port?: number;
  /** Absent on TCP. */
  readonly http?: { readonly method: string; readonly path: string; readonly host: string };
}

/** The last policy decision that denied; undefined when the call was not refused by one. */
export function rbacRefusal(trace: Trace): RbacRefusal | undefined {
  for (const hop of [...trace.hops].reverse()) {
    if (hop.party.kind !== 'proxy') continue;
    const step = hop.steps.findLast((s): s is RbacStep => s.kind === 'rbac-check' && s.decision === 'denied');
    if (step !== undefined) return { workload: hop.party.workload, step, seen: seenBy(hop) };
  }
  return undefined;
}

function seenBy(hop: Hop): SeenCall {
  const received = hop.steps.find((step) => step.kind === 'http-received');
  const chain = hop.steps.find((step) => step.kind === 'filter-chain-matched');
  const peer = received?.peer ?? hop.log?.peer;
  const address = hop.log?.downstreamRemoteAddress;
  const sourceIp = address?.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return {
    ...(peer?.startsWith('spiffe://') ? { principal: peer.slice('spiffe://'.length) } : {}),
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(chain === undefined ? {} : { port: chain.seen.destinationPort }),
    ...(received === undefined
      ? {}
      : {
          http: {
            method: received.method,
            path: received.normalizedPath.replace(/[?#].*$/, ''),
            host: received.authority,
          },
        }),
  };
}
