/**
 * An access-log entry as Istio's default text format prints it, without start time, durations and
 * request ids (which no call here has). Never translated.
 * Authority: istio.io/latest/docs/tasks/observability/logs/access-log, default format.
 */
import type { AccessLogEntry } from './accessLog.ts';

export function logLine(log: AccessLogEntry): string {
  const or = (value: string | undefined): string => value ?? '-';
  const count = (value: number | undefined): string => (value === undefined ? '-' : String(value));
  const quoted = (value: string | undefined): string => `"${value ?? '-'}"`;
  return [
    `"${or(log.method)} ${or(log.path)} ${or(log.protocol)}"`,
    String(log.status),
    log.flags.length === 0 ? '-' : log.flags.join(','),
    or(log.details),
    or(log.termination),
    quoted(log.upstreamFailure),
    count(log.bytesReceived),
    count(log.bytesSent),
    quoted(log.forwardedFor),
    quoted(log.userAgent),
    quoted(log.authority),
    quoted(log.upstreamHost),
    or(log.cluster),
    or(log.upstreamLocalAddress),
    or(log.downstreamLocalAddress),
    or(log.downstreamRemoteAddress),
    or(log.sni),
    or(log.route),
  ].join(' ');
}
