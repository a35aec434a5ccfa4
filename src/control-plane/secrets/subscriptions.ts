/**
 * Who of one proxy asks for which secret, by which name, to what end: its listeners' chains and its
 * clusters. A reader of the finished configuration: the names are those that Envoy subscribes to.
 *
 * Upstream authority: istio pilot/pkg/security/model/authentication.go
 * ConstructSdsSecretConfig (agent's socket), SDSAdsConfig (ADS, answered by istiod).
 */
import type { Origin } from '../../base/origin.ts';
import type { ProxyConfig } from '../envoy/proxyConfig.ts';
import { isFromIstiod } from './names.ts';

export interface SecretSubscription {
  readonly name: string;
  readonly servedBy: 'istiod' | 'istio-agent';
  readonly askedBy: readonly SecretAsker[];
}

export type SecretAsker = {
  /** To present it, or to check peers against it. */
  readonly to: 'present' | 'verify';
  readonly origins: readonly Origin[];
} & (
  | { readonly kind: 'listener'; readonly listener: string; readonly serverNames: readonly string[] }
  | { readonly kind: 'cluster'; readonly cluster: string }
);

/** In the order in which the proxy asks: its own identity, clusters, then listeners chain by chain. */
export function secretSubscriptions(config: ProxyConfig): readonly SecretSubscription[] {
  const askers = new Map<string, SecretAsker[]>([...config.secrets.keys()].map((name) => [name, []]));
  const ask = (name: string | undefined, asker: SecretAsker): void => {
    if (name !== undefined) askers.get(name)?.push(asker);
  };
  for (const { name: cluster, transport } of config.clusters.values()) {
    if (transport.kind === 'raw') continue;
    const { certificate, validation } = transport.tls;
    const { origins } = transport;
    ask(certificate, { kind: 'cluster', cluster, to: 'present', origins });
    ask(validation?.trustBundle, { kind: 'cluster', cluster, to: 'verify', origins });
  }
  for (const { name: listener, filterChains, defaultFilterChain, nack } of config.listeners) {
    if (nack !== undefined) continue;
    for (const { tls, match } of defaultFilterChain ? [...filterChains, defaultFilterChain] : filterChains) {
      if (tls === undefined) continue;
      const asker = { kind: 'listener', listener, serverNames: match.serverNames, origins: tls.origins } as const;
      for (const name of tls.certificates) ask(name, { ...asker, to: 'present' });
      ask(tls.validation?.trustBundle, { ...asker, to: 'verify' });
    }
  }
  return [...askers].map(([name, askedBy]) => ({
    name,
    servedBy: isFromIstiod(name) ? 'istiod' : 'istio-agent',
    askedBy,
  }));
}
