/**
 * DER certificate revocation list -> Crl. RFC 5280 section 5. Delta lists, indirect lists and lists
 * partitioned by reason are readable but unusable: no verifier here supports them.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { type Bytes, toHex } from '../../crypto/bytes.ts';
import {
  contextTag,
  type DerNode,
  derBitString,
  derChild,
  derContent,
  derInteger,
  derTime,
  readDer,
  TAG,
} from '../../crypto/der/read.ts';
import { sha256 } from '../../crypto/hash.ts';
import { readSignatureAlgorithm } from '../../crypto/signatureAlgorithm.ts';
import type { Crl, RevokedCertificate } from '../types.ts';
import { type RawExtension, readAuthorityKeyId, readExtensionList } from './extensions.ts';
import { readGeneralName } from './generalName.ts';
import { readName } from './name.ts';
import { EXTENSION } from './oids.ts';

/** Critical CRL extensions that are processed. */
const PROCESSED: ReadonlySet<string> = new Set([EXTENSION.authorityKeyId, EXTENSION.issuingDistributionPoint]);

const isTime = (node: DerNode | undefined): boolean => node?.tag === TAG.utcTime || node?.tag === TAG.generalizedTime;

/** Reads one DER CRL; the error names what was wrong. */
export function readCrl(der: Bytes): Result<Crl, string> {
  const tree = readDer(der);
  if (!tree.ok) return err(tree.error.code);
  const [tbs, algorithmNode, signatureNode] = tree.value.children;
  const signatureAlgorithm = readSignatureAlgorithm(algorithmNode);
  const signature = derBitString(signatureNode);
  if (
    tree.value.tag !== TAG.sequence ||
    tbs?.tag !== TAG.sequence ||
    signatureAlgorithm === undefined ||
    signature?.unused !== 0
  )
    return err('certificateList');
  const rest = [...tbs.children];
  if (rest[0]?.tag === TAG.integer) rest.shift();
  rest.shift();
  const issuer = readName(rest.shift());
  const thisUpdate = derTime(rest.shift());
  const nextUpdate = isTime(rest[0]) ? derTime(rest.shift()) : undefined;
  if (issuer === undefined) return err('issuer');
  if (thisUpdate === undefined) return err('thisUpdate');
  const revokedNode = rest[0]?.tag === TAG.sequence ? rest.shift() : undefined;
  const revoked: RevokedCertificate[] = [];
  for (const entry of revokedNode?.children ?? []) {
    const serial = derInteger(derChild(entry, 0));
    const revokedAt = derTime(derChild(entry, 1));
    if (serial === undefined || revokedAt === undefined) return err('revokedCertificates');
    const reasonNode = readExtensionList(derChild(entry, 2))?.find(
      (extension) => extension.oid === EXTENSION.reasonCode,
    )?.node;
    const reason = reasonNode?.tag === TAG.enumerated ? derContent(reasonNode)[0] : undefined;
    revoked.push({ serial, revokedAt, ...(reason !== undefined && { reason }) });
  }
  const extensionsNode = rest.find((node) => node.tag === contextTag(0, true));
  const extensions = extensionsNode === undefined ? [] : readExtensionList(derChild(extensionsNode, 0));
  if (extensions === undefined) return err('crlExtensions');
  const akidNode = extensions.find((extension) => extension.oid === EXTENSION.authorityKeyId)?.node;
  const authorityKeyId = akidNode && readAuthorityKeyId(akidNode);
  return ok({
    der,
    fingerprint: toHex(sha256(der)),
    ranges: { tbsCertList: { start: tbs.start, end: tbs.end } },
    issuer,
    thisUpdate,
    ...(nextUpdate !== undefined && { nextUpdate }),
    revoked,
    ...(authorityKeyId && { authorityKeyId }),
    signatureAlgorithm,
    signature: signature.bytes,
    unknownCritical: extensions.filter(({ critical, oid }) => critical && !PROCESSED.has(oid)).map(({ oid }) => oid),
    ...readScope(extensions),
  });
}

function readScope(extensions: readonly RawExtension[]): Pick<Crl, 'scope' | 'distributionPoints'> {
  const extension = extensions.find(({ oid }) => oid === EXTENSION.issuingDistributionPoint);
  if (extension === undefined) return { scope: 'all' };
  const { node } = extension;
  if (node?.tag !== TAG.sequence) return { scope: 'unusable' };
  const flag = (n: number): boolean => {
    const found = node.children.find((child) => child.tag === contextTag(n, false));
    return found !== undefined && derContent(found)[0] === 0xff;
  };
  const unusable = flag(4) || flag(5) || node.children.some((child) => child.tag === contextTag(3, false));
  const distributionPoints = distributionPointNames(node.children.find((child) => child.tag === contextTag(0, true)));
  return {
    scope: unusable || (flag(1) && flag(2)) ? 'unusable' : flag(1) ? 'users-only' : flag(2) ? 'cas-only' : 'all',
    ...(distributionPoints && { distributionPoints }),
  };
}

/** Texts of the full names of a DistributionPointName, or undefined when there is none. */
export function distributionPointNames(wrapper: DerNode | undefined): readonly string[] | undefined {
  const fullName = derChild(wrapper, 0, contextTag(0, true));
  return fullName?.children.flatMap((child) => {
    const name = readGeneralName(child);
    return name === undefined ? [] : [`${name.kind}:${name.value}`];
  });
}

/** Lists of names of each distribution point of a certificate that is neither indirect nor partitioned. */
export function certificateDistributionPoints(value: Bytes): readonly (readonly string[])[] {
  const tree = readDer(value);
  if (!tree.ok) return [];
  return tree.value.children.flatMap((point) => {
    if (point.children.some((child) => child.tag !== contextTag(0, true))) return [];
    const names = distributionPointNames(point.children[0]);
    return names === undefined ? [] : [names];
  });
}
