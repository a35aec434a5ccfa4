/**
 * Network filters before tcp_proxy: RBAC on the first bytes of a connection. A connection that
 * sends nothing is never judged. Upstream authority: Envoy source/extensions/filters/network/rbac.
 */
import type { CannotTell, Refuser } from '../../trace/trace.ts';
import { evaluateNetworkRbac, type NetworkFilterState } from '../filters/rbac.ts';
import type { Accepted } from '../proxy/accepted.ts';
import type { Payload } from '../wire.ts';

export type FirstBytesVerdict =
  | { readonly kind: 'passed' }
  /** CONNECTION_TERMINATION_DETAILS */
  | { readonly kind: 'denied'; readonly termination: string; readonly by: Refuser }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export function judgeFirstBytes(accepted: Accepted, payload: Payload): FirstBytesVerdict {
  if (payload.kind === 'nothing') return { kind: 'passed' };
  const { chain, connection, session, seen, hop } = accepted;
  const downstream = {
    directRemoteIp: connection.sourceIp,
    localIp: connection.destinationIp,
    localPort: connection.destinationPort,
    tls: session !== undefined,
    peerChain: session?.peerChain ?? [],
    peerValidated: session?.peerValidated ?? false,
    ...(seen.serverName === undefined ? {} : { sni: seen.serverName }),
  };
  const state: NetworkFilterState = { downstream };
  for (const filter of chain.filters) {
    if (filter.kind === 'network-ext-authz') {
      return {
        kind: 'cannot-tell',
        why: { code: 'unmodelled-protocol', params: { provider: filter.extAuthz.provider } },
      };
    }
    if (filter.kind !== 'network-rbac') continue;
    const verdict = evaluateNetworkRbac(filter.rbac, state, hop.step);
    if (verdict.kind === 'close') {
      return { kind: 'denied', termination: verdict.termination ?? '', by: 'authorization' };
    }
  }
  return { kind: 'passed' };
}
