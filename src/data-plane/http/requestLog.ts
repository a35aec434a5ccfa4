/** The access log entry of a request. */
import { utf8 } from '../../crypto/bytes.ts';
import type { AccessLogEntry } from '../../trace/accessLog.ts';
import { type Accepted, downstreamFields } from '../proxy/accepted.ts';
import { protocolText } from '../router/headerCommands.ts';
import type { Routed } from '../router/router.ts';
import type { UpstreamFacts } from '../router/upstreamRequest.ts';
import { headerValue } from '../routing/routeMatch.ts';
import type { HttpRequest } from '../wire.ts';

export interface Outcome {
  readonly status: number;
  readonly flags: readonly string[];
  readonly details: string;
  /** Absent: the echo, whose bytes nobody counts. */
  readonly body?: string;
}

export function logRequest(
  accepted: Accepted,
  request: HttpRequest,
  routed: Routed,
  facts: UpstreamFacts,
  outcome: Outcome,
): void {
  const { hop, config } = accepted;
  const { status, flags, details, body } = outcome;
  const text = (name: keyof AccessLogEntry, value: string | undefined) =>
    value === undefined || value === '' ? {} : { [name]: value };
  const cluster = routed.cluster && config.clusters.has(routed.cluster.name) ? routed.cluster.name : undefined;
  hop.log({
    ...downstreamFields(accepted),
    protocol: protocolText(request.version),
    method: request.method,
    path: request.path,
    authority: request.authority,
    status,
    flags,
    details,
    bytesReceived: 0,
    ...(body === undefined ? {} : { bytesSent: utf8(body).length }),
    ...text('userAgent', headerValue(request, 'user-agent')),
    ...text('forwardedFor', headerValue(request, 'x-forwarded-for')),
    ...text('requestId', headerValue(request, 'x-request-id')),
    ...text('cluster', cluster),
    ...text('route', routed.route?.name),
    ...text('upstreamHost', facts.upstreamHost),
    ...text('upstreamTls', facts.upstreamTls),
    ...text('upstreamFailure', facts.upstreamFailure),
  });
}
