/**
 * Certificate signing requests (PKCS#10, RFC 2986): what an agent sends to istiod or istiod to the
 * Kubernetes API. The SPIFFE ID is a URI in the requested SubjectAltName.
 */
import { err, ok, type Result } from '../base/result.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { contextTag, derBitString, derBytes, derChild, derOid, readDer, TAG } from '../crypto/der/read.ts';
import {
  derElement,
  encodeBoolean,
  encodeExplicit,
  encodeInteger,
  encodeOctets,
  encodeOid,
  encodeSequence,
  encodeSetOf,
} from '../crypto/der/write.ts';
import { type PrivateKey, type PublicKey, parsePublicKey } from '../crypto/keys.ts';
import { readPem, writePem } from '../crypto/pem.ts';
import { defaultSignatureAlgorithm, signMessage, verifySignature } from '../crypto/signature.ts';
import { readSignatureAlgorithm } from '../crypto/signatureAlgorithm.ts';
import { encodeGeneralNames, encodeSigned } from './issue/template.ts';
import type { CertificateError, CertificateExtension, DistinguishedName, GeneralName } from './types.ts';
import { interpretExtensions, readExtensionList } from './x509/extensions.ts';
import { encodeEmptyOrganization, encodeName, type NameSpec, readName } from './x509/name.ts';
import { EXTENSION, EXTENSION_REQUEST } from './x509/oids.ts';

export interface CertificateRequest {
  readonly der: Bytes;
  readonly subject: DistinguishedName;
  readonly publicKey: PublicKey;
  readonly extensions: readonly CertificateExtension[];
  readonly subjectAltNames: readonly GeneralName[];
  /** The request is signed with the key it asks for. */
  readonly signatureValid: boolean;
}

export interface CsrTemplate {
  /** `empty-organization` is what istio-agent sends: `O=` with no value. */
  readonly subject: NameSpec | 'empty-organization';
  readonly subjectAltNames: readonly GeneralName[];
  readonly subjectAltNamesCritical?: boolean;
}

/** DER request signed with the key it asks for. */
export function createCsr(template: CsrTemplate, key: PrivateKey): Bytes {
  const critical = template.subjectAltNamesCritical === true ? [encodeBoolean(true)] : [];
  const extension = encodeSequence(
    encodeOid(EXTENSION.subjectAltName),
    ...critical,
    encodeOctets(encodeGeneralNames(template.subjectAltNames)),
  );
  const attribute = encodeSequence(encodeOid(EXTENSION_REQUEST), encodeSetOf(encodeSequence(extension)));
  const info = encodeSequence(
    encodeInteger(0),
    template.subject === 'empty-organization' ? encodeEmptyOrganization() : encodeName(template.subject),
    key.publicKey.spki,
    template.subjectAltNames.length === 0 ? derElement(contextTag(0, true)) : encodeExplicit(0, attribute),
  );
  const algorithm = defaultSignatureAlgorithm(key.publicKey);
  return encodeSigned(info, algorithm, signMessage(algorithm, key, info));
}

/** The request that istio-agent sends for a workload: its SPIFFE ID, and a subject without content. */
export const createWorkloadCsr = (spiffeId: string, key: PrivateKey): Bytes =>
  createCsr({ subject: 'empty-organization', subjectAltNames: [{ kind: 'uri', value: spiffeId }] }, key);

export const csrPem = (der: Bytes): string => writePem('CERTIFICATE REQUEST', der);

/** Reads a PEM or DER request. */
export function parseCsr(input: string | Bytes): Result<CertificateRequest, CertificateError> {
  const malformed = (detail: string): Result<never, CertificateError> =>
    err({ code: 'csr-malformed', detail, index: 0 });
  const der =
    typeof input === 'string'
      ? readPem(input).find((block) => block.label.endsWith('CERTIFICATE REQUEST'))?.bytes
      : input;
  if (der === undefined) return malformed('CERTIFICATE REQUEST');
  const tree = readDer(der);
  if (!tree.ok) return malformed(tree.error.code);
  const [info, algorithmNode, signatureNode] = tree.value.children;
  const [, subjectNode, spkiNode, attributes] = info?.children ?? [];
  const subject = readName(subjectNode);
  const publicKey = spkiNode && parsePublicKey(derBytes(spkiNode));
  const algorithm = readSignatureAlgorithm(algorithmNode);
  const signature = derBitString(signatureNode);
  if (info === undefined || subject === undefined) return malformed('subject');
  if (publicKey === undefined || !publicKey.ok) return malformed('subjectPublicKeyInfo');
  if (algorithm === undefined || signature?.unused !== 0) return malformed('signature');
  const request = attributes?.children.find((attribute) => derOid(derChild(attribute, 0)) === EXTENSION_REQUEST);
  const list = request === undefined ? [] : readExtensionList(derChild(derChild(request, 1, TAG.set), 0));
  if (list === undefined) return malformed('extensionRequest');
  return ok({
    der,
    subject,
    publicKey: publicKey.value,
    extensions: list.map(({ oid, critical, value, range }) => ({ oid, critical, value, range })),
    subjectAltNames: interpretExtensions(list).subjectAltNames ?? [],
    signatureValid: verifySignature(algorithm, publicKey.value, derBytes(info), signature.bytes),
  });
}
