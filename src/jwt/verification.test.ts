/** Tokens signed by the JOSE library, judged by ours; the table's verdicts are those of a real proxy. */
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, generateSecret, type JWK } from 'jose';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { utf8 } from '../crypto/bytes.ts';
import { checkToken } from './checks.ts';
import { parseKeySet } from './keySet.ts';
import { jwksStatusText, jwtStatusText } from './status.ts';

const NOW = Date.UTC(2026, 10, 23);
const CLAIMS = { iss: 'testing@secure.istio.io', sub: 'u', exp: 4102444800 };

interface Signer {
  readonly key: CryptoKey;
  readonly jwk: JWK;
}
const signers = new Map<string, Signer>();
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'HS256',
  'HS384',
  'HS512',
];

beforeAll(async () => {
  for (const alg of ALGORITHMS) {
    if (alg.startsWith('HS')) {
      const key = (await generateSecret(alg, { extractable: true })) as CryptoKey;
      signers.set(alg, { key, jwk: await exportJWK(key) });
    } else {
      const pair = await generateKeyPair(alg, { extractable: true });
      signers.set(alg, { key: pair.privateKey, jwk: await exportJWK(pair.publicKey) });
    }
  }
});

const signer = (alg: string): Signer => signers.get(alg) ?? expect.fail(`no key for ${alg}`);
const sign = (alg: string, header: object = {}, claims: object = CLAIMS): Promise<string> =>
  new CompactSign(utf8(JSON.stringify(claims))).setProtectedHeader({ alg, ...header }).sign(signer(alg).key);
const keySet = (...jwks: readonly object[]) => parseKeySet(JSON.stringify({ keys: jwks }));
const judge = (
  token: string,
  keys: ReturnType<typeof parseKeySet>,
  rules: { issuer?: string; audiences?: readonly string[] } = {},
) => checkToken(token, { issuer: CLAIMS.iss, audiences: [], ...rules, keys }, NOW);

describe('signatures', () => {
  test.each(ALGORITHMS)('%s is verified, and refused when the payload changes', async (alg) => {
    const token = await sign(alg);
    const keys = keySet(signer(alg).jwk);
    expect(judge(token, keys).status).toBe('ok');
    const [header, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify({ ...CLAIMS, sub: 'admin' })).toString('base64url');
    expect(judge(`${header}.${payload}.${signature}`, keys).status).toBe('verification-failed');
  });

  it('tries every key of the set when neither side names one', async () => {
    const keys = keySet(signer('ES384').jwk, signer('RS512').jwk, signer('RS256').jwk);
    expect(judge(await sign('RS256'), keys).status).toBe('ok');
  });

  const matching: readonly (readonly [string, object, object, string])[] = [
    ['same kid', { kid: 'a' }, { kid: 'a' }, 'ok'],
    ['other kid', { kid: 'a' }, { kid: 'b' }, 'no-matching-key'],
    ['no kid in the token', {}, { kid: 'b' }, 'ok'],
    ['no kid in the key', { kid: 'a' }, {}, 'ok'],
    ['empty kid in the token', { kid: '' }, { kid: 'b' }, 'ok'],
    ['key of another algorithm', {}, { alg: 'RS384' }, 'no-matching-key'],
    ['key of the algorithm', {}, { alg: 'RS256' }, 'ok'],
  ];
  test.each(matching)('%s', async (_, header, key, status) => {
    expect(judge(await sign('RS256', header), keySet({ ...signer('RS256').jwk, ...key })).status).toBe(status);
  });

  it('a key of another type fails to verify, and one of Ed25519 says that the length is wrong', async () => {
    expect(judge(await sign('ES256'), keySet(signer('RS256').jwk)).status).toBe('verification-failed');
    const verdict = judge(await sign('RS256'), keySet(signer('EdDSA').jwk, signer('RS256').jwk));
    expect(jwtStatusText(verdict.status)).toBe('Jwt ED25519 signature is wrong length');
  });

  it('an HMAC key verifies what calls itself RS256, as Envoy has it', async () => {
    const [, payload] = (await sign('HS256')).split('.');
    const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
    const { createHmac } = await import('node:crypto');
    const secret = Buffer.from(String(signer('HS256').jwk.k), 'base64url');
    const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
    expect(judge(`${header}.${payload}.${signature}`, keySet(signer('HS256').jwk)).status).toBe('ok');
  });
});

