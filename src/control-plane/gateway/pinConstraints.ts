/**
 * `verifyCertificateHash` and `verifyCertificateSpki` must have the length of a fingerprint. istiod
 * does not look; Envoy's own validation of the message refuses the listener and prints the whole
 * TLS context in protobuf text format.
 *
 * Upstream authority: Envoy api/envoy/extensions/transport_sockets/tls/v3/common.proto
 * CertificateValidationContext (rules of verify_certificate_hash and verify_certificate_spki).
 */
import type { DownstreamTlsContext, ValidationContext } from '../envoy/listener.ts';

export function invalidPins(tls: DownstreamTlsContext): string | undefined {
  const problem = tls.validation && firstProblem(tls.validation);
  if (!problem) return undefined;
  return `goo.gle/debugonly    \n${textFormat(tls)}: Proto constraint validation failed (DownstreamTlsContextValidationError.CommonTlsContext: embedded message failed validation | caused by CommonTlsContextValidationError.CombinedValidationContext: embedded message failed validation | caused by CombinedCertificateValidationContextValidationError.DefaultValidationContext: embedded message failed validation | caused by CertificateValidationContextValidationError.${problem})`;
}

function firstProblem({ verifyCertificateSpki, verifyCertificateHash }: ValidationContext): string | undefined {
  for (const [index, value] of verifyCertificateSpki.entries()) {
    if (value.length < 44) return `VerifyCertificateSpki[${index}]: value length must be at least 44 characters`;
    if (value.length > 44) return `VerifyCertificateSpki[${index}]: value length must be at most 44 bytes`;
  }
  for (const [index, value] of verifyCertificateHash.entries()) {
    if (value.length < 64) return `VerifyCertificateHash[${index}]: value length must be at least 64 characters`;
    if (value.length > 95) return `VerifyCertificateHash[${index}]: value length must be at most 95 bytes`;
  }
  return undefined;
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
const block = (name: string, lines: readonly string[]): string[] => [`${name} {`, ...indent(lines), '}'];
const quoted = (value: string): string => JSON.stringify(value);

const sdsSecret = (name: string): string[] => [
  `name: ${quoted(name)}`,
  ...block('sds_config', [...block('ads', []), 'resource_api_version: V3']),
];

function textFormat(tls: DownstreamTlsContext): string {
  const { validation } = tls;
  const lines = [
    ...block('common_tls_context', [
      ...tls.alpn.map((protocol) => `alpn_protocols: ${quoted(protocol)}`),
      ...tls.certificates.flatMap((name) => block('tls_certificate_sds_secret_configs', sdsSecret(name))),
      ...(validation
        ? block('combined_validation_context', [
            ...block('default_validation_context', [
              ...validation.verifyCertificateHash.map((hash) => `verify_certificate_hash: ${quoted(hash)}`),
              ...validation.verifyCertificateSpki.map((spki) => `verify_certificate_spki: ${quoted(spki)}`),
              ...validation.matchSans.flatMap(({ value }) =>
                block('match_subject_alt_names', [`exact: ${quoted(value)}`]),
              ),
            ]),
            ...(validation.trustBundle === undefined
              ? []
              : block('validation_context_sds_secret_config', sdsSecret(validation.trustBundle))),
          ])
        : []),
    ]),
    ...block('require_client_certificate', tls.requireClientCertificate ? ['value: true'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
