import { describe, expect, it } from 'vitest';
import type { RouteConfiguration } from '../../control-plane/envoy/http.ts';
import type { Step } from '../../trace/step.ts';
import type { Accepted } from '../proxy/accepted.ts';
import { resolveRoute } from './routeResolution.ts';

const NO_HEADERS = { set: [], add: [], remove: [] };

const table: RouteConfiguration = {
  name: '80',
  ignorePortInHostMatching: true,
  origins: [],
  virtualHosts: [
    {
      name: 'web',
      domains: ['web'],
      requireTls: false,
      includeRequestAttemptCount: false,
      origins: [],
      routes: [
        {
          name: 'all',
          match: {
            path: { kind: 'prefix', value: '/', caseSensitive: true },
            headers: [],
            queryParams: [],
            claims: [],
          },
          action: { kind: 'direct-response', status: 200 },
          requestHeaders: NO_HEADERS,
          responseHeaders: NO_HEADERS,
          origins: [],
        },
      ],
    },
  ],
};

/** What a request for `authority` finds in an inline table. */
function resolve(routes: RouteConfiguration, authority: string, scheme: 'http' | 'https' = 'http') {
  const steps: Step[] = [];
  // All that route resolution looks at.
  const accepted = { hop: { step: (step: Step) => steps.push(step) }, config: {}, run: {} } as unknown as Accepted;
  const request = { version: '1.1' as const, method: 'GET', scheme, authority, path: '/', headers: [] };
  const hcm = { routes: { kind: 'inline', table: routes } } as Parameters<typeof resolveRoute>[1];
  return { resolved: resolveRoute(accepted, hcm, { request }), step: steps[0] };
}

describe('the route of a request', () => {
  it('is the first that matches in the virtual host of its authority', () => {
    const { resolved, step } = resolve(table, 'web');
    expect(resolved).toMatchObject({ kind: 'routed', routed: { route: { name: 'all' } } });
    expect(step).toMatchObject({ kind: 'route-matched', virtualHost: 'web', route: 'all' });
  });

  it('is none for a host that no virtual host has, and the step says which there are', () => {
    const { resolved, step } = resolve(table, 'other');
    expect(resolved).toEqual({ kind: 'routed', routed: { redirectToTls: false } });
    expect(step).toMatchObject({
      rejected: [{ name: 'web', reason: { code: 'host-differs', params: { wanted: 'web', saw: 'other' } } }],
    });
  });

  it('is none in a table that Envoy refused', () => {
    const { resolved, step } = resolve({ ...table, nack: 'Only unique values for domains are permitted.' }, 'web');
    expect(resolved).toEqual({ kind: 'routed', routed: { redirectToTls: false } });
    expect(step).toMatchObject({ routeConfiguration: '80', rejected: [] });
  });

  it.each([
    ['http', true],
    ['https', false],
  ] as const)('over %s where TLS is required redirects: %s', (scheme, redirectToTls) => {
    const strict = { ...table, virtualHosts: table.virtualHosts.map((host) => ({ ...host, requireTls: true })) };
    expect(resolve(strict, 'web', scheme).resolved).toMatchObject({ routed: { redirectToTls } });
  });
});
