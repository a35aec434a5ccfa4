/**
 * All secrets that one proxy asks for, and the refusals that its log shows.
 *
 * istiod sends the secrets of all listeners in one response. The proxy takes them in the reverse
 * order of its asking and stops at the first that it refuses: what it asked for before that one
 * (chains above it in the listener) never arrives. Clusters are warm before listeners are read, so
 * their secrets are in place by then; in which order clusters ask is not fixed.
 *
 * Upstream authority: Envoy source/extensions/config_subscription/grpc/grpc_mux_impl.cc
 * onDiscoveryResponse (a new watch goes to the front), source/common/listener_manager/lds_api.cc.
 */
import type { Mesh, Workload } from '../../mesh/types.ts';
import { parseCertificateHash, parseSpkiHash } from '../../pki/envoyPeer.ts';
import type { Certificate } from '../../pki/types.ts';
import type { Cluster } from '../envoy/cluster.ts';
import type { RouteConfiguration } from '../envoy/http.ts';
import type { DownstreamTlsContext, Listener, ValidationContext } from '../envoy/listener.ts';
import type { ProxyNack, Secret } from '../envoy/proxyConfig.ts';
import type { WorkloadIdentity } from './identity.ts';
import { isFromIstiod, WORKLOAD_CERTIFICATE, WORKLOAD_ROOT } from './names.ts';
import { resolveSecret, type SecretUse } from './resolveSecret.ts';
import { verifiedReferences } from './verifiedReferences.ts';

type Names = Map<string, SecretUse>;

/** @param clusters Those that may use other secrets than the workload's own. */
export function proxySecrets(
  mesh: Mesh,
  workload: Workload,
  identity: WorkloadIdentity,
  listeners: readonly Listener[],
  clusters: Iterable<Cluster>,
): ReadonlyMap<string, Secret> {
  const contexts = listeners.flatMap(tlsContexts);
  const ofClusters = namesOfClusters(clusters);
  const ofListeners = namesOfListeners(contexts);
  const names: Names = new Map([...ALWAYS, ...ofClusters, ...ofListeners]);
  const verified = [...names.keys()].some((name) => name.startsWith('kubernetes-gateway://'))
    ? verifiedReferences(mesh, workload)
    : new Set<string>();
  const secrets = new Map<string, Secret>();
  for (const [name, use] of names) {
    secrets.set(name, resolveSecret({ mesh, workload, identity, name, use, verifiedReferences: verified }));
  }
  refuseNameless(secrets, contexts);
  refuseBadPins(secrets, contexts);
  stopAtRefusal(
    secrets,
    [...ofListeners.keys()].filter((name) => isFromIstiod(name) && !ofClusters.has(name)),
  );
  leaveOpenBesideRefusal(secrets, [...ofClusters.keys()].filter(isFromIstiod));
  return secrets;
}

/** Every proxy asks for these. */
const ALWAYS = [
  [WORKLOAD_CERTIFICATE, 'certificate'],
  [WORKLOAD_ROOT, 'trust-bundle'],
] as const;

const tlsContexts = ({ filterChains, defaultFilterChain, nack }: Listener): readonly DownstreamTlsContext[] =>
  nack === undefined
    ? [...filterChains, ...(defaultFilterChain ? [defaultFilterChain] : [])].flatMap(({ tls }) => tls ?? [])
    : [];

const addValidation = (names: Names, validation: ValidationContext | undefined) => {
  if (validation?.trustBundle !== undefined && !names.has(validation.trustBundle)) {
    names.set(validation.trustBundle, 'trust-bundle');
  }
};

/** In the order in which the proxy asks: chain by chain, certificates before the CA. */
function namesOfListeners(contexts: readonly DownstreamTlsContext[]): Names {
  const names: Names = new Map();
  for (const { certificates, validation } of contexts) {
    for (const name of certificates) if (!names.has(name)) names.set(name, 'certificate');
    addValidation(names, validation);
  }
  return names;
}

function namesOfClusters(clusters: Iterable<Cluster>): Names {
  const names: Names = new Map();
  for (const { transport } of clusters) {
    if (transport.kind === 'raw') continue;
    if (transport.tls.certificate !== undefined) names.set(transport.tls.certificate, 'certificate');
    addValidation(names, transport.tls.validation);
  }
  return names;
}

