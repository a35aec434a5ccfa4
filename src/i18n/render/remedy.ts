/**
 * What to do about a call that did not get through: one code for each kind of failure, read from
 * the steps that the trace holds, nearest to the end first. The sentences are under `remedy`.
 * Policies have better advice (suggestions); here is what certificates, listeners and routes need.
 */
import type { Rejected, SecretStep, Step } from '../../trace/step.ts';
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { CannotTell, Hop, Trace } from '../../trace/trace.ts';

export const REMEDIES = [
  'mend-the-client-certificate-file',
  'mend-the-ca-file',
  'resolve-the-name',
  'register-the-host',
  'open-the-port',
  'let-the-packets-through',
  'say-whether-policies-are-enforced',
  'mend-the-listener',
  'trust-the-server-ca',
  'use-a-name-of-the-certificate',
  'renew-the-server-certificate',
  'fix-the-server-certificate',
  'send-a-client-certificate',
  'originate-mutual-tls',
  'use-a-certificate-of-the-client-ca',
  'renew-the-client-certificate',
  'use-an-accepted-client-name',
  'fix-the-client-certificate',
  'use-a-pinned-certificate',
  'replace-the-revoked-certificate',
  'agree-on-tls-version',
  'use-http-1.1',
  'send-a-proper-path',
  'send-a-host',
  'send-smaller-headers',
  'supply-the-secret',
  'keep-the-secret-with-the-gateway',
  'use-the-secret-keys',
  'grant-the-reference',
  'mend-the-secret',
  'speak-tls-to-the-port',
  'speak-plain-text-to-the-port',
  'speak-tls-to-the-server',
  'terminate-tls-at-the-gateway',
  'encrypt-once',
  'use-a-listed-server-name',
  'use-mesh-mtls',
  'call-with-mtls',
  'add-a-route',
  'take-the-fault-away',
  'widen-the-pool',
  'name-an-existing-cluster',
  'give-the-service-endpoints',
  'make-the-application-listen',
  'reach-the-address',
  'give-a-key-set',
  'mend-the-application',
  'name-the-protocol',
  'change-the-policy',
  'present-an-accepted-token',
  'ask-the-authorizer',
] as const;
export type Remedy = (typeof REMEDIES)[number];

/** Undefined for calls that were served, and for what no change would help. */
export function remedyOf(trace: Trace): Remedy | undefined {
  const { disposition } = trace;
  if (disposition.kind === 'served') return undefined;
  if (disposition.kind === 'cannot-tell') {
    return disposition.reasons.some(isNetworkPolicy) ? 'say-whether-policies-are-enforced' : undefined;
  }
  const ofAll = remedyOfAll(trace);
  if (ofAll !== undefined) return ofAll;
  for (const hop of [...trace.hops].reverse()) {
    const remedy = remedyAt(hop);
    if (remedy !== undefined) return remedy;
  }
  return undefined;
}

const isNetworkPolicy = ({ code }: CannotTell): boolean => code === 'network-plugin';

/** What no hop shows alone: the caller's files, and between whom TLS is spoken. */
function remedyOfAll({ outcome, hops }: Trace): Remedy | undefined {
  if (outcome.kind !== 'http') return undefined;
  if (outcome.curlExit === 58) return 'mend-the-client-certificate-file';
  if (outcome.curlExit === 77) return 'mend-the-ca-file';
  const [caller, server] = [hops[0], hops.at(-1)];
  const own = caller && handshakeOf(caller);
  if (server?.party.kind === 'application') {
    const served = handshakeOf(server);
    if (outcome.status === 400 && served === undefined) return 'speak-tls-to-the-server';
    // The caller's own TLS met nobody, since the server took off what a proxy had put around it.
    if (own?.result.kind === 'broken' && served?.client.implementation === 'envoy-boringssl') return 'encrypt-once';
  }
  const plain = own?.result.kind === 'broken' && own.result.reason === 'not-tls';
  return plain && hops.some(passesTls) ? 'terminate-tls-at-the-gateway' : undefined;
}

