/** What Envoy itself refuses of a table that istiod's webhook let through. */
import { expect, test } from 'vitest';
import type { Fault, RouteAction, RouteConfiguration } from '../envoy/http.ts';
import { orRefused } from './refusedTable.ts';

const NONE = { set: [], add: [], remove: [] };

const table = (action: Partial<RouteAction>, abortStatus?: number, header = ''): RouteConfiguration =>
  ({
    name: '80',
    virtualHosts: [
      {
        name: 'web:80',
        routes: [
          {
            action: { clusters: [], ...action },
            requestHeaders: NONE,
            responseHeaders: { ...NONE, set: [['x-a', header]] },
            ...(abortStatus && { fault: { abort: { percent: 0, httpStatus: abortStatus } } as Fault }),
          },
        ],
      },
    ],
  }) as unknown as RouteConfiguration;

test('a header value that Envoy cannot format', () => {
  expect(orRefused(table({ kind: 'forward' }, undefined, '%PROTOCOL%')).nack).toBeUndefined();
  expect(orRefused(table({ kind: 'forward' }, undefined, '%NOPE%')).nack).toContain('NOPE');
});

test.each([
  ['a redirect', { kind: 'redirect', code: 308 }, undefined, 'kept'],
  ['a redirect with a code that is none', { kind: 'redirect', code: 304 }, undefined, 'action'],
  ['an abort with 599', { kind: 'forward' }, 599, 'kept'],
  ['an abort with 600, even if it never fires', { kind: 'forward' }, 600, 'HttpStatus'],
  ['both: the action is looked at first', { kind: 'redirect', code: 304 }, 600, 'action'],
] as const)('%s', (_what, action, abortStatus, why) => {
  const judged = orRefused(table(action, abortStatus));
  expect(judged.virtualHosts.length).toBe(why === 'kept' ? 1 : 0);
  expect(judged.nack ?? 'kept').toContain(why);
});
