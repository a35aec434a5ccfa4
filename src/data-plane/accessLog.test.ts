import { describe, expect, it } from 'vitest';
import type { AccessLogEntry } from '../trace/accessLog.ts';
import { accessLogJson, formatAccessLog } from './accessLog.ts';

const timing = { startTime: '2026-01-01T00:00:00.000Z', durationMs: 3 };

const denied: AccessLogEntry = {
  protocol: 'HTTP/1.1',
  method: 'GET',
  path: '/x',
  authority: 'cart',
  userAgent: 'curl/7.88.1',
  status: 403,
  flags: [],
  details: 'rbac_access_denied_matched_policy[none]',
  bytesReceived: 0,
  bytesSent: 19,
  cluster: 'inbound|8080||',
  route: 'default',
  downstreamLocalAddress: '10.244.1.12:8080',
  downstreamRemoteAddress: '10.244.1.11:40000',
  sni: 'outbound_.80_._.cart.shop.svc.cluster.local',
};

const closed: AccessLogEntry = { status: 0, flags: ['UF', 'URX'], bytesReceived: 0, bytesSent: 0 };

describe('the default text format', () => {
  it('prints an HTTP denial as Istio does', () => {
    expect(formatAccessLog(denied, timing)).toBe(
      '[2026-01-01T00:00:00.000Z] "GET /x HTTP/1.1" 403 - rbac_access_denied_matched_policy[none] - "-" 0 19 3 - ' +
        '"-" "curl/7.88.1" "-" "cart" "-" inbound|8080|| - 10.244.1.12:8080 10.244.1.11:40000 ' +
        'outbound_.80_._.cart.shop.svc.cluster.local default',
    );
  });

  it('prints a dash for everything a TCP connection has not', () => {
    expect(formatAccessLog(closed, timing)).toBe(
      '[2026-01-01T00:00:00.000Z] "- - -" 0 UF,URX - - "-" 0 0 3 - "-" "-" "-" "-" "-" - - - - - -',
    );
  });

  it('prints the upstream service time when there is one', () => {
    expect(formatAccessLog(denied, { ...timing, upstreamServiceTimeMs: 2 })).toContain(' 0 19 3 2 "-"');
  });
});

describe('the JSON format', () => {
  it('has the same facts under its own names', () => {
    expect(accessLogJson(denied, timing)).toMatchObject({
      response_code: 403,
      response_flags: '-',
      response_code_details: 'rbac_access_denied_matched_policy[none]',
      requested_server_name: 'outbound_.80_._.cart.shop.svc.cluster.local',
      upstream_host: null,
      duration: 3,
    });
  });
});
