/** Headers with values that only a machine or a clock knows: they matter to whoever reads them, and to nobody else. */
import { expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import { testMesh } from '../../testing/callMesh.ts';
import { deployment, documents, namespace, resource, service } from '../../testing/documents.ts';
import type { Call } from '../../trace/call.ts';
import { seededChooser } from '../chooser.ts';
import { simulateCall } from '../simulateCall.ts';

const CALL: Call = {
  from: 'shop/web' as WorkloadId,
  container: 'app',
  request: {
    kind: 'http',
    url: 'http://cart/',
    method: 'GET',
    headers: [],
    httpVersion: '1.1',
    pathAsIs: false,
    tls: { insecure: false },
  },
};

const setting = (header: string): string =>
  resource(
    'VirtualService',
    'shop/cart',
    `{hosts: [cart], http: [{headers: {request: {set: {${header}: "at %START_TIME%"}}}, route: [{destination: {host: cart}}]}]}`,
  );
const reading = (header: string): string =>
  resource(
    'AuthorizationPolicy',
    'shop/cart',
    `{action: DENY, rules: [{when: [{key: "request.headers[${header}]", values: [x]}]}]}`,
  );

it.each<[string, readonly string[], string]>([
  ['nobody reads it', [setting('x-started')], 'served'],
  ['a policy reads another one', [setting('x-started'), reading('x-other')], 'served'],
  ['a policy reads it', [setting('x-started'), reading('x-started')], 'cannot-tell'],
  ['every proxy reads it', [setting('x-forwarded-for')], 'cannot-tell'],
])('%s', async (_, more, expected) => {
  const { compiled } = await testMesh(
    documents(
      namespace('shop'),
      deployment('shop/web'),
      deployment('shop/cart'),
      service('shop/cart', '[{name: http, port: 80}]'),
      ...more,
    ),
  );
  const trace = simulateCall(compiled.simulation, CALL, seededChooser('test'));
  expect(trace.disposition.kind).toBe(expected);
  if (expected === 'served' && trace.outcome.kind === 'http')
    expect(trace.outcome.appSaw?.headers['x-started']).toBe('at \uFFFD');
});
