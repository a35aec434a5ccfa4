/** Secrets: what SDS answers to a proxy, and what the proxy refuses of it. */
export type { WorkloadIdentity } from './identity.ts';
export { proxyNacks, proxySecrets } from './proxySecrets.ts';
export { resolveSecret, type SecretRequest, type SecretUse } from './resolveSecret.ts';
