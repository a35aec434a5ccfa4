/**
 * Who the client is: X-Forwarded-For and X-Forwarded-Proto as the HTTP connection manager reads
 * and extends them. Upstream authority: Envoy source/common/http/conn_manager_utility.cc
 * mutateRequestHeaders; utility.cc getLastAddressFromXFF.
 */
import type { HttpConnectionManager } from '../../control-plane/envoy/http.ts';
import { isIpv4 } from '../../network/cidr.ts';
import type { HttpRequest } from '../wire.ts';

export interface ClientAddress {
  readonly request: HttpRequest;
  /** remote.ip of policies. */
  readonly remoteIp: string;
}

const XFF = 'x-forwarded-for';
const XFP = 'x-forwarded-proto';
const ORIGINAL_PATH = 'x-envoy-original-path';
const EXTERNAL_ADDRESS = 'x-envoy-external-address';

export function resolveClientAddress(
  request: HttpRequest,
  hcm: HttpConnectionManager,
  socketPeer: string,
  tls: boolean,
): ClientAddress {
  const forwardedFor = joined(request, XFF);
  const own = tls ? 'https' : 'http';
  const claimed = joined(request, XFP);
  if (!hcm.useRemoteAddress) {
    const remoteIp = fromRight(forwardedFor, hcm.xffNumTrustedHops) ?? socketPeer;
    return { request: withScheme(request, claimed ?? own), remoteIp };
  }
  const trusted = hcm.xffNumTrustedHops;
  const remoteIp = (trusted > 0 ? fromRight(forwardedFor, trusted - 1) : undefined) ?? socketPeer;
  const appended = forwardedFor === undefined ? socketPeer : `${forwardedFor},${socketPeer}`;
  // At the edge nobody else may say who the client is, or what was asked for.
  const external = replaced(replaced(request.headers, ORIGINAL_PATH, undefined), EXTERNAL_ADDRESS, remoteIp);
  const extended = { ...request, headers: replaced(external, XFF, appended) };
  return { request: withScheme(extended, trusted === 0 || claimed === undefined ? own : claimed), remoteIp };
}

/** The address `skip` entries from the right end; undefined when there are too few, or it is none. */
function fromRight(forwardedFor: string | undefined, skip: number): string | undefined {
  const entries = (forwardedFor ?? '').split(',').map((entry) => entry.trim());
  const entry = entries[entries.length - 1 - skip];
  return entry !== undefined && isIpv4(entry) ? entry : undefined;
}

function withScheme(request: HttpRequest, proto: string): HttpRequest {
  const scheme = proto === 'https' ? 'https' : 'http';
  return { ...request, scheme, headers: replaced(request.headers, XFP, proto) };
}

function joined(request: HttpRequest, name: string): string | undefined {
  const values = request.headers.filter(([key]) => key === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}

export function replaced(
  headers: HttpRequest['headers'],
  name: string,
  value: string | undefined,
): HttpRequest['headers'] {
  const others = headers.filter(([key]) => key !== name);
  return value === undefined ? others : [...others, [name, value]];
}
