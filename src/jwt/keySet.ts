/**
 * Key sets (JWKS) as Envoy reads them: a key that it cannot use is left out, a set without a usable
 * key is no set (Envoy then refuses the whole listener). Also the older form, an object of key id to
 * X.509 certificate in PEM. Authority: jwt_verify_lib Jwks::createFromJwksCore, extractJwk.
 */
import { err, ok, type Result } from '../base/result.ts';
import { type Bytes, concatBytes, fromBigInt, toBigInt } from '../crypto/bytes.ts';
import { contextTag, derBytes, derChild, readDer } from '../crypto/der/read.ts';
import { EC_FIELD_LENGTH, type EcCurve, ecPoint } from '../crypto/ec.ts';
import {
  type EcPublicKey,
  type Ed25519PublicKey,
  ecPublicKey,
  ed25519Key,
  parsePublicKey,
  type RsaPublicKey,
  rsaPublicKey,
} from '../crypto/keys.ts';
import { readPem } from '../crypto/pem.ts';
import { decodeBase64Url } from './encoding/base64Url.ts';
import { isJsonObject, type JsonObject, parseProtoJson } from './encoding/protoJson.ts';
import type { JwksStatus } from './status.ts';

type Material = RsaPublicKey | EcPublicKey | Ed25519PublicKey | { readonly kind: 'secret'; readonly bytes: Bytes };

/** `alg` and `kid` are '' when the key does not say: it then serves any token. */
export interface VerificationKey {
  readonly kid: string;
  readonly alg: string;
  readonly key: Material;
}

export interface UnusableKey {
  readonly index: number;
  readonly kid: string;
  readonly status: JwksStatus;
}

export interface KeySet {
  readonly ok: true;
  readonly keys: readonly VerificationKey[];
  readonly unusable: readonly UnusableKey[];
}

export type ParsedKeySet =
  | KeySet
  /** `status` is the first cause, as Envoy reports it. */
  | { readonly ok: false; readonly status: JwksStatus; readonly unusable: readonly UnusableKey[] };

/** Reads a key set; the same text always gives an equal result. */
export function parseKeySet(json: string): ParsedKeySet {
  const document = parseProtoJson(json);
  if (document === undefined) return { ok: false, status: 'not-json', unusable: [] };
  const list = document.keys;
  if (list === undefined) return certificateKeySet(document);
  if (!Array.isArray(list)) return { ok: false, status: 'keys-not-a-list', unusable: [] };
  const keys: VerificationKey[] = [];
  const unusable: UnusableKey[] = [];
  list.forEach((entry, index) => {
    if (!isJsonObject(entry)) return;
    const material = readMaterial(entry);
    const kid = member(entry, 'kid');
    if (material.ok) keys.push({ kid, alg: member(entry, 'alg'), key: material.value });
    else unusable.push({ index, kid, status: material.error });
  });
  if (keys.length > 0) return { ok: true, keys, unusable };
  return { ok: false, status: unusable[0]?.status ?? 'no-valid-keys', unusable };
}

const member = (jwk: JsonObject, name: string): string => {
  const value = jwk[name];
  return typeof value === 'string' ? value : '';
};

function readMaterial(jwk: JsonObject): Result<Material, JwksStatus> {
  const kty = jwk.kty;
  if (kty === undefined) return err('kty-missing');
  if (typeof kty !== 'string') return err('kty-not-string');
  const alg = member(jwk, 'alg');
  switch (kty) {
    case 'RSA':
      return alg === '' || alg.startsWith('RS') || alg.startsWith('PS') ? readRsa(jwk) : err('rsa-alg');
    case 'EC':
      return alg === '' || alg.startsWith('ES') ? readEc(alg, jwk) : err('ec-alg');
    case 'OKP':
      return alg === '' || alg === 'EdDSA' ? readOkp(jwk) : err('okp-alg');
    case 'oct':
      return ['', 'HS256', 'HS384', 'HS512'].includes(alg) ? readSecret(jwk) : err('oct-alg');
    default:
      return err('kty-unsupported');
  }
}

/** A member that must be there and be a string. */
function textMember(
  jwk: JsonObject,
  name: string,
  missing: JwksStatus,
  notString: JwksStatus,
): Result<string, JwksStatus> {
  const value = jwk[name];
  if (value === undefined) return err(missing);
  return typeof value === 'string' ? ok(value) : err(notString);
}

function readRsa(jwk: JsonObject): Result<RsaPublicKey, JwksStatus> {
  const n = textMember(jwk, 'n', 'rsa-n-missing', 'rsa-n-not-string');
  if (!n.ok) return n;
  const e = textMember(jwk, 'e', 'rsa-e-missing', 'rsa-e-not-string');
  if (!e.ok) return e;
  const [modulusBytes, exponentBytes] = [decodeBase64Url(n.value), decodeBase64Url(e.value)];
  if (modulusBytes === undefined || exponentBytes === undefined) return err('rsa-malformed');
  const [modulus, exponent] = [toBigInt(modulusBytes), toBigInt(exponentBytes)];
  // BoringSSL's RSA_check_key: an odd modulus of a sane size; the library itself allows two exponents.
  const sane = modulus >= 1n << 511n && modulus < 1n << 16384n && modulus % 2n === 1n;
  return sane && (exponent === 3n || exponent === 65537n) ? ok(rsaPublicKey(modulus, exponent)) : err('rsa-malformed');
}