describe('reasons, in the order they are looked for', () => {
  const b64 = (text: string): string => Buffer.from(text).toString('base64url');
  const payload = b64(JSON.stringify(CLAIMS));
  const header = b64('{"alg":"RS256"}');
  const forms: readonly (readonly [string, string, string])[] = [
    ['no dots', 'not-a-jwt', 'bad-format'],
    ['two parts', `${header}.${payload}`, 'bad-format'],
    ['an empty signature', `${b64('{"alg":"none"}')}.${payload}.`, 'bad-format'],
    ['four parts', `${header}.${payload}.a.b`, 'bad-format'],
    ['header not base64url', `${header}=.${payload}.AAAA`, 'header-bad-base64'],
    ['header not JSON', `${b64('hello')}.${payload}.AAAA`, 'header-bad-json'],
    ['no alg', `${b64('{}')}.${payload}.AAAA`, 'header-bad-alg'],
    ['alg not a string', `${b64('{"alg":1}')}.${payload}.AAAA`, 'header-bad-alg'],
    ['alg none', `${b64('{"alg":"none"}')}.${payload}.AAAA`, 'header-unknown-alg'],
    ['kid not a string', `${b64('{"alg":"RS256","kid":null}')}.${payload}.AAAA`, 'header-bad-kid'],
    ['payload not base64url', `${header}.${payload}+.AAAA`, 'payload-bad-base64'],
    ['payload not JSON', `${header}.${b64('[]')}.AAAA`, 'payload-bad-json'],
    [
      'payload not UTF-8',
      `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.AAAA`,
      'payload-bad-json',
    ],
    ['signature not base64url', `${header}.${payload}.A+AA`, 'signature-bad-base64'],
  ];
  test.each(forms)('%s', (_, token, status) => {
    expect(judge(token, keySet(signer('RS256').jwk)).status).toBe(status);
  });

  const claims: readonly (readonly [string, object, string])[] = [
    ['iss not a string', { iss: null }, 'iss-not-string'],
    ['sub not a string', { sub: 1 }, 'sub-not-string'],
    ['iat text', { iat: '1' }, 'iat-not-integer'],
    ['iat negative', { iat: -1 }, 'iat-out-of-range'],
    ['nbf text', { nbf: 'x' }, 'nbf-not-integer'],
    ['exp boolean', { exp: true }, 'exp-not-integer'],
    ['exp beyond 64 bits', { exp: 2 ** 64 }, 'exp-out-of-range'],
    ['exp with a fraction', { exp: 4102444800.5 }, 'ok'],
    ['jti not a string', { jti: 7 }, 'jti-not-string'],
    ['aud with a number', { aud: ['a', 1] }, 'aud-not-strings'],
    ['aud null', { aud: null }, 'aud-not-strings'],
    ['aud an empty list', { aud: [] }, 'ok'],
    ['another issuer', { iss: 'other' }, 'unknown-issuer'],
    ['no issuer', { iss: undefined }, 'unknown-issuer'],
    ['not yet valid', { nbf: NOW / 1000 + 61 }, 'not-yet-valid'],
    ['not yet valid within the skew', { nbf: NOW / 1000 + 60 }, 'ok'],
    ['expired', { exp: NOW / 1000 - 61 }, 'expired'],
    ['expired within the skew', { exp: NOW / 1000 - 60 }, 'ok'],
    ['exp 0', { exp: 0 }, 'ok'],
    ['no exp', { exp: undefined }, 'ok'],
    ['issued in the future', { iat: NOW / 1000 + 9999 }, 'ok'],
  ];
  test.each(claims)('%s', async (_, changes, status) => {
    const token = await sign('ES256', {}, { ...CLAIMS, ...changes });
    expect(judge(token, keySet(signer('ES256').jwk)).status).toBe(status);
  });

  const audiences: readonly (readonly [readonly string[], unknown, string])[] = [
    [[], undefined, 'ok'],
    [['shop'], undefined, 'audience-not-allowed'],
    [['bookstore', 'shop'], 'bookstore', 'ok'],
    [['bookstore'], ['library', 'bookstore'], 'ok'],
    [['http://bookstore'], 'https://bookstore/', 'ok'],
    [['bookstore/'], 'http://bookstore', 'ok'],
    [['bookstore'], 'Bookstore', 'audience-not-allowed'],
    [['bookstore'], 'bookstore//', 'audience-not-allowed'],
  ];
  test.each(audiences)('audiences %j against aud %j: %s', async (allowed, aud, status) => {
    const token = await sign('ES256', {}, { ...CLAIMS, aud });
    expect(judge(token, keySet(signer('ES256').jwk), { audiences: allowed }).status).toBe(status);
  });

  it('time and audience come before the signature', async () => {
    const keys = keySet(signer('ES384').jwk);
    expect(judge(await sign('ES256', {}, { ...CLAIMS, exp: 1 }), keys).status).toBe('expired');
    expect(judge(await sign('ES256', {}, { ...CLAIMS, aud: 'x' }), keys, { audiences: ['y'] }).status).toBe(
      'audience-not-allowed',
    );
  });

  it('an empty issuer in the rule accepts any', async () => {
    const token = await sign('ES256', {}, { ...CLAIMS, iss: 'whoever' });
    expect(judge(token, keySet(signer('ES256').jwk), { issuer: '' }).status).toBe('ok');
  });

  it('records each check up to the one that failed', async () => {
    const verdict = judge(await sign('ES256', {}, { ...CLAIMS, exp: 1577836800 }), keySet(signer('ES256').jwk));
    expect(verdict.checks.map((check) => `${check.passed ? '+' : '-'}${check.check}`)).toEqual([
      '+form',
      '+header',
      '+algorithm',
      '+key-id',
      '+payload',
      '+claim-types',
      '+signature-encoding',
      '+issuer',
      '+not-before',
      '-expiry',
    ]);
    expect(verdict.checks.at(-1)?.saw).toBe('1577836800');
  });
});

