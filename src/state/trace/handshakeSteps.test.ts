import { describe, expect, it } from 'vitest';
import type { CertificateCheck, TlsHandshakeStep } from '../../trace/tlsStep.ts';
import { handshakeSteps } from './handshakeSteps.ts';

const check = (by: 'client' | 'server', name: CertificateCheck['check'], passed: boolean): CertificateCheck => ({
  by,
  check: name,
  passed,
});

function handshake(overrides: {
  readonly checks: readonly CertificateCheck[];
  readonly result: TlsHandshakeStep['result'];
  readonly sent?: boolean;
  readonly asked?: boolean;
  readonly negotiated?: boolean;
}): TlsHandshakeStep {
  const trust = { anchors: ['root'] };
  return {
    kind: 'tls-handshake',
    role: 'server',
    origins: [],
    connection: 1,
    layer: 1,
    client: {
      implementation: 'curl-openssl',
      alpn: [],
      minVersion: '1.2',
      maxVersion: '1.3',
      certificateChain: overrides.sent === false ? [] : ['client'],
      trust,
    },
    server: {
      implementation: 'envoy-boringssl',
      alpn: [],
      minVersion: '1.2',
      maxVersion: '1.3',
      certificateChain: ['server'],
      clientCertificate: overrides.asked === false ? 'not-requested' : 'required',
      trust,
    },
    ...(overrides.negotiated === false ? {} : { negotiated: { version: '1.3' } }),
    checks: overrides.checks,
    result: overrides.result,
  };
}

const refused = (by: 'client' | 'server'): TlsHandshakeStep['result'] => ({
  kind: 'refused',
  by,
  late: by === 'server',
  clientSees: '',
});

describe('the six steps of a handshake', () => {
  it.each<[string, TlsHandshakeStep, string]>([
    [
      'all go well',
      handshake({
        checks: [check('client', 'chain', true), check('server', 'chain', true)],
        result: { kind: 'established' },
      }),
      'done done done done done done',
    ],
    [
      'the client does not trust the server: it stops at the third',
      handshake({ checks: [check('client', 'chain', false)], result: refused('client') }),
      'done done failed not-reached not-reached not-reached',
    ],
    [
      'no client certificate: it stops at the fourth',
      handshake({
        checks: [check('client', 'chain', true), check('server', 'presented', false)],
        sent: false,
        result: refused('server'),
      }),
      'done done done failed not-reached not-reached',
    ],
    [
      'a client certificate of another CA: it stops at the fifth',
      handshake({
        checks: [check('client', 'chain', true), check('server', 'chain', false)],
        result: refused('server'),
      }),
      'done done done done failed not-reached',
    ],
    [
      'one-way TLS does without the fourth and fifth',
      handshake({ checks: [check('client', 'chain', true)], asked: false, result: { kind: 'established' } }),
      'done done done skipped skipped done',
    ],
    [
      'the server resets: it stops at the second',
      handshake({ checks: [], negotiated: false, result: { kind: 'broken', reason: 'reset', clientSees: '' } }),
      'done failed not-reached not-reached not-reached not-reached',
    ],
  ])('%s', (_title, step, states) => {
    expect(
      handshakeSteps(step, undefined)
        .map(({ state }) => state)
        .join(' '),
    ).toBe(states);
  });
});
