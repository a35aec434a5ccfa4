/**
 * Network filters before tcp_proxy: RBAC and external authorizers, on the first bytes of a
 * connection, or on its end when there were none.
 * Upstream authority: Envoy source/extensions/filters/network/{rbac,ext_authz}.
 */
import type { CannotTell, Refuser } from '../../trace/trace.ts';
import { runNetworkExtAuthz } from '../filters/extAuthz.ts';
import { evaluateNetworkRbac, type NetworkFilterState } from '../filters/rbac.ts';
import type { Accepted } from '../proxy/accepted.ts';
import { sendToCluster } from '../router/sendToCluster.ts';
import type { HttpRequest } from '../wire.ts';

export type FirstBytesVerdict =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'denied';
      readonly flags: readonly string[];
      /** RESPONSE_CODE_DETAILS */
      readonly details?: string;
      /** CONNECTION_TERMINATION_DETAILS */
      readonly termination?: string;
      readonly by: Refuser;
    }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

export function judgeFirstBytes(accepted: Accepted): FirstBytesVerdict {
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
  const context = {
    config: accepted.config,
    record: hop.step,
    sendToCluster: (cluster: string, request: HttpRequest) => sendToCluster(accepted, cluster, request),
  };
  for (const filter of chain.filters) {
    if (filter.kind === 'network-rbac') {
      const verdict = evaluateNetworkRbac(filter.rbac, state, hop.step);
      if (verdict.kind === 'close') return { ...verdict, kind: 'denied', by: 'authorization' };
    } else if (filter.kind === 'network-ext-authz') {
      const verdict = runNetworkExtAuthz(filter.extAuthz, state, context);
      if (verdict.kind === 'cannot-tell') return verdict;
      if (verdict.kind === 'close') return { ...verdict, kind: 'denied', by: 'external-authorizer' };
    }
  }
  return { kind: 'passed' };
}
