/**
 * Breaking a good token on purpose, each time in one way, so that the reason of the refusal shows
 * one check. What needs the issuer's key signs again; what needs none leaves the signature behind.
 */
import { assertNever } from '../base/assertNever.ts';
import { toBase64Url, utf8 } from '../crypto/bytes.ts';
import { type Issuer, meshIssuer, mintToken } from './mint.ts';

export const BREAKAGES = [
  'expired',
  'not-yet-valid',
  'wrong-audience',
  'other-issuer',
  'no-subject',
  'tampered-payload',
  'tampered-signature',
  'unknown-key',
  'unknown-key-id',
  'alg-none',
  'alg-none-with-signature',
  'cut-off',
] as const;
export type Breakage = (typeof BREAKAGES)[number];

export interface Claims {
  readonly [name: string]: unknown;
}

const without = (claims: Claims, name: string): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

/** The token that is wrong in exactly this way. `now` in milliseconds. */
export function brokenToken(issuer: Issuer, claims: Claims, breakage: Breakage, now: number, seed: string): string {
  const seconds = Math.floor(now / 1000);
  switch (breakage) {
    case 'expired':
      return mintToken(issuer, { ...claims, exp: seconds - 3600 });
    case 'not-yet-valid':
      return mintToken(issuer, { ...claims, nbf: seconds + 3600 });
    case 'wrong-audience':
      return mintToken(issuer, { ...claims, aud: 'https://somebody-else.example' });
    case 'other-issuer':
      return mintToken(issuer, { ...claims, iss: 'https://other-issuer.example' });
    case 'no-subject':
      return mintToken(issuer, without(claims, 'sub'));
    case 'tampered-payload': {
      const [header, , signature] = mintToken(issuer, claims).split('.');
      const payload = toBase64Url(utf8(JSON.stringify({ ...claims, sub: 'somebody-else' })));
      return `${header}.${payload}.${signature}`;
    }
    case 'tampered-signature':
      return flipSignature(mintToken(issuer, claims));
    case 'unknown-key':
      // The issuer's own kid on somebody else's key.
      return mintToken(meshIssuer(seed, 'a key nobody published', issuer.algorithm), claims, { kid: issuer.kid });
    case 'unknown-key-id':
      return mintToken(issuer, claims, { kid: 'no-such-key' });
    case 'alg-none':
      return unsigned(claims, '');
    case 'alg-none-with-signature':
      return unsigned(claims, toBase64Url(utf8('none')));
    case 'cut-off':
      return mintToken(issuer, claims).split('.').slice(0, 2).join('.');
    default:
      return assertNever(breakage);
  }
}

const unsigned = (claims: Claims, signature: string): string =>
  `${toBase64Url(utf8('{"alg":"none","typ":"JWT"}'))}.${toBase64Url(utf8(JSON.stringify(claims)))}.${signature}`;

/** Another character in the middle of the signature: still base64url of the same length. */
function flipSignature(token: string): string {
  const at = token.lastIndexOf('.') + Math.ceil((token.length - token.lastIndexOf('.')) / 2);
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}
