import { describe, expect, it } from 'vitest';
import { workloadId } from '../../base/ids.ts';
import { legsOf } from '../../trace/carriage.ts';
import { decidingStep } from '../../trace/deciding.ts';
import type { Step } from '../../trace/step.ts';
import type { TlsHandshakeStep } from '../../trace/tlsStep.ts';
import type { Hop, Party, Trace } from '../../trace/trace.ts';
import { momentsOf } from './moments.ts';

const caller: Party = { kind: 'client', container: 'app' };
const proxy = (name: string, role: 'sidecar-outbound' | 'sidecar-inbound' | 'gateway'): Party => ({
  kind: 'proxy',
  workload: workloadId('demo', name),
  role,
});
const app: Party = { kind: 'application', workload: workloadId('demo', 'b'), port: 8080 };
const forwarded: Step = { kind: 'forwarded', to: 'x', protocol: 'http', origins: [] };
const responded = (local: boolean): Step => ({ kind: 'responded', status: 200, flags: [], local, origins: [] });
const received: Step = {
  kind: 'http-received',
  method: 'GET',
  authority: 'b',
  path: '/',
  normalizedPath: '/',
  version: '1.1',
  origins: [],
};
const handshake = (
  role: TlsHandshakeStep['role'],
  connection: number,
  over: Partial<Pick<TlsHandshakeStep, 'layer' | 'client' | 'server' | 'result'>> = {},
): TlsHandshakeStep => ({
  kind: 'tls-handshake',
  origins: [],
  role,
  connection,
  layer: 1,
  client: {
    implementation: 'curl-openssl',
    alpn: [],
    minVersion: '1.2',
    maxVersion: '1.3',
    certificateChain: ['a'],
    trust: { anchors: [] },
  },
  server: {
    implementation: 'envoy-boringssl',
    alpn: [],
    minVersion: '1.2',
    maxVersion: '1.3',
    certificateChain: ['b'],
    clientCertificate: 'required',
  },
  checks: [],
  result: { kind: 'established' },
  ...over,
});
const hop = (id: number, party: Party, steps: Step[], parent = id - 1): Hop => ({
  id,
  ...(id === 0 ? {} : { parent }),
  party,
  attempt: 1,
  steps,
  end: 'answered',
});
const trace = (hops: Hop[], disposition: Trace['disposition'] = { kind: 'failed' }): Trace => ({
  version: 1,
  call: { from: 'outside', container: 'app', request: { kind: 'tcp', host: 'b', port: 1 } },
  hops,
  outcome: { kind: 'unknown' },
  disposition,
  choices: [],
});
const told = (made: Trace): string[] =>
  momentsOf(made).map((moment) =>
    moment.kind === 'step'
      ? `${moment.hop}.${moment.index}`
      : `${moment.near}${moment.direction === 'request' ? '>' : '<'}${moment.far}`,
  );

describe('momentsOf', () => {
  it('enters a hop where it was forwarded to, and comes back for the reply', () => {
    const made = trace([
      hop(0, caller, [forwarded, responded(false)]),
      hop(1, proxy('b', 'sidecar-inbound'), [received, forwarded, responded(false)]),
      hop(2, app, [responded(true)]),
    ]);
    expect(told(made)).toEqual(['0.0', '0>1', '1.0', '1.1', '1>2', '2.0', '1<2', '1.2', '0<1', '0.1']);
  });

  it('enters each attempt in turn', () => {
    const made = trace([
      hop(0, proxy('a', 'gateway'), [forwarded, forwarded, responded(false)]),
      hop(1, app, [], 0),
      hop(2, app, [], 0),
    ]);
    expect(told(made)).toEqual(['0.0', '0>1', '0<1', '0.1', '0>2', '0<2', '0.2']);
  });

  it('loses no hop when nobody says forwarded', () => {
    const made = trace([hop(0, caller, [responded(false)]), hop(1, app, [responded(true)])]);
    expect(told(made)).toEqual(['0>1', '1.0', '0<1', '0.0']);
  });
});

describe('legsOf', () => {
  const tunnels = (made: Trace): number[][] =>
    legsOf(made).map((leg) => leg.tunnels.map((tunnel) => tunnel.handshake.connection));

  it('is the leg between the two ends that recorded it', () => {
    const made = trace([
      hop(0, proxy('a', 'gateway'), [received, handshake('client', 1), forwarded]),
      hop(1, proxy('b', 'sidecar-inbound'), [handshake('server', 1), received, forwarded]),
      hop(2, app, []),
    ]);
    expect(tunnels(made)).toEqual([[1], []]);
  });

  it('reaches over a load balancer when only one end recorded it', () => {
    const network: Party = { kind: 'network', via: 'load-balancer', service: 'demo/b' };
    const ends = (client: Step[], server: Step[]) => [hop(0, caller, client), hop(1, network, []), hop(2, app, server)];
    expect(tunnels(trace(ends([handshake('client', 1)], [])))).toEqual([[1], [1]]);
    expect(tunnels(trace(ends([], [handshake('server', 1)])))).toEqual([[1], [1]]);
  });

  it('carries TLS of the caller through proxies that pass it on, inside their own', () => {
    const made = trace([
      hop(0, caller, [handshake('client', 3, { layer: 2 })]),
      hop(1, proxy('a', 'gateway'), [handshake('client', 2), forwarded]),
      hop(2, proxy('b', 'sidecar-inbound'), [handshake('server', 2), forwarded]),
      hop(3, app, [handshake('server', 3, { layer: 2 })]),
    ]);
    expect(tunnels(made)).toEqual([[3], [2, 3], [3]]);
  });

  it('is mutual only when a certificate was asked for and given', () => {
    const made = (change: Parameters<typeof handshake>[2]) =>
      legsOf(trace([hop(0, caller, []), hop(1, app, [handshake('server', 1, change)])]))[0]?.tunnels[0]?.mutual;
    const base = handshake('server', 1);
    expect(made({})).toBe(true);
    expect(made({ client: { ...base.client, certificateChain: [] } })).toBe(false);
    expect(made({ server: { ...base.server, clientCertificate: 'not-requested' } })).toBe(false);
  });
});

describe('decidingStep', () => {
  it('is the denial at the refusing hop, not what came after', () => {
    const denial: Step = {
      kind: 'rbac-check',
      phase: 'allow',
      layer: 'http',
      decision: 'denied',
      rules: [],
      dropped: [],
      origins: [],
    };
    const made = trace([hop(0, caller, [responded(false)]), hop(1, app, [received, denial, responded(true)])], {
      kind: 'refused',
      hop: 1,
      by: 'authorization',
    });
    expect(decidingStep(made)).toMatchObject({ index: 1, step: denial });
  });

  it('is found at the other end when the handshake was recorded there', () => {
    const refused = handshake('server', 1, {
      result: { kind: 'refused', by: 'client', late: false, clientSees: 'x', serverSees: 'y' },
    });
    const made = trace([hop(0, caller, []), hop(1, app, [refused])], {
      kind: 'refused',
      hop: 0,
      by: 'server-certificate',
    });
    expect(decidingStep(made)?.step).toBe(refused);
  });
});
