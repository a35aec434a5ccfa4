/**
 * An access-log entry as the proxy writes it: Istio's default text format, or JSON with the same
 * fields. Absent values print `-`. Nothing here decides anything.
 * Upstream authority: istio pilot/pkg/model/telemetry_logging.go EnvoyTextLogFormat.
 */
import type { AccessLogEntry } from '../trace/accessLog.ts';

/** Moments and durations belong to the view's latency model, not to the entry. */
export interface AccessLogTiming {
  /** RFC 3339, milliseconds. */
  readonly startTime: string;
  readonly durationMs: number;
  /** Until the upstream answered; absent when it did not. */
  readonly upstreamServiceTimeMs?: number;
}

const dash = (value: string | number | undefined): string =>
  value === undefined || value === '' ? '-' : String(value);
const quoted = (value: string | undefined): string => `"${dash(value)}"`;
const flagsText = (flags: readonly string[]): string => (flags.length === 0 ? '-' : flags.join(','));

/** One line in Istio's default text format, without its end of line. */
export function formatAccessLog(entry: AccessLogEntry, timing: AccessLogTiming): string {
  return [
    `[${timing.startTime}]`,
    `"${dash(entry.method)} ${dash(entry.path)} ${dash(entry.protocol)}"`,
    String(entry.status),
    flagsText(entry.flags),
    dash(entry.details),
    dash(entry.termination),
    quoted(entry.upstreamFailure),
    dash(entry.bytesReceived),
    dash(entry.bytesSent),
    String(timing.durationMs),
    dash(timing.upstreamServiceTimeMs),
    quoted(entry.forwardedFor),
    quoted(entry.userAgent),
    quoted(entry.requestId),
    quoted(entry.authority),
    quoted(entry.upstreamHost),
    dash(entry.cluster),
    dash(entry.upstreamLocalAddress),
    dash(entry.downstreamLocalAddress),
    dash(entry.downstreamRemoteAddress),
    dash(entry.sni),
    dash(entry.route),
  ].join(' ');
}

/** The same fields under the names of Istio's JSON format, in its order; absent ones are null. */
export function accessLogJson(
  entry: AccessLogEntry,
  timing: AccessLogTiming,
): Readonly<Record<string, string | number | null>> {
  const orNull = (value: string | number | undefined) => (value === undefined || value === '' ? null : value);
  return {
    authority: orNull(entry.authority),
    bytes_received: orNull(entry.bytesReceived),
    bytes_sent: orNull(entry.bytesSent),
    connection_termination_details: orNull(entry.termination),
    downstream_local_address: orNull(entry.downstreamLocalAddress),
    downstream_remote_address: orNull(entry.downstreamRemoteAddress),
    duration: timing.durationMs,
    method: orNull(entry.method),
    path: orNull(entry.path),
    protocol: orNull(entry.protocol),
    request_id: orNull(entry.requestId),
    requested_server_name: orNull(entry.sni),
    response_code: entry.status,
    response_code_details: orNull(entry.details),
    response_flags: flagsText(entry.flags),
    route_name: orNull(entry.route),
    start_time: timing.startTime,
    upstream_cluster: orNull(entry.cluster),
    upstream_host: orNull(entry.upstreamHost),
    upstream_local_address: orNull(entry.upstreamLocalAddress),
    upstream_service_time: orNull(timing.upstreamServiceTimeMs),
    upstream_transport_failure_reason: orNull(entry.upstreamFailure),
    user_agent: orNull(entry.userAgent),
    x_forwarded_for: orNull(entry.forwardedFor),
  };
}
