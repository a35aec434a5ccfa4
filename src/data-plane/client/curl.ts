/**
 * A caller with curl: resolves the host, dials, speaks TLS where the URL says so, and reads what
 * comes back. Input: the call; output: what curl tells its user.
 */
import type { Mesh, Workload } from '../../mesh/types.ts';
import { isIpv4 } from '../../network/cidr.ts';
import { resolveHost } from '../../network/resolve.ts';
import { addressOf } from '../../network/translate.ts';
import type { Call, HttpCall } from '../../trace/call.ts';
import type { ClientOutcome, HttpOutcome } from '../../trace/outcome.ts';
import type { CannotTell } from '../../trace/trace.ts';
import { withClockOf } from '../clockSkew.ts';
import { filterLookup } from '../packetFilter.ts';
import { CALLER_TIMEOUT_MS, cannotTell, type OpenHop, type Run } from '../run.ts';
import type { StandingConnection } from '../standing/types.ts';
import { recordHandshake } from '../tls/recordHandshake.ts';
import { brokenFacts, staysOpen } from '../upstream/connectUpstream.ts';
import type { Cause, Payload, Reply, TlsPayload } from '../wire.ts';
import {
  type CurlState,
  curlOutcome,
  localFailure,
  malformedUrl,
  resolvingTimedOut,
  unknownHost,
} from './curlOutcome.ts';
import { curlRequest, curlTlsClient } from './curlRequest.ts';
import { type CurlUrl, parseCurlUrl } from './curlUrl.ts';

export interface ClientResult {
  readonly outcome: ClientOutcome;
  readonly cause?: Cause;
}

export function callWithCurl(
  run: Run,
  hop: OpenHop,
  workload: Workload | undefined,
  call: Call,
  http: HttpCall,
): ClientResult {
  const url = parseCurlUrl(http.url, http.pathAsIs);
  const failed = (outcome: ClientOutcome): ClientResult => {
    hop.end('failed');
    return { outcome, cause: { kind: 'failed', hop: hop.id } };
  };
  if (url === undefined) return failed(malformedUrl());
  const { host, port } = url;
  const dialled = destination(run, hop, workload, call, host);
  if (dialled.kind === 'unknown-host') return failed(unknownHost(dialled.host));
  if (dialled.kind === 'no-dns') return failed(resolvingTimedOut(CALLER_TIMEOUT_MS));
  if (dialled.kind === 'cannot-tell') return told(cannotTell(hop, dialled.why));
  const request = { kind: 'http', request: curlRequest(http, url) } as const;
  let payload: Payload = request;
  let unusable: HttpOutcome | undefined;
  let standing: StandingConnection | undefined;
  if (url.scheme === 'https') {
    const tls = curlTlsClient(http, url);
    if (tls.kind === 'local-error') {
      unusable = localFailure(tls.exit, tls.error);
      payload = { kind: 'nothing' };
    } else {
      standing = run.env.keeper?.find(ownKey(call, http, url));
      const client = standing?.client.tls ?? withClockOf(run.env.mesh, workload, tls.client);
      const connection = run.nextConnection();
      payload = { kind: 'tls', client, inner: request, connection, layer: 1, ...(standing && { standing }) };
    }
  }
  const dialler = {
    hop,
    byProxy: call.container === 'istio-proxy',
    attempt: 1,
    pooled: false,
    ...(workload === undefined ? {} : { workload }),
  };
  const reply = run.dial(dialler, dialled.address, port, payload);
  // Files are read once the connection stands.
  if (unusable !== undefined && stands(reply)) return failed(unusable);
  if (payload.kind === 'tls' && standing === undefined && staysOpen(reply)) {
    const key = ownKey(call, http, url);
    run.env.keeper?.kept(payload.connection, key, { ...(workload && { workload }), tls: payload.client });
  }
  const state: CurlState = {
    dialled: { host: call.connectTo === undefined ? host : dialled.address, port },
    target: { host, port },
    http2: http.httpVersion === '2',
    tls: payload.kind === 'tls' ? 'connecting' : 'none',
  };
  return read(run, hop, reply, payload, state);
}

/** A client like curl, but one that goes on running, uses its connection again for the same host and options. */
const ownKey = (
  { from, container, connectTo }: Call,
  { httpVersion, tls }: HttpCall,
  { host, port }: CurlUrl,
): string => JSON.stringify([from, container, connectTo, host, port, httpVersion, tls]);

const NOT_CONNECTED: readonly Reply['kind'][] = ['refused', 'unreachable', 'connect-timeout', 'cannot-tell'];
const stands = ({ kind }: Reply): boolean => !NOT_CONNECTED.includes(kind);

