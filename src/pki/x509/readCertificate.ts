/**
 * DER certificate -> Certificate. What BoringSSL's x509_parse refuses is an error here; what it only
 * refuses to verify (bad extensions, unknown keys) is a value. RFC 5280 4.1.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { type Bytes, toHex } from '../../crypto/bytes.ts';
import {
  contextTag,
  type DerNode,
  derBitString,
  derBytes,
  derChild,
  derInteger,
  derTime,
  readDer,
  TAG,
} from '../../crypto/der/read.ts';
import { sha256 } from '../../crypto/hash.ts';
import { parsePublicKey } from '../../crypto/keys.ts';
import { readSignatureAlgorithm } from '../../crypto/signatureAlgorithm.ts';
import type { ByteRange, Certificate, CertificateField } from '../types.ts';
import { interpretExtensions, type RawExtension, readExtensionList } from './extensions.ts';
import { readName } from './name.ts';

const rangeOf = (node: DerNode): ByteRange => ({ start: node.start, end: node.end });

/** Reads one DER certificate; the error names the field (or the DER error) that was wrong. */
export function readCertificate(der: Bytes): Result<Certificate, string> {
  const tree = readDer(der);
  if (!tree.ok) return err(tree.error.code);
  const [tbs, algorithmNode, signatureNode] = tree.value.children;
  if (
    tree.value.tag !== TAG.sequence ||
    tbs?.tag !== TAG.sequence ||
    algorithmNode === undefined ||
    signatureNode === undefined ||
    tree.value.children.length !== 3
  )
    return err('certificate');
  const signatureAlgorithm = readSignatureAlgorithm(algorithmNode);
  const signature = derBitString(signatureNode);
  if (signatureAlgorithm === undefined || signature?.unused !== 0) return err('signature');

  const versionNode = tbs.children[0]?.tag === contextTag(0, true) ? tbs.children[0] : undefined;
  const version = versionNode === undefined ? 0n : derInteger(derChild(versionNode, 0));
  if (version !== 0n && version !== 1n && version !== 2n) return err('version');
  const first = versionNode === undefined ? 0 : 1;
  const [serialNode, innerAlgorithm, issuerNode, validity, subjectNode, spkiNode, ...optional] =
    tbs.children.slice(first);
  const serial = derInteger(serialNode);
  const issuer = readName(issuerNode);
  const subject = readName(subjectNode);
  const notBefore = derTime(derChild(validity, 0));
  const notAfter = derTime(derChild(validity, 1));
  if (serial === undefined) return err('serialNumber');
  if (readSignatureAlgorithm(innerAlgorithm) === undefined) return err('tbsCertificate.signature');
  if (issuer === undefined) return err('issuer');
  if (
    notBefore === undefined ||
    notAfter === undefined ||
    validity?.tag !== TAG.sequence ||
    validity.children.length !== 2
  )
    return err('validity');
  if (subject === undefined) return err('subject');
  const publicKey = spkiNode === undefined ? undefined : parsePublicKey(derBytes(spkiNode));
  if (publicKey === undefined || !publicKey.ok) return err('subjectPublicKeyInfo');

  const extensionsNode = optional.find((node) => node.tag === contextTag(3, true));
  let extensions: readonly RawExtension[] = [];
  if (extensionsNode !== undefined) {
    const list = version === 2n ? readExtensionList(derChild(extensionsNode, 0)) : undefined;
    if (list === undefined) return err('extensions');
    extensions = list;
  }
  const fields = interpretExtensions(extensions);
  const selfIssued = subject.canonical === issuer.canonical;
  const ranges: [CertificateField, DerNode | undefined][] = [
    ['tbsCertificate', tbs],
    ['version', versionNode],
    ['serialNumber', serialNode],
    ['signature', innerAlgorithm],
    ['issuer', issuerNode],
    ['validity', validity],
    ['subject', subjectNode],
    ['subjectPublicKeyInfo', spkiNode],
    ['extensions', extensionsNode],
    ['signatureAlgorithm', algorithmNode],
    ['signatureValue', signatureNode],
  ];
  const base = {
    der,
    fingerprint: toHex(sha256(der)),
    ranges: Object.fromEntries(ranges.flatMap(([name, node]) => (node === undefined ? [] : [[name, rangeOf(node)]]))),
    version: version === 0n ? 1 : version === 1n ? 2 : 3,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey: publicKey.value,
    signatureAlgorithm,
    signature: signature.bytes,
    extensions: extensions.map(({ oid, critical, value, range }) => ({ oid, critical, value, range })),
    ...fields,
    selfIssued,
  } as const;
  return ok(base);
}
