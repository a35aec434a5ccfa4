/** RFC 8448 section 3: every secret, key, Finished and record of its trace comes out of our functions. */
import { describe, expect, test } from 'vitest';
import type { TlsValueName } from '../../base/tlsVocabulary.ts';
import { type Bytes, concatBytes, fromHex, toHex } from '../../crypto/bytes.ts';
import { RFC8448, RFC8448_VALUES } from '../../testing/rfc8448.ts';
import { parseCertificate } from '../certificate.ts';
import type { Computation } from './keys/computation.ts';
import {
  applicationSecrets,
  handshakeSecrets,
  resumptionSecret,
  signedContent13,
  trafficKeys13,
  verifyData13,
} from './keys/schedule13.ts';
import { transcript } from './keys/transcript.ts';
import { decodeHandshake, encodeHandshake, type HandshakeMessage, handshakeLength } from './messages/handshake.ts';
import { protection13 } from './record/protection.ts';
import { cipherSuiteNamed } from './registry/cipherSuites.ts';
import { namedGroup, sharedSecret } from './registry/namedGroups.ts';
import { schemeOfId, verifyWithScheme } from './registry/signatureSchemes.ts';

const bytes = (hex: string): Bytes => fromHex(hex) ?? new Uint8Array(0);
const suite = cipherSuiteNamed('TLS_AES_128_GCM_SHA256');
if (suite === undefined) throw new Error('no suite');

/** The messages of a flight. */
function split(flight: Bytes): Bytes[] {
  const messages: Bytes[] = [];
  for (let rest = flight; rest.length > 0; ) {
    const length = handshakeLength(rest) ?? rest.length;
    messages.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return messages;
}

function decode(message: Bytes | undefined): HandshakeMessage {
  const decoded = decodeHandshake(message ?? new Uint8Array(0), '1.3');
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value.message;
}

const computed = new Map<TlsValueName, string>();
const note = ({ output }: Computation): void => void computed.set(output.name, toHex(output.value));
const flight = split(bytes(RFC8448.serverFlight));
const [encryptedExtensions, certificate, certificateVerify, serverFinished] = flight;

const own = {
  group: namedGroup('x25519'),
  secret: bytes(RFC8448.serverPrivate),
  publicKey: bytes(RFC8448.serverPublic),
};
const shared = sharedSecret(own, bytes(RFC8448.clientPublic)) ?? new Uint8Array(0);
const hashes = transcript();
hashes.startHash('sha256');
hashes.add('client_hello', bytes(RFC8448.clientHello));
hashes.add('server_hello', bytes(RFC8448.serverHello));
const handshake = handshakeSecrets('sha256', shared, hashes.digest(), note);
for (const message of [encryptedExtensions, certificate]) hashes.add('', message ?? new Uint8Array(0));
const beforeVerify = hashes.digest();
hashes.add('', certificateVerify ?? new Uint8Array(0));
verifyData13('sha256', 'server', handshake.server, hashes.digest(), note);
hashes.add('', serverFinished ?? new Uint8Array(0));
const application = applicationSecrets('sha256', handshake.handshakeSecret, hashes.digest(), note);
const clientVerifyData = verifyData13('sha256', 'client', handshake.client, hashes.digest(), note);
const clientFinished = encodeHandshake('finished', { verifyData: clientVerifyData });
hashes.add('finished', clientFinished);
resumptionSecret('sha256', application.masterSecret, hashes.digest(), note);
const keys = {
  serverHandshake: trafficKeys13(suite, 'server', 'handshake', handshake.server, note),
  clientHandshake: trafficKeys13(suite, 'client', 'handshake', handshake.client, note),
  serverApplication: trafficKeys13(suite, 'server', 'application', application.server, note),
  clientApplication: trafficKeys13(suite, 'client', 'application', application.client, note),
};

describe('RFC 8448 section 3', () => {
  test.each(Object.entries(RFC8448_VALUES))('%s', (name, value) => {
    expect(computed.get(name as TlsValueName)).toBe(value);
  });

  test('records, sealed and opened', () => {
    const data = Uint8Array.from({ length: 50 }, (_, index) => index);
    const closeNotify = Uint8Array.of(1, 0);
    const server = [protection13(keys.serverHandshake), protection13(keys.serverHandshake)] as const;
    const client = [protection13(keys.clientHandshake), protection13(keys.clientHandshake)] as const;
    const serverData = [protection13(keys.serverApplication), protection13(keys.serverApplication)] as const;
    const clientData = [protection13(keys.clientApplication), protection13(keys.clientApplication)] as const;
    const cases = [
      [server, 'handshake', concatBytes(...flight), RFC8448.serverFlightRecord],
      [client, 'handshake', clientFinished, RFC8448.clientFinishedRecord],
      [serverData, 'handshake', bytes(RFC8448.newSessionTicket), RFC8448.newSessionTicketRecord],
      [clientData, 'application_data', data, RFC8448.clientDataRecord],
      [serverData, 'application_data', data, RFC8448.serverDataRecord],
      [clientData, 'alert', closeNotify, RFC8448.clientAlertRecord],
      [serverData, 'alert', closeNotify, RFC8448.serverAlertRecord],
    ] as const;
    for (const [[sealing, opening], type, content, record] of cases) {
      expect(toHex(sealing.seal(type, content).bytes)).toBe(record);
      expect(opening.open(bytes(record))).toEqual({ type, content });
    }
  });

  test('the server proves its key', () => {
    const [message, verify] = [decode(certificate), decode(certificateVerify)];
    if (message.kind !== 'certificate' || verify.kind !== 'certificateVerify') throw new Error('other messages');
    const parsed = parseCertificate(message.body.entries[0]?.data ?? new Uint8Array(0));
    if (!parsed.ok) throw new Error(parsed.error.detail);
    const scheme = schemeOfId(verify.body.algorithm);
    expect(scheme?.name).toBe('rsa_pss_rsae_sha256');
    const content = signedContent13('server', beforeVerify);
    expect(scheme && verifyWithScheme(scheme, parsed.value.publicKey, content, verify.body.signature)).toBe(true);
  });

  const messages: readonly (readonly [string, Bytes])[] = [
    ['ClientHello', bytes(RFC8448.clientHello)],
    ['ServerHello', bytes(RFC8448.serverHello)],
    ['NewSessionTicket', bytes(RFC8448.newSessionTicket)],
    ...flight.map((message, index) => [`message ${index} of the server's flight`, message] as const),
  ];
  test.each(messages)('%s reads, and is written as it was', (_, message) => {
    const decoded = decode(message);
    expect(toHex(encodeHandshake(decoded.kind, decoded.body))).toBe(toHex(message));
  });
});