describe('key sets', () => {
  const unusable: readonly (readonly [string, string, string])[] = [
    ['not JSON', 'nothing', 'Jwks is an invalid JSON'],
    ['no keys', '{"key":[]}', 'Jwks does not have [keys] field'],
    ['keys not a list', '{"keys":{}}', '[keys] in Jwks is not an array'],
    ['an empty list', '{"keys":[]}', "Jwks doesn't have any valid public key"],
    ['no kty', '{"keys":[{}]}', '[kty] is missing in [keys]'],
    ['unknown kty', '{"keys":[{"kty":"XX"}]}', '[kty] is not supported in [keys]'],
    [
      'RSA with an EC algorithm',
      '{"keys":[{"kty":"RSA","alg":"ES256"}]}',
      '[alg] is not started with [RS] or [PS] for an RSA key',
    ],
    ['RSA without n', '{"keys":[{"kty":"RSA","e":"AQAB"}]}', '[n] field is missing for a RSA key'],
    [
      'RSA with a toy modulus',
      '{"keys":[{"kty":"RSA","n":"AAAD","e":"AQAB"}]}',
      'Jwks RSA [n] or [e] field is missing or has a parse error',
    ],
    [
      'EC of an unknown curve',
      '{"keys":[{"kty":"EC","crv":"secp256k1"}]}',
      '[crv] or [alg] field is not supported for an EC key',
    ],
    [
      'EC off the curve',
      '{"keys":[{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}]}',
      'Jwks EC [x] and [y] fields have a parse error.',
    ],
    [
      'EC with the curve of another algorithm',
      '{"keys":[{"kty":"EC","crv":"P-384","alg":"ES256"}]}',
      '[crv] field specified is not compatible with [alg] for an EC key',
    ],
    [
      'OKP for key agreement',
      '{"keys":[{"kty":"OKP","crv":"X25519","x":"AAAA"}]}',
      '[crv] field is not supported for an OKP key',
    ],
    ['OKP too short', '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"}]}', 'Jwks OKP [x] field is wrong length.'],
    ['a secret without k', '{"keys":[{"kty":"oct"}]}', '[k] field is missing for an HMAC key'],
  ];
  test.each(unusable)('%s', (_, text, reason) => {
    const parsed = parseKeySet(text);
    expect(parsed.ok ? 'usable' : jwksStatusText(parsed.status)).toBe(reason);
  });

  it('leaves unusable keys out and says which', () => {
    const parsed = keySet({ kty: 'XX', kid: 'odd' }, signer('ES256').jwk);
    expect(parsed.ok && parsed.keys).toHaveLength(1);
    expect(parsed.unusable).toEqual([{ index: 0, kid: 'odd', status: 'kty-unsupported' }]);
  });

  it('reads the exponents that real issuers use, and no others', () => {
    const { n } = signer('RS256').jwk;
    expect(keySet({ kty: 'RSA', n, e: 'Aw' }).ok).toBe(true);
    expect(keySet({ kty: 'RSA', n, e: 'BQ' }).ok).toBe(false);
  });
});
