/**
 * A connection that reached a pod's own network stack: whichever application listens on the port
 * answers, or nobody does. Input: the workload, port and payload; output: what comes back.
 */
import type { ApplicationFailure, Workload } from '../../mesh/types.ts';
import { withClockOf } from '../clockSkew.ts';
import { cannotTell, type OpenHop, type Run } from '../run.ts';
import { handshakeOutcome, type ServerTls } from '../tls/handshakeOutcome.ts';
import { recordHandshake } from '../tls/recordHandshake.ts';
import { ANY_CIPHER_SUITES } from '../tls/versions.ts';
import type { Cause, HttpRequest, Payload, Reply } from '../wire.ts';
import { failing } from './failing.ts';
import { echo, GO_BAD_REQUEST_LINE, plainHttpToTlsPort, type TerminatedTls } from './httpEcho.ts';
import { nginxPlainHttp } from './nginx.ts';

/** `undefined`: nothing listens there. */
export function applicationReply(
  run: Run,
  parent: OpenHop,
  attempt: number,
  workload: Workload,
  port: number,
  payload: Payload,
): Reply | undefined {
  const application = workload.applications.find((a) => a.port === port);
  if (application === undefined) return undefined;
  // Nobody notices a connection that ends without a byte.
  if (payload.kind === 'nothing') return { kind: 'closed', raced: false };
  const hop = run.openHop({ kind: 'application', workload: workload.id, port }, parent, attempt);
  const answering: Answering = { hop, workload, fails: application.fails };
  switch (application.protocol) {
    case 'tcp':
      return lineEcho(answering, payload);
    case 'http':
      return plainHttp(answering, payload);
    case 'https': {
      const identity = run.env.servingIdentity(workload, application);
      const [leaf, ...rest] = identity?.chain ?? [];
      if (identity === undefined || leaf === undefined) {
        return cannotTell(hop, { code: 'unknown-world', params: { what: application.certificate ?? 'certificate' } });
      }
      const server: ServerTls = {
        implementation: 'go',
        certificates: [{ chain: [leaf, ...rest], key: identity.key }],
        alpn: [],
        minVersion: '1.2',
        maxVersion: '1.3',
        cipherSuites: ANY_CIPHER_SUITES,
        clientCertificate: identity.clientAnchors === undefined ? 'not-requested' : 'required',
        demands: { anchors: identity.clientAnchors ?? 'none', names: [], hashPins: [], spkiPins: [] },
        acceptUntrusted: false,
        origins: [{ resource: workload.origin.resource, path: workload.origin.path }],
      };
      return tlsHttp(run, answering, server, payload, application.server === 'nginx');
    }
  }
}

interface Answering {
  readonly hop: OpenHop;
  readonly workload: Workload;
  readonly fails: ApplicationFailure | undefined;
}

function lineEcho({ hop, workload, fails }: Answering, payload: Payload): Reply {
  if (payload.kind === 'nothing') return ended(hop, { kind: 'closed', raced: false });
  if (fails !== undefined) return failing(hop, fails, '1.1');
  hop.end('answered');
  const line =
    payload.kind === 'line' ? payload.text : payload.kind === 'http' ? requestLine(payload.request) : undefined;
  // A ClientHello is answered too, with what the client cannot read.
  if (line === undefined) return { kind: 'garbage', text: 'echo', looksLike: 'other' };
  return { kind: 'line', text: `echo ${line} from ${workload.id}`, servedBy: workload.id };
}

const requestLine = (request: HttpRequest): string =>
  request.version === '2' ? 'PRI * HTTP/2.0' : `${request.method} ${request.path} HTTP/${request.version}`;

function plainHttp(answering: Answering, payload: Payload): Reply {
  const { hop } = answering;
  switch (payload.kind) {
    case 'http':
      return answered(answering, payload.request, undefined);
    case 'nothing':
      return ended(hop, { kind: 'closed', raced: false });
    case 'line':
      // Go first waits for as many bytes as tell HTTP/2 from HTTP/1.
      if (payload.text.length + 1 < HTTP2_PREFACE_START.length) return ended(hop, { kind: 'silence' });
      return garbageAnswer(hop);
    case 'tls':
      return garbageAnswer(hop);
  }
}

const HTTP2_PREFACE_START = 'PRI * HTTP/2.0';

function tlsHttp(run: Run, answering: Answering, server: ServerTls, payload: Payload, nginx: boolean): Reply {
  const { hop, workload } = answering;
  if (payload.kind === 'nothing') return ended(hop, { kind: 'closed', raced: false });
  if (payload.kind !== 'tls') {
    hop.end('failed');
    const cause = { kind: 'failed' as const, hop: hop.id };
    if (nginx && payload.kind === 'http') return withCause(nginxPlainHttp(payload.request), cause);
    const response = payload.kind === 'http' ? plainHttpToTlsPort(payload.request) : undefined;
    if (response === undefined) return { kind: 'closed', raced: false, cause };
    return { kind: 'http', response: { ...response, cause } };
  }
  const skewed = withClockOf(run.env.mesh, workload, server);
  run.env.observer?.tlsServer(payload, skewed);
  const { facts, session } = handshakeOutcome(payload, skewed, run.env.mesh.now);
  const handshake = recordHandshake(hop, facts, 'server');
  if (session === undefined || session.clientLeaves) {
    hop.end('refused');
    return { kind: 'tls-failed', handshake };
  }
  return {
    kind: 'tls',
    handshake,
    inner: insideTls(answering, payload.inner, payload.client.sni, session.peerChain[0]?.subject.text),
  };
}

const withCause = (reply: Reply, cause: Cause): Reply =>
  reply.kind === 'http' ? { kind: 'http', response: { ...reply.response, cause } } : { ...reply, cause };

function insideTls(
  answering: Answering,
  inner: Payload,
  sni: string | undefined,
  clientCertificate: string | undefined,
): Reply {
  const tls: TerminatedTls = {
    ...(sni === undefined ? {} : { sni }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
  const { hop } = answering;
  switch (inner.kind) {
    case 'http':
      // Without ALPN Go speaks HTTP/1.1 here; an HTTP/2 preface gets an HTTP/1.1 answer.
      if (inner.request.version === '2') return garbageAnswer(hop);
      return answered(answering, inner.request, tls);
    case 'nothing':
      return ended(hop, { kind: 'closed', raced: false });
    case 'line':
    case 'tls':
      return garbageAnswer(hop);
  }
}

function garbageAnswer(hop: OpenHop): Reply {
  hop.end('failed');
  return { kind: 'garbage', text: GO_BAD_REQUEST_LINE, looksLike: 'http', cause: { kind: 'failed', hop: hop.id } };
}

function answered({ hop, workload, fails }: Answering, request: HttpRequest, tls: TerminatedTls | undefined): Reply {
  hop.step({
    kind: 'http-received',
    origins: [],
    method: request.method,
    authority: request.authority,
    path: request.path,
    normalizedPath: request.path,
    version: request.version,
  });
  if (fails !== undefined) return failing(hop, fails, request.version);
  const response = echo(workload.id, request, tls);
  hop.step({ kind: 'responded', origins: [], status: response.status, flags: [], local: true });
  hop.end('answered');
  return { kind: 'http', response };
}

function ended(hop: OpenHop, reply: Reply): Reply {
  hop.end('failed');
  return reply;
}
