/** Second opinions by node:crypto (OpenSSL), RFC vectors, and round trips. */
import * as node from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesGcmOpen, aesGcmSeal } from './aead.ts';
import { fromBase64, fromBase64Url, fromHex, fromUtf8, toBase64, toBase64Url, toHex, utf8 } from './bytes.ts';
import { deriveBytes, deriveEcKey, deriveEd25519Key, deriveRsaKey, deriveSerial } from './derive.ts';
import {
  ecdhSharedSecret,
  ecdsaDerToRaw,
  ecdsaSignRaw,
  ecdsaVerifyRaw,
  x25519PublicKey,
  x25519SharedSecret,
} from './ec.ts';
import { type HashName, hash, hkdfExpand, hkdfExtract, hmac, runningHash, tls12Prf } from './hash.ts';
import { type PrivateKey, parsePublicKey, publicKeysEqual } from './keys.ts';
import { encodePrivateKey, parsePrivateKey, privateKeyPem } from './privateKey.ts';
import { rsaSignPss, rsaVerifyPss } from './rsa/rsa.ts';
import { defaultSignatureAlgorithm, signMessage, verifySignature } from './signature.ts';

const message = utf8('a message');
const keys: Record<string, PrivateKey> = {
  p256: deriveEcKey('seed', 'a'),
  p384: deriveEcKey('seed', 'a', 'P-384'),
  p521: deriveEcKey('seed', 'a', 'P-521'),
  ed25519: deriveEd25519Key('seed', 'a'),
  rsa: deriveRsaKey('seed', 'a', 1024),
};
const nodePublic = (key: PrivateKey): node.KeyObject =>
  node.createPublicKey({ key: Buffer.from(key.publicKey.spki), format: 'der', type: 'spki' });
const nodeHash = (key: PrivateKey): string | null => {
  const algorithm = defaultSignatureAlgorithm(key.publicKey);
  return 'hash' in algorithm ? algorithm.hash : null;
};

describe('text encodings', () => {
  test('agree with Buffer for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(toHex(bytes)).toBe(buffer.toString('hex'));
        expect(toBase64(bytes)).toBe(buffer.toString('base64'));
        expect(toBase64Url(bytes)).toBe(buffer.toString('base64url'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });
  test('UTF-8 agrees with Buffer for any text, and refuses what is not UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(toHex(utf8(text))).toBe(Buffer.from(text, 'utf8').toString('hex'));
        expect(fromUtf8(utf8(text))).toBe(text);
      }),
    );
    for (const bad of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xff]])
      expect(fromUtf8(Uint8Array.from(bad))).toBeUndefined();
  });
  test.each(['a', 'ab=', '!!!!', 'YQ='])('%s is not base64', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

describe('hashes', () => {
  test.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)(
    '%s, its HMAC and HKDF agree with OpenSSL',
    (name: HashName) => {
      expect(toHex(hash(name, message))).toBe(node.createHash(name).update(message).digest('hex'));
      expect(toHex(hmac(name, utf8('k'), message))).toBe(node.createHmac(name, 'k').update(message).digest('hex'));
      const okm = hkdfExpand(name, hkdfExtract(name, utf8('salt'), message), utf8('info'), 50);
      expect(toHex(okm)).toBe(Buffer.from(node.hkdfSync(name, message, 'salt', 'info', 50)).toString('hex'));
      const running = runningHash(name);
      running.update(message.subarray(0, 3));
      running.digest();
      running.update(message.subarray(3));
      expect(running.digest()).toEqual(hash(name, message));
    },
  );
  test('the TLS 1.2 PRF gives the published SHA-256 vector', () => {
    const out = tls12Prf(
      'sha256',
      fromHex('9bbe436ba940f017b17652849a71db35') ?? utf8(''),
      'test label',
      fromHex('a0ba9f936cda311827a6f796ffd5198c') ?? utf8(''),
      100,
    );
    expect(toHex(out)).toBe(
      'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66',
    );
  });
});

