/** Refusals as the openssl program sends them, and its key updates: what node's TLS cannot show. */
import { expect, test } from 'vitest';
import { toHex } from '../../crypto/bytes.ts';
import { speakWithSClient, speakWithSServer } from '../../testing/opensslProgram.ts';
import {
  clientConfig,
  FOREIGN_CA,
  identity,
  SERVER_NAME,
  serverConfig,
  serverIdentity,
  TEST_CA,
} from '../../testing/tlsParties.ts';
import { describeWithTool } from '../../testing/tools.ts';
import { certificatePem } from '../certificate.ts';
import { tlsClient, tlsServer } from './endpoint/endpoint.ts';
import { entropyOf } from './keys/entropy.ts';

const files = {
  ca: certificatePem(TEST_CA.certificate),
  foreign: certificatePem(FOREIGN_CA.certificate),
  cert: serverIdentity().certificatePem,
  key: serverIdentity().keyPem,
};
const options = (label: string) => ({ entropy: entropyOf('openssl program', label) });
const SERVER = ['-cert', 'FILE:cert', '-key', 'FILE:key', '-CAfile', 'FILE:ca'];
const DEMANDING = [...SERVER, '-Verify', '1', '-verify_return_error'];
const FOREIGN = identity('spiffe://other/ns/x/sa/y', 'P-256', { ca: FOREIGN_CA });
const EXPIRED = identity('spiffe://cluster.local/ns/demo/sa/client', 'P-256', { expired: true });

/** Alert `unknown_ca` in a record of its own, not encrypted. */
const PLAIN_UNKNOWN_CA = '15030300020230';

describeWithTool('openssl', 'openssl s_server refuses our client', () => {
  test.each([
    { name: 'no certificate, 1.3', client: {}, alert: 'certificate_required', late: true },
    { name: 'no certificate, 1.2', client: { maxVersion: '1.2' }, alert: 'handshake_failure', late: false },
    { name: 'foreign, 1.3', client: { credential: FOREIGN }, alert: 'unknown_ca', late: true },
    { name: 'foreign, 1.2', client: { credential: FOREIGN, maxVersion: '1.2' }, alert: 'unknown_ca', late: false },
    { name: 'expired, 1.3', client: { credential: EXPIRED }, alert: 'certificate_expired', late: true },
    {
      name: 'expired, 1.2',
      client: { credential: EXPIRED, maxVersion: '1.2' },
      alert: 'certificate_expired',
      late: false,
    },
  ] as const)('$name', async ({ client, alert, late }) => {
    const ours = tlsClient(clientConfig(client), options('client'));
    await speakWithSServer(ours, { files, args: DEMANDING });
    expect(ours.outcome()).toEqual({ kind: 'alert-received', alert, late });
  });
});

describeWithTool('openssl', 'openssl s_client refuses our server', () => {
  const args = ['-servername', SERVER_NAME, '-CAfile', 'FILE:foreign', '-verify_return_error'];
  test('1.3: the alert is in the clear, an Envoy server cannot read it', async () => {
    const ours = tlsServer(serverConfig(), options('server'));
    const { wire, output } = await speakWithSClient(ours, { files, args });
    expect(toHex(wire).endsWith(PLAIN_UNKNOWN_CA)).toBe(true);
    expect(output).toContain('certificate verify failed');
    expect(ours.outcome()).toMatchObject({
      kind: 'refused-peer',
      alert: 'bad_record_mac',
      reason: 'record-unreadable',
    });
  });
  test('1.3: a server of OpenSSL reads it', async () => {
    const ours = tlsServer(serverConfig({ implementation: 'curl-openssl' }), options('server'));
    await speakWithSClient(ours, { files, args });
    expect(ours.outcome()).toEqual({ kind: 'alert-received', alert: 'unknown_ca', late: false });
  });
  test('1.2', async () => {
    const ours = tlsServer(serverConfig({ maxVersion: '1.2' }), options('server'));
    await speakWithSClient(ours, { files, args });
    expect(ours.outcome()).toEqual({ kind: 'alert-received', alert: 'unknown_ca', late: false });
  });
});

describeWithTool('openssl', 'openssl s_client changes its keys', () => {
  test('and asks ours to do the same', async () => {
    const ours = tlsServer(serverConfig(), options('server'));
    const { received } = await speakWithSClient(ours, {
      files,
      args: ['-servername', SERVER_NAME, '-CAfile', 'FILE:ca'],
      typed: ['before', 'K', 'after'],
      greeting: 'greeting\n',
    });
    expect(received).toContain('before');
    expect(received).toContain('after');
    expect(ours.outcome()).toEqual({ kind: 'closed', by: 'client' });
  });
});
