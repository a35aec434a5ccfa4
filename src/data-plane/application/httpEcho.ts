/**
 * The HTTP application: Go's net/http with a handler that echoes what reached it. Answers every
 * method and path with 200 and says what it saw; what is not HTTP gets Go's own 400.
 * Authority: the conformance corpus's application, and Go net/http server.go.
 */
import type { WorkloadId } from '../../base/ids.ts';
import { utf8 } from '../../crypto/bytes.ts';
import type { AppSaw } from '../../trace/outcome.ts';
import type { HttpRequest, HttpResponse } from '../wire.ts';

export interface TerminatedTls {
  readonly sni?: string;
  /** Subject of the client's certificate, if it sent one. */
  readonly clientCertificate?: string;
}

/** Headers that the echo leaves out, because they vary from run to run. */
const HIDDEN = /^(x-b3.*|x-envoy.*|x-request-id|accept|user-agent|accept-encoding)$/;
/** What Go's server takes out of the header map before the handler runs. */
const TAKEN_BY_GO = /^(host|transfer-encoding|trailer)$/;

export function echo(workload: WorkloadId, request: HttpRequest, tls: TerminatedTls | undefined): HttpResponse {
  // A space in the request line (a proxy may write query parameters back decoded) garbles it.
  if (
    request.version !== '2' &&
    (request.path.includes(' ') || badEscape(request.path) || !GO_TARGET.test(request.path))
  )
    return goBadRequest('400 Bad Request');
  if (request.noHost && request.version === '1.1') return goBadRequest('400 Bad Request: missing required Host header');
  if (!GO_HOST.test(request.authority)) return goBadRequest('400 Bad Request: malformed Host header');
  const expects = request.headers.find(([name]) => name === 'expect')?.[1];
  if (expects !== undefined && !/^100-continue$/i.test(expects)) return EXPECTATION_FAILED;
  const appSaw = seen(request, tls);
  const chunked = request.version === '1.1' && echoLength(workload, appSaw) > GO_BUFFER;
  return {
    status: 200,
    headers: [['content-type', 'application/json'], ...(chunked ? [['transfer-encoding', 'chunked'] as const] : [])],
    servedBy: workload,
    appSaw,
    ...(chunked ? { unsized: true } : {}),
    ...(request.version === '1.0' ? { closes: true } : {}),
  };
}

const EXPECTATION_FAILED: HttpResponse = { status: 417, headers: [], body: '', closes: true };

/** A percent sign in the path (not in the query) without two hexadecimal digits: Go net/url setPath. */
const badEscape = (target: string): boolean => /%(?![0-9A-Fa-f]{2})/.test(target.replace(/\?.*$/s, ''));

/** What Go's url.ParseRequestURI takes: a path, a star, a URL. */
const GO_TARGET = /^(?:\/|\*$|[A-Za-z][A-Za-z0-9+.-]*:)/;

/** Bytes that Go accepts in a Host header (httpguts.ValidHostHeader). */
const GO_HOST = /^[A-Za-z0-9!$%&()*+,\-.:;=['\]_~]*$/;

/** Go announces the length only of what fits its buffer (net/http bufferBeforeChunkingSize). */
const GO_BUFFER = 2048;

/** Bytes of the echo: one line of JSON, written with Go's HTML-safe escapes. */
function echoLength(workload: WorkloadId, saw: AppSaw): number {
  const { clientCertificate: _certificate, ...printed } = saw;
  const json = JSON.stringify({ saw: printed, servedBy: workload });
  const escaped = json.match(/[<>&\u2028\u2029]/g)?.length ?? 0;
  // An escape is six bytes for one of ASCII; the others are near enough.
  return utf8(json).length + 5 * escaped + 1;
}

function seen(request: HttpRequest, tls: TerminatedTls | undefined): AppSaw {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (HIDDEN.test(name) || TAKEN_BY_GO.test(name)) continue;
    headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  return {
    method: request.method,
    path: request.path,
    // A URL in the request line counts more than the Host header.
    host: /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(request.path)?.[1] ?? request.authority,
    headers,
    ...(tls === undefined
      ? {}
      : {
          tls: true,
          sni: tls.sni ?? '',
          ...(tls.clientCertificate === undefined ? {} : { clientCertificate: tls.clientCertificate }),
        }),
  };
}

/** Go's answer to bytes that are no HTTP request. */
export const GO_BAD_REQUEST_LINE = 'HTTP/1.1 400 Bad Request';

const goBadRequest = (body: string): HttpResponse => ({
  status: 400,
  headers: [['content-type', 'text/plain; charset=utf-8']],
  body,
  unsized: true,
  closes: true,
});

/** Methods by whose first five bytes Go recognises HTTP on a TLS port (tlsRecordHeaderLooksLikeHTTP). */
const GO_RECOGNISES = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'];

/** Plain HTTP to an https port: Go answers in plain text, without headers, or just hangs up. */
export function plainHttpToTlsPort(request: HttpRequest): HttpResponse | undefined {
  if (request.version === '2' || !GO_RECOGNISES.includes(request.method)) return undefined;
  return {
    status: 400,
    headers: [],
    body: 'Client sent an HTTP request to an HTTPS server.\n',
    unsized: true,
    closes: true,
  };
}
