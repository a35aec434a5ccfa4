import { describe, expect, it } from 'vitest';
import type { WorkloadId } from '../base/ids.ts';
import { checkTrace } from './checkTrace.ts';
import type { Step } from './step.ts';
import type { Hop, Party, Trace } from './trace.ts';

const web = 'shop/web' as WorkloadId;
const client: Party = { kind: 'client', container: 'app' };
const proxy: Party = { kind: 'proxy', workload: web, role: 'sidecar-inbound' };
const application: Party = { kind: 'application', workload: web, port: 8080 };

const responded = (local: boolean): Step => ({ kind: 'responded', origins: [], status: 200, flags: [], local });

const hop = (id: number, party: Party, over: Partial<Hop> = {}): Hop => ({
  id,
  party,
  attempt: 1,
  steps: [],
  end: 'forwarded',
  ...(id === 0 ? {} : { parent: id - 1 }),
  ...over,
});

const trace = (over: Partial<Trace> = {}): Trace => ({
  version: 1,
  call: { from: 'outside', container: 'app', request: { kind: 'tcp', host: 'web', port: 80 } },
  hops: [
    hop(0, client, { end: 'answered' }),
    hop(1, proxy, { steps: [responded(false)] }),
    hop(2, application, { steps: [responded(true)], end: 'answered' }),
  ],
  outcome: { kind: 'http', curlExit: 0, alsoPossible: [], status: 200, headers: [], servedBy: web },
  disposition: { kind: 'served', by: web, status: 200 },
  choices: [],
  ...over,
});

const handshake = (role: 'client' | 'server', result: 'established' | 'refused'): Step => ({
  kind: 'tls-handshake',
  origins: [],
  role,
  connection: 1,
  layer: 1,
  client: {
    implementation: 'curl-openssl',
    alpn: [],
    minVersion: '1.2',
    maxVersion: '1.3',
    certificateChain: [],
    trust: { anchors: 'none' },
  },
  server: {
    implementation: 'go',
    alpn: [],
    minVersion: '1.2',
    maxVersion: '1.3',
    certificateChain: [],
    clientCertificate: 'not-requested',
  },
  checks: [],
  result:
    result === 'established'
      ? { kind: 'established' }
      : { kind: 'refused', by: 'server', late: false, clientSees: '', serverSees: '' },
});

describe('the invariants of a trace', () => {
  it('hold for a good one', () => {
    expect(checkTrace(trace())).toEqual([]);
  });

  it.each<[string, Partial<Trace>, string]>([
    ['a hop under another number', { hops: [hop(0, client), hop(2, proxy, { parent: 0 })] }, 'hop 1: id is 2'],
    ['a child before its parent', { hops: [hop(0, client), hop(1, proxy, { parent: 2 })] }, 'does not precede it'],
    ['a first hop that is no caller', { hops: [hop(0, proxy)] }, 'the first hop is not the caller'],
    ['two callers', { hops: [hop(0, client), hop(1, client)] }, 'a second caller'],
    ['an attempt before the first', { hops: [hop(0, client), hop(1, proxy, { attempt: 0 })] }, 'attempt 0'],
    [
      'an application that logs',
      {
        hops: [
          hop(0, client),
          hop(1, application, { log: { status: 200, flags: [], bytesReceived: 0, bytesSent: 0 } }),
        ],
      },
      'only proxies log',
    ],
    [
      'forwarded, but answered by itself',
      { hops: [hop(0, client), hop(1, proxy, { steps: [responded(true)] })] },
      'answered by itself',
    ],
    [
      'refused, but passed an answer on',
      { hops: [hop(0, client), hop(1, proxy, { steps: [responded(false)], end: 'refused' })] },
      'passed an answer on',
    ],
    [
      'something unknowable in a hop that ended otherwise',
      {
        hops: [
          hop(0, client, {
            steps: [{ kind: 'cannot-tell', origins: [], why: { code: 'ambient', params: {} } }],
            end: 'answered',
          }),
        ],
      },
      'cannot tell, but ended answered',
    ],
    [
      'two ends of a handshake that disagree',
      {
        hops: [
          hop(0, client, { steps: [handshake('client', 'established')] }),
          hop(1, proxy, { steps: [handshake('server', 'refused')] }),
        ],
      },
      'connection 1: established and refused',
    ],
    [
      'two servers of one connection',
      {
        hops: [
          hop(0, client, { steps: [handshake('server', 'established')] }),
          hop(1, proxy, { steps: [handshake('server', 'established')] }),
        ],
      },
      'has two servers',
    ],
    [
      'served by another',
      { disposition: { kind: 'served', by: 'a/b' as WorkloadId } },
      'but the outcome says shop/web',
    ],
    ['failed, but served', { disposition: { kind: 'failed' } }, 'but an application served it'],
    ['a hop that is not there', { disposition: { kind: 'refused', hop: 9, by: 'authorization' } }, 'no hop 9'],
    [
      'cannot tell without an unknown outcome',
      { disposition: { kind: 'cannot-tell', reasons: [{ code: 'ambient', params: {} }] } },
      'cannot-tell with outcome http',
    ],
    [
      'cannot tell without a reason',
      { outcome: { kind: 'unknown' }, disposition: { kind: 'cannot-tell', reasons: [] } },
      'no reason',
    ],
  ])('%s', (_name, over, problem) => {
    expect(checkTrace(trace(over)).join('\n')).toContain(problem);
  });
});
