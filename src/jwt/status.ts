/**
 * What verifying a token or reading a key set comes to, and the words Envoy answers with: they are
 * the body of the 401 and part of the response code details. Authority: jwt_verify_lib status.cc.
 */
export const JWT_STATUS_TEXT = {
  ok: 'OK',
  missed: 'Jwt is missing',
  'not-yet-valid': 'Jwt not yet valid',
  expired: 'Jwt is expired',
  'bad-format': 'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
  'header-bad-base64': 'Jwt header is an invalid Base64url encoded',
  'header-bad-json': 'Jwt header is an invalid JSON',
  'header-bad-alg': 'Jwt header [alg] field is required and must be a string',
  'header-unknown-alg': 'Jwt header [alg] is not supported',
  'header-bad-kid': 'Jwt header [kid] field is not a string',
  'payload-bad-base64': 'Jwt payload is an invalid Base64url encoded',
  'payload-bad-json': 'Jwt payload is an invalid JSON',
  'iss-not-string': 'Jwt payload [iss] field is not a string',
  'sub-not-string': 'Jwt payload [sub] field is not a string',
  'iat-not-integer': 'Jwt payload [iat] field is not an integer',
  'iat-out-of-range': 'Jwt payload [iat] field is not a positive 64 bit integer',
  'nbf-not-integer': 'Jwt payload [nbf] field is not an integer',
  'nbf-out-of-range': 'Jwt payload [nbf] field is not a positive 64 bit integer',
  'exp-not-integer': 'Jwt payload [exp] field is not an integer',
  'exp-out-of-range': 'Jwt payload [exp] field is not a positive 64 bit integer',
  'jti-not-string': 'Jwt payload [jti] field is not a string',
  'aud-not-strings': 'Jwt payload [aud] field is not a string or string list',
  'signature-bad-base64': 'Jwt signature is an invalid Base64url encoded',
  'ed25519-signature-length': 'Jwt ED25519 signature is wrong length',
  'unknown-issuer': 'Jwt issuer is not configured',
  'audience-not-allowed': 'Audiences in Jwt are not allowed',
  'verification-failed': 'Jwt verification fails',
  'no-valid-keys': "Jwks doesn't have any valid public key",
  'no-matching-key': "Jwks doesn't have key to match kid or alg from Jwt",
} as const;

export type JwtStatus = keyof typeof JWT_STATUS_TEXT;

export const jwtStatusText = (status: JwtStatus): string => JWT_STATUS_TEXT[status];

/** Why a key, or a whole set, is unusable. Envoy refuses a listener with such a set, in these words. */
export const JWKS_STATUS_TEXT = {
  'not-json': 'Jwks is an invalid JSON',
  'no-keys-member': 'Jwks does not have [keys] field',
  'keys-not-a-list': '[keys] in Jwks is not an array',
  'no-valid-keys': "Jwks doesn't have any valid public key",
  'kty-missing': '[kty] is missing in [keys]',
  'kty-not-string': '[kty] is bad in [keys]',
  'kty-unsupported': '[kty] is not supported in [keys]',
  'rsa-alg': '[alg] is not started with [RS] or [PS] for an RSA key',
  'rsa-n-missing': '[n] field is missing for a RSA key',
  'rsa-n-not-string': '[n] field is not string for a RSA key',
  'rsa-e-missing': '[e] field is missing for a RSA key',
  'rsa-e-not-string': '[e] field is not string for a RSA key',
  'rsa-malformed': 'Jwks RSA [n] or [e] field is missing or has a parse error',
  'ec-alg': '[alg] is not started with [ES] for an EC key',
  'ec-crv-not-string': '[crv] field is not string for an EC key',
  'ec-crv-unsupported': '[crv] or [alg] field is not supported for an EC key',
  'ec-crv-unfit': '[crv] field specified is not compatible with [alg] for an EC key',
  'ec-x-missing': '[x] field is missing for an EC key',
  'ec-x-not-string': '[x] field is not string for an EC key',
  'ec-y-missing': '[y] field is missing for an EC key',
  'ec-y-not-string': '[y] field is not string for an EC key',
  'ec-base64': 'Jwks EC [x] or [y] field is an invalid Base64.',
  'ec-malformed': 'Jwks EC [x] and [y] fields have a parse error.',
  'oct-alg': '[alg] does not start with [HS] for an HMAC key',
  'oct-k-missing': '[k] field is missing for an HMAC key',
  'oct-k-not-string': '[k] field is not string for an HMAC key',
  'oct-base64': 'Jwks Oct key is an invalid Base64',
  'okp-alg': '[alg] is not [EdDSA] for an OKP key',
  'okp-crv-missing': '[crv] field is missing for an OKP key',
  'okp-crv-not-string': '[crv] field is not string for an OKP key',
  'okp-crv-unsupported': '[crv] field is not supported for an OKP key',
  'okp-x-missing': '[x] field is missing for an OKP key',
  'okp-x-not-string': '[x] field is not string for an OKP key',
  'okp-x-base64': 'Jwks OKP [x] field is an invalid Base64.',
  'okp-x-length': 'Jwks OKP [x] field is wrong length.',
  'x509-malformed': 'X509 parse pubkey fails',
  'x509-not-rsa': 'X509 parse pubkey internal fails: get pubkey',
} as const;

export type JwksStatus = keyof typeof JWKS_STATUS_TEXT;

export const jwksStatusText = (status: JwksStatus): string => JWKS_STATUS_TEXT[status];
