/** Which certificate of that fingerprint the secrets of some proxies hold. */
import type { Certificate } from '../../pki/types.ts';
import type { ProxyConfig } from '../envoy/proxyConfig.ts';

export function secretCertificate(configs: Iterable<ProxyConfig>, fingerprint: string): Certificate | undefined {
  for (const config of configs) {
    for (const secret of config.secrets.values()) {
      const held = secret.kind === 'certificate' ? secret.chain : secret.kind === 'trust-bundle' ? secret.anchors : [];
      const found = held.find((certificate) => certificate.fingerprint === fingerprint);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
