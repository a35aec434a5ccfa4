/**
 * The steps of a workload's certificate request as data, for the animation of the flow and for the
 * reason when it fails. Texts are those of istiod, of its agent, of Kubernetes.
 */
export type CsrActor = 'agent' | 'istiod' | 'api-server' | 'cert-manager' | 'envoy';

export interface CsrStep {
  readonly kind:
    | 'key-and-request-made'
    | 'request-sent'
    | 'caller-authenticated'
    | 'signer-chosen'
    | 'request-checked'
    | 'csr-created'
    | 'csr-approved'
    | 'csr-answered'
    | 'certificate-signed'
    | 'root-chosen'
    | 'chain-verified'
    | 'reply-received'
    | 'secret-delivered';
  readonly from: CsrActor;
  readonly to: CsrActor;
  readonly ok: boolean;
  readonly params: Readonly<Record<string, string>>;
  /** What the system itself says. */
  readonly text?: string;
}

export type GrpcCode = 'InvalidArgument' | 'Internal' | 'Unauthenticated' | 'Unavailable';

export interface CsrFailure {
  readonly code:
    | 'istiod-does-not-run'
    | 'istiod-untrusted'
    | 'ttl-too-long'
    | 'signing-certificate-expired'
    | 'signer-domain-missing'
    | 'signer-name-missing'
    | 'approval-forbidden'
    | 'csr-timeout'
    | 'root-missing'
    | 'root-does-not-verify'
    | 'reply-too-short';
  readonly grpc?: GrpcCode;
  /** As the agent logs it. */
  readonly text: string;
  /** The agent tries again inside the call, before Envoy's secret fails. */
  readonly retried: boolean;
  /** Why an unanswered request stays so: the event on it. */
  readonly event?: { readonly reason: string; readonly message: string };
}

/** The agent retries these inside one call (pkg/security/retry.go). */
export const isRetried = (grpc: GrpcCode): boolean => grpc === 'Internal' || grpc === 'Unavailable';

/** How istiod's error reaches the agent's log. */
export const signingError = (grpc: GrpcCode, reason: string): string =>
  `create certificate: rpc error: code = ${grpc} desc = CSR signing error (${reason})`;

/** How the failure ends in the SDS stream to Envoy. */
export const sdsError = (text: string): string =>
  `failed to generate secret for default: failed to generate workload certificate: ${text}`;
