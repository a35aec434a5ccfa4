/** A request of the proxy's own making, sent through one of its clusters: what ext_authz asks. */
import type { UpstreamAnswer } from '../filters/filter.ts';
import type { Accepted } from '../proxy/accepted.ts';
import type { HttpRequest } from '../wire.ts';
import { requestUpstream } from './upstreamRequest.ts';

/** ext_authz asks its authorizer through this proxy's own clusters, without the ALPN filter. */
export function sendToCluster(accepted: Accepted, name: string, request: HttpRequest): UpstreamAnswer {
  const cluster = accepted.config.clusters.get(name);
  if (cluster === undefined) return { kind: 'failed', status: 503, details: 'cluster_not_found' };
  const outcome = requestUpstream(accepted, cluster, request, { timeoutMs: 0, alpnFilter: false });
  switch (outcome.kind) {
    case 'response':
      return { kind: 'response', response: outcome.response };
    case 'failed':
      return { kind: 'failed', status: outcome.reply.status, details: outcome.reply.details };
    case 'silence':
      return { kind: 'failed', status: 504, details: 'response_timeout' };
    case 'cannot-tell':
      return outcome;
  }
}