const CURVE_OF_ALG: Readonly<Record<string, EcCurve>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

function ecCurve(alg: string, crv: string): Result<EcCurve, JwksStatus> {
  const ofAlg = CURVE_OF_ALG[alg];
  if (alg !== '' && crv !== '' && ofAlg !== crv) return err('ec-crv-unfit');
  const curve = alg === '' && crv === '' ? 'P-256' : (ofAlg ?? crv);
  return curve === 'P-256' || curve === 'P-384' || curve === 'P-521' ? ok(curve) : err('ec-crv-unsupported');
}

function readEc(alg: string, jwk: JsonObject): Result<EcPublicKey, JwksStatus> {
  const crv = jwk.crv ?? '';
  if (jwk.crv === null || typeof crv !== 'string') return err('ec-crv-not-string');
  const curve = ecCurve(alg, crv);
  if (!curve.ok) return curve;
  const x = textMember(jwk, 'x', 'ec-x-missing', 'ec-x-not-string');
  if (!x.ok) return x;
  const y = textMember(jwk, 'y', 'ec-y-missing', 'ec-y-not-string');
  if (!y.ok) return y;
  const [left, right] = [decodeBase64Url(x.value), decodeBase64Url(y.value)];
  if (left === undefined || right === undefined) return err('ec-base64');
  const length = EC_FIELD_LENGTH[curve.value];
  const limit = 1n << BigInt(8 * length);
  if (toBigInt(left) >= limit || toBigInt(right) >= limit) return err('ec-malformed');
  const coordinates = [left, right].map((bytes) => fromBigInt(toBigInt(bytes), length));
  const point = ecPoint(curve.value, concatBytes(Uint8Array.of(4), ...coordinates));
  return point === undefined ? err('ec-malformed') : ok(ecPublicKey(curve.value, point));
}

function readOkp(jwk: JsonObject): Result<Ed25519PublicKey, JwksStatus> {
  const crv = textMember(jwk, 'crv', 'okp-crv-missing', 'okp-crv-not-string');
  if (!crv.ok) return crv;
  if (crv.value !== 'Ed25519') return err('okp-crv-unsupported');
  const x = textMember(jwk, 'x', 'okp-x-missing', 'okp-x-not-string');
  if (!x.ok) return x;
  const bytes = decodeBase64Url(x.value);
  if (bytes === undefined) return err('okp-x-base64');
  return bytes.length === 32 ? ok(ed25519Key(bytes)) : err('okp-x-length');
}

function readSecret(jwk: JsonObject): Result<Material, JwksStatus> {
  const k = textMember(jwk, 'k', 'oct-k-missing', 'oct-k-not-string');
  if (!k.ok) return k;
  const bytes = decodeBase64Url(k.value);
  return bytes === undefined || bytes.length === 0 ? err('oct-base64') : ok({ kind: 'secret', bytes });
}

const CERTIFICATE = /^-----BEGIN CERTIFICATE-----\n[\s\S]*\n-----END CERTIFICATE-----\n$/;

/** An object of key id to RSA certificate: all of them must be good. */
function certificateKeySet(document: JsonObject): ParsedKeySet {
  const entries = Object.entries(document);
  const isForm = ([kid, pem]: (typeof entries)[number]): boolean =>
    kid !== '' && typeof pem === 'string' && CERTIFICATE.test(pem);
  if (entries.length === 0 || !entries.every(isForm)) return { ok: false, status: 'no-keys-member', unusable: [] };
  const keys: VerificationKey[] = [];
  for (const [kid, pem] of entries) {
    const key = rsaKeyOfCertificate(String(pem));
    if (!key.ok) return { ok: false, status: key.error, unusable: [] };
    keys.push({ kid, alg: '', key: key.value });
  }
  return { ok: true, keys, unusable: [] };
}

function rsaKeyOfCertificate(pem: string): Result<RsaPublicKey, JwksStatus> {
  const der = readPem(pem)[0]?.bytes;
  const certificate = der === undefined ? undefined : readDer(der);
  if (certificate === undefined || !certificate.ok) return err('x509-malformed');
  const tbs = derChild(certificate.value, 0);
  // version, when given, comes before serialNumber, signature, issuer, validity and subject.
  const spki = derChild(tbs, derChild(tbs, 0)?.tag === contextTag(0, true) ? 6 : 5);
  if (spki === undefined) return err('x509-malformed');
  const key = parsePublicKey(derBytes(spki));
  return key.ok && key.value.kind === 'rsa' ? ok(key.value) : err('x509-not-rsa');
}
