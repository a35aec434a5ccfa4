/**
 * The mesh: an immutable snapshot of workloads, services and configuration, with Kubernetes' and
 * istiod's registry rules applied (injection, endpoints, protocol of a port, identities), and
 * nothing of Envoy. Built once for a revision by `buildMesh`; every index is ready to read.
 */
import type { Hostname, ResourceId, WorkloadId } from '../base/ids.ts';
import type { Origin } from '../base/origin.ts';
import type { MeshConfig as MeshConfigDocument } from '../resources/kinds/meshConfig.ts';
import type { MeshProxyConfig } from '../resources/kinds/meshConfigProxy.ts';
import type { HttpRetry } from '../resources/kinds/shared/httpRetry.ts';
import type { Resource } from '../resources/types.ts';
import type { Installation } from './installation.ts';

export interface MeshOptions {
  /** The mesh clock, milliseconds since the epoch. */
  readonly now: number;
  readonly seed: string;
  /** Addresses by `pod ns/name`, `service ns/name`, `load balancer ns/name`, `outside`; others derive from the seed and the name. */
  readonly addresses?: Readonly<Record<string, string>>;
  /**
   * CAs given from outside instead of derived from the resources, by namespace (or `default`).
   */
  readonly workloadCAs?: Readonly<Record<string, GivenWorkloadCa>>;
  /** Namespace to the trust domain in its proxies' certificates. */
  readonly trustDomains?: Readonly<Record<string, string>>;
  /** Proxies send their root in the chain too, as istio-agent makes them; default true. */
  readonly presentRoot?: boolean;
  /** Certificates and keys by name that applications serve with (annotation meshverdict.dev/serves). */
  readonly pems?: Readonly<Record<string, string>>;
  /** What has gone wrong with keys and clocks; for asking what would follow from it. */
  readonly disturbance?: Disturbance;
  /** Creation time of istio.io documents without one: their index times this many milliseconds after `ageBase`. */
  readonly defaultAges?: { readonly base: number; readonly step: number };
}

/** A disturbance of the mesh's keys and clocks that no document describes. */
export interface Disturbance {
  /** Workload to the milliseconds by which its node's clock is ahead. */
  readonly clockSkew?: Readonly<Record<string, number>>;
  /** Authority (`istiod`, or the resource id of an issuer) that has been gone since this moment. */
  readonly lostAuthority?: {
    readonly id: string;
    readonly since: number;
    /** Every proxy of it has started anew since: none got a certificate. */
    readonly restarted: boolean;
  };
  /** Fingerprints of certificates taken out of every trust bundle of the mesh. */
  readonly withoutRoots?: readonly string[];
  readonly rotation?: RootRotation;
}

/** A new root takes an old one's place, step by step; proxies follow at their own renewals. */
export interface RootRotation {
  readonly authority: string;
  /** In the order of time. */
  readonly steps: readonly RotationStep[];
}
export type Generation = 'old' | 'new';
export interface RotationStep {
  readonly at: number;
  readonly signs: Generation;
  readonly trusts: readonly Generation[];
}

export interface GivenWorkloadCa {
  readonly name: string;
  /** PEM of the signing CA (then the certificates above it that proxies send) and its key. */
  readonly signer: string;
  /** PEM of one CA each: proxies trust the root above each of them (found among `pems` when it isn't itself one). */
  readonly trusted: readonly string[];
}

export interface Mesh {
  readonly now: number;
  readonly seed: string;
  readonly config: MeshConfig;
  readonly namespaces: ReadonlyMap<string, MeshNamespace>;
  readonly workloads: ReadonlyMap<WorkloadId, Workload>;
  readonly workloadByIp: ReadonlyMap<string, Workload>;
  /** Services of the Kubernetes registry and of ServiceEntries, in istiod's order. */
  readonly services: readonly MeshService[];
  readonly serviceByHostname: ReadonlyMap<Hostname, readonly MeshService[]>;
  /** Every typed resource in force, by `group/Kind`, sorted as istiod sorts (creation, name, namespace). */
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  /**
   * One object as long as nothing but policies of `security.istio.io` changes: where calls go and what
   * certificates there are can be remembered by it.
   */
  readonly traffic: object;
  /** Effective creation time of a resource (given, or by document order). */
  readonly createdAt: (resource: Resource) => number;
  readonly outsideAddress: string;
  /** What an IstioOperator installs. */
  readonly installation?: Installation;
  /** Resources and labels that make verdicts unknowable (EnvoyFilter, WasmPlugin, ambient ...). */
  readonly taints: readonly Taint[];
  readonly options: MeshOptions;
}

