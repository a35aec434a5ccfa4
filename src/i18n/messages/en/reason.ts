/** Reasons that steps and rejected alternatives carry, by code. */
export const reason = {
  'engine-failed': '{{message}}',
  'auto-mtls': 'auto mTLS: the endpoint has a sidecar',
  'auto-mtls-no-sidecar': 'auto mTLS: the endpoint has no sidecar',
} as const;
