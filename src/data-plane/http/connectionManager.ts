/**
 * The HTTP connection manager: codec, path normalisation, client address, forwarded client
 * certificate, filters, and the response on its way back, with its access log entry. Input: a
 * connection whose bytes are readable; output: what the client gets.
 * Upstream authority: Envoy source/common/http/conn_manager_impl.cc ActiveStream::decodeHeaders.
 */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import type { FilterState, LocalReply } from '../filters/filter.ts';
import { type Accepted, downstreamFields } from '../proxy/accepted.ts';
import { headerValue } from '../routing/routeMatch.ts';
import { cannotTell, type OpenHop } from '../run.ts';
import type { Cause, HttpRequest, HttpResponse, Payload, Reply } from '../wire.ts';
import { replaced, resolveClientAddress } from './clientAddress.ts';
import { decode } from './codec.ts';
import { DECORATOR, withServer } from './encodeResponse.ts';
import { runFilters, type Served } from './filterChain.ts';
import { finish, finishLocal } from './finishRequest.ts';
import { forwardClientCertificate } from './forwardedClientCert.ts';
import { localReply, localResponse } from './localReply.ts';
import { normalizePath } from './pathNormalization.ts';
import { withRequestId } from './requestId.ts';
import { addressedByTarget } from './requestTarget.ts';
import { resolveRoute } from './routeResolution.ts';
import { readUnknowable } from './unknowableHeaders.ts';
import { requestedUpgrade } from './upgrade.ts';

const BAD_REQUEST_LINE = 'HTTP/1.1 400 Bad Request';

export function serveHttp(accepted: Accepted, hcm: HttpConnectionManager, payload: Payload): Reply {
  const { hop } = accepted;
  switch (payload.kind) {
    case 'nothing':
      hop.end('failed');
      return { kind: 'closed', raced: false, cause: { kind: 'failed', hop: hop.id } };
    case 'line':
    case 'tls':
      return accepted.session?.alpn === 'h2' ? badPreface(hop) : refusedBytes(accepted, hcm);
    case 'http':
      if (payload.request.version === '1.0' && !hcm.acceptHttp10) {
        return { kind: 'http', response: codecError(accepted, hcm, HTTP10_REFUSED) };
      }
      switch (decode(accepted, payload.request)) {
        case 'bad-request':
          return { kind: 'http', response: codecError(accepted, hcm, BAD_REQUEST) };
        case 'invalid-url':
          return { kind: 'http', response: codecError(accepted, hcm, INVALID_URL) };
        case 'invalid-scheme':
          return { kind: 'http', response: codecError(accepted, hcm, INVALID_SCHEME) };
        case 'bad-authority':
          return { kind: 'http', response: codecError(accepted, hcm, BAD_AUTHORITY) };
        case 'headers-too-large':
          return tooMuch(accepted, hcm, payload.request, 'headers_too_large', 'header_list_size_too_large');
        case 'too-many-headers':
          return tooMuch(accepted, hcm, payload.request, 'too_many_headers');
        case 'http2-no-host':
          return badStream(accepted, ['DPE'], 'http2.violation.of.messaging.rule', 'closed');
        case 'http2-empty-host':
          return badStream(accepted, ['DPE'], 'http2.invalid.header.field', 'closed');
        case 'http2-bytes':
          return refusedBytes(accepted, hcm);
        case 'no-http2-preface':
          return badPreface(hop);
        case 'ok':
          return serveRequest(accepted, hcm, addressedByTarget(payload.request));
      }
  }
}

/** The HTTP/1 codec's answer to bytes of another protocol. */
function refusedBytes(accepted: Accepted, hcm: HttpConnectionManager): Reply {
  const { cause } = codecError(accepted, hcm, BAD_REQUEST);
  return { kind: 'garbage', text: BAD_REQUEST_LINE, looksLike: 'http', ...(cause ? { cause } : {}) };
}