const handshakeOf = ({ steps }: Hop): TlsHandshakeStep | undefined =>
  steps.findLast((step) => step.kind === 'tls-handshake');

const passesTls = (hop: Hop): boolean =>
  isGateway(hop) && hop.steps.some((step) => step.kind === 'forwarded' && step.protocol === 'tcp');

function remedyAt(hop: Hop): Remedy | undefined {
  for (const step of [...hop.steps].reverse()) {
    switch (step.kind) {
      case 'rbac-check':
        if (step.decision === 'denied') return 'change-the-policy';
        break;
      case 'jwt-check':
        if (step.result === 'refused') return 'present-an-accepted-token';
        break;
      case 'ext-authz':
        if (step.result === 'denied' || step.result === 'error') return 'ask-the-authorizer';
        break;
      case 'tls-handshake':
        if (step.result.kind !== 'established') return tlsRemedy(hop, step);
        break;
      case 'filter-chain-matched':
        if (step.filterChain === undefined) return chainRemedy(hop, step.seen);
        break;
      case 'listener-matched':
        if (step.listener === undefined) {
          return closedRemedy(step.rejected);
        }
        break;
      case 'cluster-selected':
        if (step.missing) return 'name-an-existing-cluster';
        break;
      case 'endpoint-selected':
        if (step.endpoint === undefined) return isBlackHole(hop) ? 'register-the-host' : 'give-the-service-endpoints';
        break;
      case 'secret':
        if (step.state === 'missing' || step.state === 'refused-by-proxy') return secretRemedy(hop);
        break;
      case 'route-matched':
        if (step.virtualHost === 'block_all') return 'register-the-host';
        if (step.virtualHost === undefined || step.route === undefined) {
          if (answeredNotFound(hop)) return 'add-a-route';
        }
        break;
      case 'filter-action':
        if (step.filter === 'fault') return 'take-the-fault-away';
        if (step.filter === 'connection-pool') return 'widen-the-pool';
        break;
      case 'connection-ended':
        if (step.reason.code.startsWith('application-')) return 'mend-the-application';
        break;
      case 'connect':
        if (step.result === 'timeout') return 'let-the-packets-through';
        if (step.result === 'unreachable' && listens(hop)) return 'reach-the-address';
        if (step.result !== 'established') return listens(hop) ? 'make-the-application-listen' : 'open-the-port';
        break;
      case 'dns':
        if (step.unanswered) return 'let-the-packets-through';
        if (step.address === undefined) return 'resolve-the-name';
        break;
      default:
        break;
    }
  }
  if (hop.log?.details === 'http1.codec_error') return 'speak-plain-text-to-the-port';
  if (hop.log?.details === 'low_version') return 'use-http-1.1';
  if (hop.log?.details?.endsWith('{protocol_error}')) return 'name-the-protocol';
  if (hop.log?.details === 'missing_host_header') return 'send-a-host';
  if (hop.log?.details?.startsWith('http2.')) return BAD_STREAMS[hop.log.details];
  if (/^http1\.(?:headers_too_large|too_many_headers)$/.test(hop.log?.details ?? '')) return 'send-smaller-headers';
  if (hop.log?.details === 'path_normalization_failed') return 'send-a-proper-path';
  return undefined;
}

/** Where outboundTrafficPolicy REGISTRY_ONLY sends what no service is known for. */
const isBlackHole = ({ steps }: Hop): boolean =>
  steps.some((step) => step.kind === 'cluster-selected' && step.cluster === 'BlackHoleCluster');

const answeredNotFound = (hop: Hop): boolean => hop.log?.details === 'route_not_found' || hop.log?.status === 404;

/** A proxy that reached nobody stands before an application; a caller before a port. */
const listens = (hop: Hop): boolean => hop.party.kind === 'proxy';

