/** One sentence for each diagnostic code; a test compares the list with the engine's. */
export const diagnostic = {
  'yaml-syntax': 'This is not valid YAML: {{message}}',
  'yaml-too-large': 'The text is {{size}} long; at most {{limit}} is read.',
  'yaml-template': 'This is a template, not YAML yet: {{action}}',
  'yaml-too-deep': 'Nested deeper than {{limit}} levels.',
  'yaml-too-many-documents': 'More than {{limit}} documents; the rest is not read.',
  'yaml-alias-bomb': 'Aliases multiply this document beyond measure, so it is not read.',
  'duplicate-key': 'The key {{key}} stands here twice; the later one counts.',
  'document-not-an-object': 'A resource is a mapping with apiVersion, kind and metadata; this is something else.',
  'missing-api-version': 'apiVersion is missing.',
  'missing-kind': 'kind is missing.',
  'missing-name': 'metadata.name is missing.',
  'unknown-kind': '{{apiVersion}} has no kind {{kind}} known here; the document has no effect.',
  'unsupported-kind':
    '{{kind}} ({{apiVersion}}) is known but not modelled; where it would decide, the verdict is “cannot tell”.',
  'duplicate-resource': '{{kind}} {{namespace}}/{{name}} is defined again; this later one counts.',
  'wrong-type': '{{field}} must be {{expected}}, not {{actual}}.',
  'unknown-field': 'There is no field {{field}}.',
  'exclusive-fields': '{{field}}: only one of {{fields}} may be set.',
  'unmodelled-field': '{{field}} is not modelled: {{reason}}',
  'invalid-timestamp': '{{value}} is not an RFC 3339 time.',
  'webhook-rejected': 'The cluster would reject this: {{message}}',
  'webhook-warning': 'The cluster would warn: {{message}}',
  'proxy-nack': 'The proxy of {{proxy}} refuses this: {{message}}',
  'mesh-config-invalid': 'The mesh configuration is not valid: {{message}}',
  'workload-certificate-refused':
    'Proxies without a certificate: {{count}} (the first is {{proxy}}). They never become ready. {{message}}',
  'certificate-not-issued':
    'Certificate {{certificate}} is never issued, so Secret {{secret}} does not exist. {{message}}',
  'missing-reference': 'There is no {{kind}} {{value}}.',
  'port-protocol-unknown':
    'Port {{port}} of Service {{service}} declares no protocol: proxies detect it from the first bytes.',
  'policy-without-proxy':
    'This {{kind}} protects nothing: the pods it selects in {{namespace}} ({{count}}) have no sidecar.',
  'age-decides': 'Of two {{kind}} the older counts: {{winner}}, not {{loser}}. Set creationTimestamp to be sure.',
} as const;

export const diagnosticUi = {
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
} as const;
