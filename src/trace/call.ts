/**
 * A Call: what a caller sends, in curl's terms. Plain data; the request bar, saved calls, lessons,
 * the command line and the conformance corpus all speak it.
 */
import type { WorkloadId } from '../base/ids.ts';

export interface Call {
  readonly name?: string;
  /** `outside` is beyond every load balancer, outside the cluster. */
  readonly from: 'outside' | WorkloadId;
  /** `istio-proxy` runs as uid 1337: what it sends is not captured. */
  readonly container: 'app' | 'istio-proxy';
  readonly request: HttpCall | TcpCall;
  /** Where the connection really goes (curl --connect-to): Service `ns/name`, workload, or literal address. */
  readonly connectTo?: string;
  /** So many others like it are under way, and wait for their answers. */
  readonly alongside?: number;
}

export interface HttpCall {
  readonly kind: 'http';
  /** http:// or https:// URL, as typed. */
  readonly url: string;
  readonly method: string;
  /** In order, as given with -H; names as typed. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly httpVersion: '1.0' | '1.1' | '2';
  /** curl --path-as-is: dot segments are sent as typed. */
  readonly pathAsIs: boolean;
  readonly tls: ClientTlsOptions;
}

export interface TcpCall {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
}

export interface ClientTlsOptions {
  /** PEM bundle given with --cacert; absent: the operating system's own bundle (which knows no CA of the mesh). */
  readonly caCertificates?: string;
  /** PEM of --cert (leaf, then intermediates) and --key. */
  readonly certificate?: { readonly chain: string; readonly key: string };
  /** -k */
  readonly insecure: boolean;
  readonly maxVersion?: TlsVersion;
  readonly minVersion?: TlsVersion;
}

export type TlsVersion = '1.0' | '1.1' | '1.2' | '1.3';
