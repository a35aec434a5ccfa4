/**
 * What a verified token leaves behind: the payload that policies and routes look at, and the
 * headers that the application gets. Authority: Envoy jwt_authn authenticator.cc handleGoodJwt,
 * setPayloadMetadata, addJWTClaimToHeader.
 */
import type { JwtProvider } from '../../control-plane/envoy/authz.ts';
import { toBase64, utf8 } from '../../crypto/bytes.ts';
import { claimAt, type Json, type JsonObject, type Token } from '../../jwt/index.ts';

/** Top-level text claims that are lists in disguise become lists; the whole text is then gone. */
export function normalizedPayload(provider: JwtProvider, payload: JsonObject): JsonObject {
  const out: Record<string, Json> = { ...payload };
  for (const name of provider.spaceDelimitedClaims) {
    const value = payload[name];
    if (typeof value !== 'string') continue;
    const parts = value.split(' ').filter((part) => part !== '');
    // Nothing between the spaces: Envoy leaves the text as it is.
    if (parts.length > 0) out[name] = parts;
  }
  return out;
}

/** Headers that a token of this provider adds, in order. Each is added beside what is there. */
export function tokenHeaders(provider: JwtProvider, token: Token): readonly (readonly [string, string])[] {
  const payload: readonly (readonly [string, string])[] =
    provider.payloadHeader === undefined ? [] : [[provider.payloadHeader.toLowerCase(), token.payloadText]];
  return [
    ...payload,
    ...provider.claimHeaders.flatMap(({ header, claim }): readonly (readonly [string, string])[] => {
      const text = claimText(claimAt(token.payload, claim));
      return text === '' ? [] : [[header.toLowerCase(), text]];
    }),
  ];
}

/** Names of all headers that tokens may write: requests do not bring them along. */
export const tokenHeaderNames = (provider: JwtProvider): readonly string[] => [
  ...(provider.payloadHeader === undefined ? [] : [provider.payloadHeader.toLowerCase()]),
  ...provider.claimHeaders.map(({ header }) => header.toLowerCase()),
];

/** '' for what gives no header: a missing claim, null, an empty text. */
function claimText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  return toBase64(utf8(protoJsonText(value)));
}

/** Whole numbers from zero up to 64 bits as such, all others as C++ std::to_string writes a double. */
function numberText(value: number): string {
  if (value >= 0 && value < 2 ** 64 && Number.isInteger(value)) return String(BigInt(value));
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`;
}

/** protobuf escapes what could end a script. */
const protoJsonText = (value: Json): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