describe('AES-GCM', () => {
  test.each([16, 32])('a key of %i bytes seals as OpenSSL does, and opens only unchanged data', (length) => {
    const key = deriveBytes('s', 'key', length);
    const nonce = deriveBytes('s', 'nonce', 12);
    const sealed = aesGcmSeal(key, nonce, message, utf8('aad'));
    const cipher = node.createCipheriv(`aes-${(8 * length) as 128 | 256}-gcm`, key, nonce).setAAD(utf8('aad'));
    const expected = Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()]);
    expect(toHex(sealed)).toBe(expected.toString('hex'));
    expect(aesGcmOpen(key, nonce, sealed, utf8('aad'))).toEqual(message);
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(aesGcmOpen(key, nonce, changed, utf8('aad'))).toBeUndefined();
    }
    expect(aesGcmOpen(key, nonce, sealed, utf8('other'))).toBeUndefined();
  });
});

describe.each(Object.entries(keys))('a derived %s key', (_, key) => {
  const algorithm = defaultSignatureAlgorithm(key.publicKey);

  test('signs what OpenSSL verifies, the same each time', () => {
    const signature = signMessage(algorithm, key, message);
    expect(signMessage(algorithm, key, message)).toEqual(signature);
    expect(node.verify(nodeHash(key), message, nodePublic(key), signature)).toBe(true);
    expect(verifySignature(algorithm, key.publicKey, message, signature)).toBe(true);
  });
  test('verifies what OpenSSL signs, and nothing else', () => {
    const nodePrivate = node.createPrivateKey(privateKeyPem(key));
    const signature = new Uint8Array(node.sign(nodeHash(key), message, nodePrivate));
    expect(verifySignature(algorithm, key.publicKey, message, signature)).toBe(true);
    expect(verifySignature(algorithm, key.publicKey, utf8('another'), signature)).toBe(false);
    const step = Math.max(1, Math.floor(signature.length / 16));
    for (let i = 0; i < signature.length; i += step) {
      const changed = signature.map((byte, at) => (at === i ? byte ^ 4 : byte));
      expect(verifySignature(algorithm, key.publicKey, message, changed)).toBe(false);
    }
    expect(verifySignature(algorithm, key.publicKey, message, signature.subarray(1))).toBe(false);
  });
  test('survives PKCS#8 and SPKI', () => {
    for (const input of [privateKeyPem(key), encodePrivateKey(key), `text before\n${privateKeyPem(key)}text after`]) {
      const parsed = parsePrivateKey(input);
      expect(parsed.ok && parsed.value).toEqual(key);
    }
    const publicKey = parsePublicKey(key.publicKey.spki);
    expect(publicKey.ok && publicKey.value).toEqual(key.publicKey);
    expect(publicKey.ok && publicKeysEqual(publicKey.value, key.publicKey)).toBe(true);
  });
});

describe('key files that others write', () => {
  test.each(['P-256', 'P-384', 'P-521'])('SEC1 of %s', (namedCurve) => {
    const pair = node.generateKeyPairSync('ec', { namedCurve });
    const parsed = parsePrivateKey(pair.privateKey.export({ type: 'sec1', format: 'pem' }).toString());
    expect(parsed.ok && toHex(parsed.value.publicKey.spki)).toBe(
      pair.publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
    );
  });
  test('PKCS#1 and PKCS#8 of a 2048-bit RSA key', () => {
    const pair = node.generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const parsed = parsePrivateKey(pair.privateKey.export({ type, format: 'pem' }).toString());
      expect(parsed.ok && parsed.value.publicKey).toMatchObject({ kind: 'rsa', bits: 2048, exponent: 65537n });
    }
  });
  test('an encrypted key, an absent key, a broken key are told apart', () => {
    const encrypted = node.generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey;
    const code = (text: string): string => {
      const parsed = parsePrivateKey(text);
      return parsed.ok ? 'ok' : parsed.error.code;
    };
    expect(code(encrypted)).toBe('key-encrypted');
    expect(code('nothing here')).toBe('key-absent');
    expect(code('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')).toBe('key-malformed');
  });
  test('an RSA key whose numbers do not belong together is refused', () => {
    const key = deriveRsaKey('seed', 'a', 1024);
    const broken = encodePrivateKey({ ...key, numbers: { ...key.numbers, q: key.numbers.q + 2n } });
    const parsed = parsePrivateKey(broken);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.error.code).toBe('key-inconsistent');
  });
});