export interface Taint {
  readonly code: 'unmodelled-kind' | 'unmodelled-field' | 'wasm-or-lua' | 'ambient';
  readonly params: Readonly<Record<string, string>>;
  readonly origin: Origin;
  /** Which proxies it would change. */
  readonly selects: (workload: Workload) => boolean;
}

export interface MeshNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Injection by the namespace's labels. */
  readonly injection: boolean;
  readonly origin?: Origin;
}

/** A Deployment (or other controller, or bare Pod) with its one pod. */
export interface Workload {
  readonly id: WorkloadId;
  readonly namespace: string;
  readonly name: string;
  readonly podName: string;
  /** Its name inside a headless Service: `hostname.subdomain.namespace.svc`. */
  readonly dnsName?: { readonly hostname: string; readonly subdomain: string };
  readonly controller: string;
  /** Labels of the pod, those added by injection included (security.istio.io/tlsMode ...). */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly ip: string;
  readonly proxy: 'none' | 'sidecar' | 'gateway';
  readonly ambient: boolean;
  readonly containerPorts: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol: 'TCP' | 'UDP';
  }[];
  /** What the application listens on. */
  readonly applications: readonly Application[];
  /** DNS name of a server that plays the world outside (annotation meshverdict.dev/external-host). */
  readonly externalHost?: string;
  readonly spiffeId: string;
  readonly trustDomain: string;
  /** Effective ProxyConfig: mesh default, ProxyConfig resources, annotation. */
  readonly proxyConfig: MeshProxyConfig;
  readonly proxyMetadata: Readonly<Record<string, string>>;
  /** Service ports that select this pod: the oldest Service first, then by host name. */
  readonly serviceTargets: readonly ServiceTarget[];
  readonly capture: CaptureSettings;
  readonly origin: Origin;
}

/** A port of a Service with the pod's own port behind it. */
export interface ServiceTarget {
  readonly service: Hostname;
  readonly servicePort: ServicePort;
  readonly targetPort: number;
  readonly origin: Origin;
}

export interface CaptureSettings {
  readonly includeInboundPorts: '*' | readonly number[];
  readonly excludeInboundPorts: readonly number[];
  readonly includeOutboundPorts: readonly number[];
  readonly excludeOutboundPorts: readonly number[];
  readonly includeOutboundIPRanges: '*' | readonly string[];
  readonly excludeOutboundIPRanges: readonly string[];
}

export interface Application {
  readonly port: number;
  readonly protocol: 'http' | 'tcp' | 'https';
  /** For https: names in MeshOptions.pems; absent: a self-signed certificate. */
  readonly certificate?: string;
  /** For https: demands client certificates of this CA. */
  readonly clientCa?: string;
  /** For https: whose words plain HTTP gets; Go's when absent. */
  readonly server?: 'nginx';
  /** What it does with a request instead of answering it. */
  readonly fails?: ApplicationFailure;
}

/**
 * `hangs`: it never answers. `closes`: it ends the connection (as a handler that panics does), or of
 * HTTP/2 the stream. `resets`: it resets the connection. `truncates`: it ends it within the answer.
 */
export type ApplicationFailure = (typeof APPLICATION_FAILURES)[number];
export const APPLICATION_FAILURES = ['hangs', 'closes', 'resets', 'truncates'] as const;

export type PortProtocol =
  | 'HTTP'
  | 'HTTP2'
  | 'GRPC'
  | 'GRPC-Web'
  | 'HTTP_PROXY'
  | 'TCP'
  | 'TLS'
  | 'HTTPS'
  | 'Mongo'
  | 'Redis'
  | 'MySQL'
  | 'UDP'
  | 'Unsupported';

