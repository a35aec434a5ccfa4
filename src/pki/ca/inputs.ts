/**
 * What the issuance of workload certificates depends on, as plain data: Secrets, cert-manager objects,
 * istiod's environment, mesh configuration, proxies. Specs keep the API's own JSON shape (what is used
 * of it), so resources can be passed as they are. Every input may carry nothing but its names and spec.
 */
import type { KeyAlgorithm } from '../keyAlgorithm.ts';

export interface SecretInput {
  readonly namespace: string;
  readonly name: string;
  readonly type?: string;
  /** Decoded text of `data` and `stringData`. */
  readonly data: Readonly<Record<string, string>>;
}

export interface IssuerSpecInput {
  readonly selfSigned?: object | undefined;
  readonly ca?: { readonly secretName?: string | undefined } | undefined;
  readonly acme?: unknown;
  readonly vault?: unknown;
  readonly venafi?: unknown;
}

export interface IssuerInput {
  readonly kind: 'Issuer' | 'ClusterIssuer';
  /** Empty for a ClusterIssuer. */
  readonly namespace: string;
  readonly name: string;
  readonly spec: IssuerSpecInput;
}

export interface NameConstraintItemInput {
  readonly dnsDomains?: readonly string[] | undefined;
  readonly ipRanges?: readonly string[] | undefined;
  readonly emailAddresses?: readonly string[] | undefined;
  readonly uriDomains?: readonly string[] | undefined;
}

/** spec of a cert-manager.io/v1 Certificate. */
export interface CertificateSpecInput {
  readonly subject?:
    | {
        readonly organizations?: readonly string[] | undefined;
        readonly countries?: readonly string[] | undefined;
        readonly organizationalUnits?: readonly string[] | undefined;
        readonly localities?: readonly string[] | undefined;
        readonly provinces?: readonly string[] | undefined;
        readonly streetAddresses?: readonly string[] | undefined;
        readonly postalCodes?: readonly string[] | undefined;
        readonly serialNumber?: string | undefined;
      }
    | undefined;
  readonly literalSubject?: string | undefined;
  readonly commonName?: string | undefined;
  /** Go durations: `2160h`. */
  readonly duration?: string | undefined;
  readonly renewBefore?: string | undefined;
  readonly renewBeforePercentage?: number | undefined;
  readonly dnsNames?: readonly string[] | undefined;
  readonly ipAddresses?: readonly string[] | undefined;
  readonly uris?: readonly string[] | undefined;
  readonly emailAddresses?: readonly string[] | undefined;
  readonly otherNames?: unknown;
  readonly secretName?: string | undefined;
  readonly issuerRef?:
    | { readonly name?: string | undefined; readonly kind?: string | undefined; readonly group?: string | undefined }
    | undefined;
  readonly isCA?: boolean | undefined;
  readonly usages?: readonly string[] | undefined;
  readonly privateKey?:
    | {
        readonly algorithm?: string | undefined;
        readonly size?: number | undefined;
        readonly rotationPolicy?: string | undefined;
        readonly encoding?: string | undefined;
      }
    | undefined;
  readonly nameConstraints?:
    | {
        readonly critical?: boolean | undefined;
        readonly permitted?: NameConstraintItemInput | undefined;
        readonly excluded?: NameConstraintItemInput | undefined;
      }
    | undefined;
}

export interface CertificateInput {
  readonly namespace: string;
  readonly name: string;
  readonly spec: CertificateSpecInput;
}

/** An entry of meshConfig.caCertificates. */
export interface CaCertificateInput {
  readonly pem?: string;
  readonly certSigners: readonly string[];
}

export interface IstiodInput {
  /** Environment of istiod. Undefined: the installation is not described, see `istiodEnvironment`. */
  readonly env?: Readonly<Record<string, string>>;
  /** ./etc/external-ca-cert/root-cert.pem. */
  readonly externalCaRoot?: string;
  /** The API server's own CA, which the RA uses without a signer domain; derived when absent. */
  readonly apiServerCa?: string;
  /** Signer names that RBAC lets istiod approve, `domain/*` allowed. Undefined: all. */
  readonly mayApprove?: readonly string[];
  /** `namespace/name` or `namespace/*` of Issuers that RBAC lets istiod reference. Undefined: all. */
  readonly mayReference?: readonly string[];
}

export interface PkiWorld {
  readonly seed: string;
  /** The mesh clock. */
  readonly now: number;
  readonly trustDomain: string;
  /** Where istiod and its Secrets live; default `istio-system`. */
  readonly istiodNamespace?: string;
  readonly istiod: IstiodInput;
  readonly caCertificates: readonly CaCertificateInput[];
  readonly secrets: readonly SecretInput[];
  readonly issuers: readonly IssuerInput[];
  readonly certificates: readonly CertificateInput[];
  /** --cluster-resource-namespace of cert-manager; default `cert-manager`. */
  readonly clusterResourceNamespace?: string;
  /** Proxies send the root bundle too, as istio-agent makes them; default true. */
  readonly presentRoot?: boolean;
  /** ExperimentalCertificateSigningRequestControllers; default true, as the task that uses it installs it. */
  readonly csrControllers?: boolean;
}

/** A proxy that asks for a certificate. */
export interface ProxyInput {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** The identity that istiod authenticates. */
  readonly spiffeId: string;
  /** ISTIO_META_CERT_SIGNER in its effective metadata. */
  readonly certSigner?: string;
  /** Key that its agent makes (WORKLOAD_RSA_KEY_SIZE, ECC_SIGNATURE_ALGORITHM). Default P-256: no verdict depends on it, and RSA keys are slow. */
  readonly keyAlgorithm?: KeyAlgorithm;
  /** Requested lifetime (SECRET_TTL); default 24 h. */
  readonly ttl?: number;
  /** SECRET_GRACE_PERIOD_RATIO; default 0.5. */
  readonly graceRatio?: number;
  /** PROXY_CONFIG_XDS_AGENT: the agent takes the trust bundle from istiod. */
  readonly takesTrustBundle?: boolean;
}