describe('RSA-PSS', () => {
  const key = deriveRsaKey('seed', 'a', 1024);
  test('agrees with OpenSSL both ways, and minds the salt length', () => {
    const salt = deriveBytes('s', 'salt', 32);
    const signature = rsaSignPss(key.numbers, 'sha256', message, salt) ?? utf8('');
    const options = { key: nodePublic(key), padding: node.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    expect(node.verify('sha256', message, options, signature)).toBe(true);
    expect(rsaVerifyPss(key.numbers, 'sha256', message, signature)).toBe(true);
    expect(rsaVerifyPss(key.numbers, 'sha256', message, signature, 20)).toBe(false);
    const theirs = node.sign('sha384', message, {
      key: privateKeyPem(key),
      padding: node.constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 48,
    });
    expect(rsaVerifyPss(key.numbers, 'sha384', message, new Uint8Array(theirs))).toBe(true);
    expect(rsaVerifyPss(key.numbers, 'sha256', message, new Uint8Array(theirs))).toBe(false);
  });
});

describe('key agreement', () => {
  test('P-256 agrees with OpenSSL and refuses a point off the curve', () => {
    const key = deriveEcKey('seed', 'ecdh');
    const theirs = node.createECDH('prime256v1');
    theirs.generateKeys();
    const shared = ecdhSharedSecret('P-256', key.scalar, new Uint8Array(theirs.getPublicKey()));
    expect(shared && toHex(shared)).toBe(theirs.computeSecret(key.publicKey.point).toString('hex'));
    const off = key.publicKey.point.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
    expect(ecdhSharedSecret('P-256', key.scalar, off)).toBeUndefined();
  });
  test('X25519 agrees with OpenSSL and refuses the zero point', () => {
    const secret = deriveBytes('s', 'x25519', 32);
    const theirs = node.generateKeyPairSync('x25519');
    const theirPoint = new Uint8Array(theirs.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
    const ourKey = node.createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), x25519PublicKey(secret)]),
      format: 'der',
      type: 'spki',
    });
    const expected = node.diffieHellman({ privateKey: theirs.privateKey, publicKey: ourKey });
    const shared = x25519SharedSecret(secret, theirPoint);
    expect(shared && toHex(shared)).toBe(expected.toString('hex'));
    expect(x25519SharedSecret(secret, new Uint8Array(32))).toBeUndefined();
  });
});

describe('derivation', () => {
  test('depends on seed and label, on nothing else', () => {
    expect(deriveEcKey('seed', 'a')).toEqual(deriveEcKey('seed', 'a'));
    expect(deriveEcKey('seed', 'b').publicKey.id).not.toBe(deriveEcKey('seed', 'a').publicKey.id);
    expect(deriveEcKey('other', 'a').publicKey.id).not.toBe(deriveEcKey('seed', 'a').publicKey.id);
    expect(deriveSerial('seed', 'a')).toBe(deriveSerial('seed', 'a'));
    expect(deriveSerial('seed', 'a') < 1n << 127n).toBe(true);
  });
});

describe('raw and DER signatures', () => {
  test('are two forms of one value', () => {
    const key = deriveEcKey('seed', 'a');
    const raw = ecdsaSignRaw('P-256', 'sha256', key.scalar, message);
    const der = signMessage({ kind: 'ecdsa', hash: 'sha256' }, key, message);
    expect(ecdsaDerToRaw('P-256', der)).toEqual(raw);
    expect(ecdsaVerifyRaw('P-256', 'sha256', key.publicKey.point, message, raw)).toBe(true);
    expect(ecdsaDerToRaw('P-256', der.subarray(1))).toBeUndefined();
  });
});