function closedRemedy([first]: readonly Rejected[]): Remedy {
  if (first === undefined) return 'open-the-port';
  if (/jwks/i.test(String(first.reason.params.message))) return 'give-a-key-set';
  return first.reason.code === 'listener-warms' ? 'supply-the-secret' : 'mend-the-listener';
}

const SECRET_REMEDIES: Readonly<Record<string, Remedy>> = {
  'secret-other-namespace': 'keep-the-secret-with-the-gateway',
  'secret-keys-missing': 'use-the-secret-keys',
  'secret-reference-not-granted': 'grant-the-reference',
  'sds-response-refused': 'mend-the-secret',
};

/** What the HTTP/2 codec calls what it does not accept. */
const BAD_STREAMS: Readonly<Record<string, Remedy>> = {
  'http2.violation.of.messaging.rule': 'send-a-host',
  'http2.invalid.header.field': 'send-a-host',
  'http2.header_list_size_too_large': 'send-smaller-headers',
  'http2.too_many_headers': 'send-smaller-headers',
};

const isLacking = (step: Step): step is SecretStep => step.kind === 'secret' && step.state !== 'kept';

function secretRemedy({ steps }: Hop): Remedy {
  const secret = steps.findLast(isLacking);
  if (secret?.state === 'refused-by-proxy') return 'mend-the-secret';
  return SECRET_REMEDIES[secret?.reason?.code ?? ''] ?? 'supply-the-secret';
}

const isGateway = ({ party }: Hop): boolean => party.kind === 'proxy' && party.role === 'gateway';

function chainRemedy(
  hop: Hop,
  seen: { readonly transportProtocol: 'tls' | 'raw_buffer'; readonly serverName?: string },
): Remedy {
  const atGateway = isGateway(hop);
  if (seen.transportProtocol === 'raw_buffer') return atGateway ? 'speak-tls-to-the-port' : 'call-with-mtls';
  return atGateway ? 'use-a-listed-server-name' : 'use-mesh-mtls';
}

function tlsRemedy(hop: Hop, { checks, client, result, role }: TlsHandshakeStep): Remedy {
  const failed = checks.find(({ passed }) => !passed);
  if (failed !== undefined) {
    // Nobody gives a certificate of the mesh to curl.
    const atSidecar = hop.party.kind === 'proxy' && !isGateway(hop);
    if (atSidecar && role === 'server') {
      if (failed.check === 'presented' || client.implementation === 'curl-openssl') return 'call-with-mtls';
    }
    if (failed.check === 'presented' && client.implementation === 'envoy-boringssl') return 'originate-mutual-tls';
    return certificateRemedy(failed);
  }
  if (result.kind === 'broken') {
    if (result.reason === 'no-secret') return secretRemedy(hop);
    if (result.reason !== 'not-tls') return 'use-a-listed-server-name';
    if (role === 'client') return 'speak-plain-text-to-the-port';
    return isGateway(hop) ? 'speak-tls-to-the-port' : 'call-with-mtls';
  }
  return 'agree-on-tls-version';
}

function certificateRemedy({ by, check }: CertificateCheck): Remedy {
  const ofServer = by === 'client';
  switch (check) {
    case 'presented':
      return 'send-a-client-certificate';
    case 'chain':
      return ofServer ? 'trust-the-server-ca' : 'use-a-certificate-of-the-client-ca';
    case 'validity':
      return ofServer ? 'renew-the-server-certificate' : 'renew-the-client-certificate';
    case 'names':
      return ofServer ? 'use-a-name-of-the-certificate' : 'use-an-accepted-client-name';
    case 'pins':
      return 'use-a-pinned-certificate';
    case 'revocation':
      return 'replace-the-revoked-certificate';
    default:
      return ofServer ? 'fix-the-server-certificate' : 'fix-the-client-certificate';
  }
}
