/** TLS of Gateway servers and Sidecar ingress (validateTLSOptions). */
import { GATEWAY_CIPHER_SUITES } from '../../base/gatewayCipherSuites.ts';
import type { FieldPath } from '../../base/origin.ts';
import type { ServerTlsSettings } from '../kinds/shared/serverTls.ts';
import { all, each, error, type Findings, NOTHING, warning } from './faults.ts';

/** Expressions of OpenSSL's cipher language (`-ALL`, `[A|B]`) pass unread. */
const isValidCipherSuite = (suite: string) =>
  suite === '' || suite === 'ALL' || !/^[\p{N}\p{L}]/u.test(suite) || GATEWAY_CIPHER_SUITES.has(suite);

const filled = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;

export function validateServerTls(at: FieldPath, tls: ServerTlsSettings | undefined): Findings {
  if (tls === undefined) return NOTHING;
  const mode = tls.mode ?? 'PASSTHROUGH';
  const general = all(validateVersions(at, tls), validateCipherSuites([...at, 'cipherSuites'], tls.cipherSuites));
  if (mode === 'ISTIO_MUTUAL') return all(general, validateIstioMutual(at, tls));
  const terminates = mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
  const ignoresCertificates = (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') && hasCertificates(tls);
  const sources = all(
    general,
    ignoresCertificates ? warning(at, `${mode} mode does not use certificates, they will be ignored`) : NOTHING,
    validateOneSource(at, tls),
  );
  // With a credential everything comes from the Secret; nothing more is demanded here.
  if (terminates && (tls.credentialName || filled(tls.credentialNames))) return sources;
  return all(sources, terminates ? validateFiles(at, tls, mode) : NOTHING, validateCrl([...at, 'caCrl'], tls, mode));
}

function validateVersions(at: FieldPath, tls: ServerTlsSettings): Findings {
  const old = tls.minProtocolVersion === 'TLSV1_0' || tls.minProtocolVersion === 'TLSV1_1';
  if (!old || filled(tls.cipherSuites)) return NOTHING;
  return warning(
    [...at, 'minProtocolVersion'],
    'TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.',
  );
}

function validateCipherSuites(at: FieldPath, suites: readonly string[] | undefined): Findings {
  const invalid = new Set<string>();
  const seen = new Set<string>();
  const duplicate = new Set<string>();
  for (const suite of suites ?? []) {
    if (!isValidCipherSuite(suite)) invalid.add(suite);
    else if (seen.has(suite)) duplicate.add(suite);
    else seen.add(suite);
  }
  const names = (set: ReadonlySet<string>) => `[${[...set].sort().join(' ')}]`;
  return all(
    invalid.size > 0 ? warning(at, `ignoring invalid cipher suites: ${names(invalid)}`) : NOTHING,
    duplicate.size > 0 ? warning(at, `ignoring duplicate cipher suites: ${names(duplicate)}`) : NOTHING,
  );
}

function validateIstioMutual(at: FieldPath, tls: ServerTlsSettings): Findings {
  const forbidden = (field: keyof ServerTlsSettings, set: boolean, what: string) =>
    set ? error([...at, field], `ISTIO_MUTUAL TLS cannot have associated ${what}`) : NOTHING;
  return all(
    forbidden('serverCertificate', !!tls.serverCertificate, 'server certificate'),
    forbidden('privateKey', !!tls.privateKey, 'private key'),
    forbidden('caCertificates', !!tls.caCertificates, 'CA bundle'),
    forbidden('tlsCertificates', filled(tls.tlsCertificates), 'tlsCertificates'),
    forbidden('credentialName', !!tls.credentialName, 'credentialName'),
    forbidden('credentialNames', filled(tls.credentialNames), 'credentialNames'),
  );
}

const hasCertificates = (tls: ServerTlsSettings) =>
  !!tls.caCrl ||
  !!tls.serverCertificate ||
  !!tls.privateKey ||
  !!tls.caCertificates ||
  filled(tls.tlsCertificates) ||
  !!tls.credentialName ||
  filled(tls.credentialNames);

function validateOneSource(at: FieldPath, tls: ServerTlsSettings): Findings {
  const sources = [
    !!tls.serverCertificate && !!tls.privateKey,
    !!tls.credentialName,
    filled(tls.credentialNames),
    filled(tls.tlsCertificates),
  ];
  if (sources.filter(Boolean).length <= 1) return NOTHING;
  return error(
    at,
    'only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified',
  );
}

function validateFiles(at: FieldPath, tls: ServerTlsSettings, mode: string): Findings {
  const what = mode === 'SIMPLE' ? 'SIMPLE TLS' : 'MUTUAL TLS';
  const several = filled(tls.tlsCertificates);
  const certificates = several ? (tls.tlsCertificates ?? []) : [tls];
  return all(
    mode !== 'SIMPLE' && !tls.caCertificates ? error(at, `${what} requires a client CA bundle`) : NOTHING,
    (tls.tlsCertificates?.length ?? 0) > 2
      ? warning([...at, 'tlsCertificates'], `${what} can support up to 2 server certificates`)
      : NOTHING,
    each(certificates, (certificate, index) => {
      const path = several ? [...at, 'tlsCertificates', index] : at;
      return all(
        certificate.serverCertificate ? NOTHING : error(path, `${what} requires a server certificate`),
        certificate.privateKey ? NOTHING : error(path, `${what} requires a private key`),
      );
    }),
  );
}

function validateCrl(at: FieldPath, tls: ServerTlsSettings, mode: string): Findings {
  if (!tls.caCrl) return NOTHING;
  return all(
    tls.credentialName
      ? error(at, 'CRL is not supported with credentialName. CRL has to be specified in the credential')
      : NOTHING,
    mode === 'SIMPLE' ? error(at, 'CRL is not supported with SIMPLE TLS') : NOTHING,
  );
}