/** The HTTP/2 codec never comes to a stream, so nothing is answered and nothing logged. */
function badPreface(hop: OpenHop): Reply {
  hop.end('failed');
  return { kind: 'closed', raced: false, cause: { kind: 'failed', hop: hop.id } };
}

const BAD_REQUEST = localReply(400, 'Bad Request', 'http1.codec_error', ['DPE']);
const INVALID_URL = localReply(400, 'Bad Request', 'http1.invalid_url', ['DPE']);
const INVALID_SCHEME = localReply(400, 'Bad Request', 'http1.invalid_scheme', ['DPE']);
const BAD_AUTHORITY = localReply(400, 'Bad Request', 'http.invalid_authority', ['DPE']);
const HTTP10_REFUSED = localReply(426, 'Upgrade Required', 'low_version', ['DPE']);

/** HTTP/1 is told so; of HTTP/2 the stream is reset. */
function tooMuch(
  accepted: Accepted,
  hcm: HttpConnectionManager,
  { version }: HttpRequest,
  why: string,
  whyOfStream = why,
): Reply {
  if (version === '2') return badStream(accepted, ['DR'], `http2.${whyOfStream}`, 'stream-reset');
  const reply = localReply(431, 'Request Header Fields Too Large', `http1.${why}`, ['DPE']);
  return { kind: 'http', response: codecError(accepted, hcm, reply) };
}

/** The HTTP/2 codec dislikes a stream, or for its sake the connection: nothing is answered. */
function badStream(
  accepted: Accepted,
  flags: readonly string[],
  details: string,
  ends: 'closed' | 'stream-reset',
): Reply {
  const { hop, chain } = accepted;
  hop.log({ ...downstreamFields(accepted), protocol: 'HTTP/2', status: 0, flags, details });
  const how = ends === 'closed' ? 'closed' : 'reset';
  hop.step({
    kind: 'connection-ended',
    origins: chain.origins,
    how,
    reason: { code: 'bad-stream', params: { details } },
  });
  hop.end('failed');
  const cause = { kind: 'failed', hop: hop.id } as const;
  return ends === 'closed' ? { kind: 'closed', raced: false, cause } : { kind: 'stream-reset', cause };
}

/** The codec's answer before there is a request; the connection is closed after it. */
function codecError(accepted: Accepted, hcm: HttpConnectionManager, reply: LocalReply): HttpResponse {
  const { hop } = accepted;
  hop.log({
    ...downstreamFields(accepted),
    protocol: 'HTTP/1.1',
    status: reply.status,
    flags: reply.flags,
    details: reply.details,
    bytesReceived: 0,
    bytesSent: reply.body.length,
  });
  hop.step({
    kind: 'responded',
    origins: accepted.chain.origins,
    status: reply.status,
    details: reply.details,
    flags: reply.flags,
    local: true,
  });
  hop.end('failed');
  const response = withServer(localResponse(reply, undefined), hcm);
  return { ...response, closes: true, lingers: true, cause: { kind: 'failed', hop: hop.id } };
}

