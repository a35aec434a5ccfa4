/** What the caller sees: curl's exit code and message, or the line a TCP client reads. */
import type { WorkloadId } from '../base/ids.ts';

export type ClientOutcome = HttpOutcome | TcpOutcome | { readonly kind: 'unknown' };

export interface HttpOutcome {
  readonly kind: 'http';
  readonly curlExit: number;
  /** Exit codes that a race could give instead (52/55/56). */
  readonly alsoPossible: readonly number[];
  /** curl's own message, without the `curl: (N) ` prefix. */
  readonly error?: string;
  /** 0 when no response came (curl prints 000). */
  readonly status: number;
  /** Header names in lower case, in the order received; without date, content-length, connection. */
  readonly headers: readonly (readonly [string, string])[];
  /** Absent when the answer is the application's echo. */
  readonly body?: string;
  readonly servedBy?: WorkloadId;
  readonly appSaw?: AppSaw;
}

/** What the application received. */
export interface AppSaw {
  readonly method: string;
  /** With query string. */
  readonly path: string;
  readonly host: string;
  /** Without x-b3*, x-envoy*, x-request-id, accept, user-agent, accept-encoding. */
  readonly headers: Readonly<Record<string, string>>;
  /** The application itself terminated TLS. */
  readonly tls?: boolean;
  readonly sni?: string;
  readonly clientCertificate?: string;
}

export interface TcpOutcome {
  readonly kind: 'tcp';
  /** The line that came back; or how the connection ended. */
  readonly result:
    | { readonly kind: 'line'; readonly text: string }
    | { readonly kind: 'closed' }
    | { readonly kind: 'reset' }
    | { readonly kind: 'timeout' }
    | { readonly kind: 'connection-refused' }
    | { readonly kind: 'dial'; readonly error: 'unknown-host' | 'unreachable' | 'timeout'; readonly host: string };
  readonly servedBy?: WorkloadId;
}
