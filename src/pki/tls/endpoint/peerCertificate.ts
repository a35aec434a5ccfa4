/**
 * Judging what the peer presents and proves: its chain (by the injected verifier), its signature
 * over the handshake, its Finished. And choosing the scheme of one's own signature.
 */
import type { Bytes } from '../../../crypto/bytes.ts';
import { equalBytes } from '../../../crypto/bytes.ts';
import type { PublicKey } from '../../../crypto/keys.ts';
import type { Certificate } from '../../types.ts';
import { knownCertificate } from '../messages/knownCertificate.ts';
import { type AlertName, alertName } from '../registry/alerts.ts';
import { groupOfCurve, type NamedGroup } from '../registry/namedGroups.ts';
import {
  chooseScheme,
  type SignatureScheme,
  schemeFitsKey,
  schemeOfId,
  schemeText,
  signWithScheme,
  verifyWithScheme,
} from '../registry/signatureSchemes.ts';
import type { SpokenVersion } from '../registry/versions.ts';
import { otherSide } from '../side.ts';
import type { TlsCredential, VerifyPeer } from './config.ts';
import { type Connection, decide, refuse, sendAlert } from './connection.ts';

/**
 * The end-entity certificate of an acceptable chain; else the connection is refused. `precheck` comes
 * before the verifier is asked.
 */
export function judgeChain(
  conn: Connection,
  der: readonly Bytes[],
  verify: VerifyPeer,
  precheck: (leaf: Certificate) => boolean = () => true,
): Certificate | undefined {
  const certificates: Certificate[] = [];
  for (const one of der) {
    const parsed = knownCertificate(one);
    if (!parsed.ok)
      return refuse(conn, conn.profile.malformedCertificate, 'certificate-malformed', parsed.error.detail);
    certificates.push(parsed.value);
  }
  const [leaf] = certificates;
  if (leaf === undefined) return refuse(conn, 'decode_error', 'certificate-missing');
  if (!precheck(leaf)) return undefined;
  const verdict = verify({ der, certificates });
  const subjects = certificates.map((certificate) => certificate.fingerprint);
  decide(conn, 'peer-certificate', verdict.accepted ? leaf.fingerprint : undefined, subjects, []);
  if (!verdict.accepted) return refuse(conn, namedAlert(verdict.alert), 'certificate-refused', verdict.detail);
  if (leaf.publicKey.kind === 'unsupported')
    return refuse(conn, 'unsupported_certificate', 'certificate-key-unsupported', leaf.publicKey.algorithm);
  return leaf;
}

/** The client that looks again once the handshake is over: does it stay? Else it says goodbye and is gone. */
export function staysAfterwards(conn: Connection, verify: VerifyPeer | undefined, der: readonly Bytes[]): boolean {
  if (verify === undefined) return true;
  const certificates = der.flatMap((one) => {
    const parsed = knownCertificate(one);
    return parsed.ok ? [parsed.value] : [];
  });
  const verdict = verify({ der, certificates });
  if (verdict.accepted) return true;
  sendAlert(conn, 'close_notify');
  refuse(conn, undefined, 'certificate-refused', verdict.detail);
  return false;
}

const namedAlert = (alert: AlertName | number): AlertName =>
  typeof alert === 'string' ? alert : (alertName(alert) ?? 'certificate_unknown');

/** TLS 1.2: is the curve of a certificate's key one of these groups? Keys without a curve always are. */
export function hasCurveAmong(key: PublicKey, groups: readonly number[]): boolean {
  const group = key.kind === 'ec' ? groupOfCurve(key.curve) : undefined;
  return group === undefined || groups.includes(group.id);
}

/** Refuses a peer whose key is on a curve that was not offered, where the implementation looks. */
export function checkPeerCurve(
  conn: Connection,
  when: 'with-certificate' | 'with-signature',
  key: PublicKey,
  groups: readonly NamedGroup[],
): boolean {
  const offered = groups.map((group) => group.id);
  if (conn.profile.checksPeerCurve !== when || hasCurveAmong(key, offered)) return true;
  refuse(conn, 'illegal_parameter', 'certificate-curve-not-offered', key.kind === 'ec' ? key.curve : undefined);
  return false;
}

const schemeNames = (ids: readonly number[]): readonly string[] =>
  ids.map((id) => schemeText(id) ?? `0x${id.toString(16)}`);

/** The scheme for one's own signature, noted as a decision. */
export function chooseOwnScheme(
  conn: Connection,
  version: SpokenVersion,
  key: PublicKey,
  offered: readonly number[],
  willing: readonly number[],
): SignatureScheme | undefined {
  const scheme = chooseScheme(key, version, offered, willing);
  decide(conn, 'signature-scheme', scheme?.name, schemeNames(offered), schemeNames(willing));
  return scheme;
}

/** Signs for a CertificateVerify or ServerKeyExchange. */
export function signOwn(
  conn: Connection,
  credential: TlsCredential,
  scheme: SignatureScheme,
  content: Bytes,
): { readonly algorithm: number; readonly signature: Bytes } {
  const signature = signWithScheme(scheme, credential.key, content, (length) => conn.entropy('pss salt', length));
  conn.note({
    output: { name: `${conn.side}_signature`, value: signature },
    operation: { kind: 'sign', scheme: scheme.name },
    inputs: [{ name: 'signed_content', value: content }],
  });
  return { algorithm: scheme.id, signature };
}

/** Is the peer's signature right, by a scheme that was offered? Else the connection is refused. */
export function verifyPeerSignature(
  conn: Connection,
  version: SpokenVersion,
  key: PublicKey,
  allowed: readonly number[],
  { algorithm, signature }: { readonly algorithm: number; readonly signature: Bytes },
  content: Bytes,
): boolean {
  const scheme = schemeOfId(algorithm);
  if (scheme === undefined || !allowed.includes(algorithm) || !schemeFitsKey(scheme, key, version)) {
    refuse(conn, 'illegal_parameter', 'illegal-parameter');
    return false;
  }
  const valid = verifyWithScheme(scheme, key, content, signature);
  decide(conn, 'peer-signature', valid ? scheme.name : undefined, [scheme.name], schemeNames(allowed));
  if (!valid) refuse(conn, 'decrypt_error', 'signature-invalid');
  return valid;
}

/** Compares the peer's Finished with what it must be. */
export function checkFinished(conn: Connection, expected: Bytes, verifyData: Bytes): boolean {
  const equal = equalBytes(expected, verifyData);
  decide(conn, 'peer-finished', equal ? otherSide(conn.side) : undefined, [], []);
  if (!equal) refuse(conn, 'decrypt_error', 'finished-mismatch');
  return equal;
}