export interface MeshService {
  readonly hostname: Hostname;
  readonly registry: 'kubernetes' | 'service-entry';
  readonly namespace: string;
  readonly name: string;
  /** ClusterIP or ServiceEntry addresses; [] when headless or none. */
  readonly addresses: readonly string[];
  readonly headless: boolean;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly loadBalancerIp?: string;
  /** Addresses outside that lead to the Service all the same. */
  readonly externalIps: readonly string[];
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly externalName?: string;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly ports: readonly ServicePort[];
  readonly selector?: Readonly<Record<string, string>>;
  /** How an address is found: client-side load balancing, the original destination (NONE), DNS, or another name (ALIAS: ExternalName). */
  readonly resolution: 'CLIENT_SIDE' | 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS' | 'ALIAS';
  /** ServiceEntry without addresses: what istiod allocates; only proxies that capture DNS use it. */
  readonly autoAllocatedAddress?: string;
  readonly meshExternal: boolean;
  readonly exportTo: readonly string[];
  readonly endpoints: readonly Endpoint[];
  /** ServiceEntry.subjectAltNames, and account annotations of a Service. */
  readonly subjectAltNames: readonly string[];
  readonly createdAt: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly origin: Origin;
  readonly resource: ResourceId;
}

export interface ServicePort {
  readonly name: string;
  readonly number: number;
  readonly targetPort: number | string;
  readonly protocol: PortProtocol;
  readonly transport: 'TCP' | 'UDP';
  /** As written in a Kubernetes Service. */
  readonly appProtocol?: string;
  /** ServiceEntry: `targetPort` as written; with resolution NONE it replaces the dialled port. */
  readonly declaredTargetPort?: number;
  readonly origin: Origin;
}

/** One address behind a service port. */
export interface Endpoint {
  /** An IP address; a DNS name for DNS resolution. */
  readonly address: string;
  readonly port: number;
  /** Service port it belongs to: number and name. */
  readonly servicePort: number;
  readonly servicePortName: string;
  readonly workload?: WorkloadId;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** SPIFFE ID of its service account. */
  readonly spiffeId?: string;
  /** Label security.istio.io/tlsMode; anything but `istio` gets plain text from auto mTLS. */
  readonly tlsMode: string;
  readonly locality?: string;
  readonly weight?: number;
  readonly origin: Origin;
}

/** meshConfig with istiod's defaults applied; unknown or unmodelled fields are diagnostics. */
export interface MeshConfig {
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  readonly enableAutoMtls: boolean;
  readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY' | 'ALLOW_ANY_DYNAMIC_DNS';
  readonly inboundTrafficPolicy: 'PASSTHROUGH' | 'LOCALHOST';
  readonly defaultServiceExportTo: readonly string[];
  readonly defaultVirtualServiceExportTo: readonly string[];
  readonly defaultDestinationRuleExportTo: readonly string[];
  readonly pathNormalization: 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';
  readonly domainSuffix: string;
  readonly meshMtlsMinVersion: '1.2' | '1.3';
  readonly meshMtlsCipherSuites: readonly string[];
  readonly tlsDefaults: {
    readonly minProtocolVersion?: '1.0' | '1.1' | '1.2' | '1.3';
    readonly cipherSuites: readonly string[];
    readonly ecdhCurves: readonly string[];
  };
  readonly protocolDetectionTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly ingressSelector?: string;
  readonly extensionProviders: readonly ExtensionProvider[];
  readonly caCertificates: readonly CaCertificateEntry[];
  /** defaultConfig: what proxies get unless a ProxyConfig or an annotation says otherwise. */
  readonly defaultConfig: MeshProxyConfig;
  readonly localityLbEnabled: boolean;
  readonly h2Upgrade: boolean;
  readonly defaultHttpRetryPolicy?: HttpRetry;
  /** The ConfigMap, when there is one. */
  readonly origin?: Origin;
  /** The document as parsed, for what has no field above. */
  readonly raw: MeshConfigDocument;
}

export interface ExtensionProvider {
  readonly name: string;
  /** e.g. envoyExtAuthzHttp; the configuration keeps the API's JSON shape. */
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

export interface CaCertificateEntry {
  readonly pem?: string;
  readonly certSigners: readonly string[];
  readonly trustDomains: readonly string[];
  readonly spiffeBundleUrl?: string;
  readonly origin: Origin;
}
