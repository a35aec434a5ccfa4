/**
 * Abstract HTTP messages -> bytes, as they travel: HTTP/1.x text, or the frames of HTTP/2 with
 * headers as plain literals (RFC 9113, RFC 7541 6.2.2). What an implementation adds of its own
 * (settings, dynamic tables, priorities) is left out: nothing depends on it.
 */
import { type Bytes, concatBytes, utf8 } from '../crypto/bytes.ts';
import { ANNOUNCED_BYTES } from '../data-plane/application/failing.ts';
import type { HttpRequest, HttpResponse } from '../data-plane/wire.ts';

type Headers = readonly (readonly [string, string])[];

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  421: 'Misdirected Request',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const lines = (headers: Headers): string => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');

export function requestBytes(request: HttpRequest): Bytes {
  if (request.version === '2') return http2Request(request);
  const { method, path, version, authority, headers } = request;
  return utf8(`${method} ${path} HTTP/${version}\r\nhost: ${authority}\r\n${lines(headers)}\r\n`);
}

export function responseBytes(response: HttpResponse, request: Pick<HttpRequest, 'version' | 'method'>): Bytes {
  const body = request.method === 'HEAD' ? '' : bodyOf(response);
  if (request.version === '2') return http2Response(response, body);
  const isChunked = response.headers.some(([name]) => name === 'transfer-encoding');
  const hasLength = response.headers.some(([name]) => name === 'content-length');
  const length: Headers =
    isChunked || hasLength || response.unsized === true || response.status === 304
      ? []
      : [['content-length', String(response.cutShort ? ANNOUNCED_BYTES : utf8(body).length)]];
  const head = `HTTP/${request.version} ${response.status} ${REASONS[response.status] ?? ''}\r\n`;
  const text = `${head}${lines([...response.headers, ...length])}\r\n`;
  return utf8(text + (isChunked ? chunks(body) : body));
}

/** An answer without a body of its own is the application's echo. */
function bodyOf({ body, appSaw, servedBy }: HttpResponse): string {
  if (body !== undefined) return body;
  return appSaw === undefined ? '' : `${JSON.stringify({ saw: appSaw, servedBy })}\n`;
}

const chunks = (body: string): string =>
  `${body === '' ? '' : `${utf8(body).length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`;

const PREFACE = utf8('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const FRAME = { data: 0, headers: 1, reset: 3, settings: 4 } as const;
const INTERNAL_ERROR = Uint8Array.of(0, 0, 0, 2);
const END_STREAM = 1;
const END_HEADERS = 4;

function frame(type: number, flags: number, stream: number, payload: Bytes): Bytes {
  const { length } = payload;
  const head = [length >> 16, length >> 8, length, type, flags, stream >> 24, stream >> 16, stream >> 8, stream];
  return concatBytes(Uint8Array.from(head), payload);
}

const SETTINGS = frame(FRAME.settings, 0, 0, new Uint8Array());

/** HPACK: an integer with a prefix of seven bits. */
function hpackLength(value: number): Bytes {
  if (value < 127) return Uint8Array.of(value);
  const bytes = [127];
  let rest = value - 127;
  for (; rest >= 128; rest >>= 7) bytes.push((rest & 127) | 128);
  return Uint8Array.from([...bytes, rest]);
}

const hpackText = (text: string): Bytes => concatBytes(hpackLength(utf8(text).length), utf8(text));

const headerBlock = (headers: Headers): Bytes =>
  concatBytes(
    ...headers.map(([name, value]) => concatBytes(Uint8Array.of(0), hpackText(name.toLowerCase()), hpackText(value))),
  );

function http2Request({ method, scheme, authority, path, headers }: HttpRequest): Bytes {
  const block = headerBlock([
    [':method', method],
    [':scheme', scheme],
    [':authority', authority],
    [':path', path],
    ...headers,
  ]);
  return concatBytes(PREFACE, SETTINGS, frame(FRAME.headers, END_HEADERS | END_STREAM, 1, block));
}

function http2Response({ status, headers, cutShort }: HttpResponse, body: string): Bytes {
  const ownToHttp1 = /^(connection|transfer-encoding|keep-alive)$/;
  const kept = headers.filter(([name]) => !ownToHttp1.test(name));
  const head = headerBlock([[':status', String(status)], ...kept]);
  const last = body === '' ? END_STREAM : 0;
  return concatBytes(
    SETTINGS,
    frame(FRAME.headers, END_HEADERS | last, 1, head),
    ...(body === '' ? [] : [frame(FRAME.data, cutShort ? 0 : END_STREAM, 1, utf8(body))]),
    ...(cutShort ? [frame(FRAME.reset, 0, 1, INTERNAL_ERROR)] : []),
  );
}
