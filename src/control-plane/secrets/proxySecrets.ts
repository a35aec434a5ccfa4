/**
 * All secrets that one proxy asks for, and the refusals that its log shows. Secrets that istiod
 * sends come in one response: when the proxy refuses one of them, what becomes of the others
 * depends on an order that nothing fixes.
 *
 * Upstream authority: Envoy source/extensions/config_subscription/grpc/watch_map.cc,
 * source/common/listener_manager/lds_api.cc onConfigUpdate.
 */
import type { Mesh, Workload } from '../../mesh/types.ts';
import type { Cluster } from '../envoy/cluster.ts';
import type { DownstreamTlsContext, Listener, ValidationContext } from '../envoy/listener.ts';
import type { ProxyNack, Secret } from '../envoy/proxyConfig.ts';
import type { WorkloadIdentity } from './identity.ts';
import { resolveSecret, type SecretUse } from './resolveSecret.ts';
import { verifiedReferences } from './verifiedReferences.ts';

/** The names that listeners and clusters use, with what for. */
export function secretNamesOf(
  listeners: readonly Listener[],
  clusters: Iterable<Cluster>,
): ReadonlyMap<string, SecretUse> {
  const names = new Map<string, SecretUse>();
  const addValidation = (validation: ValidationContext | undefined) => {
    if (validation?.trustBundle !== undefined) names.set(validation.trustBundle, 'trust-bundle');
  };
  const addDownstream = (tls: DownstreamTlsContext | undefined) => {
    for (const name of tls?.certificates ?? []) names.set(name, 'certificate');
    addValidation(tls?.validation);
  };
  for (const { filterChains, defaultFilterChain } of listeners) {
    for (const chain of filterChains) addDownstream(chain.tls);
    addDownstream(defaultFilterChain?.tls);
  }
  for (const { transport } of clusters) {
    if (transport.kind === 'raw') continue;
    if (transport.tls.certificate !== undefined) names.set(transport.tls.certificate, 'certificate');
    addValidation(transport.tls.validation);
  }
  return names;
}

export function proxySecrets(
  mesh: Mesh,
  workload: Workload,
  identity: WorkloadIdentity,
  names: ReadonlyMap<string, SecretUse>,
): ReadonlyMap<string, Secret> {
  const verified = [...names.keys()].some((name) => name.startsWith('kubernetes-gateway://'))
    ? verifiedReferences(mesh, workload)
    : new Set<string>();
  const secrets = new Map<string, Secret>();
  for (const [name, use] of names) {
    secrets.set(name, resolveSecret({ mesh, workload, identity, name, use, verifiedReferences: verified }));
  }
  const refused = [...secrets].find(([name, secret]) => isFromIstiod(name) && secret.kind === 'unloadable');
  if (!refused) return secrets;
  for (const [name, secret] of secrets) {
    if (!isFromIstiod(name) || (secret.kind !== 'certificate' && secret.kind !== 'trust-bundle')) continue;
    secrets.set(name, {
      kind: 'unknown',
      cannotTell: { code: 'unknown-world', params: { what: 'sds-response-order', refused: refused[0] } },
      origins: [...secret.origins, ...refused[1].origins],
    });
  }
  return secrets;
}

/** The others come from the agent beside the proxy, one by one. */
const isFromIstiod = (name: string): boolean => name.includes('://');

const LISTENER = 'type.googleapis.com/envoy.config.listener.v3.Listener';
const SECRET = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';

/** What the proxy refused, as istiod logs it. */
export function proxyNacks(listeners: readonly Listener[], secrets: ReadonlyMap<string, Secret>): ProxyNack[] {
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
  return nacks;
}
