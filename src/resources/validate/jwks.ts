/** Inline key sets as istiod's JWK library (lestrrat-go/jwx v1) reads them: its errors, and private keys. */
import { err, ok, type Result } from '../../base/result.ts';
import { firstJsonValue } from '../go/json.ts';
import { goKind, isObject } from '../schema/decode.ts';

interface KeyType {
  /** Names in the library's error texts. */
  readonly publicName: string;
  readonly privateName: string;
  /** Base64 members, in the order in which the library misses them. */
  readonly publicMembers: readonly string[];
  readonly privateMembers: readonly string[];
}

const KEY_TYPES: Readonly<Record<string, KeyType>> = {
  RSA: {
    publicName: 'rsaPublicKey',
    privateName: 'rsaPrivateKey',
    publicMembers: ['e', 'n'],
    privateMembers: ['d', 'e', 'n'],
  },
  EC: {
    publicName: 'ecdsaPublicKey',
    privateName: 'ecdsaPrivateKey',
    publicMembers: ['crv', 'x', 'y'],
    privateMembers: ['crv', 'd', 'x', 'y'],
  },
  oct: { publicName: 'symmetricKey', privateName: 'symmetricKey', publicMembers: ['k'], privateMembers: ['k'] },
  OKP: {
    publicName: 'okpPublicKey',
    privateName: 'okpPrivateKey',
    publicMembers: ['crv', 'x'],
    privateMembers: ['crv', 'd', 'x'],
  },
};

const STRING_MEMBERS = ['alg', 'kid', 'use', 'x5t', 'x5t#S256', 'x5u'];
const HINT_TYPE = 'struct { Kty string "json:\\"kty\\""; D json.RawMessage "json:\\"d\\"" }';

/** With or without padding, in either alphabet but not both. */
function isBase64(text: string): boolean {
  const standard = /[+/]/.test(text);
  const digits = text.replace(/=+$/, '');
  if (!(standard ? /^[A-Za-z0-9+/]*$/ : /^[A-Za-z0-9_-]*$/).test(digits)) return false;
  return text === digits ? digits.length % 4 !== 1 : text.length % 4 === 0;
}

export interface ParsedJwk {
  /** Private or symmetric key material. */
  readonly isPrivate: boolean;
}

/** The keys, or the library's error. */
export function parseJwks(text: string): Result<readonly ParsedJwk[], string> {
  const fail = (reason: string) => err(`failed to unmarshal JWK set: ${reason}`);
  const first = firstJsonValue(text);
  if (!first.ok) return fail(first.error);
  const set = first.value;
  if (Array.isArray(set)) return fail("expected '{', but got '['");
  if (typeof set === 'string') return fail(`failed to decode value for key "${set}": EOF`);
  if (!isObject(set)) return fail('error reading token: EOF');
  if (!Object.hasOwn(set, 'keys')) {
    const key = parseKey(set);
    return key.ok ? ok([key.value]) : fail(`failed to parse sole key in key set: ${key.error}`);
  }
  if (set['keys'] === null) return ok([]);
  if (!Array.isArray(set['keys'])) {
    const type = goKind(set['keys']);
    return fail(`failed to decode "keys": json: cannot unmarshal ${type} into Go value of type []json.RawMessage`);
  }
  const keys: ParsedJwk[] = [];
  for (const [index, source] of set['keys'].entries()) {
    const key = parseKey(source);
    if (!key.ok) return fail(`failed to decode key #${index} in "keys": ${key.error}`);
    keys.push(key.value);
  }
  return ok(keys);
}

function parseKey(source: unknown): Result<ParsedJwk, string> {
  const hint = isObject(source) ? source : {};
  const notKey = (into: string) => err(`failed to unmarshal JSON into key hint: json: cannot unmarshal ${into}`);
  if (!isObject(source) && source !== null) return notKey(`${goKind(source)} into Go value of type ${HINT_TYPE}`);
  if (hint['kty'] !== undefined && hint['kty'] !== null && typeof hint['kty'] !== 'string') {
    return notKey(`${goKind(hint['kty'])} into Go struct field .kty of type string`);
  }
  const kty = typeof hint['kty'] === 'string' ? hint['kty'] : '';
  const type = Object.hasOwn(KEY_TYPES, kty) ? KEY_TYPES[kty] : undefined;
  if (type === undefined) return err(`invalid key type from JSON (${kty})`);
  const hasPrivatePart = Object.hasOwn(hint, 'd');
  const name = hasPrivatePart ? type.privateName : type.publicName;
  const members = hasPrivatePart ? type.privateMembers : type.publicMembers;
  const fail = (reason: string) => err(`failed to unmarshal JSON into key (*jwk.${name}): ${reason}`);
  for (const [member, value] of Object.entries(hint)) {
    const bytes = members.includes(member) && member !== 'crv';
    if (!bytes && !STRING_MEMBERS.includes(member)) continue;
    if (value === null) continue;
    const wrong = `failed to decode value for key ${member}`;
    if (typeof value !== 'string') {
      return fail(
        `${wrong}: error reading next value: json: cannot unmarshal ${goKind(value)} into Go value of type string`,
      );
    }
    if (bytes && !isBase64(value)) return fail(`${wrong}: expected base64 encoded []byte (string)`);
  }
  const missing = members.find((member) => hint[member] === undefined || hint[member] === null);
  if (missing !== undefined) return fail(`required field ${missing} is missing`);
  return ok({ isPrivate: kty === 'oct' || hasPrivatePart });
}
