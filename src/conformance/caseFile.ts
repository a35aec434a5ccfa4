/**
 * The conformance corpus' file format (conformance/README.md describes it for people). Read-only
 * data: what a mesh was, which calls were made, and what real istiod and Envoy answered.
 */

export interface CaseFile {
  readonly name: string;
  readonly area: string;
  readonly title: string;
  readonly seed?: string;
  readonly now: string;
  readonly manifests: string;
  readonly addresses?: Readonly<Record<string, string>>;
  readonly pems?: Readonly<Record<string, CasePem>>;
  readonly workloadCAs?: Readonly<Record<string, string>>;
  readonly trustDomains?: Readonly<Record<string, string>>;
  readonly presentRoot?: boolean;
  readonly tokens?: Readonly<Record<string, string>>;
  readonly variants: readonly CaseVariant[];
}

export interface CasePem {
  readonly cert: string;
  readonly key?: string;
}

export interface CaseVariant {
  readonly name: string;
  readonly manifests?: string;
  readonly addresses?: Readonly<Record<string, string>>;
  readonly calls?: readonly CaseCall[];
  readonly rejected?: readonly unknown[];
  readonly warnings?: readonly unknown[];
  readonly nacks?: readonly unknown[];
  readonly analysis?: readonly CaseAnalysis[];
}

export interface CaseAnalysis {
  readonly code: string;
  readonly level?: string;
  readonly message: string;
  readonly origin?: string;
}

export interface CaseCall {
  readonly name: string;
  readonly from: string;
  readonly container?: string;
  readonly url?: string;
  readonly tcp?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly cacert?: string;
  readonly cert?: string;
  readonly insecure?: boolean;
  readonly connectTo?: string;
  readonly tlsMax?: string;
  readonly http10?: boolean;
  readonly http2?: boolean;
  readonly pathAsIs?: boolean;
  /** So many calls of the same kind are under way. */
  readonly alongside?: number;
  readonly unstable?: boolean;
  readonly unstableLogs?: boolean;
  readonly observed: Observed;
}

export interface Observed {
  readonly curlExit: number;
  readonly status: number;
  readonly error?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly servedBy?: string;
  readonly appSaw?: ObservedAppSaw;
  readonly tcp?: string;
  readonly hops?: readonly ObservedHop[];
  readonly handshakes?: readonly ObservedHandshake[];
}

export interface ObservedAppSaw {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly tls?: boolean;
  readonly sni?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type ObservedHop = Readonly<Record<string, string | number>>;

export interface ObservedHandshake {
  readonly proxy: string;
  readonly downstreamFailure?: string;
  readonly sni?: string;
}