const told = (reply: Reply): ClientResult => ({
  outcome: { kind: 'unknown' },
  ...(reply.cause ? { cause: reply.cause } : {}),
});

type Destination =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'unknown-host'; readonly host: string }
  /** The question was dropped on its way to the cluster's DNS. */
  | { readonly kind: 'no-dns'; readonly host: string }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

/** --connect-to replaces the host that is looked up; the port stays. */
export function destination(
  run: Run,
  hop: OpenHop,
  workload: Workload | undefined,
  call: Call,
  host: string,
): Destination {
  const { mesh } = run.env;
  const name = call.connectTo === undefined ? host : (addressOf(mesh, call.connectTo) ?? call.connectTo);
  const resolved = resolveHost(mesh, workload?.namespace, name);
  const asked = asksDns(mesh, workload, name) ? filterLookup(run, workload) : undefined;
  if (asked?.kind === 'cannot-tell') return asked;
  if (asked?.kind === 'dropped') {
    hop.step({ kind: 'dns', origins: [asked.by], host: name, unanswered: true });
    return { kind: 'no-dns', host: name };
  }
  hop.step({
    kind: 'dns',
    origins: resolved.kind === 'address' && resolved.service ? [resolved.service.origin] : [],
    host: name,
    ...(resolved.kind === 'address' ? { address: resolved.address } : {}),
  });
  if (resolved.kind === 'address') return resolved;
  if (answeredByAgent(mesh, workload, name)) {
    return { kind: 'cannot-tell', why: { code: 'unknown-world', params: { what: 'dns-capture', host: name } } };
  }
  return { kind: 'unknown-host', host: name };
}

const asksDns = (mesh: Mesh, workload: Workload | undefined, name: string): boolean =>
  !isIpv4(name) && name !== 'localhost' && !answeredByAgent(mesh, workload, name);

/** istio-agent answers names of the registry itself then; for ServiceEntries that is not modelled. */
const answeredByAgent = ({ services }: Mesh, workload: Workload | undefined, name: string): boolean =>
  workload !== undefined && dnsCaptured(workload) && services.some((s) => s.hostname === name.toLowerCase());

const dnsCaptured = (workload: Workload): boolean =>
  workload.proxy === 'sidecar' && workload.proxyMetadata.ISTIO_META_DNS_CAPTURE === 'true';

function read(run: Run, hop: OpenHop, reply: Reply, payload: Payload, state: CurlState): ClientResult {
  if (reply.kind === 'cannot-tell') return { outcome: { kind: 'unknown' } };
  if (reply.kind === 'tls') {
    recordHandshake(hop, reply.handshake, 'client');
    const inner = read(run, hop, reply.inner, { kind: 'nothing' }, { ...state, tls: 'established' });
    return inner.cause === undefined && reply.cause !== undefined ? { ...inner, cause: reply.cause } : inner;
  }
  if (reply.kind === 'tls-failed') recordHandshake(hop, reply.handshake, 'client');
  else if (payload.kind === 'tls') recordBroken(hop, payload, reply);
  const gaveUp = run.clock.now >= CALLER_TIMEOUT_MS && reply.kind !== 'connect-timeout';
  const outcome = curlOutcome(gaveUp ? { kind: 'silence' } : reply, state, CALLER_TIMEOUT_MS);
  if (outcome === undefined) return told(cannotTell(hop, { code: 'unmodelled-protocol', params: { client: 'curl' } }));
  return conclude(hop, reply, outcome);
}

function recordBroken(hop: OpenHop, payload: TlsPayload, reply: Reply): void {
  if (reply.kind === 'refused' || reply.kind === 'unreachable' || reply.kind === 'connect-timeout') return;
  const reason =
    reply.kind === 'reset' ? 'reset' : reply.kind === 'closed' || reply.kind === 'silence' ? 'closed' : 'not-tls';
  recordHandshake(hop, brokenFacts(payload, reason, ''), 'client');
}

function conclude(hop: OpenHop, reply: Reply, outcome: ClientOutcome): ClientResult {
  if (reply.kind === 'tls-failed') {
    const { result } = reply.handshake;
    const byUs = result.kind === 'refused' && result.by === 'client';
    hop.end(byUs ? 'refused' : 'failed');
    if (byUs) return { outcome, cause: { kind: 'refused', hop: hop.id, by: 'server-certificate' } };
  } else {
    hop.end(reply.kind === 'http' || reply.kind === 'line' ? 'answered' : 'failed');
  }
  const cause = reply.kind === 'http' ? (reply.response.cause ?? reply.cause) : reply.cause;
  return cause === undefined ? { outcome } : { outcome, cause };
}
