import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../../base/ids.ts';
import type { Disturbance } from '../../mesh/types.ts';
import { testMesh } from '../../testing/callMesh.ts';
import { deployment, documents, namespace, resource, service } from '../../testing/documents.ts';
import { TEST_NOW } from '../../testing/meshOf.ts';
import type { Call } from '../../trace/call.ts';
import { checkTrace } from '../../trace/checkTrace.ts';
import type { Trace } from '../../trace/trace.ts';
import { seededChooser } from '../chooser.ts';
import { simulateCall } from '../simulateCall.ts';
import { endOf, keeperOf, openConnections } from './keeper.ts';

const HOUR = 3_600_000;
const STRICT = resource('PeerAuthentication', 'shop/default', '{mtls: {mode: STRICT}}');

const mesh = (...more: readonly string[]): string =>
  documents(
    namespace('shop'),
    deployment('shop/web'),
    service('shop/web', '[{name: http, port: 80}]'),
    deployment('shop/cart'),
    service('shop/cart', '[{name: http, port: 80}]'),
    STRICT,
    ...more,
  );

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

async function opened(yaml = mesh()) {
  const { compiled } = await testMesh(yaml);
  return openConnections(compiled.simulation, [], CALL);
}

const handshakes = ({ hops }: Trace) =>
  hops.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'tls-handshake' ? [step] : [])));

interface Later {
  readonly text?: string;
  readonly hours?: number;
  readonly disturbance?: Disturbance;
}

async function later({ text = mesh(), hours = 0, disturbance }: Later) {
  const { compiled } = await testMesh(text, {
    now: TEST_NOW + hours * HOUR,
    ...(disturbance === undefined ? {} : { disturbance }),
  });
  const standing = await opened();
  const { simulation } = compiled;
  const over = simulateCall({ ...simulation, keeper: keeperOf(simulation, standing) }, CALL, seededChooser('test'));
  const fresh = simulateCall(simulation, CALL, seededChooser('test'));
  expect(checkTrace(over)).toEqual([]);
  return { over, fresh, ends: standing.map((one) => endOf(compiled.simulation, one)) };
}

describe('a connection that stands', () => {
  it('is the one between the proxies, with the certificates it began with', async () => {
    const [connection, ...more] = await opened();
    expect(more).toEqual([]);
    expect(connection).toMatchObject({
      openedAt: TEST_NOW,
      client: { workload: { id: 'shop/web' } },
      server: { workload: { id: 'shop/cart' } },
    });
    expect(connection?.server.session.peerChain[0]?.subjectAltNames).toEqual([
      { kind: 'uri', value: 'spiffe://cluster.local/ns/shop/sa/default' },
    ]);
  });

  it('is opened once, however often it is used', async () => {
    const { compiled } = await testMesh(mesh());
    expect(openConnections(compiled.simulation, await opened(), CALL)).toEqual([]);
  });

  it('is not kept when its handshake fails', async () => {
    const { compiled } = await testMesh(mesh(), {
      disturbance: { lostAuthority: { id: 'istiod', since: TEST_NOW, restarted: true } },
    });
    expect(openConnections(compiled.simulation, [], CALL)).toEqual([]);
  });

  it('carries calls after its certificates have run out; nobody looks', async () => {
    const { over } = await later({ hours: 48 });
    expect(over.disposition).toMatchObject({ kind: 'served', by: 'shop/cart' });
    const tomorrow = TEST_NOW + 24 * HOUR;
    for (const { earlier, result } of handshakes(over)) {
      expect(result.kind).toBe('established');
      expect(earlier?.at).toBe(TEST_NOW);
      expect(earlier?.ended).toEqual([
        { of: 'server', notAfter: tomorrow },
        { of: 'client', notAfter: tomorrow },
      ]);
    }
    expect(handshakes(over)).toHaveLength(2);
  });

  it.each<[string, Later]>([
    [
      'its CA is gone and every certificate has run out',
      { hours: 25, disturbance: { lostAuthority: { id: 'istiod', since: TEST_NOW, restarted: false } } },
    ],
    ['a node’s clock is off', { disturbance: { clockSkew: { 'shop/cart': 3_000 * HOUR } } }],
  ])('lives on where a new one fails: %s', async (_, what) => {
    const { over, fresh, ends } = await later(what);
    expect(ends).toEqual([undefined]);
    expect(over.disposition.kind).toBe('served');
    expect(fresh.disposition.kind).not.toBe('served');
    expect(handshakes(fresh).every(({ earlier }) => earlier === undefined)).toBe(true);
  });

  it.each<[string, Later, string | undefined]>([
    ['nothing changes', {}, undefined],
    ['a comment is written', { text: `# hello\n${mesh()}` }, undefined],
    [
      'a policy of another workload changes',
      { text: mesh(resource('PeerAuthentication', 'shop/web', '{selector: {matchLabels: {app: web}}}')) },
      undefined,
    ],
    ['the mode of the server changes', { text: mesh().replace('STRICT', 'PERMISSIVE') }, 'listener-changed'],
    [
      'a policy of the server changes',
      { text: mesh(resource('AuthorizationPolicy', 'shop/none', '{}')) },
      'listener-changed',
    ],
    [
      'a DestinationRule of the cluster changes',
      {
        text: mesh(
          resource(
            'DestinationRule',
            'shop/cart',
            '{host: cart, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 3s}}}}',
          ),
        ),
      },
      'cluster-changed',
    ],
    [
      'the pods of the server are replaced',
      { text: mesh().replace('labels":{"app":"cart"', 'labels":{"v":"2","app":"cart"') },
      'restarted',
    ],
    [
      'the server is gone',
      {
        text: mesh().replace(
          'name: cart, namespace: shop}, spec: {selector: {m',
          'name: kart, namespace: shop}, spec: {selector: {m',
        ),
      },
      'restarted',
    ],
  ])('ends with its configuration and its pods alone: %s', async (_, what, end) => {
    const { over, ends } = await later(what);
    expect(ends).toEqual([end]);
    const stands = handshakes(over).some(({ earlier }) => earlier !== undefined);
    expect(stands).toBe(end === undefined);
  });
});