function serveRequest(accepted: Accepted, hcm: HttpConnectionManager, received: HttpRequest): Reply {
  const { session, connection, hop } = accepted;
  const early = (reply: LocalReply, request: HttpRequest): Reply => {
    const cause: Cause = { kind: 'answered', hop: hop.id };
    recordReceived(accepted, received, request);
    return finishLocal(accepted, hcm, request, {
      kind: 'local',
      reply,
      facts: { flags: [] },
      cause,
      routed: { redirectToTls: false },
    });
  };
  const unknowable = readUnknowable(accepted, hcm, received);
  if (unknowable !== undefined)
    return cannotTell(hop, { code: 'unmodelled-field', params: { field: unknowable, value: '%…%' } });
  if (received.noHost) return early(localReply(400, '', 'missing_host_header'), received);
  if (!received.path.startsWith('/')) return early(localReply(404, '', 'absolute_path_rejected'), received);
  const normalized = normalizePath(received.path, hcm.pathNormalization);
  if (normalized.kind === 'refused') return early(localReply(400, '', 'path_normalization_failed'), received);
  const upgrade = requestedUpgrade(received);
  const headers = upgrade === 'websocket' ? received.headers : endToEnd(received.headers);
  const { request: addressed, remoteIp } = resolveClientAddress(
    { ...received, path: normalized.path, headers },
    hcm,
    connection.sourceIp,
    session !== undefined,
  );
  const identified = withRequestId(addressed, hcm.useRemoteAddress, `${accepted.run.env.mesh.seed} ${hop.id}`);
  const certified = forwardClientCertificate(identified, hcm, session);
  // The client's side of tracing names the operation; then the server's side need not.
  const decorated = headerValue(certified, DECORATOR) !== undefined;
  const request = hcm.direction === 'inbound' ? withoutHeader(certified, DECORATOR) : certified;
  recordReceived(accepted, received, request);
  const state: FilterState = {
    request,
    downstream: {
      directRemoteIp: connection.sourceIp,
      localIp: connection.destinationIp,
      localPort: connection.destinationPort,
      tls: session !== undefined,
      peerChain: session?.peerChain ?? [],
      peerValidated: session?.peerValidated ?? false,
      ...(accepted.seen.serverName === undefined ? {} : { sni: accepted.seen.serverName }),
    },
    remoteIp,
    responseHeaders: [],
  };
  const served = upgrade === 'refused' ? refusedUpgrade(accepted, hcm, state) : runFilters(accepted, hcm, state);
  const operation = served.kind === 'cannot-tell' || decorated ? undefined : served.routed.route?.decorator;
  const answer = upgrade === 'websocket' ? endedWebsocket(accepted, served) : served;
  return finish(accepted, hcm, state, answer, hcm.direction === 'inbound' ? operation : undefined);
}

/** Refused once the route is known, before any filter. */
function refusedUpgrade(accepted: Accepted, hcm: HttpConnectionManager, state: FilterState): Served {
  const resolved = resolveRoute(accepted, hcm, { request: state.request });
  if (resolved.kind === 'cannot-tell') return resolved;
  const cause: Cause = { kind: 'answered', hop: accepted.hop.id };
  return {
    kind: 'local',
    reply: localReply(403, '', 'upgrade_failed'),
    facts: { flags: [] },
    cause,
    routed: resolved.routed,
  };
}

/** The application answered as if there had been no upgrade; the client sees only its status. */
function endedWebsocket(accepted: Accepted, served: Served): Served {
  if (served.kind !== 'response') return served;
  const { status } = served.response;
  return {
    kind: 'local',
    reply: localReply(status, '', 'websocket_handshake_unsuccessful'),
    facts: served.facts,
    cause: served.response.cause ?? { kind: 'failed', hop: accepted.hop.id },
    routed: served.routed,
  };
}

const withoutHeader = (request: HttpRequest, name: string): HttpRequest => ({
  ...request,
  headers: replaced(request.headers, name, undefined),
});

/** Headers of this connection alone. */
const HOP_BY_HOP: readonly string[] = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'];

const endToEnd = (headers: HttpRequest['headers']): HttpRequest['headers'] =>
  headers.filter(([name, value]) => !HOP_BY_HOP.includes(name) && (name !== 'te' || value === 'trailers'));

function recordReceived(accepted: Accepted, received: HttpRequest, request: HttpRequest): void {
  const peer = accepted.session?.peerChain[0]?.subjectAltNames?.find((name) => name.kind === 'uri')?.value;
  accepted.hop.step({
    kind: 'http-received',
    origins: [],
    method: request.method,
    authority: request.authority,
    path: received.path,
    normalizedPath: request.path,
    version: request.version,
    ...(peer === undefined ? {} : { peer }),
  });
}
