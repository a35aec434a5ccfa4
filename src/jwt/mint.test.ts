/** What we mint, the JOSE library accepts; what we break, breaks for the reason it is named after. */
import { compactVerify, importJWK } from 'jose';
import { describe, expect, it, test } from 'vitest';
import { BREAKAGES, type Breakage, brokenToken } from './breakages.ts';
import { checkToken } from './checks.ts';
import { parseKeySet } from './keySet.ts';
import { keySetText, meshIssuer, mintToken, peekToken, publicJwk } from './mint.ts';
import { JWT_ALGORITHMS } from './token.ts';

const NOW = Date.UTC(2026, 10, 23);
const CLAIMS = { iss: 'https://issuer.example', sub: 'alice', aud: 'shop', exp: NOW / 1000 + 3600 };

describe('minting', () => {
  test.each(JWT_ALGORITHMS)('%s', async (algorithm) => {
    const issuer = meshIssuer('seed', CLAIMS.iss, algorithm);
    const token = mintToken(issuer, CLAIMS);
    const verified = await compactVerify(token, await importJWK({ ...publicJwk(issuer) }));
    expect(JSON.parse(Buffer.from(verified.payload).toString())).toEqual(CLAIMS);
    const rules = { issuer: CLAIMS.iss, audiences: ['shop'], keys: parseKeySet(keySetText([issuer])) };
    expect(checkToken(token, rules, NOW).status).toBe('ok');
    expect(mintToken(meshIssuer('seed', CLAIMS.iss, algorithm), CLAIMS)).toBe(token);
  });

  it('other names and other seeds have other keys', () => {
    const kids = [meshIssuer('s', 'a'), meshIssuer('s', 'b'), meshIssuer('t', 'a')].map((issuer) => issuer.kid);
    expect(new Set(kids).size).toBe(3);
  });

  it('a token can be peeked into, whatever its state', () => {
    expect(peekToken(mintToken(meshIssuer('s', 'a'), CLAIMS)).payload).toEqual(CLAIMS);
    expect(peekToken('e30.x')).toEqual({ header: {} });
    expect(peekToken('')).toEqual({});
  });
});

describe('breaking', () => {
  const issuer = meshIssuer('seed', CLAIMS.iss);
  const rules = { issuer: CLAIMS.iss, audiences: ['shop'], keys: parseKeySet(keySetText([issuer])) };
  const reasons: Readonly<Record<Breakage, string>> = {
    expired: 'expired',
    'not-yet-valid': 'not-yet-valid',
    'wrong-audience': 'audience-not-allowed',
    'other-issuer': 'unknown-issuer',
    'no-subject': 'ok',
    'tampered-payload': 'verification-failed',
    'tampered-signature': 'verification-failed',
    'unknown-key': 'verification-failed',
    'unknown-key-id': 'no-matching-key',
    'alg-none': 'bad-format',
    'alg-none-with-signature': 'header-unknown-alg',
    'cut-off': 'bad-format',
  };
  test.each(BREAKAGES)('%s', (breakage) => {
    expect(checkToken(brokenToken(issuer, CLAIMS, breakage, NOW, 'seed'), rules, NOW).status).toBe(reasons[breakage]);
  });
});
