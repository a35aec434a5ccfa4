/**
 * Every diagnostic code of the product. A layer that needs a new one adds it here, with the names
 * of its parameters; i18n must then have a sentence for it in each language (a test checks).
 */
export const DIAGNOSTIC_CODES = {
  // resources: text -> documents
  'yaml-syntax': ['message'],
  'yaml-template': ['action'],
  'yaml-too-large': ['limit', 'size'],
  'yaml-too-deep': ['limit'],
  'yaml-too-many-documents': ['limit'],
  'yaml-alias-bomb': [],
  'duplicate-key': ['key'],
  'document-not-an-object': [],
  'missing-api-version': [],
  'missing-kind': [],
  'missing-name': [],
  'unknown-kind': ['apiVersion', 'kind'],
  'unsupported-kind': ['apiVersion', 'kind'],
  'duplicate-resource': ['kind', 'name', 'namespace'],
  'wrong-type': ['field', 'expected', 'actual'],
  'unknown-field': ['field'],
  'exclusive-fields': ['field', 'fields'],
  'unmodelled-field': ['field', 'reason'],
  'invalid-timestamp': ['value'],
  // what the validation webhook says: its own sentence is the parameter (it is the API's text)
  'webhook-rejected': ['message'],
  'webhook-warning': ['message'],
  // the proxy refused configuration
  'proxy-nack': ['proxy', 'message'],
  // mesh
  'mesh-config-invalid': ['message'],
  // certificates of proxies: the signer's own words are the parameter
  'workload-certificate-refused': ['proxy', 'count', 'message'],
  'certificate-not-issued': ['certificate', 'secret', 'message'],
  // a name of what is not there; `kind` in the API's words
  'missing-reference': ['kind', 'value'],
  // a Service port whose protocol is not declared, so that proxies look at its first bytes
  'port-protocol-unknown': ['service', 'port'],
  // a policy that protects nothing: no pod that it selects has a proxy, in a namespace without injection
  'policy-without-proxy': ['kind', 'namespace', 'count'],
  'age-decides': ['kind', 'winner', 'loser'],
} as const satisfies Record<string, readonly string[]>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
