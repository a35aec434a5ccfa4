/**
 * The error catalogue: applications that get the request and do not answer it, and servers whose words
 * are those of nginx. What comes of it depends on who stands between: HTTP proxies answer for them.
 */
import { describe, expect, it } from 'vitest';
import { call, type Edit, expected, played, type Row, replace, seed, titled } from './play.ts';

const serves = (what: string): Edit => replace('8080=http', what);
const http2Port: Edit = replace('{name: http, port: 80', '{name: http2, port: 80');
const both =
  (...edits: Edit[]): Edit =>
  (yaml) =>
    edits.reduce((text, edit) => edit(text), yaml);
const REMEDY = 'mend-the-application';

const BEHIND_A_GATEWAY: readonly Row[] = [
  {
    title: 'it never answers',
    edit: serves('8080=http!hangs'),
    exit: [28],
    error: /^Operation timed out after 8000 milliseconds with 0 bytes received$/,
    flags: 'DC',
    remedy: REMEDY,
  },
  {
    title: 'it never answers, and the gateway waits less long',
    edit: both(
      serves('8080=http!hangs'),
      replace('http:\n  - route: [{destination', 'http:\n  - timeout: 1s\n    route: [{destination'),
    ),
    exit: [0],
    status: 504,
    flags: 'UT',
    details: /^response_timeout$/,
    remedy: REMEDY,
  },
  {
    title: 'it hangs up',
    edit: serves('8080=http!closes'),
    exit: [0],
    status: 503,
    flags: 'UC',
    details: /\{connection_termination\}$/,
    remedy: REMEDY,
  },
  {
    title: 'it resets the connection',
    edit: serves('8080=http!resets'),
    exit: [0],
    status: 503,
    flags: 'UC',
    remedy: REMEDY,
  },
  {
    title: 'it resets the stream of HTTP/2',
    edit: both(serves('8080=http!closes'), http2Port),
    exit: [0],
    status: 503,
    flags: 'UR',
    details: /\{remote_reset\}$/,
    remedy: REMEDY,
  },
  {
    title: 'it stops within its answer',
    edit: serves('8080=http!truncates'),
    exit: [18],
    status: 200,
    error: /^transfer closed with 89 bytes remaining to read$/,
    flags: 'UPE',
    details: /^upstream_reset_after_response_started/,
    remedy: REMEDY,
  },
  {
    title: 'it stops within its answer, and the caller speaks HTTP/2',
    edit: serves('8080=http!truncates'),
    call: call({ http2: true }),
    exit: [92],
    status: 200,
    error: /^HTTP\/2 stream 1 was not closed cleanly: INTERNAL_ERROR \(err 2\)$/,
    remedy: REMEDY,
  },
];

const TLS_HANDED_ON: readonly Row[] = [
  {
    title: 'it hangs up',
    edit: replace('8443=https:svccert', '8443=https:svccert!closes'),
    exit: [52],
    remedy: REMEDY,
  },
  {
    title: 'it resets the connection',
    edit: replace('8443=https:svccert', '8443=https:svccert!resets'),
    exit: [56],
    error: /^Recv failure: Connection reset by peer$/,
    flags: 'UR',
    remedy: REMEDY,
  },
];

const PLAIN_TO_TLS: readonly Row[] = [
  {
    title: 'plain HTTP to nginx’s TLS port',
    edit: replace('443=https:', '443=nginx:'),
    call: call({ url: 'http://api.example.com:443/' }),
    exit: [0],
    status: 400,
    remedy: 'speak-tls-to-the-server',
  },
];

describe.each([
  ['an application', seed('003-gateway-outbound', 'http-in-auto-mtls-out', 'http'), BEHIND_A_GATEWAY],
  ['an application that speaks TLS', seed('003-gateway-outbound', 'passthrough-auto-mtls-out', 'https'), TLS_HANDED_ON],
  ['a server outside', seed('003-outbound-external', 'as-is', 'application sends https'), PLAIN_TO_TLS],
] as const)('%s', (_name, base, rows) => {
  it.each(titled(rows))('%s', async (_title, row) => {
    expect(await played(base, row)).toEqual(expected(row));
  });
});