/** A server's TLS sessions are told apart by the names of its certificate: it must have one. */
function refuseNameless(secrets: Map<string, Secret>, contexts: readonly DownstreamTlsContext[]): void {
  for (const name of contexts.flatMap(({ certificates }) => certificates)) {
    // The workload's own certificate has its identity, and is not made before somebody needs it.
    const secret = name === WORKLOAD_CERTIFICATE ? undefined : secrets.get(name);
    const leaf = secret?.kind === 'certificate' ? secret.chain[0] : undefined;
    if (secret === undefined || leaf === undefined || isNamed(leaf)) continue;
    secrets.set(name, {
      kind: 'unloadable',
      message: 'Invalid TLS context has neither subject CN nor SAN names',
      why: { code: 'secret-refused-nameless', params: {} },
      origins: secret.origins,
    });
  }
}

const isNamed = ({ subject, subjectAltNames = [] }: Certificate): boolean =>
  /(?:^|[,+])CN=/.test(subject.text) || subjectAltNames.some(({ kind }) => /^(?:dns|uri|ip)$/.test(kind));

/** Pins of the right length that are no fingerprints come to light when the last secret arrives. */
function refuseBadPins(secrets: Map<string, Secret>, contexts: readonly DownstreamTlsContext[]): void {
  for (const { certificates, validation } of contexts) {
    const [name] = certificates;
    const problem = validation && badPin(validation);
    const own = name === undefined ? undefined : secrets.get(name);
    const root = validation?.trustBundle === undefined ? undefined : secrets.get(validation.trustBundle);
    if (name === undefined || problem === undefined || own?.kind !== 'certificate' || root?.kind !== 'trust-bundle')
      continue;
    secrets.set(name, {
      kind: 'unloadable',
      message: problem,
      why: { code: 'secret-refused-pins', params: {} },
      origins: own.origins,
    });
  }
}

function badPin({ verifyCertificateHash, verifyCertificateSpki }: ValidationContext): string | undefined {
  const results = [...verifyCertificateHash.map(parseCertificateHash), ...verifyCertificateSpki.map(parseSpkiHash)];
  const bad = results.find((result) => !result.ok);
  return bad?.ok === false ? bad.error : undefined;
}

function stopAtRefusal(secrets: Map<string, Secret>, asked: readonly string[]): void {
  const refused = asked.findLast((name) => secrets.get(name)?.kind === 'unloadable');
  if (refused === undefined) return;
  for (const name of asked.slice(0, asked.indexOf(refused))) {
    const secret = secrets.get(name);
    if (!secret || secret.kind === 'missing') continue;
    secrets.set(name, {
      kind: 'missing',
      why: { code: 'sds-response-refused', params: { refused } },
      origins: [...(secrets.get(refused)?.origins ?? []), ...secret.origins],
    });
  }
}

function leaveOpenBesideRefusal(secrets: Map<string, Secret>, asked: readonly string[]): void {
  const refused = asked.find((name) => secrets.get(name)?.kind === 'unloadable');
  if (refused === undefined) return;
  for (const name of asked) {
    const secret = secrets.get(name);
    if (secret?.kind !== 'certificate' && secret?.kind !== 'trust-bundle') continue;
    secrets.set(name, {
      kind: 'unknown',
      cannotTell: { code: 'unknown-world', params: { what: 'sds-response-order', refused } },
      origins: [...secret.origins, ...(secrets.get(refused)?.origins ?? [])],
    });
  }
}

const LISTENER = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const SECRET = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
const ROUTES = 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration';

/** What the proxy refused, as istiod logs it. */
export function proxyNacks(
  listeners: readonly Listener[],
  secrets: ReadonlyMap<string, Secret>,
  routes: Iterable<RouteConfiguration>,
): ProxyNack[] {
  const nacks: ProxyNack[] = [];
  const refused = listeners.filter((listener) => listener.nack !== undefined);
  if (refused.length > 0) {
    nacks.push({
      typeUrl: LISTENER,
      resource: refused.map(({ name }) => name).join(', '),
      message: `Error adding/updating listener(s) ${refused.map(({ name, nack }) => `${name}: ${nack ?? ''}\n`).join('')}`,
      origins: refused.flatMap(({ origins }) => origins),
    });
  }
  for (const [name, secret] of secrets) {
    if (secret.kind !== 'unloadable') continue;
    nacks.push({ typeUrl: SECRET, resource: name, message: secret.message, origins: secret.origins });
  }
  for (const { name, nack, origins } of routes) {
    if (nack !== undefined) nacks.push({ typeUrl: ROUTES, resource: name, message: nack, origins });
  }
  return nacks;
}
