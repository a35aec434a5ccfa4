/** TLS that a client originates (agent.ValidateTLS). */
import type { FieldPath } from '../../base/origin.ts';
import { goQuote } from '../go/quote.ts';
import type { ClientTlsSettings } from '../kinds/shared/trafficPolicy.ts';
import { all, error, type Findings, NOTHING } from './faults.ts';

export function validateClientTls(at: FieldPath, namespace: string, tls: ClientTlsSettings | undefined): Findings {
  if (tls === undefined) return NOTHING;
  const mode = tls.mode ?? 'DISABLE';
  const usesCredential = (mode === 'SIMPLE' || mode === 'MUTUAL') && !!tls.credentialName;
  return all(
    validateConfigMapCredential([...at, 'credentialName'], namespace, tls.credentialName ?? ''),
    tls.insecureSkipVerify === true ? validateInsecure(at, tls) : NOTHING,
    usesCredential ? validateOnlyCredential(at, tls) : NOTHING,
    mode === 'MUTUAL' && !usesCredential
      ? all(
          tls.clientCertificate ? NOTHING : error(at, 'client certificate required for mutual tls'),
          tls.privateKey ? NOTHING : error(at, 'private key required for mutual tls'),
        )
      : NOTHING,
  );
}

function validateConfigMapCredential(at: FieldPath, namespace: string, credential: string): Findings {
  const scheme = 'configmap://';
  if (!credential.startsWith(scheme)) return NOTHING;
  const [configNamespace = '', name] = credential.slice(scheme.length).split('/');
  const expected = name === undefined ? 'namespace and name' : configNamespace === '' ? 'namespace' : 'name';
  if (!name || configNamespace === '') {
    const problem = `invalid resource name ${goQuote(credential)}. Expected ${expected}`;
    return error(at, `invalid configmap:// credentialName: ${problem}`);
  }
  if (configNamespace === namespace && namespace !== '') return NOTHING;
  return error(
    at,
    `invalid configmap:// credentialName: namespace must match the configuration namespace ${goQuote(namespace)}`,
  );
}

function validateInsecure(at: FieldPath, tls: ClientTlsSettings): Findings {
  const path = [...at, 'insecureSkipVerify'];
  const verifies = !!tls.caCertificates || (tls.subjectAltNames?.length ?? 0) > 0;
  if (tls.mode === 'SIMPLE' && (verifies || tls.credentialName)) {
    return error(
      path,
      'cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true',
    );
  }
  return tls.mode === 'MUTUAL' && verifies
    ? error(path, 'cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true')
    : NOTHING;
}

function validateOnlyCredential(at: FieldPath, tls: ClientTlsSettings): Findings {
  if (!tls.clientCertificate && !tls.caCertificates && !tls.privateKey && !tls.caCrl) return NOTHING;
  return error(at, 'cannot specify client certificates or CA certificate or CA CRL If credentialName is set');
}
