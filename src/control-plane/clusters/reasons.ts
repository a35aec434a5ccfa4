/** Why a cluster speaks TLS or plain text: codes for `reason.<code>`, with the names of their parameters. */
import type { Reason } from '../../trace/step.ts';

export const TRANSPORT_REASONS = {
  /** Auto mTLS: TLS to every endpoint that carries the label. */
  'auto-mtls': ['namespace'],
  /** Auto mTLS to an original destination: TLS to every address, since no label can be looked up. */
  'auto-mtls-original-destination': ['namespace'],
  'auto-mtls-off': [],
  'auto-mtls-mesh-external': ['host'],
  'auto-mtls-namespace-disabled': ['namespace'],
  /** Headless, or load balancing PASSTHROUGH: one endpoint without a proxy turns TLS off for all. */
  'auto-mtls-endpoint-without-proxy': ['endpoint'],
  'auto-mtls-no-endpoints': ['host'],
  'destination-rule-tls': ['mode'],
  /** A sidecar uses credentialName only of a DestinationRule with a workloadSelector. */
  'credential-without-workload-selector': ['credential'],
  /** MUTUAL without files or credential. */
  'client-certificate-missing': [],
  /** The application itself, or bytes as they came. */
  'inbound-plain-text': [],
  passthrough: [],
  'no-upstream': [],
  'sni-routed': [],
} as const satisfies Record<string, readonly string[]>;

export const reason = (code: keyof typeof TRANSPORT_REASONS, params: Reason['params'] = {}): Reason => ({
  code,
  params,
});
