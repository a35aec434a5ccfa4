/**
 * Results of certification path validation, as data: the chain that was built, every comparison made
 * on the way, and the first failure with the texts and alerts of the implementation that found it.
 */
import type { Certificate, Crl, KeyUsage } from './types.ts';

/** Who verifies: Envoy (BoringSSL), or curl and other OpenSSL 3 programs. */
export type PathProfile = 'boringssl' | 'openssl';

/** What the peer must be good for: `server` when a client verifies, `client` when a server does. */
export type PathPurpose = 'server' | 'client';

export interface PathOptions {
  readonly now: number;
  readonly purpose: PathPurpose;
  /** Default `boringssl`. */
  readonly profile?: PathProfile;
  /** Revocation lists: when any is given, every certificate of the chain needs one. */
  /** Present, even if empty: revocation is checked. */
  readonly crls?: readonly Crl[];
  /** Envoy's only_verify_leaf_cert_crl. */
  readonly crlLeafOnly?: boolean;
  /** Accept any certificate of the pool as end of the chain. Default true: Envoy and curl both do. */
  readonly partialChain?: boolean;
  /** OpenSSL security level (2 on Debian and Ubuntu): minimum sizes of keys and hashes. Default 2. */
  readonly securityLevel?: number;
}

export interface PathFailure {
  /** X509_V_ERR_* number. */
  readonly number: number;
  /** 0 is the end-entity certificate. */
  readonly depth: number;
  readonly boringsslText: string;
  readonly opensslText: string;
  /** TLS alert description that this verifier sends. */
  readonly alert: number;
}

/** Why a certificate is not the issuer of another (X509_check_issued). */
export type IssuerMismatch =
  | 'subject-is-not-issuer-name'
  | 'authority-key-id-differs'
  | 'authority-serial-differs'
  | 'authority-issuer-differs'
  | 'key-usage-lacks-cert-sign'
  | 'key-type-differs'
  | 'extension-invalid'
  | 'already-in-chain';

interface StepBase {
  readonly depth: number;
  /** The certificate that was judged. */
  readonly certificate: Certificate;
  readonly ok: boolean;
}

export type PathStep =
  /** A certificate was tried as issuer of `certificate`. `chosen` false and `ok` true: suitable, but another was preferred. */
  | (StepBase & {
      readonly kind: 'issuer-candidate';
      readonly candidate: Certificate;
      readonly from: 'anchors' | 'presented';
      readonly chosen: boolean;
      readonly mismatch?: IssuerMismatch;
    })
  /** No issuer was found; the chain ends here. */
  | (StepBase & { readonly kind: 'issuer-missing' })
  /** A self-signed certificate ended the search; `ok` when the very same certificate is an anchor. */
  | (StepBase & { readonly kind: 'self-signed-end'; readonly presented: boolean })
  /** Does the chain contain a certificate of the pool? */
  | (StepBase & { readonly kind: 'trust-anchor'; readonly by?: 'issuer-in-pool' | 'leaf-in-pool' })
  | (StepBase & { readonly kind: 'critical-extensions'; readonly unknown: readonly string[] })
  | (StepBase & { readonly kind: 'ca-flag'; readonly basicConstraints: Certificate['basicConstraints'] })
  | (StepBase & {
      readonly kind: 'extended-key-usage';
      readonly required: string;
      readonly present?: readonly string[];
    })
  | (StepBase & {
      readonly kind: 'key-usage';
      readonly requiredOneOf: readonly KeyUsage[];
      readonly present?: readonly KeyUsage[];
    })
  | (StepBase & { readonly kind: 'path-length'; readonly limit: number; readonly intermediatesBelow: number })
  | (StepBase & {
      readonly kind: 'revocation';
      readonly crl?: Crl;
      readonly problem?:
        | 'missing'
        | 'expired'
        | 'not-yet-valid'
        | 'revoked'
        | 'signature'
        | 'scope'
        | 'key-usage'
        | 'critical';
      readonly revokedAt?: number;
    })
  | (StepBase & { readonly kind: 'signature'; readonly issuer: Certificate })
  | (StepBase & { readonly kind: 'validity'; readonly outcome: 'valid' | 'not-yet-valid' | 'expired' })
  | (StepBase & {
      readonly kind: 'name-constraints';
      readonly constrainedBy: Certificate;
      /** The name that broke a constraint, as text. */
      readonly name?: string;
      readonly problem?: 'not-permitted' | 'excluded' | 'unsupported' | 'common-name-without-san';
    })
  /** OpenSSL's security level: key size or digest too weak. */
  | (StepBase & { readonly kind: 'security-level'; readonly problem?: 'key' | 'digest' });

export type PathStepKind = PathStep['kind'];

export interface PathVerified {
  readonly ok: true;
  /** From the end-entity certificate to the anchor. */
  readonly chain: readonly Certificate[];
  /** Depth of the first certificate that came from the pool (0: the leaf itself is trusted). */
  readonly anchorDepth: number;
  readonly steps: readonly PathStep[];
}

export interface PathRejected {
  readonly ok: false;
  readonly failure: PathFailure;
  /** As far as it was built. */
  readonly chain: readonly Certificate[];
  readonly steps: readonly PathStep[];
}

export type PathResult = PathVerified | PathRejected;
