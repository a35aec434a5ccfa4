/**
 * Taking a token apart as Envoy does: three non-empty parts, header, payload, the types of the
 * registered claims, signature. The order of the checks decides which reason a bad token gets.
 * Nothing is verified here. Authority: jwt_verify_lib Jwt::parseFromString, StructUtils.
 */
import type { Bytes } from '../crypto/bytes.ts';
import { fromUtf8, utf8 } from '../crypto/bytes.ts';
import { decodeBase64Url } from './encoding/base64Url.ts';
import { isJsonObject, type Json, type JsonObject, parseProtoJson } from './encoding/protoJson.ts';
import type { JwtStatus } from './status.ts';

export type { Json, JsonObject } from './encoding/protoJson.ts';

export const JWT_ALGORITHMS = [
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
] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

export interface Token {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly algorithm: JwtAlgorithm;
  /** '' when the header has none. */
  readonly keyId: string;
  /** '' when missing: Envoy does not tell the two apart. */
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** Seconds; 0 when missing, which for both means no limit. */
  readonly notBefore: number;
  readonly expiry: number;
  readonly signature: Bytes;
  /** What is signed: the first two parts as they stand. */
  readonly signed: Bytes;
  /** The second part as it stands: outputPayloadToHeader forwards it. */
  readonly payloadText: string;
}

export type ParsedToken =
  | { readonly ok: true; readonly token: Token }
  /** `header` and `payload` as far as they could be read. */
  | { readonly ok: false; readonly status: JwtStatus; readonly header?: JsonObject; readonly payload?: JsonObject };

/** The value at a dotted path; a name with a dot inside cannot be reached, as in Envoy. */
export function claimAt(payload: JsonObject, dotted: string): Json | undefined {
  let current: Json | undefined = payload;
  for (const name of dotted.split('.')) {
    if (!isJsonObject(current)) return undefined;
    current = current[name];
  }
  return current;
}

const isAlgorithm = (text: string): text is JwtAlgorithm => (JWT_ALGORITHMS as readonly string[]).includes(text);

/** Does the claim break the rule for a whole number of seconds? A missing one does not. */
function timeProblem(value: Json | undefined): 'not-integer' | 'out-of-range' | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number') return 'not-integer';
  return value < 0 || value >= 2 ** 64 ? 'out-of-range' : undefined;
}

const seconds = (value: Json | undefined): number => (typeof value === 'number' ? Math.trunc(value) : 0);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function claimProblem(payload: JsonObject): JwtStatus | undefined {
  const notString = (name: string): boolean => payload[name] !== undefined && typeof payload[name] !== 'string';
  if (notString('iss')) return 'iss-not-string';
  if (notString('sub')) return 'sub-not-string';
  for (const name of ['iat', 'nbf', 'exp'] as const) {
    const problem = timeProblem(payload[name]);
    if (problem !== undefined) return `${name}-${problem}`;
  }
  if (notString('jti')) return 'jti-not-string';
  const audience = payload.aud;
  if (audience === undefined || typeof audience === 'string') return undefined;
  const strings = Array.isArray(audience) && audience.every((entry) => typeof entry === 'string');
  return strings ? undefined : 'aud-not-strings';
}

/** Empty parts do not count, so a token with an empty signature has the wrong form. */
export function parseToken(token: string): ParsedToken {
  const parts = token.split('.').filter((part) => part !== '');
  const [headerText, payloadText, signatureText] = parts;
  if (parts.length !== 3 || headerText === undefined || payloadText === undefined || signatureText === undefined)
    return { ok: false, status: 'bad-format' };

  const headerBytes = decodeBase64Url(headerText);
  if (headerBytes === undefined) return { ok: false, status: 'header-bad-base64' };
  const header = parseProtoJson(fromUtf8(headerBytes) ?? '');
  if (header === undefined) return { ok: false, status: 'header-bad-json' };
  const algorithm = header.alg;
  if (typeof algorithm !== 'string') return { ok: false, status: 'header-bad-alg', header };
  if (!isAlgorithm(algorithm)) return { ok: false, status: 'header-unknown-alg', header };
  const keyId = header.kid;
  if (keyId !== undefined && typeof keyId !== 'string') return { ok: false, status: 'header-bad-kid', header };

  const payloadBytes = decodeBase64Url(payloadText);
  if (payloadBytes === undefined) return { ok: false, status: 'payload-bad-base64', header };
  const payload = parseProtoJson(fromUtf8(payloadBytes) ?? '');
  if (payload === undefined) return { ok: false, status: 'payload-bad-json', header };
  const problem = claimProblem(payload);
  if (problem !== undefined) return { ok: false, status: problem, header, payload };

  const signature = decodeBase64Url(signatureText);
  if (signature === undefined) return { ok: false, status: 'signature-bad-base64', header, payload };
  const audience = payload.aud;
  return {
    ok: true,
    token: {
      header,
      payload,
      algorithm,
      keyId: keyId ?? '',
      issuer: text(payload.iss),
      subject: text(payload.sub),
      audiences: typeof audience === 'string' ? [audience] : Array.isArray(audience) ? audience.map(text) : [],
      notBefore: seconds(payload.nbf),
      expiry: seconds(payload.exp),
      signature,
      signed: utf8(`${headerText}.${payloadText}`),
      payloadText,
    },
  };
}
