/**
 * The way back: whatever served the request becomes what the client gets, an access log entry and
 * the end of the hop.
 */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import type { FilterState } from '../filters/filter.ts';
import type { Accepted } from '../proxy/accepted.ts';
import { type Routed, withRouteHeaders } from '../router/router.ts';
import type { UpstreamFacts } from '../router/upstreamRequest.ts';
import type { HeadersChanged } from '../routing/headerOperations.ts';
import { cannotTell } from '../run.ts';
import type { HttpRequest, HttpResponse, Reply } from '../wire.ts';
import { encodeResponse } from './encodeResponse.ts';
import type { Served } from './filterChain.ts';
import { localResponse } from './localReply.ts';
import { logRequest, type Outcome } from './requestLog.ts';

/** Whatever served the request, as the client gets it, with its entry in the log. */
export function finish(
  accepted: Accepted,
  hcm: HttpConnectionManager,
  state: FilterState,
  served: Served,
  operation: string | undefined,
): Reply {
  switch (served.kind) {
    case 'cannot-tell':
      return cannotTell(accepted.hop, served.why);
    case 'silence':
      return finishSilence(accepted, state.request, served.facts, served.routed);
    case 'local':
      return finishLocal(accepted, hcm, state.request, served, operation, state.responseHeaders);
    case 'response': {
      const { response, facts, routed } = served;
      const end = endOf(response, facts.flags);
      const changed = withRouteHeaders(accepted, state.request, routed, {
        ...response,
        details: 'via_upstream',
        flags: facts.flags,
        upstream: facts,
      });
      if (changed.kind === 'cannot-tell') return cannotTell(accepted.hop, changed.why);
      const encoded = encodeResponse(
        { ...response, headers: changed.headers },
        hcm,
        state.request,
        operation,
        state.responseHeaders,
      );
      const { status, body } = response;
      const outcome: Outcome = { status, ...end };
      logRequest(accepted, state.request, routed, facts, body === undefined ? outcome : { ...outcome, body });
      record(accepted, outcome, false);
      accepted.hop.end('forwarded');
      // How the upstream's connection ends is no business of the downstream's, unless it ends the answer.
      const { closes: _closes, lingers: _lingers, cutShort, ...kept } = encoded;
      if (cutShort === undefined) return { kind: 'http', response: kept };
      const stream = state.request.version === '2';
      return {
        kind: 'http',
        response: { ...kept, closes: !stream, cutShort: stream ? 'stream-reset' : 'closed' },
      };
    }
  }
}

/** An answer that ends before its announced length is against HTTP/1; in HTTP/2 the server says so. */
function endOf({ cutShort }: HttpResponse, flags: readonly string[]): Pick<Outcome, 'flags' | 'details'> {
  if (cutShort === undefined) return { flags, details: 'via_upstream' };
  const [flag, why] = cutShort === 'closed' ? (['UPE', 'protocol_error'] as const) : (['UR', 'remote_reset'] as const);
  return { flags: [...flags, flag], details: `upstream_reset_after_response_started{${why}}` };
}

export function finishLocal(
  accepted: Accepted,
  hcm: HttpConnectionManager,
  request: HttpRequest,
  served: Extract<Served, { kind: 'local' }>,
  operation?: string,
  responseHeaders: FilterState['responseHeaders'] = [],
): Reply {
  const { reply, facts, routed, cause } = served;
  const flags = [...facts.flags, ...reply.flags];
  const own = localResponse(reply, request);
  // The CORS filter writes its answer itself, past the route.
  const changed: HeadersChanged =
    reply.details === 'cors_response'
      ? { kind: 'headers', headers: own.headers }
      : withRouteHeaders(accepted, request, routed, { ...own, details: reply.details, flags, upstream: facts });
  if (changed.kind === 'cannot-tell') return cannotTell(accepted.hop, changed.why);
  const response = encodeResponse({ ...own, headers: changed.headers }, hcm, request, operation, responseHeaders);
  const outcome: Outcome = { status: response.status, flags, details: reply.details, body: response.body ?? '' };
  logRequest(accepted, request, routed, facts, outcome);
  record(accepted, outcome, true);
  accepted.hop.end(END[cause.hop === accepted.hop.id ? cause.kind : 'failed']);
  return { kind: 'http', response: { ...response, cause } };
}

const END = { refused: 'refused', answered: 'answered', failed: 'failed' } as const;

function finishSilence(accepted: Accepted, request: HttpRequest, facts: UpstreamFacts, routed: Routed): Reply {
  // A proxy that gives up resets its HTTP/2 stream; any other caller closes the connection.
  const reset = request.version === '2' && accepted.connection.pooled;
  const [flag, details] = reset
    ? (['DR', 'http2.remote_reset'] as const)
    : (['DC', 'downstream_remote_disconnect'] as const);
  logRequest(accepted, request, routed, facts, { status: 0, flags: [...facts.flags, flag], details, body: '' });
  accepted.hop.end('failed');
  return { kind: 'silence', cause: { kind: 'failed', hop: accepted.hop.id } };
}

export function record({ hop }: Accepted, { status, details, flags }: Outcome, local: boolean): void {
  hop.step({ kind: 'responded', origins: [], status, details, flags, local });
}
