/**
 * From Envoy's configuration to a party in a handshake: a DownstreamTlsContext and its secrets
 * make a TLS server, an UpstreamTlsContext (with what the request adds: server name, application
 * protocols) a TLS client. A context whose secrets have not arrived is not ready; one that depends
 * on what the mesh does not hold cannot be judged.
 * Upstream authority: Envoy source/common/tls/{server,client}_ssl_socket.cc, context_config_impl.cc.
 */
import type { UpstreamTlsContext } from '../../control-plane/envoy/cluster.ts';
import type { DownstreamTlsContext, ValidationContext } from '../../control-plane/envoy/listener.ts';
import type { ProxyConfig, Secret } from '../../control-plane/envoy/proxyConfig.ts';
import type { NameExpectation } from '../../trace/tlsStep.ts';
import type { CannotTell } from '../../trace/trace.ts';
import type { ClientTrust, TlsClient } from '../wire.ts';
import type { ServerTls } from './handshakeOutcome.ts';
import type { Demands } from './verifyPeer.ts';
import { ENVOY_CIPHER_SUITES } from './versions.ts';

export type Context<T> =
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'not-ready'; readonly secret: string }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTell };

const ready = <T>(value: T): Context<T> => ({ kind: 'ready', value });

type Servers = WeakMap<DownstreamTlsContext, Context<ServerTls>>;
const bySecrets = new WeakMap<ProxyConfig['secrets'], Servers>();

/** The TLS server that a filter chain is. Remembered: a context belongs to one proxy, and its secrets. */
export function envoyServer(config: ProxyConfig, tls: DownstreamTlsContext): Context<ServerTls> {
  const servers: Servers = bySecrets.get(config.secrets) ?? new WeakMap();
  bySecrets.set(config.secrets, servers);
  const made = servers.get(tls) ?? makeServer(config, tls);
  servers.set(tls, made);
  return made;
}

function makeServer(config: ProxyConfig, tls: DownstreamTlsContext): Context<ServerTls> {
  const certificates: ServerTls['certificates'][number][] = [];
  for (const name of tls.certificates) {
    const secret = config.secrets.get(name);
    if (secret?.kind === 'unknown') return { kind: 'cannot-tell', why: secret.cannotTell };
    const [leaf, ...rest] = secret?.kind === 'certificate' ? secret.chain : [];
    if (secret?.kind === 'certificate' && leaf) certificates.push({ chain: [leaf, ...rest], key: secret.key });
  }
  if (certificates.length === 0) return { kind: 'not-ready', secret: tls.certificates[0] ?? '' };
  const demands = demandsOf(config, tls.validation);
  if (demands.kind !== 'ready') return demands;
  const { validation } = tls;
  const checksNames =
    validation !== undefined &&
    validation.matchSans.length + validation.verifyCertificateHash.length + validation.verifyCertificateSpki.length > 0;
  const required = tls.requireClientCertificate || checksNames;
  return ready({
    implementation: 'envoy-boringssl',
    certificates,
    alpn: tls.alpn,
    minVersion: tls.minVersion,
    maxVersion: tls.maxVersion,
    cipherSuites: cipherSuites(tls.cipherSuites),
    clientCertificate: required ? 'required' : validation === undefined ? 'not-requested' : 'requested',
    demands: demands.value,
    acceptUntrusted: validation?.acceptUntrusted ?? false,
    origins: tls.origins,
  });
}

/** Equal-preference groups (`[A|B]`) are taken in order; TLS 1.3 suites cannot be configured. */
function cipherSuites(configured: readonly string[]): readonly string[] {
  const suites = configured.flatMap((suite) => suite.replace(/^\[|\]$/g, '').split('|'));
  return suites.length === 0 ? ENVOY_CIPHER_SUITES : suites;
}

function demandsOf(config: ProxyConfig, validation: ValidationContext | undefined): Context<Demands> {
  const none: Demands = { anchors: 'none', names: [], hashPins: [], spkiPins: [] };
  if (validation === undefined) return ready(none);
  const demands = {
    ...none,
    names: sanExpectations(validation),
    hashPins: validation.verifyCertificateHash,
    spkiPins: validation.verifyCertificateSpki,
  };
  if (validation.trustBundle === undefined) return ready(demands);
  const secret: Secret | undefined = config.secrets.get(validation.trustBundle);
  switch (secret?.kind) {
    case 'trust-bundle':
      return ready({ ...demands, anchors: secret.anchors, ...(secret.crls && { crls: secret.crls }) });
    case 'system-trust':
      return ready({ ...demands, anchors: 'system' });
    case 'unknown':
      return { kind: 'cannot-tell', why: secret.cannotTell };
    default:
      return { kind: 'not-ready', secret: validation.trustBundle };
  }
}

function sanExpectations({ matchSans }: ValidationContext): readonly NameExpectation[] {
  const valuesOf = (kind: 'exact' | 'prefix') => matchSans.flatMap((san) => (san.kind === kind ? [san.value] : []));
  const exact = valuesOf('exact');
  const prefix = valuesOf('prefix');
  return [
    ...(exact.length === 0 ? [] : [{ kind: 'exact-san' as const, anyOf: exact }]),
    ...(prefix.length === 0 ? [] : [{ kind: 'san-prefix' as const, anyOf: prefix }]),
  ];
}

/** What a request adds to the cluster's context. */
export interface UpstreamTlsRequest {
  /** Host header after rewriting, without port; absent for TCP. */
  readonly host?: string;
  /** The host is an IP address: no server name is sent. */
  readonly hostIsAddress: boolean;
  /** Application protocols that the ALPN filter sets for this request. */
  readonly alpn?: readonly string[];
}

/** The TLS client that an upstream connection is. */
export function envoyClient(
  config: ProxyConfig,
  tls: UpstreamTlsContext,
  request: UpstreamTlsRequest,
): Context<TlsClient> {
  const demands = demandsOf(config, tls.validation);
  if (demands.kind !== 'ready') return demands;
  let certificate: TlsClient['certificate'];
  if (tls.certificate !== undefined) {
    const secret = config.secrets.get(tls.certificate);
    if (secret?.kind === 'unknown') return { kind: 'cannot-tell', why: secret.cannotTell };
    if (secret?.kind !== 'certificate') return { kind: 'not-ready', secret: tls.certificate };
    certificate = { chain: secret.chain, key: secret.key };
  }
  const { host } = request;
  const sni = tls.sni ?? (tls.autoSni && host !== undefined && !request.hostIsAddress ? host : undefined);
  const autoSan: readonly NameExpectation[] =
    tls.autoSanValidation && host !== undefined ? [{ kind: 'auto-san', host }] : [];
  const trust: ClientTrust = { ...demands.value, names: [...autoSan, ...demands.value.names] };
  return ready({
    implementation: 'envoy-boringssl',
    ...(sni === undefined || sni === '' ? {} : { sni }),
    alpn: tls.alpnOverride && request.alpn !== undefined ? request.alpn : tls.alpn,
    minVersion: tls.minVersion,
    maxVersion: tls.maxVersion,
    cipherSuites: cipherSuites(tls.cipherSuites),
    ...(certificate === undefined ? {} : { certificate }),
    trust,
  });
}
