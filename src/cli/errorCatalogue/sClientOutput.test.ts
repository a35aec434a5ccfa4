/** FooCorp's handshakes in the words of openssl s_client, as OpenSSL 3.0 printed them for the same certificates. */
import { describe, expect, it } from 'vitest';
import { callFrom, variantInput } from '../../conformance/input.ts';
import { compile, evaluate, parse } from '../../engine.ts';
import { sClientOutput } from '../../i18n/render/sClientOutput.ts';
import { certificateView } from '../../worker/views/certificates.ts';
import { type CallEdit, call, FOOCORP, replace, WORKING, without } from './play.ts';

async function printed(change: CallEdit = (base) => base, edit = (yaml: string) => yaml): Promise<string> {
  const file = { ...FOOCORP, manifests: edit(FOOCORP.manifests) };
  const [variant] = file.variants;
  if (variant === undefined) throw new Error('no variant');
  const { files, options } = variantInput(file, variant);
  const compiled = await compile(parse(files), options);
  const { hops } = evaluate(compiled, callFrom(compiled, file, change(WORKING)));
  const handshake = hops[0]?.steps.find((step) => step.kind === 'tls-handshake');
  if (handshake === undefined) throw new Error('no handshake');
  const find = (fingerprint: string) => {
    const certificate = compiled.certificate(fingerprint);
    return certificate && certificateView(certificate);
  };
  return sClientOutput(handshake, find, {
    address: '203.0.113.11',
    port: 443,
    caFile: 'ca.pem',
    certificate: 'client',
  });
}

const CHAIN = `Certificate chain
 0 s:CN = frontend.foocorp.com
   i:CN = frontend.foocorp.com intermediate
   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256
   v:NotBefore: Jan  1 00:00:00 2020 GMT; NotAfter: Jan  1 00:00:00 2120 GMT
`;

describe('openssl s_client', () => {
  it('verifies from the root down, and names the CAs that a client certificate may come from', async () => {
    const text = await printed();
    expect(text).toContain(
      '$ openssl s_client -connect 203.0.113.11:443 -servername frontend.foocorp.com -alpn http/1.1 -CAfile ca.pem -verify_return_error -verify_hostname frontend.foocorp.com -cert client.pem -key client.key\n',
    );
    expect(text).toContain(CHAIN);
    expect(text).toMatch(/depth=0 CN = frontend\.foocorp\.com\nverify return:1\n---\n/);
    expect(text).toContain('Acceptable client certificate CA names\nCN = frontend.foocorp.com intermediate\n');
    expect(text).toContain('Verification: OK\nVerified peername: frontend.foocorp.com\n');
    expect(text).toMatch(
      /New, TLSv1\.3, Cipher is TLS_AES_\d+_GCM_SHA\d+\nALPN protocol: http\/1\.1\nVerify return code: 0 \(ok\)/,
    );
  });

  it.each<[string, CallEdit | undefined, ((yaml: string) => string) | undefined, RegExp]>([
    [
      'the CA is not known',
      call({ cacert: 'inventory-root' }),
      undefined,
      /depth=1 CN = frontend\.foocorp\.com intermediate\nverify error:num=20:unable to get local issuer certificate\nerror:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:\n[\s\S]*no peer certificate available[\s\S]*Verify return code: 20 \(unable to get local issuer certificate\)/,
    ],
    [
      'the name is another',
      call({ url: 'https://inventory.foocorp.com/', cacert: 'frontend-root' }),
      replace('credentialName: inventory-credential', 'credentialName: frontend-credential'),
      /depth=0 CN = frontend\.foocorp\.com\nverify error:num=62:hostname mismatch\n/,
    ],
    [
      'no client certificate, which TLS 1.3 tells late',
      without('cert'),
      undefined,
      /Verify return code: 0 \(ok\)\n---\nerror:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:SSL alert number 116$/,
    ],
    [
      'no client certificate, TLS 1.2',
      (base) => ({ ...without('cert')(base), tlsMax: '1.2' }),
      undefined,
      /-max_protocol TLSv1\.2 [\s\S]*\nerror:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:SSL alert number 40\n---/,
    ],
    [
      'a server without its secret resets',
      undefined,
      replace('credentialName: frontend-credential', 'credentialName: no-such-credential'),
      /CONNECTED\(00000003\)\nwrite:errno=104\n---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\n[\s\S]*New, \(NONE\), Cipher is \(NONE\)/,
    ],
    [
      '-k asks nothing',
      call({ insecure: true }),
      undefined,
      /Verification error: unable to get local issuer certificate/,
    ],
  ])('%s', async (_name, change, edit, expected) => {
    expect(await printed(change, edit)).toMatch(expected);
  });
});
